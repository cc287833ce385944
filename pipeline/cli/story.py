"""`policywire story`: developments and their articles, and an analyst's word on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.table import Table

from pipeline import settings
from pipeline.cli.show import out, say
from pipeline.domain import arrange
from pipeline.domain.story import Overview, Phase, Story, phase
from pipeline.errors import UsageError
from pipeline.ports import Deps

app = typer.Typer(help="Developments, and the articles that tell them.", no_args_is_help=True)
StoryId = Annotated[str, typer.Argument(metavar="STORY")]
ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE")]


@app.command("list")
def list_stories(
    ended: Annotated[bool, typer.Option("--ended", help="Those that have ended, too.")] = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="Only those with a flagged article.")] = False,
) -> None:
    """Every story that goes on, the latest told first."""
    table = Table("story", "phase", "articles", "sources", "outlets", "countries", "new", "title")
    with _wired() as deps:
        now, overviews = deps.now(), deps.store.overviews()
    left_out = 0
    for o in overviews:
        where = phase(o.first, o.last, now)
        left_out += where is Phase.ENDED and not ended
        if (ended or where is not Phase.ENDED) and (o.story.topics or not flagged):
            counts = (len(o.story.members), o.story.sources, len(o.outlets), len(o.countries), len(o.fresh))
            table.add_row(o.story.id, where, *map(str, counts), o.title, style="" if o.story.topics else "dim")
    out.print(table)
    if left_out:
        say(f"{left_out} stories have ended; --ended lists them, too")


@app.command()
def show(story: StoryId) -> None:
    """One story: its articles, what is new since the last edition with it, and what happened to it."""
    with _wired() as deps:
        events = deps.store.story_events(story)
        found = deps.store.overviews([story])
        if not found and not events:
            raise UsageError(f'no story is called "{story}"; `policywire story list` shows them')
        for overview in found:
            _describe(deps, overview)
    for e in events:
        other = f" {e.other}" if e.other else ""
        say(f"{e.at:%Y-%m-%d %H:%M}  {e.story} {e.change}{other}: {len(e.articles)} articles, by {e.by}")


def _describe(deps: Deps, overview: Overview) -> None:
    story = overview.story
    say(f"{story.id}  {overview.title}  ({', '.join(story.topics) or 'not flagged'})")
    say(
        f"{phase(overview.first, overview.last, deps.now())}, {overview.first:%Y-%m-%d} to {overview.last:%Y-%m-%d}; "
        f"{story.sources} independent sources, {len(overview.outlets)} outlets, {', '.join(overview.countries)}"
    )
    for a in deps.store.articles(story.members):
        marks = ("new", a.id in overview.fresh), ("copy", a.id in story.copies), ("placed", a.id in story.pinned)
        told = ", ".join(name for name, is_so in marks if is_so)
        say(f"  {a.id}  {a.published:%Y-%m-%d}  {a.outlet}: {a.title}" + (f"  [{told}]" if told else ""))


@app.command()
def move(article: ArticleId, story: StoryId) -> None:
    """Put one article into another story."""
    _arrange(lambda deps: arrange.move(article, _holding(deps, article), _story(deps, story), deps.now()))


@app.command()
def merge(source: StoryId, into: Annotated[str, typer.Argument(metavar="INTO")]) -> None:
    """Put all articles of one story into another; the first one ends."""
    _arrange(lambda deps: arrange.merge(_story(deps, source), _story(deps, into), deps.now()))


@app.command()
def split(story: StoryId, articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...")]) -> None:
    """Put some articles of a story into a new one."""

    def told(deps: Deps) -> arrange.Arranged:
        taken = {o.story.id for o in deps.store.overviews()}
        return arrange.split(_story(deps, story), articles, taken, deps.now())

    _arrange(told)


def _arrange(told: Callable[[Deps], arrange.Arranged]) -> None:
    with _wired() as deps:
        stories, event = told(deps)
        deps.store.arrange_stories(stories, deps.now(), [event])
    for story in stories:
        say(f"{story.id}  {len(story.members)} articles")


def _story(deps: Deps, story_id: str) -> Story:
    found = deps.store.overviews([story_id])
    if not found:
        raise UsageError(f'no story is called "{story_id}"; `policywire story list` shows them')
    return found[0].story


def _holding(deps: Deps, article: str) -> Story:
    found = deps.store.stories([article])
    if not found:
        raise UsageError(f'article "{article}" stands in no story; `policywire story show` lists articles')
    return found[0]


@contextmanager
def _wired() -> Iterator[Deps]:
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        yield deps
