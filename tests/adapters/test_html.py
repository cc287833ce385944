"""Pages of briefs and digests: every mark leads to its source, and nothing from outside is active."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import html

from pipeline.adapters.html import HtmlRenderer
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Evidence, Quote, Source, Statement
from pipeline.domain.edition import Health, ReaderList

DAY = datetime(2025, 7, 26, 9, tzinfo=UTC)
TEXT = "Twelve states signed a treaty. It was raining."
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<a href='javascript:alert(1)'>x</a>"]


def source(n: int, **values: str) -> Source:
    given = {"title": f"Title {n}", "outlet": f"Outlet {n}", "url": f"https://o{n}.example/a", **values}
    return Source(n=n, published=DAY, retrieved=DAY, sha256="0" * 64, group=n, article_id=f"a{n}", **given)


def brief() -> Brief:
    spans = tuple(Evidence(source=n, article_id=f"a{n}", start=0, end=30, sha256="0" * 64, score=1.0) for n in (1, 2))
    return Brief(
        story="s1",
        topics=("international_cooperation",),
        title="Twelve states sign",
        statements=(
            Statement(text="Twelve states signed a treaty.", paragraph=1, role="lead", evidence=spans),
            Statement(text="It brings them closer.", paragraph=0, role="closing"),
        ),
        quote=Quote(text="We are glad.", article_id="a1", start=0, end=1, speaker="A. Reed"),
        sources=(source(1), source(2)),
    )


def parsed(page: str) -> html.HtmlElement:
    element = html.fromstring(page)
    assert isinstance(element, html.HtmlElement)
    return element


def digest(briefs: list[Brief], health: Health | None = None) -> html.HtmlElement:
    readers = ReaderList(id="desk", title="Desk")
    return parsed(HtmlRenderer().digest(readers, date(2025, 7, 26), briefs, health or Health()))


def test_every_mark_of_a_digest_leads_to_a_source_on_the_same_page() -> None:
    page = digest([brief()])

    marks = [a for a in page.iter("a") if (a.get("href") or "").startswith("#")]
    assert [a.text for a in marks] == ["[1]", "[2]"]
    assert all(page.get_element_by_id(a.get("href", "")[1:]).tag == "li" for a in marks)


def test_sources_are_numbered_and_link_to_the_outlet() -> None:
    links = [(ol.tag, a.get("href")) for ol in digest([brief()]).iter("ol") for a in ol.iter("a")]

    assert links == [("ol", "https://o1.example/a"), ("ol", "https://o2.example/a")]


def test_a_mark_of_a_brief_s_own_page_shows_the_span_that_supports_the_sentence() -> None:
    articles = [Article(id=f"a{n}", url="", outlet="", title="", text=TEXT) for n in (1, 2)]

    page = parsed(HtmlRenderer().brief(brief(), articles))

    assert [b.text for b in page.iter("blockquote")] == ["Twelve states signed a treaty."] * 2


@pytest.mark.parametrize("attack", HOSTILE)
def test_fault_47_text_from_outside_is_never_active(attack: str) -> None:
    bad = replace(brief(), title=attack, sources=(source(1, title=attack, outlet=attack), source(2, url=attack)))

    for page in (digest([bad]), parsed(HtmlRenderer().brief(bad, []))):
        assert list(page.iter("script", "img", "iframe")) == []
        assert [e for e in page.iter() if any(name.startswith("on") for name in e.attrib)] == []
        assert not any(str(a.get("href")).startswith("javascript:") for a in page.iter("a"))
        assert attack in page.text_content()


def test_a_day_without_briefs_says_so_with_the_health_line() -> None:
    page = digest([], Health(feeds_read=3, feeds_failing=1, articles=20, flagged=0))

    assert "Nothing crossed the threshold; 20 articles read." in page.text_content()
    assert "Feeds read: 3, failing: 1." in page.text_content()
