"""Cues: words, beginnings, phrases and gaps, counted in title and lead; gates that need a group of every line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.adapters.cues import Cues
from pipeline.errors import ConfigError

CUES = Cues(
    groups={"ai": "ai a.i openai", "open": "open-source open-*-model* weight*"},
    several={"state": ["france french", "india", "united-states u.s"]},
    gates={"topic": [["ai"], ["open", "state"]]},
)


def found(text: str) -> set[str]:
    [row] = CUES.read([(text, "")]).title
    return {name for name, hit in zip(CUES.names, row, strict=True) if hit}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("An AI policy", {"ai"}),
        ("A.I. in the U.S.", {"ai", "state"}),
        ("Open-source and open source", {"open"}),
        ("Weights and weighty words", {"open"}),
        ("An open Danish models hub", {"open"}),
        ("Open. The source of the Nile", set()),
        ("French and France", {"state"}),
        ("India asks France", {"state", "two of state"}),
        ("The United States", {"state"}),
        ("Open AI's chief resigns", {"ai"}),
        ("aim weigh", set()),
        ("", set()),
    ],
)
def test_groups_are_found_as_words_beginnings_and_phrases(text: str, groups: set[str]) -> None:
    assert found(text) - {"source"} == groups or found(text) == groups


def test_features_tell_title_from_lead_and_name_the_pairs() -> None:
    width = len(CUES.names)

    [title, lead] = CUES.read([("AI weights", ""), ("", "AI weights")]).features

    assert title[:width].tolist() == [1, 1, 0, 0]
    assert lead[:width].tolist() == [0, 0, 0, 0]
    assert title[width : 2 * width].tolist() == lead[width : 2 * width].tolist() == [1, 1, 0, 0]
    assert len(title) == 2 * width + 2 * (width * (width - 1) // 2)


def test_a_phrase_does_not_reach_from_the_title_into_the_lead() -> None:
    assert not CUES.read([("Doors open", "Source of the Nile")]).both.any()


def test_two_of_several_may_stand_in_title_and_lead() -> None:
    hits = CUES.read([("France", "asks India"), ("France", "is French")])

    assert hits.both[:, CUES.names.index("two of state")].tolist() == [1, 0]
    assert not hits.title[:, CUES.names.index("two of state")].any()


def test_a_gate_opens_for_a_group_of_every_line() -> None:
    hits = CUES.read([("AI weights", ""), ("AI", "in India"), ("AI alone", ""), ("", "weights alone")]).both

    assert CUES.open_gates("topic", hits).tolist() == [True, True, False, False]
    assert CUES.open_gates("a topic without a gate", hits).all()


def test_no_texts_have_no_hits() -> None:
    assert CUES.read([]).both.shape == (0, len(CUES.names))


def test_cues_come_out_of_an_artefact_as_they_went_in() -> None:
    again = Cues(**CUES.plain)

    assert np.array_equal(again.read([("AI", "France")]).features, CUES.read([("AI", "France")]).features)


@pytest.mark.parametrize(
    "text", ["groups: [", "- a list", "groups: {a: b}\nother: 1", "groups: {a: b}\ngates: {t: [[missing]]}"]
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text(text)

    with pytest.raises(ConfigError, match=r"cues\.yaml"):
        Cues.of_file(path)
