"""A pattern with hints finds what it finds without them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.draft.evidence.strict.reading import PHRASES
from pipeline.stages.draft.language.hints import Hinted
from pipeline.stages.draft.language.words import FOLDS
from pipeline.stages.draft.standing.refuse import OUTSIDE
from pipeline.stages.draft.wording.apart import SWAPS
from pipeline.stages.draft.wording.cuts import ASIDES, ENDINGS
from pipeline.stages.draft.wording.edits import EDITS
from tests.stages.draft.stories import stories

Way = tuple[str, str]
"""A pattern and a text that it matches."""
LETTER = st.sampled_from("aB \u00e9K.,")
LITERAL = LETTER.map(lambda letter: (re.escape(letter), letter))


def joined(ways: list[Way]) -> Way:
    return "".join(pattern for pattern, _ in ways), "".join(text for _, text in ways)


def either(ways: list[Way]) -> Way:
    return f"(?:{'|'.join(pattern for pattern, _ in ways)})", ways[0][1]


def grouped(inner: st.SearchStrategy[Way]) -> st.SearchStrategy[Way]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(joined),
        st.lists(inner, min_size=1, max_size=3).map(either),
        inner.map(lambda way: (f"(?:{way[0]})?", "")),
        inner.map(lambda way: (f"({way[0]}){{2}}", way[1] * 2)),
        inner.map(lambda way: (f"(?={way[0]})(?:{way[0]})", way[1])),
        inner.map(lambda way: (f"(?!{way[0]}z)(?:{way[0]})", way[1])),
        st.just(("[aB]", "B")),
        st.just(("[^xyz]", "q")),
    )


@given(st.recursive(LITERAL, grouped, max_leaves=12), st.booleans())
def test_no_match_is_lost_for_a_pattern_of_any_shape(way: Way, small: bool) -> None:
    pattern = re.compile(way[0], re.I if small else 0)
    text = f"x{way[1].swapcase() if small else way[1]}x"

    found, plain = Hinted.of(pattern).search(text), pattern.search(text)

    assert (found and found.span()) == (plain and plain.span())


@pytest.mark.parametrize(
    "table",
    [
        [(Hinted.of(pattern), "") for _, pattern in OUTSIDE], EDITS, SWAPS, FOLDS, PHRASES,
        [(pattern, "") for pattern in (*ENDINGS, *ASIDES)],
    ],
)  # fmt: skip
def test_the_tables_change_sentences_as_they_do_without_hints(table: list[tuple[Hinted, str]]) -> None:
    texts = [a.text for story in stories() for a in story.articles]

    for hinted, new in table:
        for text in texts:
            assert hinted.sub(new, text) == hinted.pattern.sub(new, text)
            assert [*map(str, hinted.finditer(text))] == [*map(str, hinted.pattern.finditer(text))]


def test_most_patterns_have_hints_else_they_would_save_nothing() -> None:
    hinted = [Hinted.of(pattern) for _, pattern in OUTSIDE]

    assert sum(bool(pattern.hints) for pattern in hinted) > 0.8 * len(hinted)
