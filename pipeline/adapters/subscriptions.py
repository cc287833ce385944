"""config/feeds.yaml, changed by command: comments and order stay, and a change that would break it is not written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import HttpUrl, TypeAdapter, ValidationError

from pipeline.domain.feed import Feed
from pipeline.domain.link import without_userinfo
from pipeline.errors import ConfigError, UsageError
from pipeline.settings import FeedsFile, read, without_secrets

ADDRESS = TypeAdapter(HttpUrl)


def address(url: str) -> str:
    """The address as the settings write it. Raises UsageError for what is none."""
    try:
        return without_userinfo(str(ADDRESS.validate_python(url.strip())))
    except ValidationError as error:
        raise UsageError(f"{without_userinfo(url)[:200]}: is not an http or https address") from error


def append(path: Path, feeds: Sequence[Feed]) -> None:
    """Add feeds at the end of the file. Raises ConfigError."""
    text = _text(path)
    rows = _rows(text)
    column = rows[0].start_mark.column - 2 if rows else 2
    block = "".join(_lines(feed, " " * column) for feed in feeds)
    if not rows:  # `feeds: []`
        text = "feeds:\n"
    _write(path, text.rstrip("\n") + "\n" + block)


def switch(path: Path, url: str, *, enabled: bool, reason: str) -> None:
    """Turn one feed on or off. Raises UsageError when the file does not list it, ConfigError when it is no list."""
    lines = _text(path).split("\n")
    rows = _rows("\n".join(lines))
    row = next((r for r in rows if (node := _scalar(r, "url")) and address(node.value) == url), None)
    if row is None:
        raise UsageError(f"{url}: is not listed in {path}")
    given = {"enabled": json.dumps(enabled), "reason": json.dumps(reason, ensure_ascii=False)}
    # From the last line to the first, so that the places of earlier ones stay right.
    for key, node in sorted(_known(row, given), key=lambda pair: -pair[1].start_mark.line):
        start, end = node.start_mark, node.end_mark
        if start.line != end.line:
            raise ConfigError(f"{path}:{start.line + 1}: {key} takes more than one line; change it by hand")
        line = lines[start.line]
        lines[start.line] = line[: start.column] + given.pop(key) + line[end.column :]
    after = _scalar(row, "url").end_mark.line + 1
    lines[after:after] = [f"{' ' * row.start_mark.column}{key}: {value}" for key, value in given.items()]
    _write(path, "\n".join(lines))


def _text(path: Path) -> str:
    """The file, which is a list of feeds. Raises ConfigError that names the line where it is none."""
    read(path, FeedsFile)
    return path.read_text(encoding="utf-8")


def _rows(text: str) -> list[yaml.MappingNode]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs: Any = root.value if isinstance(root, yaml.MappingNode) else []
    lists = [value.value for key, value in pairs if key.value == "feeds"]
    rows: list[yaml.MappingNode] = lists[0] if lists and isinstance(lists[0], list) else []
    return rows


def _scalar(row: yaml.MappingNode, key: str) -> Any:
    """The value that stands in the row itself; None where a merge (<<) brings it from elsewhere."""
    return next((value for name, value in row.value if name.value == key), None)


def _known(row: yaml.MappingNode, keys: Mapping[str, str]) -> Iterator[tuple[str, yaml.Node]]:
    for name, value in row.value:
        if name.value in keys:
            yield name.value, value


def _lines(feed: Feed, indent: str) -> str:
    names = ("url", "outlet", "language", "country", "kind", *(() if feed.enabled else ("enabled", "reason")))
    dash = "- "
    lines = []
    for name in names:
        lines.append(f"{indent}{dash}{name}: {json.dumps(getattr(feed, name), ensure_ascii=False)}\n")
        dash = "  "
    return "".join(lines)


def _write(path: Path, text: str) -> None:
    try:
        FeedsFile.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        first = error.errors()[0]
        given = f"{first['loc'][-1]} {without_secrets(repr(first['input']))[:80]}: {first['msg']}"
        raise UsageError(f"{path}: left as it is; {given}") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: left as it is, the change would break it ({error})") from error
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error})") from error
