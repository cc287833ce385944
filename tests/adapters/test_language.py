"""Counts of words come back as they were written; a damaged file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import settings
from pipeline.adapters import language
from pipeline.domain.sketch import Language
from pipeline.errors import ModelError


def test_rare_words_are_left_out(tmp_path: Path) -> None:
    language.save(tmp_path, 7, {"treaty": 3, "zzyzx": 1})

    assert language.load(tmp_path, {"UK": "Britain"}) == Language(
        documents=7, words={"treaty": 3}, actors={"UK": "Britain"}
    )


@pytest.mark.parametrize("text", ["", "treaty\tmany\n", "treaty\n", "treaty\t3\n"])
def test_a_damaged_file_is_named_with_what_mends_it(tmp_path: Path, text: str) -> None:
    (tmp_path / language.NAME).write_text(text)

    with pytest.raises(ModelError, match=r"words\.tsv.*policywire model words"):
        language.load(tmp_path, {})


def test_the_shipped_counts_know_the_shipped_actors() -> None:
    config = settings.Settings()

    shipped = language.load(config.home / "models", config.actors())

    assert shipped.documents > 1000
    assert shipped.words["@China"] > shipped.words["@France"] > 0
