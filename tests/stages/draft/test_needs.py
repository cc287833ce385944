"""What a sentence leans on, and whether a brief has it."""

from __future__ import annotations

import pytest

from pipeline.stages.draft.language.nouns import heard, likes, met
from pipeline.stages.draft.language.words import stems
from pipeline.stages.draft.standing.needs import NOBODY, needs
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.texts.strangers import introductions, strangers


def test_a_thing_that_the_article_brought_in_earlier_has_to_be_brought_in_by_the_brief() -> None:
    before = "Guards found a cabin below the pier. It was dark."

    wanted = needs("Guards locked the cabin.", before, len(before))

    assert not met(wanted, heard(["pier"]))
    assert met(wanted, heard(["cabin"]))


def test_the_second_meeting_needs_one_of_its_kind_and_an_absence_what_others_did() -> None:
    assert [sorted(n) for n in needs("The second session will take place in Lund.", "")] == [
        ["debat", "hear", "session"]
    ]
    assert frozenset({"sign"}) in needs("Ghana, which owns most of the cranes, did not sign.", "")


@pytest.mark.parametrize(
    "text",
    [
        "The court will hear the parties on June 9.",
        "The hospital ran the system for nine months.",
        "Clerks asked the ministry to publish its list.",
        "Clerks from nine ports took part in the meeting in Lund.",
        "The port blamed the eight-month delay on the yard.",
        "The draft keeps the lower threshold for small ports.",
        "The first report is due in May.",
        "The mayor was silent on the second point.",
        "The announcement came after a storm.",
        "The meeting is to adopt rules for crews.",
    ],
)
def test_when_where_or_what_is_asked_does_not_say_which_one_is_meant(text: str) -> None:
    assert not met(
        needs(text, ""), heard(["clerk", "crew", "port", "yard", "draft", "court", "hospital", "council", "mayor"])
    )
    for plain in (
        "The tender for the yards of Lund is over.",
        "The contract for 40,000 cranes went to Kvarn.",
        "The regulator in Italy fined Kvarn.",
        "The lower house of parliament passed it.",
    ):
        assert needs(plain, "") == (), plain
    assert NOBODY not in needs("The third reason for the delay is money.", "")


def test_a_party_is_no_part_and_who_was_quoted_without_a_name_is_not_quoted_again() -> None:
    (need,) = needs("The party asked for more.", "")

    assert met([need], heard(stems("Two parties joined.")))
    assert not met([need], heard(stems("Part of the yard is closed.")))
    assert NOBODY in needs("Lund would like to join, the official said.", "")


def test_a_name_that_goes_on_is_no_noun_of_its_own() -> None:
    assert needs("The northern German state of Lund agreed.", "") == ()


def test_one_department_or_session_does_not_stand_for_an_office_or_a_summit() -> None:
    need = needs("Reyes said the department led the session.", "A department held a session in Lund.", 99)

    assert met(need, heard(["department", "session"]))
    assert not met(need, heard(["department", "summit"]))
    assert not met(need, heard(["agency", "session"]))


def test_a_council_of_an_alliance_needs_the_alliance() -> None:
    assert not met(needs("The Alliance Council will meet in May.", ""), heard(["council"]))


def test_each_of_several_needs_the_several() -> None:
    assert not met(needs("The scale of each raid differed in the end.", ""), heard(["port"]))


def test_a_word_that_only_begins_alike_is_not_the_noun() -> None:
    assert not met([frozenset({"decre"})], heard(["decrypt"]))


def test_what_points_at_a_thing_waits_for_it() -> None:
    for text in ("Crews do not know the delay.", "It starts with the US$7 million plan."):
        assert needs(text, ""), text
    (need,) = needs("Critics called the exclusion a serious gap.", "")
    assert met([need], heard(stems("Cranes of the navy are excluded.")))
    assert not met([need], heard(stems("Cranes of the navy are tested.")))


def test_talks_are_no_forum_and_a_limit_no_restriction() -> None:
    (talks,) = needs("Two ports that were part of the talks held back.", "")
    (limit,) = needs("Lund says the limit was 9 million.", "")
    (project,) = needs("Nine towns have committed a million to the project.", "")

    assert met([talks], heard(stems("Negotiations began in May.")))
    assert not met([talks], heard(stems("The forum of the ports met in May.")))
    assert not met([limit], heard(stems("The restrictions were dropped.")))
    assert met([project], heard(stems("Nine towns have launched a library of tests.")))


def test_an_acronym_of_which_many_are_spelt_out_waits_for_its_long_form() -> None:
    assert needs("Any model that an MDA trains is open.", "Ministries, Departments and Agencies (MDAs) pay.")


