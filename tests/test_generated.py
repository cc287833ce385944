"""What is generated obeys what it was generated for; `tests/generated.py` (in `make check`) proves that it is fresh."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from pipeline import settings
from pipeline.adapters.schemas import schemas
from pipeline.runner import run_stage

ROOT = Path(__file__).resolve().parent.parent


def test_the_record_of_every_brief_obeys_its_schema(sample_home: Path) -> None:
    for stage in ("fetch", "extract", "classify", "cluster", "draft"):
        run_stage(stage)
    checker = Draft202012Validator(json.loads(schemas()["brief.json"]))

    records = [json.loads(p.read_text()) for p in (sample_home / "out" / "briefs").glob("*.json")]

    assert records
    assert [e.message for r in records for e in checker.iter_errors(r)] == []


def test_the_readme_fits_on_a_few_screens() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 180


def test_every_enabled_feed_is_in_a_language_the_classifier_reads() -> None:
    assert {f.language for f in settings.Settings().feeds() if f.enabled} == {"en"}
