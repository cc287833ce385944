"""Wires adapters to stages. `run_stage` is the only thing that the command line and the DAGs call."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import structlog

from pipeline import settings
from pipeline.adapters import language
from pipeline.adapters.archive import UrlArchive
from pipeline.adapters.feeds import FeedReader
from pipeline.adapters.files import Folder, remove_brief, write_brief
from pipeline.adapters.html import HtmlRenderer
from pipeline.adapters.http import AiohttpClient
from pipeline.adapters.links import Canonical
from pipeline.adapters.mail import SmtpMailer
from pipeline.adapters.pages import TrafilaturaExtractor
from pipeline.adapters.store import SqlStore, open_store
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.scope import Scope, Shard, Window
from pipeline.domain.sketch import Language
from pipeline.domain.story import new_id
from pipeline.domain.text import one_line
from pipeline.errors import ConfigError, UsageError
from pipeline.ports import Classifier, Deps, Report, Support, Tell, Wording

Stage = Callable[[Deps, Scope], Report]


def _stage(name: str) -> Stage:
    """The stage's `run`. It is imported when it is called: scikit-learn takes longer than most runs of `fetch`."""

    def run(deps: Deps, asked: Scope) -> Report:
        report: Report = import_module(f"pipeline.stages.{name}").run(deps, asked)
        return report

    return run


STAGES: Mapping[str, Stage] = {
    name: _stage(name) for name in ("fetch", "extract", "classify", "cluster", "draft", "digest")
}
KEYS = ("since", "until", "shard", "feeds", "topics", "force", "mail")
PRUNED_AT_ONCE = 1000
log = structlog.get_logger()


def run_stage(name: str, tell: Tell = lambda done, total: None, /, **strings: str) -> Report:
    """Run one stage over what is pending, or over the scope that the strings describe.

    `since` and `until` are UTC days, both included; `shard` is `INDEX/COUNT`, from 0; `feeds` and `topics`
    are lists with commas; `force` and `mail` are `yes` or `no`. Empty strings count as not given.
    `tell` hears of progress.
    Raises UsageError for an unknown stage, key or value.
    """
    if name not in STAGES:
        raise UsageError(f'no stage is called "{name}"; there are {", ".join(STAGES)}')
    asked = scope(**strings)
    config = settings.load()
    with wired(config) as deps, _turn(deps, name, asked), _settled():
        deps = replace(deps, tell=tell)
        report = STAGES[name](deps, asked)
        if name == "draft":
            publish(deps)
        if name == "fetch" and not asked.window and isinstance(deps.store, SqlStore):
            prune_archive(deps.store, UrlArchive(config.archive_url), config.archive_days, deps.now())
    for failure in report.failures:
        log.warning("item failed", stage=name, reason=one_line(failure))
    log.info("stage done", stage=name, **report.counts)
    return report


