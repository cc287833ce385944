"""The commands that other work relies on: what goes in, what comes out, and the exit codes."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.adapters.schemas import schemas
from pipeline.demo.content import load_site

TOPICS = {"open_source_ai_strategy", "international_cooperation"}
DATES = [None, "2025", "2025-07", "2025-07-26", "fetched 2025-07-26"]


def policywire(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 -- our own


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def items() -> list[dict[str, Any]]:
    """Two items; the second has no title, and words that no model has seen."""
    return [
        {"id": "ä", "title": "Twelve states sign a treaty on AI", "text": "The treaty on artificial intelligence…"},
        {"id": "b", "title": "", "text": "Zzyzx"},
    ]


def test_evaluate_flags_gives_a_probability_for_each_topic_and_the_flags(
    tmp_path: Path, items: list[dict[str, Any]]
) -> None:
    out = tmp_path / "out.jsonl"

    result = policywire("evaluate", "flags", write(tmp_path / "in.jsonl", items), "--predictions", out)

    rows = read(out)
    assert (result.returncode, result.stdout) == (0, "")
    assert [row["id"] for row in rows] == ["ä", "b"]
    assert all(set(row) == {"id", "flags", *TOPICS} for row in rows)
    assert all(0 <= row[topic] <= 1 for row in rows for topic in TOPICS)
    assert rows[0]["flags"] == ["international_cooperation"]


def test_evaluate_flags_gives_figures_where_labels_are(tmp_path: Path, items: list[dict[str, Any]]) -> None:
    labelled = [{**row, "open_source_ai_strategy": 0, "international_cooperation": row["id"] == "ä"} for row in items]

    result = policywire("evaluate", "flags", write(tmp_path / "in.jsonl", labelled))

    assert json.loads(result.stdout)["international_cooperation"]["f1"] == 1.0


def test_evaluate_stories_takes_every_form_of_date_and_keeps_the_order_of_the_rows(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    rows = [
        {"id": str(n), "title": "", "text": f"Storm number {n} hits a coast", "source": "x", "date": date, "cluster": n}
        for n, date in enumerate(DATES)
    ]

    result = policywire("evaluate", "stories", write(tmp_path / "in.jsonl", rows), "--predictions", out)

    figures = json.loads(result.stdout)
    assert [row["id"] for row in read(out)] == [row["id"] for row in rows]
    assert all(set(row) == {"id", "story"} for row in read(out))
    assert set(figures) >= {"online", "batch"}
    assert set(figures["online"]) == {"all", "clustered"}
    assert set(figures["online"]["all"]) == {"precision", "recall", "f1"}


def test_evaluate_support_tells_whether_and_how_well(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    text = "Ministers of twelve states signed the treaty on artificial intelligence in Brindle on Monday."
    rows = [
        {"id": 1, "claim": text, "references": [text], "supported": True, "subset": "same"},
        {"id": 2, "claim": "The bank raised its rate to 9 percent.", "references": [text], "supported": False},
        {"id": 3, "claim": text, "references": [], "supported": False, "subset": "none"},
    ]

    result = policywire("evaluate", "support", write(tmp_path / "in.jsonl", rows), "--predictions", out)

    assert [(row["id"], row["supported"]) for row in read(out)] == [(1, True), (2, False), (3, False)]
    assert all(set(row) == {"id", "supported", "score"} for row in read(out))
    assert json.loads(result.stdout)["macro_f1"] == 1.0
    assert set(json.loads(result.stdout)["by_subset"]) == {"same", "none"}


def test_evaluate_pages_reads_plain_and_packed_pages_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    html = ("<html><body><article><h1>News</h1>" + "<p>The council agreed on a plan.</p>" * 20 + "</article>").encode()
    (folder / "first.page.html").write_bytes(html)
    (folder / "second.html.gz").write_bytes(gzip.compress(html))
    (folder / "notes.txt").write_text("no page")
    out = tmp_path / "out.jsonl"

    result = policywire("evaluate", "pages", folder, "--predictions", out)

    assert result.returncode == 0
    assert [row["name"] for row in read(out)] == ["first", "second"]
    assert all(set(row) == {"name", "state", "title", "date", "author", "language", "text"} for row in read(out))
    assert all("agreed on a plan" in row["text"] for row in read(out))


def story_rows() -> list[dict[str, Any]]:
    """The sample site's largest development, and one article that can give no brief."""
    articles = load_site().articles
    [(name, _)] = Counter(a.development for a in articles if a.development).most_common(1)
    told = [a for a in articles if a.development == name]
    rows = [
        {
            "id": f"a{n}",
            "url": f"https://outlet{n}.example/a",
            "source": f"Outlet {n}",
            "date": "2025-07-26",
            "title": a.title,
            "text": "\n".join(a.paragraphs),
            "story": "dev 1",
        }
        for n, a in enumerate(told)
    ]
    empty = {**rows[0], "id": "none", "text": "Read more.", "story": "none"}
    return [*rows, empty]


