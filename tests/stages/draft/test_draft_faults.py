"""What a writer may invent, and what may become of a source: the checker says so before anything is published."""

from __future__ import annotations

import copy
import re
from functools import partial
from random import Random
from typing import Any

import pytest

from pipeline.domain.brief import Brief, Source
from pipeline.domain.lint import lint
from pipeline.domain.record import from_record, to_record
from pipeline.errors import CitationError
from pipeline.stages.draft.evidence.support import judge
from tests.stages.draft.test_brief_mutations import Case, cases, every_case, recorded, restated


def requote(record: dict[str, Any], text: str) -> None:
    record["quote"].update(text=text)


INVENTED = {
    "a number": "The council will fund 7919 laboratories.",
    "a name": "The Zorvanian council will fund laboratories.",
    "a date": "The council met on February 30, 2031, to fund laboratories.",
    "an organization": "The Quistgaard Institute will fund laboratories.",
    "a sum of money": "The council will pay $9.75 billion for laboratories.",
    "a share": "The council pays 99.5 percent of the cost.",
}


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.record["story"])
@pytest.mark.parametrize("kind", sorted(INVENTED))
def test_fault_63_what_a_writer_invents_is_blocked(case: Case, kind: str) -> None:
    n = next(n for n, s in enumerate(case.record["statements"]) if s["evidence"] and n)

    codes = restated(case, n, INVENTED[kind]).codes()

    assert {"V02", "V03", "V04"} <= codes


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.record["story"])
def test_fault_63_a_quotation_is_an_exact_part_of_a_stored_article(case: Case) -> None:
    quote = case.record["quote"]
    said = quote["text"]
    found = case.articles[quote["article_id"]][quote["start"] : quote["end"]]
    random = Random(63)

    assert said.rstrip(".,") in found
    for _ in range(20):
        words = said.split()
        place = random.randrange(len(words))
        changed = " ".join([*words[:place], "zorv", *words[place + random.randint(0, 1) :]])
        forged = recorded(case, partial(requote, text=changed))
        assert (
            "V01" in Case(text=case.text.replace(said, changed), record=forged.record, articles=case.articles).codes()
        )


@pytest.mark.parametrize("case", every_case(), ids=lambda c: c.record["story"])
def test_fault_65_numbers_are_dense_and_each_has_a_stored_article(case: Case) -> None:
    used = {int(n) for n in re.findall(r"\[(\d+)\]", case.text)}

    assert used == set(range(1, len(case.record["sources"]) + 1))
    assert [s["n"] for s in case.record["sources"]] == sorted(used)
    assert {s["article_id"] for s in case.record["sources"]} <= set(case.articles)


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.record["story"])
def test_fault_65_a_source_that_was_deleted_is_flagged(case: Case) -> None:
    for source in case.record["sources"]:
        left = {a: text for a, text in case.articles.items() if a != source["article_id"]}

        findings = lint(case.text, record=case.record, articles=left, judge=judge)

        assert any(f"{source['n']}" in f.message and "no stored text" in f.message for f in findings)


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.record["story"])
def test_fault_65_a_source_that_was_merged_with_another_is_flagged(case: Case) -> None:
    """Two numbers turn out to be one article: their marks count once."""
    statement = next((s for s in case.cited if len(s["sources"]) > 1), None)
    if statement is None:
        pytest.skip("no sentence of this brief has two sources")
    first, second = statement["sources"][:2]

    def merge(record: dict[str, list[dict[str, object]]]) -> None:
        record["sources"][second - 1].update(group=record["sources"][first - 1]["group"])

    assert "V05" in recorded(case, merge).codes()


def test_fault_65_no_brief_can_exist_with_an_orphan_or_a_gap() -> None:
    record = cases()[0].record
    orphan = copy.deepcopy(record)
    orphan["sources"].append({**orphan["sources"][0], "n": len(orphan["sources"]) + 1})
    gap = copy.deepcopy(record)
    gap["sources"].pop()

    assert isinstance(from_record(record), Brief)
    for broken in (orphan, gap):
        with pytest.raises(CitationError, match=r"cited .* listed"):
            from_record(broken)


def test_a_record_comes_back_as_it_was() -> None:
    record = cases()[0].record

    assert to_record(from_record(record)) == record
    assert all(isinstance(s, Source) for s in from_record(record).sources)
