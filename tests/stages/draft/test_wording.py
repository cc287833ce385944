"""Sentences read whole and sound: what is cut, refused or reworded leaves nothing broken or loose."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.stages.draft.evidence.support import second_refused
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.times import days
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.texts.people import bare_name, lone_names
from pipeline.stages.draft.texts.readings import read
from pipeline.stages.draft.texts.rivals import several_homes, unclear
from pipeline.stages.draft.texts.sentences import spans
from pipeline.stages.draft.wording.edits import edited
from pipeline.stages.draft.wording.variation import aimless, dated, shortened, turned, varied
from pipeline.stages.draft.wording.voice import house_style
from pipeline.stages.draft.writing.voices import contrast
from tests.stages.draft.articles import article


def test_a_day_that_is_part_of_a_name_stays() -> None:
    assert edited("Prices fell to Black Friday levels.") == "Prices fell to Black Friday levels."


def test_the_field_is_written_small_and_without_a_hyphen() -> None:
    first = edited("Oslo passed new artificial-intelligence rules and a text on Artificial Intelligence.")
    second = edited("The artificial-intelligence rules of Lund are older.")

    assert house_style([first, second]) == [
        "Oslo passed new artificial intelligence rules and a text on AI.", "The AI rules of Lund are older.",
    ]  # fmt: skip


def test_the_adjective_of_a_country_is_no_name_before_ai() -> None:
    assert house_style(["Three Chinese AI firms met."]) == ["Three Chinese artificial intelligence firms met."]


def test_no_source_may_leave_untold_that_all_agreed() -> None:
    claim = "The harbor towns of the north unanimously adopted the first charter for cranes."

    assert second_refused(claim, "The harbor towns of the north adopted the first charter for cranes in May.")
    assert not second_refused(claim, "The harbor towns of the north adopted by consensus the first charter for cranes.")


def test_no_source_may_leave_untold_what_somebody_is() -> None:
    claim = "Harbor clerk Ana Reyes of the Lund Trust is in favor."

    assert second_refused(claim, "Harbor clerk Ana Reyes of the Lund Trust told the towns that cranes fail.")
    assert not second_refused(claim, "Harbor clerk Ana Reyes of the Lund Trust came out in favor of the charter.")


def test_a_name_with_its_title_is_a_person() -> None:
    assert not refused("Sen. Carla Reyes said she hoped the full committee would vote on the charter in May.")
    assert refused("The Lund Commission said she hoped the full committee would vote on the charter in May.")


def test_another_country_is_no_second_source() -> None:
    claim = "The U.S. and Norway signed a pact on cranes in harbors."

    assert second_refused(claim, "Denmark and Norway signed a pact on cranes in harbors.") == "names"
    assert not second_refused(claim, "The United States and Norway signed a pact on cranes in harbors.")


def test_what_a_signed_pact_plans_does_not_put_its_signing_ahead() -> None:
    claim = "Lund and Oslo signed a pact on harbor cranes."

    assert not second_refused(claim, "Lund and Oslo signed a pact on harbor cranes that tells how they will rent them.")
    assert second_refused(claim, "Lund and Oslo plan to have signed a pact on harbor cranes by May.")


LETTERS = Letters.of(["the port and about it, critics and supporters of the port met"])


def test_a_place_or_an_aim_can_stand_in_front() -> None:
    assert varied("About 60 towns signed a charter at the Crane Fair in Lund.", [], LETTERS) == (
        "At the Crane Fair in Lund, about 60 towns signed a charter."
    )


def test_what_somebody_is_obliged_to_do_is_no_aim() -> None:
    text = "Nine ports signed an agreement obliging makers of cranes to report accidents within three days."

    assert turned(text, LETTERS) == ""


def test_a_place_that_may_belong_to_an_aim_stays() -> None:
    assert turned("Lund and Kiel signed an agreement to set up a joint research centre in Accra.", LETTERS) == ""


def test_the_place_of_a_thing_is_not_the_place_of_what_is_done_for_it() -> None:
    text = "The port sets aside 4 million kroner for a school of cranes at the University of Lund."

    assert turned(text, LETTERS) == ""


def test_a_date_at_the_end_can_stand_in_front() -> None:
    assert dated("The ports of the coast share cranes from 1 May 2027.", LETTERS).startswith("From 1 May 2027, ")
    assert dated("The ports of the coast share the cranes that they bought in 2024.", LETTERS) == ""


def test_a_subject_is_called_by_its_short_name_where_the_brief_has_it() -> None:
    cited = ["", "The HSB fined two ports."]

    assert varied("The Harbor Safety Board opened an inquiry.", cited, LETTERS) == "The HSB opened an inquiry."


def test_a_time_without_which_a_sentence_says_nothing_is_not_cut() -> None:
    assert edited("Recruitment for the unit of the port opens this month.").endswith("opens this month.")


def test_what_somebody_tries_to_do_is_no_mere_aim() -> None:
    text = "The port of Lund approved a plan for open models of cranes, as the city tries to reduce its costs."

    assert aimless(text) == text


def test_a_short_name_has_the_article_that_the_brief_gives_it() -> None:
    text = "The Harbor Safety Board opened an inquiry."

    assert varied(text, ["", "A rule of HSB fined two ports."], LETTERS) == "HSB opened an inquiry."


@pytest.mark.parametrize("office", ["Executive Vice-President", "Vice President", "Deputy Prime Minister"])
def test_a_vice_president_is_no_president(office: str) -> None:
    told = read(
        [article("ports", f"Clerks wrote to {office} Ana Reyes in May, and met then-{office} Bo Lind.")], [0], Counter()
    )

    assert told[0].known["Reyes"].introduced == f"{office} Ana Reyes"
    assert told[0].known["Lind"].introduced.endswith(f"{office} Bo Lind")
    assert (
        shortened(f"Harbor {office} Ana Reyes opened a fund of the port.", "") == "Ana Reyes opened a fund of the port."
    )


def test_a_lake_is_no_person() -> None:
    assert bare_name("Lake Geneva") == ""


def test_a_continent_is_no_surname() -> None:
    assert bare_name("CraneTrade Europe") == ""


def test_what_somebody_had_to_do_is_no_mere_aim() -> None:
    text = "The head of the chamber said a private partner in Lund would not invest if it had to give the models away."

    assert aimless(text) == text


def test_the_time_of_another_clause_is_not_put_in_front() -> None:
    known = Letters.of(["and it is the port"])

    assert dated("It is the largest project of the two ports since relations were established in 1992.", known) == ""
    assert (
        dated("It is to accept what the schools of the ports have issued with effect from 1 March 2027.", known) == ""
    )


def test_what_is_the_first_at_a_place_is_not_the_first_everywhere() -> None:
    known = Letters.of(["a story with the port and lawyers of it"])

    assert turned("The lawyers of the port said the charter was the first of its kind in Europe.", known) == ""
    assert (
        turned("The lawyers of the port signed the Lund Treaty on Cooperation in Artificial Intelligence.", known) == ""
    )
    assert (
        turned("The lawyers of the port signed a charter on the cranes to test the models of one another.", known) == ""
    )


@pytest.mark.parametrize(
    "line",
    [
        "Lund \u2013 ",
        "Lund\u2014",
        "Kiel, Norway \u2014 ",
        "Lund D.C. \u2014 ",
        "[Lund] ",
        "Kiel, DC, Norway: ",
        "New Delhi: ",
        "LUND, Calif. \u2014 ",
    ],
)
def test_the_place_ahead_of_a_report_is_no_part_of_its_first_sentence(line: str) -> None:
    text = f"{line}Nine ports signed a pact on cranes. It runs for two years."
    start, end = spans(text)[0]

    assert edited(text[start:end]) == "Nine ports signed a pact on cranes."


def test_a_name_ahead_of_an_aside_between_dashes_is_no_place() -> None:
    assert (
        edited("Kvarn \u2014 Norway's largest port \u2014 signed.")
        == "Kvarn \u2014 Norway's largest port \u2014 signed."
    )


def test_a_dateline_with_a_colon_goes() -> None:
    raw = "Lund, 10 February 2026: Ferry-2, a model of the port, was released with a fair."

    assert edited(raw) == "Ferry-2, a model of the port, was released with a fair."


def test_the_end_of_a_clause_is_not_put_in_front_of_the_whole() -> None:
    text = "The port voted to free cranes from a fee that the Senate had passed in December."

    assert varied(text, [], LETTERS) == text


def test_two_voices_are_set_side_by_side_only_where_they_differ() -> None:
    lead, praise = "Lund opened a fund.", "Supporters argued that the fund helps ports."
    doubt = "Critics warned that the fund is small."

    assert contrast([lead, praise, doubt], LETTERS) == (
        "While supporters argued that the fund helps ports, critics warned that the fund is small."
    )
    assert contrast([lead, praise], LETTERS) == ""


def test_a_surname_alone_needs_the_full_name_in_the_brief() -> None:
    assert lone_names("Tolland ran the pier until May.", "The pier belongs to Mira Tolland and her son.") == ["Tolland"]
    assert lone_names("Mira Tolland ran the pier.", "The pier belongs to Mira Tolland and her son.") == []


def test_an_article_of_a_pact_keeps_what_it_is_on() -> None:
    raw = "In the meantime, Lund signed with a reservation to Article 9 (Mutual Recognition) and paid (again)."

    assert edited(raw) == "Lund signed with a reservation to Article 9 on Mutual Recognition and paid."


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Ports plan a common licence by the fourth quarter of this year.", "Ports plan a common licence."),
        ("The first tests are due by the end of the year.", "The first tests are due by the end of the year."),
    ],
)
def test_a_part_of_the_year_goes_unless_nothing_is_said_without_it(raw: str, plain: str) -> None:
    assert edited(raw) == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Mayor Ana Reyes yesterday opened a yard.", "Mayor Ana Reyes opened a yard."),
        (
            "Lund opened the case on Tuesday, Oslo time, and asked Kiel to pay.",
            "Lund opened the case, and asked Kiel to pay.",
        ),
        ("LUND. The league opened a yard in the north.", "The league opened a yard in the north."),
        (
            "The lab is part of the pact signed on Thursday in Lund by the mayor of Kiel.",
            "The lab is part of the pact signed in Lund by the mayor of Kiel.",
        ),
        ("Salem, OR - Today, the mayor opened a yard.", "The mayor opened a yard."),
        (
            "Lund approved a plan under which, by the end of next year, the port will stop buying cranes.",
            "Lund approved a plan under which the port will stop buying cranes.",
        ),
        ("The port passed 400 cranes to the yard this year alone.", "The port passed 400 cranes to the yard."),
        ("Today the league of ports opened a yard.", "The league of ports opened a yard."),
        ("Tests will now be free until May 3, 2027.", "Tests will be free until May 3, 2027."),
        ("The cost for the coast as a whole is 40 euros.", "The cost for the coast is 40 euros."),
        (
            "In an interview on radio this morning the mayor said that each crane will be tested.",
            "The mayor said that each crane will be tested.",
        ),
        (
            "Lund withdrew the crane it had opened four days earlier, after crews complained.",
            "Lund withdrew the crane, after crews complained.",
        ),
        (
            "The port of Lund said that it had paid four days earlier.",
            "The port of Lund said that it had paid four days earlier.",
        ),
        (
            "The port of Lund knew it had withdrawn two weeks earlier.",
            "The port of Lund knew it had withdrawn two weeks earlier.",
        ),
        (
            "Five cranes were paid by ports and one, interestingly, by the crews.",
            "Five cranes were paid by ports and one by the crews.",
        ),
        ("Crews spent Monday counting the cranes of Lund.", "Crews spent Monday counting the cranes of Lund."),
        ("Lund is reportedly counting its cranes.", "Lund is reportedly counting its cranes."),
        ("June 10 (Portwire) - Lund counts its cranes.", "Lund counts its cranes."),
        ("The port \u2013 the oldest of nine \u2013 lends cranes.", "The port, the oldest of nine, lends cranes."),
        ("*Fees:* a crane is not free if Lund charges for it.", "A crane is not free if Lund charges for it."),
        ("In a major push for cranes, the Port Board gave Lund nine.", "The Port Board gave Lund nine."),
        ("Norwegians vote on May 4, 2027.", "Norwegians vote on May 4, 2027."),
        ("Announced on Monday, the crane school opens in Lund.", "The crane school opens in Lund."),
        ("Section 4(c) bars use by ports, Shri Reyes said.", "Section 4(c) bars use by ports, Reyes said."),
        ("The act of Lund took effect on Monday.", "The act of Lund took effect on Monday."),
        ("Lund counts its cranes, the mayor said in a blog post on Monday.", "Lund counts its cranes, the mayor said."),
        ("Lund counts cranes, the mayor told lawmakers in a letter.", "Lund counts cranes, the mayor said."),
        ("Oslo told Kvarn to close its pier.", "Oslo told Kvarn to close its pier."),
        ("Ana Reyes smiles when she says cranes err.", "Ana Reyes smiles when she says cranes err."),
        ("It does say that ports lend cranes.", "It does say that ports lend cranes."),
        ("The ports, too, criticised the deal.", "The ports criticised the deal."),
        ("In Lund, too, the ports criticised the deal.", "In Lund, the ports criticised the deal."),
        ("Ports use the Crane (Use and Access) Act 2025.", "Ports use the Crane (Use and Access) Act 2025."),
        ("Nine crews have since reported lost cranes.", "Nine crews have reported lost cranes."),
        ("Nine crews have since 2023 lost cranes.", "Nine crews have since 2023 lost cranes."),
        ("The port needs crews, a draft seen by Reuters showed.", "The port needs crews, a draft showed."),
        ("The tests, which were published on Monday, are Norway's.", "The tests are Norway's."),
        (
            "The list, which was published on Monday, and which Lund keeps, is new.",
            "The list, which was published, and which Lund keeps, is new.",
        ),
        ("The list, posted on Monday, has nine cranes.", "The list has nine cranes."),
        ("The film, which was posted, shared and seen in Lund, is new.",) * 2,
        ("Lund told Kvarn that it must drop its limits.",) * 2,
        ("Lund told Kvarn in a phone call to build its cranes.",) * 2,
        ("A memo seen by Reyes said cranes fail.",) * 2,
        (
            "Lund will lend its cranes to all ports from next year, it said.",
            "Lund will lend its cranes to all ports, it said.",
        ),
        ("The law of Lund applies from next year.", "The law of Lund applies from next year."),
        ("The law of Lund enters into application on Monday.", "The law of Lund enters into application on Monday."),
        ("Lund, as Kiel very recently did, counts its cranes.", "Lund, as Kiel very recently did, counts its cranes."),
    ],
)
def test_a_report_s_own_day_and_place_go(raw: str, plain: str) -> None:
    assert edited(raw) == plain


def test_a_date_goes_in_front_of_no_pronoun_and_of_no_sum_that_it_belongs_to() -> None:
    letters = Letters.of(["and the ports and that brings"])

    assert dated("That brings together the crews of all the outer ports by 2029.", letters) == ""
    assert (
        dated("The ports of the outer coast gave 40 million of a hoped-for 90 million dollars by 2029.", letters) == ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "The port of Lund is asking the court of Kiel for the papers on the cranes sold by Oslo in 2010.",
        "The court of Kiel fined the port of Lund 40 million kroner over leaks of the crane list in 2010.",
        "The port of Lund has given the court of Kiel all of the papers on the sale of cranes in 2010.",
    ],
)
def test_the_time_of_what_lies_behind_a_thing_is_not_put_in_front(text: str) -> None:
    assert dated(text, Letters.of(["and the port and the court"])) == ""


def test_a_country_named_once_or_twice_is_no_second_home() -> None:
    assert not several_homes(["Norway votes.\nNorway and Chinese firms in China pay."])


def test_the_government_is_that_of_the_country_which_the_titles_name() -> None:
    told = "Norway votes on cranes.\nNorway has ports. Norway and Oslo pay. Firms of China, China and China sell."

    assert several_homes([told.replace("votes", "and China vote")])
    assert not several_homes([told])
    assert several_homes([f"{told} The Chinese sell more."])
    assert not unclear("The digital government agency opened a register.", True, frozenset())
    assert unclear("The digital government opened a register.", True, frozenset())


def test_what_is_called_so_keeps_its_marks_and_two_presents_stay_two() -> None:
    assert edited('The rule has become "fair measures" for the ports.').endswith(
        'become "fair measures" for the ports.'
    )
    assert edited('The rule has "fair measures" for the ports.') == "The rule has fair measures for the ports."
    assert edited("The annex does not name them, but says they are old.").endswith("but says they are old.")
    assert edited("The annex says they are old.") == "The annex said they are old."


def test_a_panel_s_name_keeps_its_ai() -> None:
    named = "The International Panel on AI and Cranes met in Lund."

    assert house_style([named, "Rules on AI came."]) == [named, "Rules on artificial intelligence came."]


def test_some_tuesday_is_not_the_day_of_the_report() -> None:
    assert list(days("The letter came on a Tuesday.")) == []
    assert [day["day"] for day in days("The letter came Tuesday.")] == ["Tuesday"]


def test_what_applies_to_more_keeps_its_also() -> None:
    assert edited("The rules would also apply to cranes, and also cover ships.") == (
        "The rules would also apply to cranes, and cover ships."
    )