def test_brief_compile_writes_four_files_a_story_that_lint_passes(tmp_path: Path) -> None:
    out = tmp_path / "briefs"

    result = policywire("brief", "compile", write(tmp_path / "in.jsonl", story_rows()), "--out", out)

    assert result.returncode == 0, result.stderr
    assert {p.name for p in out.iterdir()} == {
        "articles.jsonl",
        "none.json",
        *(f"dev-1.{suffix}" for suffix in ("txt", "md", "html", "json")),
    }
    assert json.loads((out / "none.json").read_text())["state"] == "none"
    assert json.loads((out / "none.json").read_text())["reason"]
    assert all(set(row) == {"id", "text", "sha256"} for row in read(out / "articles.jsonl"))
    record = out / "dev-1.json"
    lint = policywire(
        *("brief", "lint", out / "dev-1.txt"), *("--record", record), *("--articles", out / "articles.jsonl")
    )
    assert (lint.returncode, lint.stdout) == (0, "")


def test_the_record_obeys_its_schema_and_every_span_is_found_in_its_text(tmp_path: Path) -> None:
    out = tmp_path / "briefs"
    policywire("brief", "compile", write(tmp_path / "in.jsonl", story_rows()), "--out", out)

    record = json.loads((out / "dev-1.json").read_text())
    texts = {row["id"]: row for row in read(out / "articles.jsonl")}

    assert list(Draft202012Validator(json.loads(schemas()["brief.json"])).iter_errors(record)) == []
    spans = [e for s in record["statements"] for e in s["evidence"]]
    assert spans
    assert all(0 <= e["start"] < e["end"] <= len(texts[e["article_id"]]["text"]) for e in spans)
    assert all(e["sha256"] == texts[e["article_id"]]["sha256"] for e in spans)


def test_brief_compile_clusters_rows_without_a_story(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "story"} for row in story_rows()[:-1]]

    result = policywire("brief", "compile", write(tmp_path / "in.jsonl", rows), "--out", tmp_path / "briefs")

    assert result.returncode == 0
    assert len(list((tmp_path / "briefs").glob("*.txt"))) == 1


def test_brief_lint_gives_a_finding_a_line_and_says_what_it_could_not_check(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("# A heading\n\nNo citation here.\n")

    result = policywire("brief", "lint", bad)

    assert result.returncode == 1
    assert all(line.split()[0].rstrip(":")[0] in "FSCV" for line in result.stdout.splitlines())
    assert "not checked without record or articles" in result.stderr


def test_evaluate_statements_gives_the_reason_of_each_refusal(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    text = "The council will not fund 40 laboratories in Ghana."
    rows = [
        {"id": 1, "claim": text, "text": text},
        {"id": 2, "claim": "The council will fund 40 laboratories in Ghana.", "text": text},
    ]

    result = policywire("evaluate", "statements", write(tmp_path / "in.jsonl", rows), "--predictions", out)

    assert json.loads(result.stdout) == {"statements": 2, "passed": 1}
    assert read(out) == [
        {"id": 1, "passed": True, "reason": None},
        {"id": 2, "passed": False, "reason": "negation"},
    ]