def test_a_thing_at_a_place_has_to_be_brought_in() -> None:
    (need,) = needs("The Lund center will serve 19 towns of the coast.", "")

    assert met([need], heard(stems("A hub of the league opens in Lund.")))
    assert not met([need], heard(stems("The league will serve 19 towns.")))


def test_the_two_leaders_stand_where_leaders_were_named() -> None:
    text = "The two leaders met at a hotel in Lund on May 3, 2024."

    assert refused(text) is None
    assert not met(needs(text, ""), heard(["port"]))
    assert met(needs(text, ""), heard(["president"]))


def test_what_says_who_told_it_or_in_which_year_needs_nothing() -> None:
    before = "The vote, the talks and the port side took a year."

    for text in (
        "Two people familiar with the talks said 40 cranes were sold.",
        "On the port side, 40 cranes were sold.",
        "Grants will be paid in the 2027 academic year.",
    ):
        assert needs(text, before, len(before)) == (), text


def test_a_name_behind_its_noun_says_which_one_is_meant() -> None:
    before = "A cyber-security agency and a panel exist."

    assert needs("The cyber-security agency Kvarn will test all cranes.", before, len(before)) == ()
    assert needs("The panel Tuesday heard nine crews.", before, len(before)) != ()  # a day is no name


def test_what_holds_for_each_of_a_kind_needs_no_several() -> None:
    assert needs("Fines reach 40 euros for each breach.", "") == ()
    assert needs("Lund will check each finished crane.", "") == ()


@pytest.mark.parametrize(
    ("noun", "told"),
    [
        ("text", "resolution"),
        ("measure", "bill"),
        ("regulator", "commission"),
        ("meeting", "talks"),
        ("signatories", "signed"),
    ],
)
def test_a_wider_noun_may_stand_for_a_narrower_one_and_not_the_other_way_round(noun: str, told: str) -> None:
    assert met([likes(noun)], heard(stems(told)))
    assert not met([likes(told)], heard(stems(noun)))


def test_an_acronym_is_known_where_the_name_was_told_that_the_article_shortens() -> None:
    article = "The Port Audit Office of Lund (PAO) opened. PAO inspectors came."
    wanted = needs("PAO inspectors came to see the cranes.", article)

    assert met(wanted, heard(["pao"]))
    assert met(wanted, heard(stems("The Port Audit Office of Lund opened.")))
    assert not met(wanted, heard(stems("The Port Council opened an office.")))


def test_an_acronym_that_one_article_explains_is_strange_in_all() -> None:
    assert introductions("Crews have harbor lung, or HL. Others call it a condition called DL.") == {"hl", "dl"}


def test_the_group_that_acts_is_one_of_many() -> None:
    assert NOBODY in needs("The group announced that Kvarn has a pact.", "")
    assert NOBODY not in needs("The group of ports announced that Kvarn has a pact.", "")


def test_what_a_text_requires_is_no_rule_that_it_names() -> None:
    wanted = needs("The rule takes effect in May.", "")

    assert not met(wanted, heard(stems("Lund requires a list.")))
    assert met(wanted, heard(stems("Lund wrote a regulation.")))


def test_a_body_that_a_country_has_one_of_is_no_thing_told_before() -> None:
    assert needs("A trial at the tax agency and the labor market agency took a year.", "") == ()
    assert needs("A trial at the agency took a year.", "") != ()


def test_the_firm_that_a_country_sued_is_not_the_country() -> None:
    assert NOBODY in needs("Norway's solicitor sued the company, asking for damages.", "")
    assert NOBODY not in needs("Kvarn said the company, once sued, paid for it.", "")


def test_processors_are_chips_and_the_benefit_has_to_be_told() -> None:
    assert met(needs("The chips require a license.", "Lund has chips.", 20), heard(stems("Lund buys processors.")))
    assert needs("The benefit is limited to small ports.", "") != ()


def test_a_part_of_things_and_the_bloc_need_what_they_are_part_of() -> None:
    assert likes("questions") in needs("11 of the questions deal with cranes.", "")
    assert needs("Eleven of the questions that Lund asked deal with cranes.", "") == ()
    assert not met(needs("Under the bloc's act, ports report faults.", ""), heard(stems("Norway has an act.")))
    assert met(needs("Under the bloc's act, ports report faults.", ""), heard(stems("The EU has an act.")))


def test_training_code_is_no_text() -> None:
    assert not met([likes("text")], heard(stems("A port must publish its training code.")))


