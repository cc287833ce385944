"""Whole briefs changed in every way that has come to mind; each change is caught by the codes beside it.

A change of a sentence is made in text and record alike, as a forger would: no comparison of the two gives it away.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

import pytest

from pipeline.demo.content import load_site
from pipeline.domain.article import Article, text_hash
from pipeline.domain.brief import Brief
from pipeline.domain.citation import cite
from pipeline.domain.lint import lint
from pipeline.domain.record import to_record
from pipeline.stages.draft import compile_brief
from pipeline.stages.draft.evidence.support import judge
from tests.stages.draft import mutations
from tests.stages.draft.articles import SUPPORT, story

MEMBERS = 3


@dataclass(frozen=True, kw_only=True)
class Case:
    """A brief as the linter gets it."""

    text: str
    record: dict[str, Any]
    articles: dict[str, str]

    @property
    def lines(self) -> list[str]:
        return self.text.rstrip("\n").split("\n")

    @property
    def cited(self) -> list[dict[str, Any]]:
        return [s for s in self.record["statements"] if s["evidence"]]

    def codes(self) -> set[str]:
        return {f.code for f in lint(self.text, record=self.record, articles=self.articles, judge=judge)}


Change = Callable[[Case, Random], Case | None]
"""A changed case, or None where the brief offers no hold."""


def members() -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for a in load_site().articles:
        if a.development:
            one = Article(
                id=f"{a.outlet_id}-{a.slug}", url=f"https://{a.outlet_id}.example/{a.slug}", outlet=a.outlet_id,
                title=a.title, text=a.body, published=a.published,
            )  # fmt: skip
            found.setdefault(a.development, []).append(one)
    return {name: articles for name, articles in found.items() if len(articles) >= MEMBERS} | {"brindle": story()}


@cache
def every_case() -> tuple[Case, ...]:
    """The brief of every development of the sample site that three outlets tell, and of the invented story."""
    found = []
    for name, articles in members().items():
        brief = compile_brief(name, ("international_cooperation",), articles, support=SUPPORT)
        assert isinstance(brief, Brief)
        found.append(Case(text=brief.text, record=to_record(brief), articles={a.id: a.text for a in articles}))
    return tuple(found)


@cache
def cases() -> tuple[Case, ...]:
    """The full ones without a finding of their own."""
    return tuple(c for c in every_case() if not c.codes() and not c.record["short"]["yes"])


def rewritten(case: Case, old: str, new: str) -> Case | None:
    """The text with one thing changed, the record as it was."""
    if old not in case.text:
        return None
    return replace(case, text=case.text.replace(old, new, 1))


def with_lines(case: Case, lines: list[str]) -> Case:
    return replace(case, text="\n".join(lines) + "\n")


def recorded(case: Case, change: Callable[[dict[str, Any]], object]) -> Case:
    record = copy.deepcopy(case.record)
    change(record)
    return replace(case, record=record)


def restated(case: Case, n: int, text: str) -> Case:
    """Statement n says something else, in text and record."""
    old = case.record["statements"][n]
    numbers = sorted({e["source"] for e in old["evidence"]})
    changed = recorded(case, lambda r: r["statements"][n].update(text=text))
    assert cite(old["text"], numbers) in case.text
    return replace(changed, text=case.text.replace(cite(old["text"], numbers), cite(text, numbers), 1))


def recited(case: Case, n: int, evidence: list[dict[str, Any]]) -> Case:
    """Statement n cites something else, in text and record."""
    old = case.record["statements"][n]
    before = cite(old["text"], {e["source"] for e in old["evidence"]})
    after = cite(old["text"], {e["source"] for e in evidence})
    numbers = sorted({e["source"] for e in evidence})
    changed = recorded(case, lambda r: r["statements"][n].update(evidence=evidence, sources=numbers))
    return replace(changed, text=case.text.replace(before, after, 1))


def sentence(change: mutations.Mutation) -> Change:
    """A program-made change of one cited sentence."""

    def apply(case: Case, random: Random) -> Case | None:
        order = list(range(len(case.record["statements"])))
        random.shuffle(order)
        others = [s for text in case.articles.values() for s in re.split(r"(?<=\.)\s+", text)]
        for n in order:
            text = case.record["statements"][n]["text"]
            if case.record["statements"][n]["evidence"]:
                own = text.split()[:5]  # the sentence that the statement shortens is no other
                new = change(text, [o for o in others if o.split()[:5] != own], random)
                if new and new != text and new.endswith("."):
                    return restated(case, n, new)
        return None

    return apply


def worded(old: str, new: str) -> Change:
    """A word of one cited sentence replaced."""
    return sentence(lambda text, others, random: re.sub(old, new, text, count=1))


def at_last(case: Case, change: Callable[[str], str]) -> Case:
    """The last body paragraph changed."""
    lines = case.lines
    lines[-3] = change(lines[-3])
    return with_lines(case, lines)


def closing(case: Case, text: str) -> Case:
    lines = case.lines
    return with_lines(case, [*lines[:-1], f"{lines[-1]} {text}"])


def quote(change: Callable[[str], str]) -> Change:
    """The pull quote changed in text and record."""

    def apply(case: Case, random: Random) -> Case | None:
        said = case.record["quote"]["text"]
        changed = recorded(case, lambda r: r["quote"].update(text=change(said)))
        return replace(changed, text=case.text.replace(f"“{said}”", f"“{change(said)}”"))

    return apply


def swapped_citations(case: Case, random: Random) -> Case | None:
    pairs = [
        (a, b)
        for a, s in enumerate(case.record["statements"])
        for b, t in enumerate(case.record["statements"])
        if a < b and s["evidence"] and t["evidence"] and not set(s["sources"]) & set(t["sources"])
    ]
    if not pairs:
        return None
    a, b = random.choice(pairs)
    first, second = case.record["statements"][a]["evidence"], case.record["statements"][b]["evidence"]
    return recited(recited(case, a, second), b, first)


def moved_citation(case: Case, random: Random) -> Case | None:
    statements = case.record["statements"]
    for n in range(1, len(statements) - 1):
        one, two = statements[n], statements[n + 1]
        if one["evidence"] and two["evidence"] and not set(one["sources"]) & set(two["sources"]):
            return recited(recited(case, n + 1, [*two["evidence"], *one["evidence"]]), n, [])
    return None


def other_source(case: Case, random: Random) -> Case | None:
    """A source that does not say it is cited beside the one that does."""
    statements = case.record["statements"]
    for n, s in enumerate(statements):
        foreign = [e for t in statements for e in t["evidence"] if e["source"] not in s["sources"]]
        if s["evidence"] and foreign and n:
            return recited(case, n, [*s["evidence"], random.choice(foreign)])
    return None


def other_span(case: Case, random: Random) -> Case | None:
    """The evidence of one sentence points to another sentence of the same article."""
    for n, s in enumerate(case.record["statements"]):
        own = [e for t in case.record["statements"] for e in t["evidence"] if t is not s]
        for e in s["evidence"]:
            for other in own:
                if other["article_id"] == e["article_id"] and other["start"] != e["start"]:
                    span = {**e, "start": other["start"], "end": other["end"]}
                    return recited(case, n, [span if x is e else x for x in s["evidence"]])
    return None


def span_moved(case: Case, random: Random) -> Case | None:
    n = next(n for n, s in enumerate(case.record["statements"]) if s["evidence"])
    evidence = [{**e, "start": e["start"] + 40, "end": e["end"] + 40} for e in case.record["statements"][n]["evidence"]]
    return recited(case, n, evidence)


def other_article(case: Case, random: Random) -> Case | None:
    n = next(n for n, s in enumerate(case.record["statements"]) if s["evidence"])
    first = case.record["statements"][n]["evidence"][0]
    other = next(a for a in case.articles if a != first["article_id"])
    evidence = [{**first, "article_id": other}, *case.record["statements"][n]["evidence"][1:]]
    return recited(case, n, evidence)


def article_changed(case: Case, random: Random) -> Case | None:
    cited = case.record["sources"][0]["article_id"]
    return replace(case, articles={**case.articles, cited: case.articles[cited].replace(" ", "  ", 1)})


def article_emptied_with_its_hash(case: Case, random: Random) -> Case | None:
    """The cited article tells something else now, and all hashes agree with it."""
    cited = case.record["sources"][0]["article_id"]
    text = "The weather was mild. " * 200

    def change(record: dict[str, Any]) -> None:
        for e in (e for s in record["statements"] for e in s["evidence"]):
            if e["article_id"] == cited:
                e["sha256"] = text_hash(text)

    return replace(recorded(case, change), articles={**case.articles, cited: text})


def article_gone(case: Case, random: Random) -> Case | None:
    gone = case.record["sources"][0]["article_id"]
    return replace(case, articles={a: text for a, text in case.articles.items() if a != gone})


def copies(case: Case, random: Random) -> Case | None:
    """Two sources of one group of marks are one wire story."""
    pair = next((s["sources"] for s in case.cited if len(s["sources"]) > 1), None)
    if pair is None:
        return None
    group = {s["n"]: s["group"] for s in case.record["sources"]}
    return recorded(case, lambda r: r["sources"][pair[1] - 1].update(group=group[pair[0]]))


def numbers(change: Callable[[int, int], int]) -> Change:
    """All numbers of the text mapped, the record's with them."""

    def apply(case: Case, random: Random) -> Case | None:
        top = len(case.record["sources"])
        text = re.sub(r"\[(\d+)\]", lambda m: f"[{change(int(m[1]), top)}]", case.text)

        def renumber(record: dict[str, Any]) -> None:
            for e in (e for s in record["statements"] for e in s["evidence"]):
                e["source"] = change(e["source"], top)
            for s in record["sources"]:
                s["n"] = change(s["n"], top)

        return replace(recorded(case, renumber), text=text) if top > 1 else None

    return apply


