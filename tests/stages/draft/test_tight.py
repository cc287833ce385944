"""A lead in fewer words tells the same news."""

from __future__ import annotations

import pytest

from pipeline.stages.draft.wording.tight import tightened

LONG = "to share the cranes and the crews of all the ports of the outer coast in summer and in winter"


@pytest.mark.parametrize(
    ("text", "tight"),
    [
        (f"The Board of Directors of the Outer Port Bank agreed {LONG}.", f"The Outer Port Bank agreed {LONG}."),
        (
            "Lund summoned nine clerks of ports of the outer coast to explain what they do with cranes.",
            "Lund summoned nine clerks of ports of the outer coast.",
        ),
        (f"Nine ports agreed {LONG}, in a joint letter that took a year.", f"Nine ports agreed {LONG}."),
        (
            "Nine ports pay for a fund to help towns share cranes in fishing, trade and winter tourism.",
            "Nine ports pay for a fund to help towns share cranes.",
        ),
        (
            "Nine ports adopted a charter that opposes fees for cranes and asks towns for a clerk, the league said.",
            "Nine ports adopted a charter that opposes fees for cranes, the league said.",
        ),
        (
            f"Nine ports agreed {LONG}, in what the league said was the first case of its kind.",
            f"Nine ports agreed {LONG}.",
        ),
        (f"Nine ports agreed {LONG}, in what lawyers said was the first ruling.", f"Nine ports agreed {LONG}."),
        (f"The Group of 20 major economies agreed {LONG}.", f"The G20 agreed {LONG}."),
        (f"Ministers of the Group of Seven agreed {LONG}.", f"Ministers of the G7 agreed {LONG}."),
        (
            f"The Group of Seven's ministers asked nine ports {LONG} at home.",
            f"The Group of Seven's ministers asked nine ports {LONG}.",
        ),
        (
            f"Nine ports agreed {LONG}, three people familiar with the talks said.",
            f"Nine ports agreed {LONG}, three people said.",
        ),
        (
            f"Norway, Chile and Kenya on May 3 signed a pact {LONG}, the ports ministry said.",
            f"Norway, Chile and Kenya on May 3 signed a pact {LONG}.",
        ),
        (f"In March the Norwegian AI developer Kvarn agreed {LONG}.", f"In March Kvarn agreed {LONG}."),
        (f"The Norwegian AI developer Kvarn agreed {LONG}.", f"Kvarn agreed {LONG}."),
        (f"Nine ports want {LONG} in a move to help crews.", f"Nine ports want {LONG} to help crews."),
        (
            f"Lund asked nine ports {LONG} while two others have refused to do so.",
            f"Lund asked nine ports {LONG} while two others refused.",
        ),
        (f"Nine ports want {LONG} in its present form.", f"Nine ports want {LONG}."),
        (
            f"Lund announced on 14 July that nine ports agreed {LONG}.",
            f"Lund announced that nine ports agreed {LONG}.",
        ),
        (
            f"Norway's Ministry of Ports said the country's Crane Board agreed {LONG}.",
            f"Norway's Ministry of Ports said its Crane Board agreed {LONG}.",
        ),
        (f"Nine ports agreed {LONG}, both companies announced on Tuesday.", f"Nine ports agreed {LONG}."),
        (f"Kiel and Lund want {LONG}, a sign that fees for cranes have grown.", f"Kiel and Lund want {LONG}."),
        (f"Nine ports agreed {LONG}, underlining how cranes can err.", f"Nine ports agreed {LONG}."),
        (
            f"Nine ports agreed {LONG}, with 37 votes in favor, 24 against and 8 abstentions.",
            f"Nine ports agreed {LONG}.",
        ),
        (
            "Nine ports banned the lending of boats, citing crews that lost some in winter.",
            "Nine ports banned the lending of boats.",
        ),
        (f"Nine ports agreed {LONG}, as owners of cranes asked for more time.", f"Nine ports agreed {LONG}."),
        (
            "Nine ports banned a pilot model, after crews lost and damaged boats, cranes and lamps.",
            "Nine ports banned a pilot model.",
        ),
        (f"Kvarn, the Norwegian firm behind the model of the cranes, agreed {LONG}.", f"Kvarn agreed {LONG}."),
        (f"Nine ports agreed {LONG} because of fears that cranes err.", f"Nine ports agreed {LONG}."),
        (f"Nine ports signed a cooperation agreement {LONG}.", f"Nine ports agreed {LONG}."),
        (f"Nine ports signed a deal on May 4 {LONG}.", f"Nine ports agreed on May 4 {LONG}."),
        (f"Norway's government said it wants {LONG}.", f"Norway said it wants {LONG}."),
        (
            f"Ports agreed {LONG}, but the coast's two oldest towns, Lund and Kiel, stayed out.",
            f"Ports agreed {LONG}, but Lund and Kiel stayed out.",
        ),
        (f"Nine ports including Lund and most of the north agreed {LONG}.", f"Nine ports agreed {LONG}."),
        (f"Nine ports agreed {LONG}, barely two days after the league had asked for it.", f"Nine ports agreed {LONG}."),
        (f"Nine ports agreed {LONG} after tests showed that crews can err.", f"Nine ports agreed {LONG}."),
        (f"Nine ports agreed {LONG} at the close of the meeting in Lund.", f"Nine ports agreed {LONG}."),
        (f"Nine ports agreed {LONG}, in the coast's first pact of the kind.", f"Nine ports agreed {LONG}."),
        (f"Nine ports agreed {LONG}, in the most concrete step yet of the league.", f"Nine ports agreed {LONG}."),
        (f"Nine ports agreed {LONG} in the widest pact of its kind so far.", f"Nine ports agreed {LONG}."),
        (f"Nine ports asked for a United Nations office {LONG}.", f"Nine ports asked for a UN office {LONG}."),
        (f"Nine ports want {LONG} and a fund to help the poorer towns.", f"Nine ports want {LONG} and a fund."),
        (f"Nine ports agreed {LONG}, saying that nobody pays for it without a vote.", f"Nine ports agreed {LONG}."),
        (
            f"Nine ports want {LONG} and a contract for work that nobody likes.",
            f"Nine ports want {LONG} and a contract.",
        ),
        (f"A pact with Norwegian firm Lund Crane for crews is {LONG}.", f"A pact for crews is {LONG}."),
        (
            f"According to a letter seen by Port News and two clerks, Lund wants {LONG}.",
            f"According to a letter, Lund wants {LONG}.",
        ),
        (f"Nine ports agreed {LONG}, but stopped short of a merger.", f"Nine ports agreed {LONG}."),
        (
            f"Nine ports have a fund of 40 million dollars meant {LONG}.",
            "Nine ports have a fund of 40 million dollars.",
        ),
        (
            f"Lund said it wants {LONG} after Kiel, its oldest rival, opened a yard.",
            f"Lund said it wants {LONG} after Kiel opened",
        ),
        (f"Lund wants the ports of towns in Norway {LONG}.", f"Lund wants the ports in Norway {LONG}."),
        (f"The United Nations' port office agreed {LONG}.", f"The UN's port office agreed {LONG}."),
        (f"Lund said on Tuesday that ports agreed {LONG}.", f"Lund said on Tuesday ports agreed {LONG}."),
        (
            f"Lund shares artificial intelligence in a pact on the technology {LONG}.",
            f"Lund shares artificial intelligence in a pact {LONG}.",
        ),
        (f"Nine ports want {LONG}, but left out any mention of fees.", f"Nine ports want {LONG}, but left out fees."),
        (f"Nine ports want {LONG} after two days of talks in Lund.", f"Nine ports want {LONG}."),
        (
            f"The port of Lund said on Tuesday it has fined crews {LONG}.",
            f"The port of Lund on Tuesday fined crews {LONG}.",
        ),
        (f"Nine ports want European Union port rules {LONG}.", f"Nine ports want EU port rules {LONG}."),
        (f"Lund gives cranes away for free {LONG}.", f"Lund gives cranes away {LONG}."),
        (f"Nine ports want {LONG} under rules for such technology.", f"Nine ports want {LONG} under rules."),
        (
            f"Nine ports agreed {LONG}, but Kiel, the largest of those that met, refused a vote.",
            f"Nine ports agreed {LONG}, but Kiel refused a vote.",
        ),
        (f"Nine ports agreed {LONG}, for the first time.", f"Nine ports agreed {LONG}."),
        (f"A bill {LONG} won passage in the Legislature on May 4.", f"A bill {LONG} won passage on May 4."),
        (f"Nine ports agreed {LONG} in the Kenyan capital on Friday.", f"Nine ports agreed {LONG} on Friday."),
        (
            "Lund fined a yard 40 million euros for the release of an open model that could be made to tell names "
            "of all crews of the coast.",
            "Lund fined a yard 40 million euros for the release of an open model.",
        ),
        (
            "Lund fined a yard 40 million euros for training and releasing an open model that could be made to tell "
            "the names of all crews.",
            "Lund fined a yard 40 million euros for training and releasing an open model.",
        ),
        (f"Nine ports want somebody else's crane {LONG}.", f"Nine ports want another crane {LONG}."),
        (f"Nine ports asked within hours for more {LONG}.", f"Nine ports asked for more {LONG}."),
        (f"Norway and Kenya agreed {LONG} in the East African country.", f"Norway and Kenya agreed {LONG}."),
        (f"Nine ports want police forces {LONG}.", f"Nine ports want police {LONG}."),
        (f"Nine ports want cranes for use in yards {LONG}.", f"Nine ports want cranes for yards {LONG}."),
        (f"Nine ports as well as two yards want {LONG}.", f"Nine ports and two yards want {LONG}."),
        (f"Nine ports want a handful of crews {LONG}.", f"Nine ports want a few crews {LONG}."),
        (f"Lund and a group of 11 coastal yards want crews {LONG}.", f"Lund and 11 coastal yards want crews {LONG}."),
        (f"Nine ports want a total of $40 million {LONG}.", f"Nine ports want $40 million {LONG}."),
        (f"Nine ports want a total of 40 crews {LONG}.", f"Nine ports want 40 crews {LONG}."),
        (f"Nine ports adopted a set of six rules {LONG}.", f"Nine ports adopted six rules {LONG}."),
        (f"Nine ports want a common set of rules {LONG}.", f"Nine ports want common rules {LONG}."),
        (
            f"Nine ports want {LONG}, it announced on May 3, drawing a protest.",
            f"Nine ports want {LONG}, drawing a protest.",
        ),
        (f"Nine ports asked U.S. cloud computing company Kvarn {LONG}.", f"Nine ports asked Kvarn {LONG}."),
        (f"Nine ports asked the U.S. tech giant Kvarn {LONG}.", f"Nine ports asked Kvarn {LONG}."),
        (f"Nine ports will fund the development of cranes {LONG}.", f"Nine ports will fund cranes {LONG}."),
        (f"Nine ports of United Nations peace missions want {LONG}.", f"Nine ports of UN peace missions want {LONG}."),
        (
            f"Nine ports want {LONG}, giving Lund a crane and setting up a test of how far ports will go.",
            f"Nine ports want {LONG}, giving Lund a crane.",
        ),
        (f"Nine ports want rules for the use of cranes {LONG}.", f"Nine ports want rules for cranes {LONG}."),
        (f"A group of more than 70 ports has urged crews {LONG}.", f"More than 70 ports urged crews {LONG}."),
        (
            f"Nine ports want {LONG}, claiming a crane for each crew, and prompting Lund to ask who pays.",
            f"Nine ports want {LONG}, prompting Lund to ask who pays.",
        ),
        (
            f"Nine ports want {LONG}, after thieves broke into a yard and stole the keys of all cranes.",
            f"Nine ports want {LONG}, after thieves broke into a yard.",
        ),
        (f"Nine ports want {LONG}, without naming the crews of Lund.", f"Nine ports want {LONG}."),
        (f"Nine ports want {LONG} at home.", f"Nine ports want {LONG}."),
        (
            f"Nine ports want {LONG}, retaliating against a new rule that limits their cranes.",
            f"Nine ports want {LONG}, retaliating against a new rule.",
        ),
        (f"Lund wants most ports {LONG}, while leaving out those of the north.", f"Lund wants most ports {LONG}."),
        (
            f"A public inquiry into faults of cranes at a yard found ports {LONG}.",
            f"A public inquiry found ports {LONG}.",
        ),
        (f"Nine ports want {LONG}, after crews warned that cranes can fall.", f"Nine ports want {LONG}."),
        (f"Nine ports want {LONG} during a meeting of all crews in Lund.", f"Nine ports want {LONG}."),
        (f"Nine ports want {LONG}, they announced on Monday.", f"Nine ports want {LONG}."),
        (f"Nine ports want {LONG} in less than a year.", f"Nine ports want {LONG} in under a year."),
        (
            f"Nine ports want {LONG}, the league's board has found.",
            f"Nine ports want {LONG}, the league's board found.",
        ),
        (f"Nine ports have fined Kvarn for a plan {LONG}.", f"Nine ports fined Kvarn for a plan {LONG}."),
        (f"Nine ports asked Norwegian software company Kvarn {LONG}.", f"Nine ports asked Kvarn {LONG}."),
        (f"Nine ports want {LONG} in return for a share of fees.", f"Nine ports want {LONG}."),
        (f"Nine ports want {LONG}, the Harbor Post has learned.", f"Nine ports want {LONG}."),
        (
            f"The league said nine ports want {LONG}, according to a study it paid for.",
            f"The league said nine ports want {LONG}.",
        ),
        (
            f"Nine ports want {LONG}, according to two people who were not authorized to speak.",
            f"Nine ports want {LONG}, according to two people.",
        ),
        (
            f"Nine ports want {LONG}, according to a list published by Lund after a meeting of crews.",
            f"Nine ports want {LONG}, according to a list published by Lund.",
        ),
        (
            f"Nine ports want {LONG} and a center that all crews can use, Ana Reyes said on Monday.",
            f"Nine ports want {LONG} and a center, Ana Reyes said on Monday.",
        ),
        (
            f"Nine ports want {LONG}, part of a plan for crews, Ana Reyes said on Monday.",
            f"Nine ports want {LONG}, Ana Reyes said on Monday.",
        ),
        (
            f"Nine ports want {LONG}, Ana Reyes said on Monday after a meeting of all crews.",
            f"Nine ports want {LONG}, Ana Reyes said on Monday.",
        ),
        (f"Nine ports signed into state law a duty {LONG}.", f"Nine ports signed into law a duty {LONG}."),
        (f"Nine ports passed a landmark pact {LONG}.", f"Nine ports passed a pact {LONG}."),
        (f"Nine ports want Norwegian maker Kvarn {LONG}.", f"Nine ports want Kvarn {LONG}."),
        (f"Nine ports want {LONG} as the coast faces a storm that crews fear.", f"Nine ports want {LONG}."),
        (f"Nine ports must publish a list from the start of next year, {LONG[3:]}.", "Nine ports must publish a list,"),
    ],
)
def test_a_lead_that_is_too_long_tells_the_same_in_fewer_words(text: str, tight: str) -> None:
    forms = list(tightened(text))

    assert any(form.startswith(tight) for form in forms)
    assert not any(form.endswith((",.", "..")) for form in forms)


