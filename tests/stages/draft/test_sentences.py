from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.stages.draft.needs import needs
from pipeline.stages.draft.refuse import refused
from pipeline.stages.draft.sentences import edited, shortened, spans
from tests.stages.draft.articles import HARBOR


def test_spans_lie_in_order_and_hold_whole_sentences() -> None:
    found = spans(HARBOR)

    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(HARBOR[a:b] == HARBOR[a:b].strip() for a, b in found)
    assert "".join(HARBOR[a:b] for a, b in found).replace(" ", "") == "".join(HARBOR.split())


def test_a_quotation_of_two_sentences_stays_whole() -> None:
    text = 'Ana Reyes said: "The port is open. Nobody pays." The mayor agreed.'

    assert [text[a:b] for a, b in spans(text)] == [text[:-18], "The mayor agreed."]


def test_a_sentence_said_twice_has_two_spans() -> None:
    text = "The port is open. The port is open."

    assert spans(text) == ((0, 17), (18, 35))


@pytest.mark.parametrize(
    "raw, plain",
    [
        ("LUND, Sweden (AP) \u2014 The pact is signed.", "The pact is signed."),
        ("Meanwhile, the pact grew.", "The pact grew."),
        ("In addition to Lund, three cities signed.", "In addition to Lund, three cities signed."),
        ("The mayor\u2019s office says the pact also helps.", "The mayor's office said the pact helps."),
        ("The pact was signed on Friday, March 7.", "The pact was signed on March 7."),
        ("The council met on Monday.", "The council met."),
    ],
)
def test_light_edits(raw: str, plain: str) -> None:
    assert edited(raw) == plain


@pytest.mark.parametrize(
    "text, reason",
    [
        ("They agreed on a pact with the port of Lund.", "leading pronoun"),
        ("The port of Lund said we have a pact to sign.", "person"),
        ("The port of Lund signed a pact with Ghana yesterday.", "relative time"),
        ("The port of Lund (which is old signed a pact.", "brackets"),
        ("A pact on models between Lund and Ghana.", "no finite verb"),
        ("What the pact means for the port of Lund", "no full stop"),
        ("Without a pact, it closed the port of Lund.", "pronoun after opening"),
        ("By Ana Reyes, who covers the port of Lund.", "byline"),
    ],
)
def test_sentences_that_cannot_stand_alone_are_refused(text: str, reason: str) -> None:
    assert refused(text) == reason


def test_a_lone_surname_needs_its_person_first() -> None:
    article = "Ana Reyes leads the port. Reyes said the pact is open to other cities."

    assert needs("Reyes said the pact is open to other cities.", article) == (frozenset({"rey"}),)


def test_attributions_are_never_cut() -> None:
    text = "The port opened a fund for models on May 2, which is small, the mayor said."

    assert shortened(text, 9) == text