def test_a_minister_is_no_ministry() -> None:
    assert not met([likes("ministry")], heard(stems("Ports and their ministers met.")))
    assert met([likes("ministry")], heard(stems("The trade ministry met.")))


def test_a_numbered_part_needs_the_law_that_it_is_of() -> None:
    wanted = needs("Article 53 exempts small ports from a duty.", "")

    assert not met(wanted, heard(stems("Nine ports met.")))
    assert met(wanted, heard(stems("Nine ports have an act on cranes.")))
    assert needs("Article 53 of the Crane Act exempts small ports.", "") == ()


def test_a_complaint_is_one_that_was_told() -> None:
    assert not met(needs("The mayor of Lund dismissed the complaint.", ""), heard(stems("Nine ports met.")))


def test_the_others_of_a_kind_need_the_first() -> None:
    assert likes("signatories") in needs("The other signatories include Lund and Kiel.", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Clerks had no word on Norway's decision.", "decision"),
        ("In 2024, Lund's share was 40 percent.", "share"),
        ("Rules apply in the same way to the modified crane.", "modified"),
        ("The working group on cranes meets in Lund.", "group"),
        ("The amendment to the list was carried by nine votes.", "amendment"),
        ("Lund sent a list, said the Port League official.", "officials"),
        ("Crews are at the heart of the impasse.", "impasse"),
        ("Clerk Ana Reyes brushed off the count.", "count"),
        ("Ana Reyes of Lund called the book a gift.", "book"),
        ("Reyes pushed for the ban to be written into law.", "ban"),
    ],
)
def test_what_somebody_did_and_who_spoke_of_it_have_to_be_told(text: str, told: str) -> None:
    wanted = needs(text, "")

    assert not met(wanted, heard(stems("Norway and Lund have cranes.")))
    assert met(wanted, heard(stems(f"Norway and Lund have cranes, a list, crews and {told}.")))


def test_what_is_said_to_whom_explains_itself() -> None:
    assert needs("Clerks heard of Norway's decision to stay.", "") == ()
    assert needs("Kvarn and Lund praised the Port League official who wrote it.", "") == ()


def test_whose_model_it_is_has_to_be_told_unless_the_sentence_says_it() -> None:
    assert NOBODY in needs("The Norwegian company's crane has a rule of its own.", "cranes")
    assert NOBODY not in needs("Kvarn sells the company's crane.", "cranes")


def test_some_that_were_named_together_are_known_by_the_sentence_before_alone() -> None:
    assert NOBODY in needs("In a letter, the countries, including Norway, praised Lund.", "")
    assert NOBODY not in needs("Norway wrote to the countries of the coast.", "")


@pytest.mark.parametrize(
    "text",
    [
        "The Office of Ports and Tides has nine clerks.",
        "Lund and Kiel will each contribute nine cranes.",
        "The Norwegian government set aside nine cranes.",
        "The grace period during which no crane runs ends in May.",
        "The hardest dispute was over cranes.",
        "Crews have had the two weeks since May.",
        "Norway's data protection watchdog, DPW, will ask Kvarn.",
    ],
)
def test_what_tells_itself_what_it_is_waits_for_nothing(text: str) -> None:
    article = "A price, cranes, a dispute, a period and the government were told of."

    assert needs(text, article, len(article)) == ()


def test_the_bloc_may_be_another_union_and_stands_behind_its_name() -> None:
    assert met(needs("The bloc will build nine cranes.", ""), heard(["asean"]))
    assert needs("Any EU port may open a yard in the bloc.", "A bloc.", 99) == ()


def test_an_agreement_is_a_settlement_and_a_partnership_may_be_one() -> None:
    for told in ("settlement", "partnership"):
        assert met([likes("agreement")], heard(stems(told)))


def test_letters_that_begin_with_ai_are_those_of_its_name() -> None:
    article = "Reports came. The AI Crane Institute (AICI) tested nine cranes. AICI is old."

    wanted = needs("AICI found nine faults.", article, 70)

    assert wanted
    assert met(wanted, heard(stems("The AI Crane Institute is in Lund.")))


def test_names_in_a_list_and_with_their_kind_or_place_are_no_strangers() -> None:
    known = frozenset({"kvarn", "ferry", "tern"})

    for text in (
        "Nine firms, among them Kvarn and Ferry, signed it.",
        "Money comes from the sovereign wealth fund Kvarn.",
        "Kvarn Digital, of Lund, will build it.",
        "A fault was found by Kvarn Threat Labs, the security company of the port.",
    ):
        assert strangers(text, known) == [], text
    assert strangers("Money comes from Kvarn.", known) == ["kvarn"]
    assert not introductions("GitHub, a platform of many, was named.")