def group(pattern: str, new: str) -> Change:
    """The first group of marks that fits rewritten."""

    def apply(case: Case, random: Random) -> Case | None:
        changed = re.sub(pattern, new, case.text, count=1)
        return replace(case, text=changed) if changed != case.text else None

    return apply


def invented(case: Case, random: Random) -> Case | None:
    n = next(n for n, s in enumerate(case.record["statements"]) if s["evidence"] and n)
    return restated(case, n, "Several ministers left the room before the vote and later criticized the host.")


def of_another_story(case: Case, random: Random) -> Case | None:
    other = next(c for c in cases() if c.record["story"] != case.record["story"])
    n = next(n for n, s in enumerate(case.record["statements"]) if s["evidence"] and n)
    return restated(case, n, str(random.choice(other.cited)["text"]))


def unheard(case: Case, random: Random) -> Case | None:
    """Campaigners speak, and no source has any."""
    told = re.compile(
        r"campaign|activis|advocate|union|group|chari|critic|oppon|support|organi|associat|foundat|network|resident|"
        r"worker|member|protest|lawyer|communit|coalition|societ|allian|petition",
        re.I,
    )
    for n, s in enumerate(case.record["statements"]):
        texts = [case.articles[e["article_id"]] for e in s["evidence"]]
        if texts and not any(told.search(t) for t in texts):
            return restated(case, n, "Rights campaigners said the plan would work.")
    return None


