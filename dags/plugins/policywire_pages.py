"""Pages beside Airflow's own, for who is logged in there: the briefs that a run compiled."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import FastAPI, HTTPException, Path, Query, Response

app = FastAPI(title="Policywire", docs_url=None, redoc_url=None, openapi_url=None)
# A brief is one page with its styles inside; nothing else may run or be loaded beside Airflow's session.
SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><body style="font-family:sans-serif;'
    'max-width:45rem;margin:2rem auto;padding:0 1rem"><h1>{title}</h1>{body}</body></html>'
)


@app.get("/briefs")
def briefs_of_a_run(
    user: GetUserDep,
    since: Annotated[datetime, Query(description="When the run began.")],
    until: Annotated[datetime, Query(description="When it ended.")],
) -> Response:
    """The briefs that were compiled within a time."""
    with _opened() as store:
        found = [(b.story, b.revision, b.title) for b in store.briefs_between(since, until)]
    items = "".join(
        f'<li><a href="briefs/{html.escape(story)}">{html.escape(title)}</a> (revision {revision})</li>'
        for story, revision, title in found
    )
    body = f"<ol>{items}</ol>" if items else "<p>This run compiled no new brief.</p>"
    return _page(f"{len(found)} briefs of {since:%Y-%m-%d %H:%M} UTC", body)


@app.get("/briefs/{story}")
def newest_revision(user: GetUserDep, story: Annotated[str, Path(pattern="^[A-Za-z0-9-]{1,64}$")]) -> Response:
    """One brief with its sources, as in the output folder."""
    from pipeline.adapters.html import HtmlRenderer

    with _opened() as store:
        briefs = store.briefs(story)
        if not briefs:
            raise HTTPException(404, "no brief of this story")
        ids = [source.article_id for source in briefs[0].sources]
        text = HtmlRenderer().brief(briefs[0], store.articles(ids), store.flags(ids))
    return Response(text, media_type="text/html", headers=SAFE)


def _page(title: str, body: str) -> Response:
    return Response(PAGE.format(title=html.escape(title), body=body), media_type="text/html", headers=SAFE)


@contextmanager
def _opened() -> Iterator[Any]:
    """The store alone: a wrong configuration file must not hide what was compiled before."""
    from pipeline import settings
    from pipeline.adapters.store import open_store
    from pipeline.errors import PolicywireError

    try:
        store = open_store(settings.load().database_url)
    except PolicywireError as error:
        raise HTTPException(503, str(error)) from error
    try:
        yield store
    finally:
        store.close()
