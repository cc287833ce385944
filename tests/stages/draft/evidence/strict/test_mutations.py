"""What the strict check flags: sentences as they stand, lightly edited, shortened, and changed in nine ways.

The figures are floors on own sentences; those of real pages are measured where there are some.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from pipeline.stages.draft.evidence.strict import check
from pipeline.stages.draft.texts.sentences import spans
from tests.stages.draft.mutations import CHANGES, Mutation, shortened
from tests.stages.draft.sentences import Case, cases

CASES = cases()
ROUNDS = 2
FLOORS = {
    "figure changed": 0.98,
    "figures swapped": 0.98,
    "names swapped": 0.98,
    "another name of the article": 0.92,
    "another month or day": 0.92,
    "negation put in": 0.98,
    "negation taken out": 0.98,
    "another speaker": 0.95,
    "two sentences spliced": 0.98,
}
REAL_FLOORS = FLOORS | {"negation taken out": 0.97, "names swapped": 0.97}
"""On real pages some of the programs' changes change nothing: "Democrat" for "Democrats", lists in another order."""
HAND_FLOORS = {
    **dict.fromkeys(["figure", "negation", "swap", "opposite"], 0.98),
    **dict.fromkeys(["name", "time", "limit"], 0.92),
    **dict.fromkeys(["speaker", "modality", "condition"], 0.95),
}
PAGES, SENTENCES = 60, 6


def changed(sentence: str, others: Sequence[str], random: Random, change: Mutation) -> Iterator[str]:
    for _ in range(ROUNDS):
        text = change(sentence, others, random)
        if text and text != sentence:
            yield text


def flagged(claims: Sequence[tuple[str, str]]) -> list[str]:
    """Those of (claim, source) that may not stand."""
    return [claim for claim, source in claims if check(claim, source)]


def share(claims: Sequence[tuple[str, str]]) -> float:
    return len(flagged(claims)) / len(claims)


def mutated(kind: str, found: Sequence[Case]) -> list[tuple[str, str]]:
    random = Random(kind)
    return [
        (text, case.text)
        for case in found
        for text in changed(case.sentence, [s for s in case.article if s != case.sentence], random, CHANGES[kind])
    ]


def test_there_are_enough_sentences_edits_and_changes() -> None:
    assert len(CASES) >= 150
    assert sum(len(c.edits) for c in CASES) >= 150
    assert sum(len(c.changes) for c in CASES) >= 200


def test_no_sentence_is_flagged_as_it_stands() -> None:
    assert flagged([(c.sentence, c.text) for c in CASES]) == []


def test_shortened_sentences_are_hardly_ever_flagged() -> None:
    short = [(text, c.text) for c in CASES for text in [shortened(c.sentence, [], Random(0))] if text]

    assert len(short) >= 40
    assert share(short) <= 0.05


def test_light_edits_are_seldom_flagged() -> None:
    edits = [(e, c.text) for c in CASES for e in c.edits]

    assert share(edits) <= 0.10, flagged(edits)


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_a_program_made_change_is_flagged(kind: str) -> None:
    claims = mutated(kind, CASES)

    assert len(claims) >= 20
    assert share(claims) >= FLOORS[kind], [c for c, source in claims if not check(c, source)]


@pytest.mark.parametrize("kind", sorted(HAND_FLOORS))
def test_a_change_made_by_hand_is_flagged(kind: str) -> None:
    claims = [(text, c.text) for c in CASES for k, text in c.changes if k == kind]

    assert share(claims) >= HAND_FLOORS[kind], [c for c, source in claims if not check(c, source)]


def test_every_change_made_by_hand_is_measured() -> None:
    assert {kind for c in CASES for kind, _ in c.changes} == set(HAND_FLOORS)


@pytest.fixture(scope="module")
def real() -> list[Case]:
    """Sentences of real pages."""
    folder = Path(__file__).resolve().parents[6] / "shared" / "data" / "pages" / "ground-truth.json"
    if not folder.is_file():
        pytest.skip(f"no real pages at {folder}")
    bodies = [row["articleBody"] for row in json.loads(folder.read_text(encoding="utf-8")).values()]
    random = Random(7)
    found: list[Case] = []
    for body in random.sample([b for b in bodies if sum(map(str.isascii, b)) > 0.97 * len(b)], PAGES):
        article = [body[a:b] for a, b in spans(body)]
        whole = [s for s in article if 8 <= len(s.split()) <= 45 and re.match(r"[A-Z].*[a-z]\.$", s)]
        found += [Case(sentence=s, article=article) for s in random.sample(whole, min(SENTENCES, len(whole)))]
    return found


def test_no_real_sentence_is_flagged_as_it_stands(real: list[Case]) -> None:
    assert flagged([(c.sentence, c.text) for c in real]) == []


def test_real_sentences_are_changed_and_flagged(real: list[Case]) -> None:
    figures: Counter[str] = Counter()
    for kind, floor in REAL_FLOORS.items():
        claims = mutated(kind, real)
        figures[kind] = len(claims)
        if len(claims) >= 20:
            assert share(claims) >= floor, kind

    assert sum(n >= 20 for n in figures.values()) >= 7, figures


def test_shortened_real_sentences_are_hardly_ever_flagged(real: list[Case]) -> None:
    short = [(text, c.text) for c in real for text in [shortened(c.sentence, [], Random(0))] if text]

    assert share(short) <= 0.05
