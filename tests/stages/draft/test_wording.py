"""Sentences read whole and sound: what is cut, refused or reworded leaves nothing broken or loose."""

from __future__ import annotations

import pytest

from pipeline.stages.draft.evidence.support import second_refused
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.language.words import stems
from pipeline.stages.draft.standing.needs import needs
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.texts.people import bare_name, lone_names
from pipeline.stages.draft.texts.rivals import several_homes, unclear
from pipeline.stages.draft.wording.apart import variants
from pipeline.stages.draft.wording.edits import edited
from pipeline.stages.draft.wording.variation import aimless, dated, turned, varied
from pipeline.stages.draft.wording.voice import house_style
from pipeline.stages.draft.wording.wholeness import whole
from pipeline.stages.draft.writing.voices import contrast


@pytest.mark.parametrize(
    "text",
    [
        "The charter, drafted by Oslo and co-sponsored by 30 towns of the United States.",
        "In a joint letter published May 3.",
        "A man suspected of arson in the old harbor.",
        "Cranes as a counterweight to ships and a third way for ports of the north.",
    ],
)
def test_a_participle_is_no_verb_of_its_own(text: str) -> None:
    assert not finite(text)


@pytest.mark.parametrize(
    "text",
    [
        "Apart from those, cranes of the new kind will be rented to the ports of Lund.",
        "In 2003, officials there were accused of hiding the number of broken cranes.",
        "If that holds up, the ports would lose 30 million dollars in a year.",
        "Instead of renting cranes, they said, ports could share one yard and its upkeep.",
        "A port that moves grain with a crane would therefore be bound by the charter.",
        "The first one is due in January 2027 in the port of Lund.",
        "The port opened a yard in May 2024; it has room for 30 cranes.",
        "The Secretary of Trade of Brindle echoed the sentiment in a long letter.",
        "The captain was found asleep late last night in the port of Lund.",
    ],
)
def test_a_sentence_that_leans_on_what_is_not_there_is_refused(text: str) -> None:
    assert refused(text)


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


def test_a_place_that_may_belong_to_an_aim_stays() -> None:
    assert turned("Lund and Kiel signed an agreement to set up a joint research centre in Accra.", LETTERS) == ""


def test_the_place_of_a_thing_is_not_the_place_of_what_is_done_for_it() -> None:
    text = "The port sets aside 4 million kroner for a school of cranes at the University of Lund."

    assert turned(text, LETTERS) == ""


def test_a_consortium_led_by_a_port_is_no_sentence() -> None:
    assert not finite("A consortium led by the port of Lund.")
    assert finite("A consortium led by the port of Lund tests cranes.")


def test_a_date_at_the_end_can_stand_in_front() -> None:
    assert dated("The ports of the coast share cranes from 1 May 2027.", LETTERS).startswith("From 1 May 2027, ")
    assert dated("The ports of the coast share the cranes that they bought in 2024.", LETTERS) == ""


def test_a_subject_is_called_by_its_short_name_where_the_brief_has_it() -> None:
    cited = ["", "The HSB fined two ports."]

    assert varied("The Harbor Safety Board opened an inquiry.", cited, LETTERS) == "The HSB opened an inquiry."


def test_a_thing_at_a_place_has_to_be_brought_in() -> None:
    (need,) = needs("The Lund center will serve 19 towns of the coast.", "")

    assert met([need], heard(stems("A hub of the league opens in Lund.")))
    assert not met([need], heard(stems("The league will serve 19 towns.")))


def test_a_time_without_which_a_sentence_says_nothing_is_not_cut() -> None:
    assert edited("Recruitment for the unit of the port opens this month.").endswith("opens this month.")


def test_what_somebody_tries_to_do_is_no_mere_aim() -> None:
    text = "The port of Lund approved a plan for open models of cranes, as the city tries to reduce its costs."

    assert aimless(text) == text


def test_a_short_name_has_the_article_that_the_brief_gives_it() -> None:
    text = "The Harbor Safety Board opened an inquiry."

    assert varied(text, ["", "A rule of HSB fined two ports."], LETTERS) == "HSB opened an inquiry."


def test_a_lake_is_no_person() -> None:
    assert bare_name("Lake Geneva") == ""


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


def test_a_dateline_with_a_colon_goes() -> None:
    raw = "Lund, 10 February 2026: Ferry-2, a model of the port, was released with a fair."

    assert edited(raw) == "Ferry-2, a model of the port, was released with a fair."


def test_open_models_are_no_order_to_open_something() -> None:
    assert refused("Open models trained with few operations are free of the duty of the port.") is None


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


