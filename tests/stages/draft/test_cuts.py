"""What a sentence may lose, and what it keeps lest it say something else."""

from __future__ import annotations

import pytest

from pipeline.stages.draft.evidence.support import check
from pipeline.stages.draft.wording.cuts import shorter
from pipeline.stages.draft.wording.edits import edited
from pipeline.stages.draft.wording.wholeness import ends_well, half, whole


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("Lund, the oldest of the ports, on Wednesday withdrew the model of its cranes and said that the next "
         "would cost money, wiping 3 million dollars off its worth.", "Lund withdrew the model of its cranes."),
        ("Ports signed a charter on safety, under which they will share tests, the mayor said.",
         "Ports signed a charter on safety, the mayor said."),
        ("The new fund for tests has 40 million dollars, less than half of what mayors had asked for.",
         "The new fund for tests has 40 million dollars."),
        ("In a letter, nine mayors said they had lost trust in the Port League, a body based in Lund, over a "
         "sale of cranes.",
         "In a letter, nine mayors said they had lost trust in the Port League over a sale of cranes."),
        ("Twelve ports agreed that crews must keep control of every crane and that models have to be tested first.",
         "Twelve ports agreed that crews must keep control of every crane."),
        ("Ports must list all cranes in May, under a rule of the league that officials said would save money.",
         "Ports must list all cranes in May."),
        ("Lund and Kiel agreed to build a yard and train 40 crews, a plan the two mayors valued at 9 million.",
         "Lund and Kiel agreed to build a yard and train 40 crews."),
        ("The league agreed to examine the limits on cranes, the first time a dispute over cranes has come to it.",
         "The league agreed to examine the limits on cranes."),
        ("Lund will give up control of Tern, one of the coast's best-known yards, to a foundation in Kiel.",
         "Lund will give up control of Tern to a foundation in Kiel."),
        ("A harbor court named 28 clerks to a new panel on cranes, but only after a rare vote that exposed a quarrel.",
         "A harbor court named 28 clerks to a new panel on cranes."),
        ("Nine mayors agreed to run a joint test of cranes, worried that too many crews rely on few of them.",
         "Nine mayors agreed to run a joint test of cranes."),
        ("Lund and Kiel opened a register of cranes, giving nine ports one place for faults, storms, fires or thefts.",
         "Lund and Kiel opened a register of cranes."),
        ("Lund published the plans of its cranes, ignoring the wish of a bank, and the port council said it would not "
         "stand in the way.", "Lund published the plans of its cranes, ignoring the wish of a bank."),
        ("Lund and Kiel agreed to build a yard that will serve both ports and give half of its cranes to crews, public "
         "yards and small towns.", "Lund and Kiel agreed to build a yard that will serve both ports."),
        ("The Crane Act, passed on June 25, obliges all ports of the coast to test their cranes in May.",
         "The Crane Act obliges all ports of the coast to test their cranes in May."),
        ("The bill, known as the Crane Act, would have made all ports of the coast test their cranes in May.",
         "The bill would have made all ports of the coast test their cranes in May."),
        ("Clause 7 of the plan, which the mayor approved on Wednesday and Clerk Ana Reyes presented on Thursday, says "
         "ports must test cranes.", "Clause 7 of the plan said ports must test cranes."),
        ("The cranes of Lund are due to be running by May so that the pier can open in June.",
         "The cranes of Lund are due to be running by May."),
        ("Lund gives its models, including weights and code, to the Port League in Bergen.",
         "Lund gives its models to the Port League in Bergen."),
    ],
)  # fmt: skip
def test_an_agency_sentence_can_lose_its_asides(raw: str, form: str) -> None:
    text = edited(raw)

    assert form in list(shorter(text))
    assert check(form, raw) is None


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("The mayor launched, in a ceremony on the quay, the Port Plan, which costs 3 million dollars.", "quay."),
        ("Ana Reyes, mayor of Lund, and Bo Lind, mayor of Kiel, signed a charter on the models of ports.",
         "Reyes signed"),
        ("The pace since the storm of May has seen large ports, such as Lund, buy a crane every year.", "ports."),
        ("Ports are exempt from the duty to prepare and retain files and from the duty to name a crew.", "to "
         "prepare and from"),
        ("The draft asks ports to test models, to train crews, to name a watch, and to pick up the phone.", "crews."),
        ("The charter commits Lund to a list of cranes, to a law by 2026 and to a shared pier in Kiel.", "by 2026."),
        ("The mayor of Lund vetoed a bill that would have closed the port to ships with cranes of their own on board, "
         "to all crews of the outer coast and to all of their captains in summer and in winter.", "vetoed a bill."),
        ("The plan aims to make Lund, home to two yards, a port of the world, according to the clerk.", "yards, acc"),
        ("On the quay a post that thanked the crews drew many readers, but so did another of the clerks.", "readers."),
        ("A council with seven members, of whom four, including the chair, are named by Lund.", "members are named"),
        ("Lund will pay for 40 cranes and the port of Kiel, Holtenau, the remaining 60 cranes.", "Holtenau."),
        ("Lund will have a crane, and crews will have to give it, and others like it, a fair test.", "like it."),
        ("With crews of five towns, they had put on the quay, free for all to take, a crane of 24 tons.", "to take."),
        ("Lund, Kiel and the league of the north released a model, described as the first of its kind in a "
         "port.", "Lund described"),
        ("In Lund, nine ports and the yard were scolded by the mayor, who said that their slow wait and see ways "
         "exposed crews of the coast and the yard of the town to harm.", "exposed crews of the coast."),
        ("In Lund, nine ports and the yard were scolded by the mayor, who said their wait and see way to cranes "
         "exposed crews of the coast and the yard of the town to harm.", "said their wait."),
        ("The port, which is in Lund, reckons that lending cranes, renting boats to crews of the coast, running yards "
         "for the town and painting ships are the four uses that earn the most.", "of the coast."),
    ],
)  # fmt: skip
def test_no_aside_takes_an_object_an_actor_or_an_item_of_a_list_with_it(text: str, broken: str) -> None:
    assert [form for form in shorter(text) if broken in form] == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("The mayor called for cranes to be built and used with care, as old ones kill.", "The mayor used"),
        ("The charter states a need that cranes are built and rented in a safe way for all.", "The charter rented"),
        ("Ana Reyes bought ships that she rented out, sold the pier, and left for Oslo in May.", "out, sold"),
        ("The mayor said that captains from 28 ports, including Lund and Kiel, have signed the charter.", "28 ports."),
        ("Ana Reyes, the head of the port, who is a sailor, said the pier would close for a year.", "port said"),
        ("The crew fears that the longer the strike in the port, the better the pay.", "in the port."),
        ("The ships would use three docks, one each for cranes, the lift, and move the rest by rail.", "the lift."),
        ("The mayor gave no reason, but Reyes, during a talk in Lund, including on cranes, asked why.", "in Lund."),
    ],
)  # fmt: skip
def test_no_cut_leaves_a_verb_without_its_subject_or_a_subject_without_its_verb(text: str, broken: str) -> None:
    assert [form for form in shorter(text) if broken in form] == []


