"""A desk with a database of its own at noon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.adapters.html import HtmlRenderer
from pipeline.adapters.store import SqlStore, open_store
from pipeline.ports import Deps
from tests.fakes import FakeHttp, FakeStore, deps
from tests.stages.digest.desk import NOON, READERS, Folder, Mailer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


@pytest.fixture
def given(store: SqlStore) -> Deps:
    base = deps(FakeStore(), FakeHttp(), [])
    return replace(
        base,
        store=cast(Any, store),
        mailer=Mailer(),
        renderer=HtmlRenderer(),
        files=Folder(),
        readers=(READERS,),
        now=lambda: NOON,
    )