@contextmanager
def _settled() -> Iterator[None]:
    """Keep collections of garbage off what the libraries made: each would look at 200,000 objects that stay anyway."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _turn(deps: Deps, name: str, asked: Scope) -> AbstractContextManager[None]:
    """Hold the turn of the stage: two runs over the same work, however they were started, come one after the other."""
    return deps.store.turns(turns(name, asked)) if isinstance(deps.store, SqlStore) else nullcontext()


def turns(name: str, asked: Scope) -> dict[str, bool]:
    """The turns that a run takes, and whether alone.

    Redoing past days does not wait for live work, nor the other way round, but for `cluster`, whose stories reach
    over days. Shards go side by side, and not beside a run over all of them.

    >>> turns("extract", Scope(window=Window.of_days(date(2025, 7, 1), date(2025, 7, 1))))
    {'extract-past': True}
    >>> turns("fetch", Scope(shard=Shard(index=0, count=4)))
    {'fetch': False, 'fetch-0-4': True}
    """
    kind = f"{name}-past" if asked.window and name != "cluster" else name
    if asked.shard:
        return {kind: False, f"{kind}-{asked.shard.index}-{asked.shard.count}": True}
    return {kind: True}


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
            force=_yes("force", given, "no"),
            mail=_yes("mail", given, "yes"),
        )
    except ValueError as error:
        raise UsageError(str(error)) from error


def _day(key: str, given: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(given[key])
    except ValueError as error:
        raise UsageError(f'{key}: expected a day such as 2025-07-26, got "{given[key]}"') from error


def _yes(key: str, given: Mapping[str, str], default: str) -> bool:
    if (word := given.get(key, default)) not in {"yes", "no"}:
        raise UsageError(f"{key}: expected yes or no, got {word!r}")
    return word == "yes"


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
    parser, extractor = FeedReader(), TrafilaturaExtractor()
    try:
        yield Deps(
            store=store,
            http=AiohttpClient(
                allowed=config.allowed,
                unpaced=config.allowed,
                contact=config.contact,
                proxy=config.proxy,
                pace_seconds=config.pace_seconds,
                hosts=store,
            ),
            parser=parser,
            extractor=extractor,
            archive=UrlArchive(config.archive_url),
            classifier=cache(lambda: _classifier(config, [t.id for t in topics])),
            support=cache(lambda: _support(config)),
            mailer=SmtpMailer(config.smtp) if config.smtp else None,
            renderer=HtmlRenderer(),
            files=Folder(out),
            language=cache(lambda: language.load(config.home / "models", config.actors())),
            wording=wording(config),
            feeds=feeds,
            topics=topics,
            readers=readers,
            now=lambda: datetime.now(UTC),
            min_interval_minutes=config.min_interval_minutes,
            public_url=config.public_url,
            canonical=Canonical(config.trackers()),
        )
    finally:
        parser.close()
        extractor.close()
        store.close()


def _classifier(config: settings.Settings, topics: Sequence[str]) -> Classifier:
    from pipeline.adapters import model  # brings scikit-learn, which takes longer than most runs of the other stages

    return model.load(config.home / "models", topics)


def _support(config: settings.Settings) -> Support:
    from pipeline.adapters import support  # brings the embedder, which most stages do without

    return support.load(config.home / "models", config.actors())


def prune_archive(store: SqlStore, archive: UrlArchive, days: int, now: datetime) -> int:
    """Delete up to PRUNED_AT_ONCE bodies that are older than `days` and not cited; gives how many."""
    gone = store.forget_bodies(now - timedelta(days=days), PRUNED_AT_ONCE)
    archive.delete(gone)
    return len(gone)


def publish(deps: Deps) -> None:
    """Lay the newest revision of every told story's brief into the output folder, and take the others away."""
    for story in deps.store.untold():
        remove_brief(deps.files, story)
    for brief in deps.store.briefs():
        ids = [s.article_id for s in brief.sources]
        write_brief(deps.files, deps.renderer, brief, deps.store.articles(ids), deps.store.flags(ids))


def wording(config: settings.Settings) -> Wording | None:
    """The language model that words briefs, if one is set. Raises ConfigError where the extra is missing."""
    if not config.llm_url:
        return None
    if not config.llm_model:
        raise ConfigError("POLICYWIRE_LLM_URL is set and POLICYWIRE_LLM_MODEL is not: name the endpoint's model")
    try:
        from pipeline.adapters.llm import connect
    except ImportError as error:
        raise ConfigError(f"POLICYWIRE_LLM_URL needs the extra: pip install 'policywire[llm]' ({error})") from error
    return connect(
        config.llm_url, config.llm_model, config.llm_key, budget=config.llm_budget, seconds=config.llm_seconds
    )


def compile_rows(rows: Sequence[Mapping[str, Any]], out: Path) -> list[Brief | NoBrief]:
    """One brief for each `story` value (own clustering where it is missing), written into `out` with the texts."""
    from pipeline import evaluation  # brings scikit-learn's metrics, which no stage waits for
    from pipeline.stages import cluster, draft

    articles = {str(row["id"]): evaluation.article_of(row) for row in rows}
    texts = [{"id": a.id, "text": a.text, "sha256": a.sha256} for a in articles.values()]
    groups: dict[str, list[Article]] = {}
    for row in rows:
        if row.get("story") is not None:
            groups.setdefault(str(row["story"]), []).append(articles[str(row["id"])])
    loose = [articles[str(row["id"])] for row in rows if row.get("story") is None]
    config = settings.load()
    news = language.load(config.home / "models", config.actors()) if loose else Language()
    for members in cluster.cluster(loose, news):
        groups[new_id(members)] = [articles[m] for m in members]
    files, renderer, support = _Flat(out), HtmlRenderer(), _support(config)
    files.write("articles.jsonl", "".join(json.dumps(t, ensure_ascii=False) + "\n" for t in texts).encode())
    briefs = [draft.compile_brief(story, (), members, support=support) for story, members in groups.items()]
    for brief in briefs:
        write_brief(files, renderer, brief, groups[brief.story])
    return briefs


class _Flat(Folder):
    """A folder of briefs alone, without the subfolder that the output folder has for them."""

    def write(self, name: str, data: bytes) -> None:
        super().write(name.removeprefix("briefs/"), data)
