"""Pages of briefs and digests: every mark leads to its source, and nothing from outside is active."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import feedparser
import html5lib
import pytest
from lxml import html

from pipeline.adapters.html import HtmlRenderer
from pipeline.domain.article import Article, text_hash
from pipeline.domain.brief import Brief, Evidence, Quote, Source, Statement
from pipeline.domain.edition import Content, Edition, Health, Item, ReaderList, Reason

DAY = datetime(2025, 7, 26, 9, tzinfo=UTC)
TEXT = "Twelve states signed a treaty. It was raining."
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<a href='javascript:alert(1)'>x</a>"]


def source(n: int, **values: str) -> Source:
    given: dict[str, Any] = {"title": f"Title {n}", "outlet": f"Outlet {n}", "url": f"https://o{n}.example/a", **values}
    return Source(n=n, published=DAY, retrieved=DAY, sha256=text_hash(TEXT), group=n, article_id=f"a{n}", **given)


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
    return parsed(HtmlRenderer().digest(content(briefs, health), "weeks.png"))


def content(briefs: list[Brief], health: Health | None = None) -> Content:
    return Content(
        readers=ReaderList(id="desk", title="Desk"),
        day=date(2025, 7, 26),
        items=tuple(Item(brief=b) for b in briefs),
        health=health or Health(),
        per_day=((date(2025, 7, 25), 1), (date(2025, 7, 26), 3)),
    )


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
        assert [e for e in page.iter("script", "img", "iframe") if e.get("src") != "weeks.png"] == []
        assert [e for e in page.iter() if any(name.startswith("on") for name in e.attrib)] == []
        assert not any(str(a.get("href")).startswith("javascript:") for a in page.iter("a"))
        assert attack in page.text_content()


def test_a_day_without_briefs_says_so_with_the_health_line() -> None:
    page = digest([], Health(feeds=4, feeds_tried=4, feeds_read=3, feeds_failing=1, articles=20, flagged=0))

    assert "Nothing crossed the threshold; 20 articles read." in page.text_content()
    assert "Feeds read: 3 of 4, failing: 1, silent: 0." in page.text_content()


def test_a_brief_that_readers_know_stands_under_developing_with_what_is_new_above_it() -> None:
    known = brief()
    grown = replace(
        known,
        revision=2,
        statements=(known.statements[0], replace(known.statements[0], text="Two more followed."), known.statements[1]),
    )

    page = parsed(HtmlRenderer().digest(replace(content([]), items=(Item(brief=grown, before=(known,)),)), "weeks.png"))

    assert [h.text_content() for h in page.iter("h2")] == ["Developing"]
    assert [li.text_content() for ul in page.iter("ul") for li in ul] == ["Two more followed [1], [2]."]


def test_a_brief_whose_source_changed_stands_under_corrected() -> None:
    known = brief()
    changed = replace(known, revision=2, sources=(replace(known.sources[0], sha256="1" * 64), known.sources[1]))

    page = parsed(
        HtmlRenderer().digest(replace(content([]), items=(Item(brief=changed, before=(known,)),)), "weeks.png")
    )

    assert [h.text_content() for h in page.iter("h2")] == ["Corrected"]
    assert "a source has changed its text" in page.text_content()


def test_a_brief_says_why_it_was_flagged_and_where_its_outlets_are() -> None:
    reason = Reason(label="International cooperation on AI", probability=0.931, terms=("treaty", "states"))
    item = Item(brief=brief(), reasons=(reason,), countries=("IN", "KE"))

    text = parsed(HtmlRenderer().digest(replace(content([]), items=(item,)), "weeks.png")).text_content()

    assert "Flagged: International cooperation on AI, 93% (treaty, states)" in text
    assert "Outlets in: IN, KE" in text


def test_the_picture_is_told_in_words_where_images_are_off() -> None:
    [image] = digest([brief()]).iter("img")

    assert image.get("alt") == "Flagged stories in 2 days to 2025-07-26: 4; most on 2025-07-26 (3), today 3."


def test_the_mail_has_its_styles_in_the_elements_and_keeps_those_for_dark_mode() -> None:
    mail = HtmlRenderer().mail(content([brief()]), "cid:weeks")

    assert all("style" in p.attrib for p in parsed(mail).find_class("about"))
    assert "prefers-color-scheme: dark" in mail


@pytest.mark.parametrize("attack", ["plain", *HOSTILE, "\x00\u202e", "🎉" * 5000])
def test_every_page_is_valid_html_whatever_its_texts_hold(attack: str) -> None:
    bad = replace(brief(), title=attack, sources=(source(1, title=attack, outlet=attack), source(2)))
    renderer = HtmlRenderer()

    for page in (
        renderer.digest(content([bad]), "a.png"),
        renderer.mail(content([bad]), "a.png"),
        renderer.brief(bad, []),
    ):
        html5lib.HTMLParser(strict=True).parse(page)


def test_the_archive_is_a_page_of_links_and_an_atom_feed() -> None:
    editions = [(name, edition(name)) for name in ("2025-07-26", "2025-07-25")]

    page, feed = HtmlRenderer().archive(ReaderList(id="desk", title="Desk"), "desk", editions, "https://desk.example/d")

    assert [a.get("href") for a in parsed(page).iter("a")] == ["desk.xml", "2025-07-26.html", "2025-07-25.html"]
    read = feedparser.parse(BytesIO(feed.encode()))
    assert not read.bozo
    assert [e.link for e in read.entries] == [f"https://desk.example/d/{name}.html" for name, _ in editions]
    assert len({e.id for e in read.entries}) == 2


def edition(day: str) -> Edition:
    return Edition(
        day=date.fromisoformat(day), list_id="desk", title=f"Desk, {day} <&>", html="", text="Text", eml=b"", briefs=()
    )
