"""Which lines of an article are prose, and where its sentences end."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.stages.draft.texts.cleaning import prose
from pipeline.stages.draft.texts.sentences import of_line
from tests.stages.draft.articles import article


@pytest.mark.parametrize(
    "line, reason",
    [
        ("Photo: The lock at dusk, by Ana Reyes.", "service line"),
        ("READ MORE: How the lock was built", "service line"),
        ("(Reporting by Ana Reyes; Editing by Tom Birch)", "service line"),
        ("By Ana Reyes", "service line"),
        ("What happens next", "heading"),
        ("Accept all cookies to read on, or change your privacy policy choices here today.", "markup or service text"),
    ],
)
def test_lines_that_are_no_prose_are_dropped_with_a_reason(line: str, reason: str) -> None:
    dropped: Counter[str] = Counter()

    found = prose(article("odd", f"{line}\nThe port of Lund signed a pact with Ghana."), dropped)

    assert [s.raw for s in found] == ["The port of Lund signed a pact with Ghana."]
    assert dropped == {reason: 1}


@pytest.mark.parametrize(
    "line",
    [
        "For more than two years, ports have met in Lund.",
        "Published on Tuesday, the list names nine ports.",
        "Disclosure of crane faults is required by the law.",
        "Copyright holders have sued the port of Lund.",
        "Image generators are covered by the law of Lund.",
        "Watchdog groups praised the law of Lund.",
        "Contacts between Lund and Kiel go on.",
        "By early next year, ports must comply with it.",
        "By releasing lists, ports take a risk.",
        "Video tools are not covered by the law of Lund.",
        "Related talks will be held in Lund.",
        "Lund asked Kvarn about its privacy policy and its terms of use.",
    ],
)
def test_news_that_begins_like_a_service_line_is_prose(line: str) -> None:
    assert [s.raw for s in prose(article("odd", line), Counter())] == [line]


def test_what_a_press_office_says_of_itself_is_no_part_of_the_story() -> None:
    dropped: Counter[str] = Counter()
    text = "The port of Lund signed a pact.\nGhana will send two ships.\nAbout the Lund Trust\nThe trust runs 40 ports."

    found = prose(article("release", text), dropped)

    assert [s.raw for s in found] == ["The port of Lund signed a pact.", "Ghana will send two ships."]
    assert dropped == {"about its teller": 1}


@pytest.mark.parametrize(
    "items", ["- its crane can be locked.\n- a test is filed.", "its crane can be locked;\na test is filed."]
)
def test_items_behind_a_colon_say_nothing_alone(items: str) -> None:
    dropped: Counter[str] = Counter()

    found = prose(article("list", f"A pier is safe if:\n{items}\nThe port of Lund signed a pact."), dropped)

    assert [s.raw for s in found] == ["The port of Lund signed a pact."]
    assert dropped["item of a list"] == 2


def test_a_bullet_is_no_part_of_its_sentence() -> None:
    found = prose(article("list", "- Finland brings the machines.\n2. Norway brings the money for them."), Counter())

    assert [s.raw for s in found] == ["Finland brings the machines.", "Norway brings the money for them."]


def test_two_clauses_with_a_semicolon_between_them_are_two_sentences() -> None:
    told = "The plan is before the council; nine votes are needed in May. Ports have cranes; locks; and crews."

    assert [s.raw for s in prose(article("wire", told), Counter())] == [
        "The plan is before the council.", "nine votes are needed in May.", "Ports have cranes; locks; and crews.",
    ]  # fmt: skip


def test_a_phrase_and_a_colon_ahead_of_the_news_are_left_out() -> None:
    told = "Nine days and one very long night in Lund: on Friday the council opened the port."

    assert [s.raw for s in prose(article("wire", told), Counter())] == ["on Friday the council opened the port."]


def test_a_title_before_a_name_ends_no_sentence() -> None:
    line = "Its spokesman, Hon. Ana Reyes, spoke. It rained."

    assert [line[a:b] for a, b in of_line(line)] == ["Its spokesman, Hon. Ana Reyes, spoke.", "It rained."]


def test_of_a_list_that_goes_on_no_item_is_told_alone() -> None:
    items = ("Lund would have closed yards;", "Kiel would have lost cranes; and", "Oslo would have paid.")
    text = "\n\n".join(("He fears that:", *items, "It was wrong."))

    found = prose(article("list", text), Counter())

    assert [s.raw for s in found] == ["It was wrong."]


def test_what_follows_a_list_is_told() -> None:
    items = ("The law lists duties:", "- to register;", "- to report;")
    text = "\n".join((*items, "Lund published it on Friday.", "Kiel has 2 cranes.&nbsp;", "Oslo has 3."))

    found = prose(article("list", text), Counter())

    assert [s.raw for s in found] == ["Lund published it on Friday.", "Oslo has 3."]


def test_what_is_asked_for_under_a_heading_is_no_fact() -> None:
    text = "**The principles**\n\n1. Yards test cranes.\n2. Crews keep lists.\n\n**Cost**\n\n1. Lund pays half of it."

    assert [s.raw for s in prose(article("list", text), Counter())] == ["Lund pays half of it."]


def test_an_article_opens_with_its_first_sentence_not_with_the_line_under_its_title() -> None:
    line = "Nine ports agree on a shared list of cranes for the whole coast; tests to begin in October"
    first = "Nine ports signed the list on Monday."
    opened = "Nine ports of the coast have put off the list of their cranes by sixteen months of the year:"
    points = "*A crane failed in May.\n*It was *not* old."

    assert [s.raw for s in prose(article("list", f"{line}\n\n{first}"), Counter())] == [first]
    assert [s.place for s in prose(article("list", f"{line}\n\n{first}"), Counter())] == [0]
    assert prose(article("list", f"{opened}\n\n{first}"), Counter())[0].raw == opened
    assert prose(article("list", points), Counter())[0].raw == "A crane failed in May."


def test_a_line_under_the_title_is_left_out_whole_though_it_has_a_short_form_in_it() -> None:
    dropped: Counter[str] = Counter()

    found = prose(
        article(
            "odd",
            "Cranes for Rs. 312 crore to be bought by nine ports; The Hon. mayor to lead them from May on\n"
            "The port signed a pact.",
        ),
        dropped,
    )

    assert [s.raw for s in found] == ["The port signed a pact."]
    assert dropped == {"standfirst": 1}


def test_a_first_line_of_whole_sentences_is_told_though_no_stop_ends_it() -> None:
    text = "The port of Lund signed a pact. Crews of Kiel may join. Reporting by Ana Reyes in Lund"

    assert [s.raw for s in prose(article("odd", text), Counter())][:2] == [
        "The port of Lund signed a pact.", "Crews of Kiel may join.",
    ]  # fmt: skip


def test_a_name_between_marks_keeps_both() -> None:
    (found,) = prose(article("odd", "*The Harbor Post* said that the port of Lund pays."), Counter())

    assert found.raw.count("*") in {0, 2}


def test_what_a_heading_in_the_same_line_leaves_is_no_part_of_the_sentence() -> None:
    text = "The pact is new.\n*Costs and crews.* The port pays for cranes.\n\u2013 Crews keep their keys."

    found = prose(article("odd", text), Counter())

    assert [s.raw for s in found][-2:] == ["The port pays for cranes.", "Crews keep their keys."]
    assert all(text[s.start : s.end] == s.raw for s in found)