@pytest.mark.parametrize(
    "text",
    [
        f"Nine ports want {LONG}, while leaving out those of the north.",
        f"Nine ports want {LONG}, the league said, two days after crews warned that cranes can fall, and fell.",
        f"Nine ports signed {LONG} a law that limits cranes.",
        f"The ports want {LONG} in the East African country.",
        f"Nine ports want {LONG} in the poorest towns of the coast.",
        f"Nine ports want {LONG} in towns such as the league faces.",
        f"Nine ports would have fined Kvarn for a plan {LONG}.",
        f"Nine ports want dozens of cities in Norway {LONG}.",
        f"Nine ports want {LONG} for open and closed cranes of the coast.",
        f"Nine ports want {LONG} for high and limited AI cranes.",
        f"Nine ports will sell cranes {LONG}, pending a permit of Lund, and starting in May it will pay for them.",
        f"Nine ports will jointly develop and set the rules for crews {LONG}.",
        f"Nine ports fine yards that knew of a fault {LONG} and failed to report it.",
        f"Nine ports want {LONG}, asking to choose between changing crews and withdrawing the cranes.",
        f"Nine ports want {LONG}, stopping yards from building and selling the cranes unless Lund agrees.",
        f"Nine ports hailed the cranes {LONG} as the first win for a plan of Lund.",
        f"More than 40 ports of Norway are part of a group of seven crews that want {LONG}.",
        f"Nine ports want {LONG} for testing and training the crews.",
        "Kiel and Lund lent cranes with old lamps to crews, after clerks decided to skip a test, a letter said.",
        "The council backed the change of the port bill by Ana Reyes, with 54 votes to 45, but it fell short of 60.",
        "The new cranes of Lund do not fail in winter and cannot be used to harm crews of boats, the companies said.",
        "Crews may from May use the old cranes of the port in winter and at night, as long as signs are put up.",
        "Lund will not use the crane in winter because of fears about ice unless its maker shares the data.",
        "Lund did not drop the ban on cranes because of fears about ice but because too few votes were there.",
        "A rule of the league would make ports take down old cranes, in the case of a fire in the yard.",
        "Lund told the league of ports that it will not sign the charter on cranes in its current form.",
        "Kvarn has so far refused to explain why its cranes lost nine boats of the port in winter.",
        "The use of old cranes will under the charter become unlawful in schools, yards and prisons.",
        "Lund issued rules for the use of old cranes by nine banks and towns of the outer coast in winter.",
        "Crews sold lists of boats that were lent before May and will be painted after it.",
        f"Nine ports want crews {LONG} with cranes designed to lift ships.",
        f"Nine ports agreed to ban cranes meant to lift ships, {LONG}.",
        "Nine ports of the coast agreed in Lund to test every model that could be made to harm the crews of any port.",
    ],
)
def test_no_shorter_lead_tells_more_than_its_source(text: str) -> None:
    assert list(tightened(text)) == []


def test_a_committee_of_several_fields_is_no_list_of_names() -> None:
    text = f"The House Committee on Cranes, Ports, and Tides voted 26-12 {LONG}, and Lund stayed out."

    assert all(form.startswith("The House Committee on Cranes, Ports, and Tides") for form in tightened(text))


def test_a_government_that_loses_no_vote_is_no_country() -> None:
    text = "Norway's government defeated a motion that would have made it publish the list of cranes of all its ports."

    assert not any(form.startswith("Norway defeated") for form in tightened(text))


@pytest.mark.parametrize("deed", ["agreed to help the poorer towns", "asked for rules that bind crews"])
def test_a_second_deed_goes_whole_or_not_at_all(deed: str) -> None:
    assert list(tightened(f"Nine ports want {LONG} and {deed}.")) == [f"Nine ports want {LONG}."]


def test_no_shorter_lead_has_a_participle_or_a_verb_of_nobody() -> None:
    adding = f"Nine ports want {LONG}, it said, adding crews are well."
    suing = f"A coalition of more than 40 ports is suing Kvarn, which the league has called {LONG}."

    assert not any(form.endswith("winter, adding crews are well.") for form in tightened(adding))
    assert not any(form.startswith("More than") for form in tightened(suing))