@pytest.mark.parametrize(
    "text",
    [
        "Lund, together with Kiel and Oslo, has led a test of cranes that found nine faults in May.",
        "Kvarn is to buy some of Tern, seen as one of the few yards here, along with Lund, which can lift ships.",
        "Clerks will look at three issues, the mayor said: the age of cranes, the noise and the pay of crews.",
        "To end the talks, the yards offered the following commitments, which will hold for seven years.",
        "Cranes of Lund could not be kept out by any of the ports, said Ana Reyes, a lawyer of the yards.",
        "Training will be split between Petrov near Lund, where a yard is built, and the port of Kiel.",
        "Under the law, small yards that lend cranes at no charge and have no crews in Lund would not pay.",
    ],
)
def test_what_would_be_untrue_or_empty_without_its_end_is_not_cut(text: str) -> None:
    assert shorter(text) == ()


def test_a_pair_of_dashes_is_cut_whole_or_not_at_all() -> None:
    text = "Many captains said that the strike \u2014 the third in a year \u2014 was wrong and came too late."

    assert all("was wrong" in form for form in shorter(text))


def test_an_end_behind_a_dash_can_go_though_the_subject_has_an_aside() -> None:
    text = "The trust behind Lund, the port on which much of the trade is built, sold a pier \u2014 with its crane."

    assert "The trust behind Lund, the port on which much of the trade is built, sold a pier." in shorter(text)