@pytest.mark.parametrize(
    "text",
    [
        "Analysts said it will hold up the works at the pier and may cost the port a year.",
        "The port met the goal of that ambition three years early in Lund.",
        "The pier may only be a sketch, it is drawn for a port of the next century.",
        "The mayor sent a similar message ahead of the vote in the port.",
        "Crews of all four can vote on the charter in May.",
        "The mayor said that the gain for ports outweighed that risk.",
        "Ports need one from the first ton if they rent out cranes to others.",
        "Lund may end up building all three at once.",
        "Ana Reyes of Ghana, who co-chairs it, said that tests hardly exist.",
        "For crews the interesting part is the code of the new crane.",
        "The mayor of the port of Lund in the north wants more.",
        "The harbor office said both approaches could be safe for crews.",
        "Results will be published by the port of Lund in May.",
        "Oslo questioned the role of the league, though for other reasons.",
        "The first group takes in the ports of Lund and Kiel.",
        "The port of Lund concedes that about a third is not new.",
        "Get started by visiting the page of the port of Lund.",
        "The Lund Trust is the world's leading home for the crane trade.",
        "The mayor of Lund thanked the crews for their work on cranes.",
        "The full text of the charter is available on the trust's website.",
        "The ministers took note of the attendance of the ports of Lund.",
        "The committee wishes to thank all crews of the ports of Lund.",
        "The crane of the port of Lund would not turn until the 20th.",
        "The pact of the ports of Lund and Kiel has a go.",
        "The question of the crews of Lund went the other way.",
        "Supporters in the port of Lund said that is a misreading of the text.",
        "The port of Lund plans to open two more, in Kiel and in Brindle.",
        "Cranes, ferries and the schools of the port of Lund are in.",
        "The charter of the port of Lund is not, at least not until the vote in May.",
        "In favour is Ana Reyes of the port of Lund.",
        "MARIA REYES of the port of Lund regretted the delay of the vote.",
        "Student Ana Reyes, 20, trains small models on the pier of Lund.",
        "The trust of Lund paid for a third of it and the town gave the pier.",
        "The bank of the port of Lund will put up most of the rest.",
        "Crews of Lund who questioned that version 40 times found no fault.",
        "The mayor of Lund said that the old version has to go.",
        "The clerk keeps a list of the best ones in the port of Lund.",
        "Article 9, which was pushed by Lund and Kiel, said that it is no breach.",
        "The clerk of Lund told a local paper of ports that the question was settled.",
        "Kiel and Brindle made a similar commitment in the port of Lund.",
        "Lund and several others objected, and the field was made optional.",
        "At the pier of Lund, the mayor showed his guest the new crane.",
        "The union of the crews of Lund was not persuaded.",
        "The mayor of the port of Lund can hardly contain himself.",
        "The clerk Ana Reyes walked Harbor Post through the plan of the pier.",
        "The text is in print and will be free to copy in about six weeks.",
        "The crane will be moved to the pier of Lund in six weeks.",
        'Anyone who "makes available to crews in Lund" a crane whose code can be copied.',
        "The harbor office of Lund said it had no such plans.",
        "A clause puts that in a different light, a lawyer of Lund said.",
        "The Chilean one would follow in the port of Lund in mid-2028.",
        "The main one will be built in the port of Lund and run on wind.",
        "The ministry of ports of Lund said it was seeking the same terms.",
        "All met the first level, yet only four of the crews met the second.",
        "Reyes added that Lund has set aside 140 million kroner for the boards.",
        "The customs clerks of the port of Lund cannot find 2,300.",
        "The most rented version of the crane of Lund refused 58%.",
        "Lund shipped about $410 million worth to Kiel in one year.",
        "In the north, the result was 84 percent.",
        "Decisions may take up to 45 days in the port of Lund.",
        "Critics that it makes the crane of Lund easy to break.",
        "The head of the fund of Lund said there was no cause for alarm.",
        "Until then, answers of the crane of Lund are read by a clerk.",
        'The port of Lund belongs to the league, which he said "is a helpful thing".',
        "The mayor said that crews of the whole coast would be able to use it by mid-2027.",
        "Lund takes 30 per cent, and Kiel and Brindle have 10 per cent apiece.",
        "The last tenth is reserved for the crews of other ports.",
        "Though 60 per cent is supposed to come from a yard, that yard is late.",
        "The Harbor Trust of Lund did not mince words.",
        "A clerk of the league said it had taken note of the announcement.",
        "The head of the port of Lund believes the league had no choice.",
        "The mayor of Lund was confident that review would be over in May.",
        "Till then crews of the port of Lund look over every answer.",
        "Kiel did not either, but its port office said that it would join.",
        "Lund came away from two days of talks on the coast with what it wanted.",
        "A second one, of 18 tons, will be built in the port of Kiel.",
        "The license requires this of ports with more than 20 cranes.",
        "The board of the port of Lund said that it depends.",
        "Ana Reyes, who builds cranes at the yard of Lund, likes it.",
        "The party of the crews, which does not, said foreign ports will win.",
        "Ana Reyes said, an update would be tried at five ports of the coast.",
        "At four in the afternoon Ana Reyes called the crews into the yard of Lund.",
    ],
)
def test_what_has_its_noun_in_another_sentence_is_refused(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "A court barred Lund from blocking the website of a maker of cranes.",
        "The pact enters into force when 12 ports have ratified it.",
        "Live tests of the crane in the street will need a court order.",
        "The two-year project cost 1.8 million dollars, the league said.",
        "Firms that do not comply face fines of up to 50 million dollars.",
        "The board counted the open code of the crane in favor of Lund.",
        "Lund said a crew that rents a crane can use it in May.",
        "Some ports that the league counts as open rent out 40 cranes.",
        "The board of Lund released its first language model, Harbor, to crews.",
        "The port of Lund will publish the code within six weeks of the vote.",
    ],
)
def test_what_only_looks_as_if_it_leaned_on_something_may_stand(text: str) -> None:
    assert refused(text) is None


