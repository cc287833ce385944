from __future__ import annotations

import pytest

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief
from pipeline.domain.lint import lint
from pipeline.domain.record import to_record
from pipeline.stages.draft import compile_brief
from pipeline.stages.draft.evidence.support import judge
from tests.stages.draft.articles import SUPPORT, article

GAZETTE = (
    "Lund and Oslo signed a charter for open-source artificial intelligence in Bergen on May 3, 2024, after two years "
    "of talks. A total of 28 countries signed the charter in Bergen. The charter asks ports to publish the weights of "
    "their models. A secretariat in Lund will keep a register of the models."
)
TIDINGS = (
    "Governments from north and south put their names to a charter on open-source artificial intelligence in Bergen. "
    "Thirty countries signed the charter in Bergen. Ports will have to show how their models were trained. Engineers "
    "in Kiel expect the first audits in 2025."
)
MARKET = (
    "The Bergen charter on open-source artificial intelligence was signed on May 3, 2024. A total of 28 countries "
    "signed the charter in Bergen. Traders hope for cheaper tools for customs papers in twelve languages."
)


def members(*names: str) -> list[Article]:
    texts = {"gazette": GAZETTE, "tidings": TIDINGS, "market": MARKET}
    return [
        article(name, texts[name], hour=8 + n, title="Bergen charter on open-source AI") for n, name in enumerate(names)
    ]


@pytest.mark.parametrize("names", [("gazette", "tidings"), ("gazette", "tidings", "market")])
def test_where_sources_differ_about_a_figure_both_accounts_are_told_side_by_side(names: tuple[str, ...]) -> None:
    articles = members(*names)
    brief = compile_brief("charter", (), articles, support=SUPPORT)

    assert isinstance(brief, Brief)
    texts = [s.text for s in brief.statements]
    first = next(n for n, t in enumerate(texts) if "a total of 28 countries signed the charter" in t.lower())
    assert texts[first + 1] == "By another account, thirty countries signed the charter in Bergen."
    assert not set(brief.statements[first].sources) & set(brief.statements[first + 1].sources)
    assert "thirty" not in texts[-1]
    assert lint(brief.text, record=to_record(brief), articles={a.id: a.text for a in articles}, judge=judge) == []


def test_an_account_that_its_source_does_not_give_is_refused() -> None:
    articles = members("gazette", "tidings")
    brief = compile_brief("charter", (), articles, support=SUPPORT)
    assert isinstance(brief, Brief)
    forged = brief.text.replace("thirty countries", "forty countries")

    codes = {
        f.code for f in lint(forged, record=to_record(brief), articles={a.id: a.text for a in articles}, judge=judge)
    }

    assert {"V02", "V04"} <= codes


def test_figures_that_one_source_tells_together_are_no_two_accounts() -> None:
    both = "Of thirty countries that came to Bergen, 28 countries signed the charter."
    told = compile_brief(
        "charter", (), [*members("gazette", "tidings"), article("bay", both, hour=12)], support=SUPPORT
    )

    assert isinstance(told, Brief)
    assert "By another account" not in told.text
