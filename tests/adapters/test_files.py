"""The output folder: whole files under names that cannot leave it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.files import Folder, file_name, write_brief
from pipeline.adapters.html import HtmlRenderer
from pipeline.domain.brief import NoBrief


def test_a_file_is_written_whole_and_leaves_no_draft(tmp_path: Path) -> None:
    Folder(tmp_path).write("briefs/a.txt", b"one")
    Folder(tmp_path).write("briefs/a.txt", b"two")

    assert [p.name for p in (tmp_path / "briefs").iterdir()] == ["a.txt"]
    assert (tmp_path / "briefs" / "a.txt").read_bytes() == b"two"


def test_an_equal_file_is_not_touched(tmp_path: Path) -> None:
    Folder(tmp_path).write("a.txt", b"one")
    before = (tmp_path / "a.txt").stat()

    Folder(tmp_path).write("a.txt", b"one")

    after = (tmp_path / "a.txt").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@given(st.text())
def test_a_story_s_file_stays_in_its_folder_whatever_the_story_is_called(story: str) -> None:
    name = file_name(story)

    assert name
    assert Path(name).name == name
    assert name not in {".", ".."}


def test_a_story_without_a_brief_leaves_only_its_record(tmp_path: Path) -> None:
    write_brief(Folder(tmp_path), HtmlRenderer(), NoBrief(story="s1", topics=(), reason="no evidence"), [])

    [file] = (tmp_path / "briefs").iterdir()
    assert json.loads(file.read_text()) == {"story": "s1", "topics": [], "state": "none", "reason": "no evidence"}


@pytest.mark.parametrize(("story", "name"), [("../../etc/passwd", "etc-passwd"), ("a b/c", "a-b-c"), ("", "story")])
def test_names_stay_readable(story: str, name: str) -> None:
    assert file_name(story) == name
