"""Why a brief's articles were flagged, as mail and page say it."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.adapters.html import HtmlRenderer
from pipeline.domain.brief import Brief, Evidence, Source, Statement
from pipeline.domain.renderings import plain, reasons
from pipeline.domain.topic import Flag

NOON = datetime(2025, 7, 26, 12, tzinfo=UTC)
EVIDENCE = Evidence(source=1, article_id="a1", start=0, end=9, sha256="0" * 64, score=1.0)
BRIEF = Brief(
    story="s1",
    topics=("world_talks",),
    title="They sign",
    statements=(
        Statement(text="Twelve states signed.", paragraph=1, role="lead", evidence=(EVIDENCE,)),
        Statement(text="It moves them closer.", paragraph=0, role="closing"),
    ),
    quote=None,
    sources=(
        Source(
            n=1,
            title="They sign",
            outlet="The Harbor",
            url="https://harbor.example/1",
            published=NOON,
            retrieved=NOON,
            sha256="0" * 64,
            group=1,
            article_id="a1",
        ),
    ),
)


def flag(article: str = "a1", probability: float = 0.9, topic: str = "world_talks", *, flagged: bool = True) -> Flag:
    return Flag(
        article_id=article,
        topic=topic,
        probability=probability,
        flagged=flagged,
        model_id="m1",
        terms=("treaty", "signed"),
        sentence=f"Twelve states <b>signed</b> at {probability}.",
    )


def test_the_surest_flag_of_each_topic_gives_its_sentence_and_terms() -> None:
    assert list(reasons(BRIEF, [flag(probability=0.7), flag(probability=0.9)])) == [
        "Flagged world talks, 0.90 for “Twelve states <b>signed</b> at 0.9.” (treaty, signed)"
    ]


def test_flags_of_other_articles_of_other_topics_or_not_set_give_no_reason() -> None:
    others = [flag("a2"), flag(topic="other"), flag(flagged=False)]

    assert list(reasons(BRIEF, others)) == []


def test_mail_and_page_show_the_reason_and_the_page_escapes_it() -> None:
    page = HtmlRenderer().brief(BRIEF, [], [flag()])

    assert "“Twelve states <b>signed</b> at 0.9.”" in plain(BRIEF, [flag()])
    assert "“Twelve states &lt;b&gt;signed&lt;/b&gt; at 0.9.”" in page