def test_a_noun_that_an_aside_explains_keeps_it() -> None:
    text = "Most captains said that the first offense \u2014 a bribe for a crew \u2014 was wrong in any port."

    assert list(shorter(text)) == []


def test_a_subject_can_lose_what_stands_behind_it() -> None:
    text = (
        "The charter, drafted by Oslo and signed by 30 towns, including Lund and Bergen, requires ports to test cranes."
    )

    assert "The charter requires ports to test cranes." in shorter(text)


def test_a_sentence_can_lose_the_clause_ahead_of_its_subject() -> None:
    text = "Proposed by Oslo and backed by more than 30 towns, the charter was passed without a vote at a fair in Lund."

    assert "The charter was passed without a vote at a fair in Lund." in shorter(text)


def test_of_several_conditions_none_is_cut() -> None:
    text = "To qualify, a model must be trained with few operations, and its maker must have small sales."

    assert list(shorter(text)) == []


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("Lund holds that cranes may help the crew, but not replace the judgment of a pilot in fog.", "help the crew."),
        ("The port said at the Crane Fair in Lund, the two mayors stressed the need for tests.", "in Lund."),
        ("The port has 500 cranes and will likely rent more than 1,000 by 2030.", "The port will likely rent"),
        ("A crane is safe if its arm can be locked, its crew has a permit, and its owner files a test.", "a permit."),
        ("Ports set up schools in Lund, for crews of cranes; in Kiel, for pilots; and in Brindle, for all.", "cranes."),
        ("Ports shall give preference, in each tender opened after May, to open models of cranes.", "after May."),
        (
            "All ports of the league shall give preference to cranes, to models of which the league holds the weights.",
            "to cranes.",
        ),
        ("A crane counts as open in Lund if it passes three tests: weights, code and papers.", "tests: weights."),
        ("Crews said most cranes lift steel, which is heavy, but fail with the grain of Kiel.", "lift steel."),
        ("The bill names models that are paid by the state, a county authority or a town council.", "the state."),
        ("Models would be published under a licence which lets ports use and adapt them at no charge.", "ports use."),
        (
            "The law lets the Port Agency grant a leave, where it is satisfied that no crane fits, for a year.",
            "a leave.",
        ),
        ("The Port Agency, where it is satisfied that no crane fits, may grant a leave for a year.", "Agency may"),
        (
            "Ana Reyes said the nine ports will share tools, and there is not one line on what is barred.",
            "share tools.",
        ),
        (
            "Ana Reyes said the nine ports will share tools, and the text has not a line on what is barred.",
            "share tools.",
        ),
        ("The register of the ports of the coast exists because nobody kept a list of cranes.", "exists."),
        ("Ana Reyes said it was rare, but called for the courts, not the port, to decide on it.", "the port."),
        ("Ports should publish the code of their cranes in May, since crews can then check and adapt it.", "check."),
        ("The league said only 38 cranes had been used, mainly because the permits took too long.", "mainly."),
        (
            "The port of Lund sued a yard of the outer coast in May, saying it sold cranes on the open market to all "
            "who asked while knowing that an arm could break in a storm.",
            "asked.",
        ),
        (
            "Lund pledged to join the league, and five ports including Kiel and Oslo were chosen to pay for it.",
            "five ports.",
        ),
        ("Lund opened a list of cranes, with 13 ports including Kiel and Oslo pledging to join it.", "13 ports."),
        ("Lund opened the Crane Alliance, with founding members including Kiel and Oslo.", "members."),
        ("A judge in Lund ruled that the port's use of cranes to lift ships was fair under the law.", "use of cranes."),
        (
            "Lund gave its lists away, becoming the latest northern port to give up what its rivals keep.",
            "northern port.",
        ),
        ("Lund sold nine cranes, according to a list published at the end of the year.", "published."),
        ("Lund published a list of the skills and guards of cranes.", "Lund guards of"),
        (
            "Lund lends few cranes to the ports of the outer coast because it struggles to meet demand at home.",
            "struggles.",
        ),
        ("Lund used the crane lists of all nine of the ports to train a model without the consent of crews.", "ports."),
        ("Ports are to introduce limits on maintenance and repair of cranes of the outer coast.", "maintenance."),
        (
            "The Port Board, City of Lund and the Yard Board, City of Kiel, signed a pact on the cranes of Oslo.",
            "The Port Board signed",
        ),
        (
            "The list calls for ports to tell each other of grave faults within 72 hours, agree on crane tests and "
            "set up a line for crews in distress.",
            "agree on crane tests.",
        ),
        ("In Lund, mayor Ana Reyes, who dislikes cranes, will hold a hearing at which crews speak.", "In Lund will"),
        (
            "Lund gave away its crane models for all to use at once, prompting the ports in Norway and Denmark to say "
            "they would look at what crews can do with them all.",
            "Norway.",
        ),
    ],
)
def test_no_cut_changes_what_is_said(text: str, less: str) -> None:
    assert [form for form in shorter(text) if less in form] == []


