"""A brief's title is a plain headline of one of its articles, or the lead cut where a phrase ends."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.stages.draft.texts.readings import read
from pipeline.stages.draft.writing.titles import CHATTY, OPEN, _clipped, title_of
from tests.stages.draft.articles import article, gathered


def test_a_title_ends_where_a_phrase_ends() -> None:
    text = "Lund accused three firms of setting up more than 24,000 false accounts with its register of the port."

    assert _clipped(text) == "Lund accused three firms of setting up more than 24,000 false accounts"


@pytest.mark.parametrize(
    ("titles", "begin"),
    [
        (
            ["Nine ports sign $40 million crane pact", "The pact: a crane list to soothe ports"],
            "Nine ports sign crane pact",
        ),
        (
            ["MEDIA STATEMENT: Ports agree to share cranes", "NINE PORTS SHARE THE CRANES"],
            "Ports agree to share cranes",
        ),
        (
            ["The pact is short. Its list of cranes", "NINE PORTS SHARE THE CRANES"],
            "Nine ports agreed to share the cranes",
        ),
        (["Nine ports share $70 mln for cranes", "Ports met"], "Nine ports agreed to share the cranes"),
        (["Nine ports sign $40 mln crane pact", "Ports met"], "Nine ports sign crane pact"),
        (["Nine ports share cranes for nearly $1 billion", "Ports met"], "Nine ports agreed to share the cranes"),
        (
            ["Nine ports to share all their cranes under a pact of the outer coast", "Cranes of ports in short supply"],
            "Nine ports to share all their cranes",
        ),
        (
            [
                "Nine ports to share all their cranes unless crews of the outer coast object",
                "Ports of the coast share cranes",
            ],
            "Ports of the coast share cranes",
        ),
        (["Client alert: Nine ports share cranes", "Ports met"], "Nine ports share cranes"),
        (["What do ports know?", "Pier of Kiel has fish"], "Nine ports agreed to share the cranes of the outer coast"),
    ],
)
def test_a_title_is_a_plain_one_like_the_lead_without_a_sum_of_its_own(titles: list[str], begin: str) -> None:
    texts = ["Nine ports agreed to share the cranes of the outer coast.", "The pier of Kiel has fish."]
    story = [article(f"port{n}", " ".join(texts), title=title) for n, title in enumerate(titles)]
    readings = read(story, [0, 1], Counter())

    assert title_of(gathered(story)[0], readings, texts).startswith(begin)


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        (
            "The six ports of the outer coast and Lund signed an accord under which a crane is tested once.",
            "Six ports of the outer coast and Lund signed an accord",
        ),
        (
            "Kiel, Lund, Brindle and Dunmore agreed to build and share two large crane schools for crews.",
            "Kiel, Lund, Brindle and Dunmore agreed",
        ),
    ],
)
def test_a_title_cut_from_the_lead_ends_where_it_may(lead: str, title: str) -> None:
    assert _clipped(lead).startswith(title)
    assert not _clipped(lead).endswith((" under", " to build"))


def test_a_title_says_ai_and_ends_on_no_comparison() -> None:
    title = _clipped(
        "Nine ports agreed to build an open artificial intelligence model together for crews of the coast."
    )

    assert title == "Nine ports agreed to build an open AI model together"
    assert OPEN.search("Ports find the open model weaker")
    assert not OPEN.search("Ports find the open model under water")


def test_two_sentences_are_no_title_and_an_abbreviation_ends_none() -> None:
    assert CHATTY.search("The pact is short. Its list of cranes")
    assert CHATTY.search("U.S. Senate agrees to share all cranes") is None


def test_a_title_cut_from_the_lead_has_its_verb() -> None:
    assert _clipped("Kiel, Lund, Brindle, Dunmore, Oslo and Bergen signed a pact on all the cranes of the coast.") != (
        "Kiel, Lund, Brindle, Dunmore"
    )


@pytest.mark.parametrize(
    ("title", "begin"),
    [
        ("Nine ports to share the cranes by 2031", "Nine ports to share the cranes"),
        ("Nine ports share the cranes two days after a row in Zorvania", "Nine ports share the cranes"),
        ("'We got them!': Nine ports share the cranes", "Nine ports share the cranes"),
        ("Nine ports share the cranes: 'We got them'", "Nine ports share the cranes"),
        ("Lund's list of the cranes for 2031", "Nine ports agreed to share the cranes of the outer coast"),
    ],
)
def test_a_headline_loses_what_is_not_cited_where_the_rest_is_a_statement(title: str, begin: str) -> None:
    texts = ["Nine ports agreed to share the cranes of the outer coast.", "The pier of Kiel has fish."]
    story = [article(f"port{n}", " ".join(texts), title=t) for n, t in enumerate((title, "Fish"))]

    found = title_of(gathered(story)[0], read(story, [0, 1], Counter()), texts)

    assert found.startswith(begin)
    assert "2031" not in found
    assert "Zorvania" not in found


def test_another_headline_is_taken_where_the_lead_cut_short_tells_too_little() -> None:
    lead = (
        "Southern finance ministers and central bank governors agreed to run a joint test of the models which banks "
        "of the coast use to grant loans."
    )
    story = [
        article("port0", lead, title="What do ports know?"),
        article("port1", "Kiel has fish.", title="Finance ministers of the coast agreed on loans"),
    ]

    found = title_of(gathered(story)[0], read(story, [0, 1], Counter()), [lead])

    assert found == "Finance ministers of the coast agreed on loans"
