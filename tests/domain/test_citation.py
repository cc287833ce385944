"""Citation marks are written and read in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.citation import cite, cited, uncited

NUMBERS = st.sets(st.integers(min_value=1, max_value=99), min_size=1, max_size=5)


@given(numbers=NUMBERS)
def test_marks_are_read_back_as_they_were_written(numbers: set[int]) -> None:
    assert cited(cite("Talks resumed.", numbers)) == tuple(sorted(numbers))


@pytest.mark.parametrize("sentence", ["Talks resumed.", "They met in the U.S.", "Growth was 3.5 percent."])
@given(numbers=NUMBERS)
def test_taking_marks_off_gives_the_sentence_back(sentence: str, numbers: set[int]) -> None:
    assert uncited(cite(sentence, numbers)) == sentence


def test_a_sentence_without_sources_stays_as_it_is() -> None:
    assert cite("Talks resumed.", []) == "Talks resumed."


@pytest.mark.parametrize("sentence", ["Talks [1] resumed.", "Talks resumed.", "Talks resumed[1].", "Talks resumed [1]"])
def test_marks_elsewhere_than_before_the_stop_are_not_read(sentence: str) -> None:
    assert cited(sentence) == ()


@pytest.mark.parametrize("sentence", ["They met at 9 p.m.", "They met in Lund, Que.", "They met in the U.S."])
def test_what_is_short_keeps_its_stop_before_the_marks(sentence: str) -> None:
    assert cite(sentence, [1]) == f"{sentence} [1]."
