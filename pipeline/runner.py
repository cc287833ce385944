"""Wires adapters to stages. `run_stage` is the only thing that the command line and the DAGs call."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import structlog

from pipeline import evaluation, settings
from pipeline.adapters import model
from pipeline.adapters.archive import FolderArchive
from pipeline.adapters.feeds import FeedReader
from pipeline.adapters.files import Folder, write_brief
from pipeline.adapters.html import HtmlRenderer
from pipeline.adapters.http import AiohttpClient
from pipeline.adapters.mail import SmtpMailer
from pipeline.adapters.pages import TrafilaturaExtractor
from pipeline.adapters.store import open_store
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.scope import Scope, Shard, Window
from pipeline.errors import UsageError
from pipeline.ports import Deps, Report, Tell
from pipeline.stages import classify, cluster, digest, draft, extract, fetch

STAGES: Mapping[str, Callable[[Deps, Scope], Report]] = {
    "fetch": fetch.run,
    "extract": extract.run,
    "classify": classify.run,
    "cluster": cluster.run,
    "draft": draft.run,
    "digest": digest.run,
}
KEYS = ("since", "until", "shard", "feeds", "topics", "force")
log = structlog.get_logger()


def run_stage(name: str, tell: Tell = lambda done, total: None, /, **strings: str) -> Report:
    """Run one stage over what is pending, or over the scope that the strings describe.

    `since` and `until` are UTC days, both included; `shard` is `INDEX/COUNT`, from 0; `feeds` and `topics`
    are lists with commas; `force` is `yes` or `no`. Empty strings count as not given. `tell` hears of progress.
    Raises UsageError for an unknown stage, key or value.
    """
    if name not in STAGES:
        raise UsageError(f'no stage is called "{name}"; there are {", ".join(STAGES)}')
    asked = scope(**strings)
    with wired(settings.load()) as deps:
        deps = replace(deps, tell=tell)
        report = STAGES[name](deps, asked)
        if name == "draft":
            publish(deps)
    for failure in report.failures:
        log.warning("item failed", stage=name, reason=failure)
    log.info("stage done", stage=name, **report.counts)
    return report


def scope(**strings: str) -> Scope:
    """Read a scope from strings. Raises UsageError that names the key and what was expected."""
    if unknown := sorted(set(strings) - set(KEYS)):
        raise UsageError(f"unknown scope keys {unknown}; there are {', '.join(KEYS)}")
    given = {key: value.strip() for key, value in strings.items() if value and value.strip()}
    if ("since" in given) != ("until" in given):
        given = {"since": given.get("since", given.get("until", "")), **given}
        given = {"until": given["since"], **given}
    try:
        window = Window.of_days(_day("since", given), _day("until", given)) if "since" in given else None
        return Scope(
            window=window,
            shard=_shard(given["shard"]) if "shard" in given else None,
            feeds=_list(given.get("feeds", "")),
            topics=_list(given.get("topics", "")),
            force={"yes": True, "no": False}[given.get("force", "no")],
        )
    except KeyError as error:
        raise UsageError(f"force: expected yes or no, got {error}") from error
    except ValueError as error:
        raise UsageError(str(error)) from error


def _day(key: str, given: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(given[key])
    except ValueError as error:
        raise UsageError(f'{key}: expected a day such as 2025-07-26, got "{given[key]}"') from error


def _shard(text: str) -> Shard:
    index, slash, count = text.partition("/")
    if not (slash and index.isdigit() and count.isdigit()):
        raise UsageError(f'shard: expected INDEX/COUNT such as 0/4, got "{text}"')
    return Shard(index=int(index), count=int(count))


def _list(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


@contextmanager
def wired(config: settings.Settings) -> Iterator[Deps]:
    """Everything a stage needs, made from the settings; the database is upgraded at first use and closed after."""
    out = config.out_folder
    topics = config.topics()
    feeds, readers = config.feeds(), config.readers()
    store = open_store(config.database_url)
    try:
        yield Deps(
            store=store,
            http=AiohttpClient(allowed=config.allowed, contact=config.contact),
            parser=FeedReader(),
            extractor=TrafilaturaExtractor(),
            archive=FolderArchive(out / "archive"),
            classifier=cache(lambda: model.load(config.home / "models", [t.id for t in topics])),
            mailer=SmtpMailer(config.smtp) if config.smtp else None,
            renderer=HtmlRenderer(),
            files=Folder(out),
            feeds=feeds,
            topics=topics,
            readers=readers,
            now=lambda: datetime.now(UTC),
            min_interval_minutes=config.min_interval_minutes,
        )
    finally:
        store.close()


def publish(deps: Deps) -> None:
    """Lay the newest revision of every brief into the output folder."""
    for brief in deps.store.briefs():
        ids = [s.article_id for s in brief.sources]
        write_brief(deps.files, deps.renderer, brief, deps.store.articles(ids), deps.store.flags(ids))


def compile_rows(rows: Sequence[Mapping[str, Any]], out: Path) -> list[Brief | NoBrief]:
    """One brief for each `story` value (own clustering where it is missing), written into `out` with the texts."""
    articles = {str(row["id"]): evaluation.article_of(row) for row in rows}
    texts = [{"id": a.id, "text": a.text, "sha256": a.sha256} for a in articles.values()]
    groups: dict[str, list[Article]] = {}
    for row in rows:
        if row.get("story") is not None:
            groups.setdefault(str(row["story"]), []).append(articles[str(row["id"])])
    loose = [articles[str(row["id"])] for row in rows if row.get("story") is None]
    for members in cluster.cluster(loose):
        groups[cluster.new_id(members)] = [articles[m] for m in members]
    files, renderer = _Flat(out), HtmlRenderer()
    files.write("articles.jsonl", "".join(json.dumps(t, ensure_ascii=False) + "\n" for t in texts).encode())
    briefs = [draft.compile_brief(story, (), members) for story, members in groups.items()]
    for brief in briefs:
        write_brief(files, renderer, brief, groups[brief.story])
    return briefs


class _Flat(Folder):
    """A folder of briefs alone, without the subfolder that the output folder has for them."""

    def write(self, name: str, data: bytes) -> None:
        super().write(name.removeprefix("briefs/"), data)