def test_a_list_behind_a_colon_is_told_whole_and_the_other_half_stays() -> None:
    assert not ends_well("A crane counts as open if it passes three tests: fine weights")
    assert half("Crews said cranes lift steel", ", which is heavy, but fail with grain.")
    assert not half("Crews said cranes lift steel", ", which is heavy.")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (
            "Nine ports keep all of their old cranes in Lund, close to the dams of the coast.",
            "Nine ports keep all of their old cranes in Lund.",
        ),
        (
            "Ports dropped all plans for a vote on cranes, a day after Kiel said it would not pay.",
            "Ports dropped all plans for a vote on cranes.",
        ),
    ],
)
def test_a_sentence_can_lose_what_is_near_its_place_and_what_went_before(text: str, form: str) -> None:
    assert form in shorter(text)


def test_what_looks_like_a_participle_in_a_list_stays() -> None:
    text = "Oslo will give the ports 40 million dollars for cranes, training and tools of the crews in the north."

    assert not any(form.endswith("for cranes.") for form in shorter(text))


def test_what_people_familiar_with_the_matter_said_can_lose_its_end() -> None:
    text = "Lund is counting its cranes, according to two people familiar with the matter, adding to a row of tests."

    assert "Lund is counting its cranes, according to two people familiar with the matter." in shorter(text)
    assert not ends_well("What Lund does matters")


@pytest.mark.parametrize(
    "head",
    [
        "Ports asked the league to drop its plan for cranes, in a letter sent",
        "Lund opened a register of cranes, joining a push by nine ports",
        "Lund wrote to the league of ports, asking it",
    ],
)
def test_what_nothing_follows_is_not_left_at_an_end(head: str) -> None:
    assert not ends_well(head)
    assert ends_well(head.partition(", ")[0])
    assert not ends_well("The charter asks for lists of cranes or, if they cannot be shared")


@pytest.mark.parametrize(
    "text",
    [
        "In February, Judge Ana Reyes ruled that lending cranes was fair, but that keeping old ones was not.",
        "The court ruled that Lund can ban boats, but not cranes that are stored locally and cut off from the net.",
    ],
)
def test_of_a_split_ruling_and_of_two_conditions_none_goes(text: str) -> None:
    assert list(shorter(text)) == []


def test_what_somebody_behind_an_aside_says_keeps_its_verb() -> None:
    assert not whole("Chen Li, a clerk of Lund, said the rule's conditions.")
    assert whole("Chen Li, a clerk of Lund, said the rule works.")