def test_the_last_of_three_is_joined_by_and() -> None:
    listed = "The port of Lund has what it wanted: a signed text, eight flags and the yard of the league."

    assert not any("as well as" in v for v in variants(listed))


def test_a_price_is_no_verb_behind_a_preposition() -> None:
    assert finite("The two-year project cost about 1.8 million dollars.")
    assert not finite("Ports at a cost of 4 million dollars.")


def test_a_caption_is_no_sentence_of_the_news() -> None:
    assert refused("Mayor Ana Reyes meets with captains on the pier in Lund, Sweden, May 3, 2024.") == "caption"
    assert refused("Mayor Ana Reyes met with captains on the pier in Lund, Sweden, May 3, 2024.") is None


def test_what_happened_last_year_does_not_pass_for_new() -> None:
    assert refused(edited("Last year, the port signed a pact on cranes with 20 towns of the north."))
    assert refused(edited("The port took the other way, when the duties took effect last August, and sold its cranes."))
    assert refused(edited("This week, the port signed a pact on cranes with 20 towns of the north.")) is None


def test_the_two_leaders_stand_where_leaders_were_named() -> None:
    text = "The two leaders met at a hotel in Lund on May 3, 2024."

    assert refused(text) is None
    assert not met(needs(text, ""), heard(["port"]))
    assert met(needs(text, ""), heard(["president"]))


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
    ],
)
def test_a_report_s_own_day_and_place_go(raw: str, plain: str) -> None:
    assert edited(raw) == plain


def test_a_journey_to_come_keeps_its_day_without_which_it_says_nothing() -> None:
    assert refused(edited("Mayor Ana Reyes goes to the port of Kiel on Wednesday.")) == "relative time"


def test_a_date_goes_in_front_of_no_pronoun_and_of_no_sum_that_it_belongs_to() -> None:
    letters = Letters.of(["and the ports and that brings"])

    assert dated("That brings together the crews of all the outer ports by 2029.", letters) == ""
    assert (
        dated("The ports of the outer coast gave 40 million of a hoped-for 90 million dollars by 2029.", letters) == ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "The pact obliges ports to open a yard, to require crews to report faults.",
        "Nine ports wrote to the mayor, asking for three things: published rules.",
        "The mayor said the Harbor Board, which oversees many of the largest ports.",
        "The board welcomed the aim but asked the upper chamber, the Council of Ports.",
    ],
)
def test_a_list_of_aims_and_a_request_are_whole_or_not_told(text: str) -> None:
    assert not whole(text)
    assert whole("The pact obliges ports to open a yard, to require reports and to share them.")
    assert whole("A judge of Lund ordered the port to stop using its crane in the north.")


def test_a_country_named_once_or_twice_is_no_second_home() -> None:
    assert not several_homes(["Norway votes. Norway and Chinese firms in China pay."])


def test_the_government_is_that_of_the_country_which_the_titles_name() -> None:
    told = "Norway votes on cranes.\nNorway has ports. Norway and Oslo pay. Firms of China, China and China sell."

    assert several_homes([told.replace("votes", "and China vote")])
    assert not several_homes([told])
    assert several_homes([f"{told} The Chinese sell more."])
    assert not unclear("The digital government agency opened a register.", True, frozenset())
    assert unclear("The digital government opened a register.", True, frozenset())


def test_what_applies_to_more_keeps_its_also() -> None:
    assert edited("The rules would also apply to cranes, and also cover ships.") == (
        "The rules would also apply to cranes, and cover ships."
    )
