"""The linter of briefs: the house format's rules by their codes.

`form` holds F, S and V08, `marks` holds C, `evidence` holds V01, V02, V05 and V09.
V03, V04, V06 and V07 are judged where sentences are chosen, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.domain.lint import evidence, form, marks
from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import layout

__all__ = ["Finding", "lint", "unchecked"]

NEEDS_RECORD = ("C08", "C09", "V05")
NEEDS_ARTICLES = ("V01", "V02", "V09")


def lint(
    text: str,
    *,
    record: Mapping[str, Any] | None = None,
    articles: Mapping[str, str] | None = None,
    short: bool = False,
) -> list[Finding]:
    """Every broken rule, in the order of paragraphs.

    `record` is the brief's JSON form, `articles` maps article ids to stored texts; `unchecked` names the
    codes that are not judged without them. `short`, or the record's, judges by the figures of short briefs.
    """
    page = layout(text)
    listed = None if record is None else {source["n"] for source in record.get("sources", ())}
    findings = [
        *form.characters(text, ours=record is not None),
        *(() if _quote_waived(record) else form.pull_quote(page)),
        *form.structure(page, short=short or _short(record)),
        *marks.citations(page, listed),
    ]
    if record is not None:
        findings += evidence.independence(page, record)
        if articles is not None:
            findings += evidence.quotes(page, record, articles)
            findings += evidence.stated(page, record, articles)
            findings += evidence.years(page, record, articles)
    return sorted(findings, key=lambda f: (f.paragraph, f.code))


def unchecked(record: Mapping[str, Any] | None, articles: Mapping[str, str] | None) -> tuple[str, ...]:
    """The codes that could not be fully checked.

    >>> unchecked({"sources": []}, None)
    ('V01', 'V02', 'V09')
    """
    if record is None:
        return tuple(sorted(NEEDS_RECORD + NEEDS_ARTICLES))
    return NEEDS_ARTICLES if articles is None else ()


def _short(record: Mapping[str, Any] | None) -> bool:
    return bool(((record or {}).get("short") or {}).get("yes"))


def _quote_waived(record: Mapping[str, Any] | None) -> bool:
    """A record without a quote that says why: none of the story's articles has a usable one."""
    return record is not None and not record.get("quote") and bool(record.get("quote_why"))