KINDS: dict[str, tuple[str, Change]] = {
    "a letter and its accent apart": ("F00", lambda c, r: closing(c, "Cafe\u0301s may follow.")),
    "line ends of Windows": ("F01", lambda c, r: replace(c, text=c.text.replace("\n", "\r\n"))),
    "no line feed at the end": ("F01", lambda c, r: replace(c, text=c.text.rstrip("\n"))),
    "two line feeds at the end": ("F01", lambda c, r: replace(c, text=c.text + "\n")),
    "a blank line": ("F02", lambda c, r: replace(c, text=c.text.replace("\n", "\n\n", 1))),
    "two spaces": ("F03", lambda c, r: replace(c, text=c.text.replace(" ", "  ", 1))),
    "a tab": ("F03", lambda c, r: replace(c, text=c.text.replace(" ", "\t", 1))),
    "a space at a line's end": ("F03", lambda c, r: replace(c, text=c.text.replace("\n", " \n", 1))),
    "the pull quote left out": ("S01", lambda c, r: with_lines(c, [*c.lines[:-2], c.lines[-1]])),
    "the pull quote twice": ("S01", lambda c, r: with_lines(c, [*c.lines[:-1], c.lines[-2], c.lines[-1]])),
    "the pull quote in straight marks": ("S01", lambda c, r: rewritten(c, "“", '"')),
    "the pull quote at the end": ("S02", lambda c, r: with_lines(c, [*c.lines[:-2], c.lines[-1], c.lines[-2]])),
    "the pull quote one paragraph early": (
        "S02",
        lambda c, r: with_lines(c, [*c.lines[:-3], c.lines[-2], c.lines[-3], c.lines[-1]]),
    ),
    "two body paragraphs alone": ("S03", lambda c, r: with_lines(c, [*c.lines[:2], *c.lines[-2:]])),
    "a second sentence in the lead": ("S04", lambda c, r: with_lines(c, [c.lines[0] + " It is new.", *c.lines[1:]])),
    "a lead of over thirty words": (
        "S04",
        lambda c, r: with_lines(c, ["After long talks " * 8 + c.lines[0], *c.lines[1:]]),
    ),
    "a mark in the pull quote": (
        "S05",
        lambda c, r: with_lines(c, [*c.lines[:-2], c.lines[-2] + " [1].", c.lines[-1]]),
    ),
    "a mark in the closing": ("S06", lambda c, r: with_lines(c, [*c.lines[:-1], c.lines[-1][:-1] + " [1]."])),
    "a closing of five sentences": (
        "S07",
        lambda c, r: closing(c, "It may last. It may not. Time will tell. So it is."),
    ),
    "six sentences in a paragraph": (
        "S08",
        lambda c, r: at_last(c, lambda p: p + " It may. It must. It can. It does. So."),
    ),
    "ten body paragraphs": ("S09", lambda c, r: with_lines(c, [*c.lines[:-3], *[c.lines[-3]] * 8, *c.lines[-2:]])),
    "a range of numbers": ("C01", group(r"\[(\d)\]\.", r"[\1-9].")),
    "two numbers in one bracket": ("C01", group(r"\[(\d)\]\.", r"[\1, 9].")),
    "two brackets without a comma": ("C01", group(r"\[(\d)\], \[(\d)\]", r"[\1][\2]")),
    "marks after the full stop": ("C02", group(r" \[(\d)\]\.\n", r". [\1]\n")),
    "marks without a space": ("C02", group(r"(?<=[a-z]) \[(\d)\]\.", r"[\1].")),
    "marks in mid-sentence": ("C02", group(r"(\w+) (\w+) (\[\d\])\.", r"\1 \3 \2.")),
    "descending numbers": ("C03", group(r"\[(\d)\], \[(\d)\]", r"[\2], [\1]")),
    "one number twice": ("C03", group(r"\[(\d)\]\.", r"[\1], [\1].")),
    "numbers not by first appearance": ("C04", numbers(lambda n, top: top + 1 - n)),
    "a gap in the numbers": ("C04", numbers(lambda n, top: n if n < top else n + 1)),
    "a paragraph without marks": ("C05", lambda c, r: at_last(c, lambda p: re.sub(r" \[.*?\](?=\.)", "", p))),
    "an uncited run": ("C06", lambda c, r: at_last(c, lambda p: p + " It may hold. It may not.")),
    "a lead without marks": (
        "C07",
        lambda c, r: with_lines(c, [re.sub(r" \[.*\](?=\.)", "", c.lines[0]), *c.lines[1:]]),
    ),
    "a source that nobody cites": (
        "C08",
        lambda c, r: recorded(c, lambda d: d["sources"].append({**d["sources"][0], "n": len(d["sources"]) + 1})),
    ),
    "a source dropped from the record": ("C09", lambda c, r: recorded(c, lambda d: d["sources"].pop())),
    "an invented quote": ("V01", quote(lambda said: "We have never been closer to a common rule than today.")),
    "a quote cut in the middle": ("V01", quote(lambda said: " ".join([*said.split()[:3], *said.split()[5:]]))),
    "a quote with one word changed": (
        "V01",
        quote(lambda said: " ".join([*said.split()[:-2], "rarely", said.split()[-1]])),
    ),
    "another speaker of the quote": (
        "V01",
        lambda c, r: recorded(c, lambda d: d["quote"].update(speaker="Nora Quistgaard")),
    ),
    "no speaker of the quote": ("V01", lambda c, r: recorded(c, lambda d: d["quote"].update(speaker=""))),
    "a quote's span moved": (
        "V01",
        lambda c, r: recorded(c, lambda d: d["quote"].update(start=d["quote"]["start"] + 7)),
    ),
    "a quote of another article": (
        "V01",
        lambda c, r: recorded(
            c,
            lambda d: d["quote"].update(article_id=next(a for a in c.articles if a != d["quote"]["article_id"])),
        ),
    ),
    "another figure": ("V04", sentence(mutations.figure_changed)),
    "figures exchanged": ("V04", sentence(mutations.figures_swapped)),
    "another name of the article": ("V04", sentence(mutations.name_of_the_article)),
    "names exchanged": ("V04", sentence(mutations.names_swapped)),
    "another month": ("V04", sentence(mutations.date_changed)),
    "a negation put in": ("V04", sentence(mutations.negation_inserted)),
    "a negation taken out": ("V04", sentence(mutations.negation_removed)),
    "two sentences spliced": ("V04", sentence(mutations.spliced)),
    "a may made a will": ("V04", worded(r"\b(?:could|may|might)\b", "will")),
    "a must made a may": ("V04", worded(r"\b(?:must|should)\b", "may")),
    "a few made many": ("V04", worded(r"\b(?:some|few|several|most)\b", "all")),
    "an invented sentence": ("V04", invented),
    "a sentence of another story": ("V04", of_another_story),
    "citations exchanged": ("V04", swapped_citations),
    "a citation moved to its neighbor": ("V04", moved_citation),
    "a source cited that does not say it": ("V04", other_source),
    "a citation dropped in the text alone": ("V04", group(r"\[(\d)\], \[(\d)\]\.", r"[\1].")),
    "a sentence changed in the text alone": ("V04", lambda c, r: rewritten(c, " the ", " that ")),
    "evidence of another sentence": ("V04", other_span),
    "evidence moved by forty letters": ("V04", span_moved),
    "evidence of another article": ("V04", other_article),
    "a cited article changed": ("V04", article_changed),
    "a cited article that tells something else": ("V04", article_emptied_with_its_hash),
    "a cited article gone": ("V02", article_gone),
    "a name in none of the sources": ("V02", worded(r"(?<=[a-z] )[A-Z][a-z]{4,}", "Zorvania")),
    "a figure in none of the sources": ("V02", worded(r"\b\d+\b", "7919")),
    "a name that one of two sources lacks": ("V03", worded(r"(?<=[a-z] )[A-Z][a-z]{4,}", "Zorvania")),
    "copies cited as two": ("V05", copies),
    "advocates who are not there": ("V06", unheard),
    "a speaker who is not there": ("V06", worded(r"^.*$", "Nora Quistgaard said the plan would work.")),
    "a year in the closing": ("V07", lambda c, r: closing(c, "That may change by 2039.")),
    "a name in the closing": ("V07", lambda c, r: closing(c, "That may change once Zorvania joins.")),
    "a figure in the closing": ("V07", lambda c, r: closing(c, "That may cost 7919 jobs.")),
    "a name in an uncited sentence": ("V07", lambda c, r: at_last(c, lambda p: p + " That worries Zorvania.")),
    "a country at the head of an uncited sentence": ("V07", lambda c, r: at_last(c, lambda p: p + " Paraguay agrees.")),
    "a name in the title": (
        "V07",
        lambda c, r: recorded(c, lambda d: d.update(title=d["title"][:30] + " of Zorvania")),
    ),
    "a title of over twelve words": ("V07", lambda c, r: recorded(c, lambda d: d.update(title="a rule " * 7))),
    "too few words": ("V08", lambda c, r: with_lines(c, [c.lines[0], *c.lines[-2:]])),
    "too many words": ("V08", lambda c, r: closing(c, "That may be so " * 120 + ".")),
    "a year in no source": ("V09", lambda c, r: closing(c, "That may change by 2039.")),
}
"""Kind of change, the code that must be among its findings, and how it is made."""


def test_there_are_briefs_to_change_and_forty_kinds_of_change() -> None:
    assert len(cases()) >= 4
    assert len(KINDS) >= 40


def test_every_code_that_needs_articles_or_record_is_among_those_expected() -> None:
    assert {f"V0{n}" for n in range(1, 10)} | {"C08", "C09"} <= {code for code, _ in KINDS.values()}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_changed_brief_is_caught_by_its_code(kind: str) -> None:
    code, change = KINDS[kind]
    random = Random(kind)
    changed = [(case, new) for case in cases() for new in [change(case, random)] if new and new != case]

    missed = [new.text for _, new in changed if code not in new.codes()]

    assert changed, "no brief offered a hold for this change"
    assert missed == []
