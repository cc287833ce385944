"""The linter: a clean brief has no finding, and each code is raised by a brief that breaks its rule."""

from __future__ import annotations

import copy
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.lint import Passage, lint, unchecked
from pipeline.domain.lint.voices import speaks
from pipeline.stages.draft.evidence.support import judge

SPEECH = "We would rather share a test bench than build five poor ones."
ARTICLES = {
    "a1": (
        "Norwegian ministers agreed on Tuesday, 4 March 2025, to pay for a shared test bench for open AI models. "
        "The bench will cost 1,200,000 crowns and serve four Nordic states. Officials at the Fjordlab institute said "
        "the bench opens in the autumn. Tests on closed systems took up 40 per cent of the budget last year. "
        f"“{SPEECH}” said Ingrid Solvang, who runs Fjordlab. The ministry said small firms may use it free of charge."
    ),
    "a2": (
        "Norway has agreed to pay for a common test bench for open models of artificial intelligence, the finance "
        "ministry said in March 2025. American developers asked to join, but the US side has no seat on the board. "
        "Board members come from four states. Small firms get free access, and the ministry expects 60 of them. "
        "Closed systems took 40% of the money in the past."
    ),
    "a3": (
        "Estonia wrote to the Nordic board in a letter of 2025 and asked for a place. The Estonian letter names "
        "three towns that could host computers. The board said it would answer before winter."
    ),
}
BRIEF = (
    "Norway agreed in March 2025 to pay for a shared test bench for open AI models [1], [2].\n"
    "Closed systems took up 40 percent of the budget in the past [1], [2]. A shared bench leaves more of that money "
    "for the models that anybody may read, run and change. The bench will cost 1.2 million crowns and serve four "
    "Nordic states [1].\n"
    "Board members come from 4 states [2]. U.S. developers asked to join, but America has no seat on the board [2]. "
    "That keeps the choice of tests with those who pay for them.\n"
    "Small firms get free access, and the ministry expects sixty of them [2]. Officials at the Fjordlab institute "
    "said the bench opens in the autumn [1].\n"
    "Furthermore, others want to come in. The Estonian letter names three towns that could host computers [3]. The "
    "board said it would answer before winter [3].\n"
    f"“{SPEECH}”\n"
    "The plan moves the testing of open models from single laboratories to a common place with common rules. By "
    "paying together, the partners try to make results comparable and to keep the cost for newcomers low, which "
    "turns a budget question into a question of who may take part. Whether larger states follow depends on the seat "
    "that they are offered and on the price that they are asked to pay for it.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the linter is given."""

    text: str
    record: dict[str, Any]
    articles: dict[str, str]

    def codes(self) -> set[str]:
        return {f.code for f in lint(self.text, record=self.record, articles=self.articles)}


def clean_case() -> Case:
    start = ARTICLES["a1"].index(SPEECH)
    sources = [
        {"n": n, "group": n, "article_id": f"a{n}", "title": f"Report {n}", "outlet": f"Paper {n}"} for n in (1, 2, 3)
    ]
    quote = {
        "text": SPEECH,
        "article_id": "a1",
        "start": start,
        "end": start + len(SPEECH),
        "speaker": "Ingrid Solvang",
    }
    record: dict[str, Any] = {
        "story": "s1",
        "short": {"yes": False, "why": ""},
        "statements": [],
        "quote": quote,
        "quote_why": "",
        "sources": sources,
    }
    for source in sources:
        source["sha256"] = hashlib.sha256(ARTICLES[str(source["article_id"])].encode()).hexdigest()
    return Case(text=BRIEF, record=record, articles=dict(ARTICLES))


def with_text(text: str) -> Case:
    case = clean_case()
    assert text != case.text, "the mutation changed nothing"
    return Case(text=text, record=case.record, articles=case.articles)


def swap(old: str, new: str) -> Callable[[], Case]:
    assert BRIEF.count(old) >= 1, old
    return lambda: with_text(BRIEF.replace(old, new, 1))


def paragraphs(change: Callable[[list[str]], list[str]]) -> Callable[[], Case]:
    return lambda: with_text("\n".join(change(BRIEF.splitlines())) + "\n")


def recorded(change: Callable[[dict[str, Any]], object]) -> Callable[[], Case]:
    def mutate() -> Case:
        case = clean_case()
        record = copy.deepcopy(case.record)
        change(record)
        assert record != case.record, "the mutation changed nothing"
        return Case(text=case.text, record=record, articles=case.articles)

    return mutate


def unstored(article: str) -> Callable[[], Case]:
    def mutate() -> Case:
        case = clean_case()
        texts = {key: text for key, text in case.articles.items() if key != article}
        return Case(text=case.text, record=case.record, articles=texts)

    return mutate


MUTATIONS: list[tuple[str, Callable[[], Case]]] = [
    ("F00", swap("Whether larger", "Whether cafe\u0301s and larger")),
    ("F01", lambda: with_text(BRIEF.replace("\n", "\r\n"))),
    ("F01", lambda: with_text(BRIEF.rstrip("\n"))),
    ("F01", lambda: with_text(BRIEF + "\n")),
    ("F02", swap("\nBoard", "\n\nBoard")),
    ("F03", swap("Board members", "Board  members")),
    ("F03", swap("Board members", "Board\tmembers")),
    ("F03", swap("\nBoard", "\n Board")),
    ("F03", swap("Board members", "Board\N{NO-BREAK SPACE}members")),
    ("S01", paragraphs(lambda p: [*p[:5], p[6]])),
    ("S01", paragraphs(lambda p: [*p[:5], p[5], p[5], p[6]])),
    ("S01", swap("“", '"')),
    ("S02", paragraphs(lambda p: [*p[:4], p[5], p[4], p[6]])),
    ("S02", paragraphs(lambda p: [*p[:5], p[6], p[5]])),
    ("S03", paragraphs(lambda p: [*p[:2], " ".join(p[2:4]) + " " + p[4], *p[5:]])),
    ("S04", swap("[1], [2].\n", "[1], [2]. It is new.\n")),
    (
        "S04",
        swap("agreed in", "agreed after long talks with every party that had asked for it in the past, in"),
    ),
    ("S05", swap("poor ones.”", "poor ones [1].”")),
    ("S05", swap("poor ones.”", "poor ones.” [1].")),
    ("S06", swap("pay for it.\n", "pay for it [1].\n")),
    ("S07", swap("pay for it.\n", "pay for it. It is open. It is late.\n")),
    ("S08", swap("winter [3].", "winter [3]. It may. It must [3].")),
    ("S09", paragraphs(lambda p: [*p[:5], *[p[4]] * 4, *p[5:]])),
    ("C01", swap("[1], [2].", "[1, 2].")),
    ("C01", swap("[1], [2].", "[1][2].")),
    ("C01", swap("[1], [2].", "[1]-[2].")),
    ("C01", swap("[1], [2].", "[1-2].")),
    ("C02", swap("winter [3].", "winter. [3]")),
    ("C02", swap("winter [3].", "winter[3].")),
    ("C02", swap("answer before winter [3].", "answer [3] before winter.")),
    ("C03", swap("past [1], [2].", "past [2], [1].")),
    ("C03", swap("past [1], [2].", "past [1], [1].")),
    ("C04", swap("models [1], [2].", "models [2].")),
    (
        "C05",
        swap(
            "sixty of them [2]. Officials at the Fjordlab institute said the bench opens in the autumn [1].",
            "s.",
        ),
    ),
    ("C06", swap("others want to come in.", "others want to come in. They ask politely.")),
    (
        "C06",
        swap(
            "4 states [2]. U.S. developers asked to join, but America has no seat on the board [2].",
            "4. So it is.",
        ),
    ),
    ("C07", swap("models [1], [2].", "models.")),
    ("C08", recorded(lambda r: r["sources"].append({"n": 4, "group": 4, "article_id": "a3"}))),
    ("C09", swap("winter [3].", "winter [3], [4].")),
    ("C09", recorded(lambda r: r["sources"].pop())),
    ("V01", swap("five poor ones", "six poor ones")),
    ("V01", recorded(lambda r: r["quote"].update(start=r["quote"]["start"] + 3))),
    ("V01", recorded(lambda r: r["quote"].update(article_id="a2"))),
    ("V01", recorded(lambda r: r["quote"].update(article_id="a9"))),
    ("V01", recorded(lambda r: r["quote"].update(speaker="Nora Berg"))),
    ("V01", recorded(lambda r: r["quote"].update(speaker=""))),
    ("V01", recorded(lambda r: r.update(quote=None, quote_why="none was usable"))),
    ("V02", swap("40 percent", "45 percent")),
    ("V02", swap("40 percent", "40 tons")),
    ("V02", swap("1.2 million", "1.3 million")),
    ("V02", swap("expects sixty", "expects seventy")),
    ("V02", swap("in March 2025", "in April 2025")),
    ("V02", swap("Fjordlab", "Polarlab")),
    ("V02", swap("Norway agreed", "Sweden agreed")),
    ("V02", swap("U.S. developers", "U.K. developers")),
    ("V02", swap("names three towns", "names Tallinn and three towns")),
    ("V02", unstored("a3")),
    ("V05", recorded(lambda r: r["sources"][1].update(group=1))),
    ("V08", paragraphs(lambda p: [*p[:6], "The plan is new."])),
    ("V08", swap("The plan moves", "The plan " + "and its many friends " * 70 + "moves")),
    ("V09", swap("Whether larger states", "Whether in 2031 larger states")),
]
TEXT_ONLY = "F00 F01 F02 F03 S01 S02 S03 S04 S05 S06 S07 S08 S09 C01 C02 C03 C04 C05 C06 C07 V08".split()


def test_a_clean_brief_has_no_finding() -> None:
    case = clean_case()

    findings = lint(case.text, record=case.record, articles=case.articles)

    assert [str(f) for f in findings] == []


@pytest.mark.parametrize("code, mutate", MUTATIONS, ids=[f"{c}-{n}" for n, (c, _) in enumerate(MUTATIONS)])
def test_a_broken_rule_is_found_by_its_code(code: str, mutate: Callable[[], Case]) -> None:
    case = mutate()

    codes = case.codes()

    assert code in codes


def test_every_code_has_a_mutation() -> None:
    covered = {code for code, _ in MUTATIONS}

    assert covered == {*TEXT_ONLY, "C08", "C09", "V01", "V02", "V05", "V09"}


def test_a_finding_names_its_paragraph() -> None:
    case = swap("winter [3].", "winter[3].")()

    findings = lint(case.text, record=case.record, articles=case.articles)

    assert [str(f) for f in findings] == ["C02 paragraph 5: [3] is not one space before the full stop"]


@pytest.mark.parametrize(
    "old, new",
    [
        ("U.S. developers", "US developers"),
        ("U.S. developers", "United States developers"),
        ("1.2 million", "1,200,000"),
        ("40 percent", "40%"),
        ("40 percent", "forty per cent"),
        ("AI models", "artificial intelligence models"),
        ("The Estonian letter", "Estonia's letter"),
        ("March 2025", "Mar. 2025"),
    ],
)
def test_two_spellings_of_one_fact_are_equal(old: str, new: str) -> None:
    assert swap(old, new)().codes() == set()


def test_curly_and_straight_apostrophes_of_a_quote_are_equal() -> None:
    case = clean_case()
    texts = {key: text.replace("We would", "It’s  what we would") for key, text in case.articles.items()}
    said = "It's what we would rather share a test bench than build five poor ones."
    start = texts["a1"].index("It’s")
    quote = {**case.record["quote"], "text": said, "start": start, "end": texts["a1"].index("”", start)}

    findings = lint(case.text.replace(SPEECH, said), record={**case.record, "quote": quote}, articles=texts)

    assert findings == []


def test_the_spans_of_one_source_are_read_in_the_order_of_the_text() -> None:
    case = clean_case()
    own = {"source": 1, "article_id": "a1", "start": 20, "end": 60}
    read: list[str] = []

    def listen(claim: str, passages: Sequence[Passage]) -> list[str | None]:
        read.extend(p.text for p in passages)
        return [None] * len(passages)

    lead = BRIEF.splitlines()[0].partition(" [")[0] + "."
    other = {"source": 2, "article_id": "a2", "start": 0, "end": 9}
    record = {**case.record, "statements": [{"text": lead, "evidence": [own, other, {**own, "start": 0, "end": 9}]}]}
    lint(case.text, record=record, articles=case.articles, judge=listen)

    assert f"{ARTICLES['a1'][:9]}\n{ARTICLES['a1'][20:60]}" in read


def test_a_speaker_with_a_hyphen_is_found() -> None:
    assert speaks(("Piers", "Hallam-Doyle"), "Piers Hallam-Doyle of Lund said no.")
    assert not speaks(("Piers", "Hallam-Doyle"), "Piers Hallam of Lund said no.")


def short_case() -> Case:
    lines = BRIEF.splitlines()
    case = clean_case()
    record = {
        **case.record,
        "short": {"yes": True, "why": "two sources"},
        "sources": case.record["sources"][:2],
    }
    closing = "The plan moves the testing of open models from single laboratories to a common place."
    return Case(text="\n".join([*lines[:2], lines[5], closing]) + "\n", record=record, articles=case.articles)


def test_a_short_brief_of_a_lead_and_one_paragraph_is_clean() -> None:
    assert short_case().codes() == set()


def test_a_short_brief_is_judged_as_a_long_one_without_its_record() -> None:
    assert {f.code for f in lint(short_case().text)} == {"S03", "V08"}


def test_a_short_brief_may_be_judged_as_one_without_its_record() -> None:
    assert lint(short_case().text, short=True) == []


@pytest.mark.parametrize(
    "code, change",
    [
        ("S03", lambda p: [p[0], *p[2:]]),
        ("S03", lambda p: [p[0], *[p[1]] * 4, *p[2:]]),
        ("S07", lambda p: [*p[:3], p[3] + " It is new."]),
        ("V08", lambda p: [p[0], "Closed systems took 40% [1].", p[2], "It is open."]),
        ("S01", lambda p: [*p[:2], p[3]]),
    ],
)
def test_a_short_brief_has_figures_of_its_own(code: str, change: Callable[[list[str]], list[str]]) -> None:
    text = "\n".join(change(short_case().text.splitlines())) + "\n"

    codes = {f.code for f in lint(text, short=True)}

    assert code in codes


def test_a_record_that_says_why_there_is_no_quote_waives_the_quote() -> None:
    case = clean_case()
    record = {**case.record, "quote": None, "quote_why": "no direct speech of 6 to 30 words"}

    findings = lint(case.text.replace(f"“{SPEECH}”\n", ""), record=record, articles=case.articles)

    assert findings == []


def test_a_missing_quote_without_a_reason_is_not_waived() -> None:
    case = clean_case()
    record = {**case.record, "quote": None, "quote_why": ""}

    findings = lint(case.text.replace(f"“{SPEECH}”\n", ""), record=record, articles=case.articles)

    assert [f.code for f in findings] == ["S01"]


def test_what_needs_record_or_articles_is_named_as_unchecked() -> None:
    assert unchecked(None, None) == ("C08", "C09", "V01", "V02", "V03", "V04", "V05", "V06", "V09")
    assert unchecked({"sources": []}, None) == ("V01", "V02", "V03", "V04", "V06", "V09")
    assert unchecked({"sources": []}, ARTICLES) == ("V04",)
    assert unchecked({"sources": []}, ARTICLES, judge) == ()


def test_an_empty_text_is_a_finding_not_an_error() -> None:
    assert {"F01", "S01", "S03", "V08"} <= {f.code for f in lint("")}


def test_the_sample_of_the_format_is_clean() -> None:
    sample = Path(os.environ.get("POLICYWIRE_EVAL_DATA", "../shared/data")).parent / "brief" / "SAMPLE.txt"
    if not sample.is_file():
        pytest.skip(f"no sample at {sample}; set POLICYWIRE_EVAL_DATA")

    findings = lint(sample.read_text(encoding="utf-8"))

    assert findings == []
