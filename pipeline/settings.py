"""Settings: `config/*.yaml` read through pydantic, environment variables `POLICYWIRE_…` over them.

Everything is found under `POLICYWIRE_HOME` (default: the checkout this package lies in, else the current folder).
A wrong file raises ConfigError with file, line, key and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.domain.edition import ReaderList
from pipeline.domain.feed import Feed
from pipeline.domain.link import without_userinfo
from pipeline.domain.mailbox import distinct, mailbox
from pipeline.domain.topic import Topic
from pipeline.errors import ConfigError

CHECKOUT = Path(__file__).resolve().parent.parent
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
PACKAGED = Path(__file__).resolve().parent / "home"  # only a wheel has it


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f'no time zone is called "{name}" (expected an IANA name such as Europe/Berlin)') from error
    return name


def _address(text: str) -> str:
    mailbox(text)
    return text


class Strict(BaseModel):
    """A table of a configuration file: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FeedRow(Strict):
    """One subscribed feed."""

    url: HttpUrl
    outlet: str = Field(min_length=1)
    language: str = Field(default="en", pattern="^[a-z]{2}$")
    country: str = Field(default="INT", pattern="^([A-Z]{2}|INT)$")
    kind: Literal[
        "government", "international body", "lab", "think tank", "newspaper", "trade press", "newsletter", "law"
    ] = "newspaper"
    enabled: bool = True
    reason: str = Field(default="", description="why it is off: language, terms or unverified")
    note: str = ""
    seen: str = Field(default="", description="newest public record of the feed being alive")


class FeedsFile(Strict):
    """config/feeds.yaml"""

    feeds: list[FeedRow]


class Instructions(Strict):
    """A topic's codebook."""

    definition: str
    counts: list[str]
    does_not_count: list[str]
    borderline: list[str] = []


class TopicRow(Strict):
    """One topic that analysts follow."""

    id: str = Field(pattern="^[a-z][a-z0-9_]*$")
    label: str
    threshold: float = Field(gt=0, lt=1, description="probability from which an article is flagged")
    recall_threshold: float | None = Field(default=None, gt=0, lt=1, description="the same, to miss hardly any")
    instructions: Instructions


class TopicsFile(Strict):
    """config/topics.yaml"""

    operating_point: Literal["f1", "recall"] = Field(
        default="f1", description="which threshold holds: the topics' own, or the one to miss hardly any"
    )
    topics: list[TopicRow] = Field(min_length=1)


class ListRow(Strict):
    """One list of readers."""

    id: str = Field(pattern="^[a-z][a-z0-9-]*$")
    title: str
    recipients: list[Annotated[str, AfterValidator(_address)]] = []
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    hour: int = Field(default=7, ge=0, le=23)
    topics: list[str] = []
    languages: list[Annotated[str, Field(pattern="^[a-z]{2}$")]] = Field(
        default=[], description="only stories that an article in one of these tells; none: all"
    )
    sender: Annotated[str, AfterValidator(_address)] = "Policywire <policywire@localhost>"
    approved: bool = Field(default=False, description="only briefs that an analyst has approved")
    unsubscribe: str = Field(
        default="",
        max_length=200,  # with the recipient in it, one header line has to hold it
        pattern=r"^(https://[!-;=?-~]+\{recipient\}[!-;=?-~]*)?$",
        description="an https address that takes one-click requests (RFC 8058), with {recipient} in it",
    )


class DigestFile(Strict):
    """config/digest.yaml"""

    lists: list[ListRow] = Field(min_length=1)


Form = Annotated[str, Field(min_length=2)]


class ActorsFile(Strict):
    """config/actors.yaml: standing actors, each with the other forms in which the press writes it."""

    countries: dict[Form, list[Form]] = Field(default={}, description="adjectives and capitals")
    bodies: dict[Form, list[Form]] = Field(default={}, description="of states, and between states")
    laws: dict[Form, list[Form]] = {}
    summits: dict[Form, list[Form]] = Field(default={}, description="classes of recurring meetings")
    companies: dict[Form, list[Form]] = {}
    labs: dict[Form, list[Form]] = {}


FILES: dict[str, type[Strict]] = {
    "actors": ActorsFile,
    "feeds": FeedsFile,
    "topics": TopicsFile,
    "digest": DigestFile,
}
F = TypeVar("F", bound=Strict)


class Settings(BaseSettings):
    """What the environment says; every name begins with POLICYWIRE_."""

    model_config = SettingsConfigDict(env_prefix="POLICYWIRE_", extra="ignore")

    home: Path = Field(default_factory=lambda: Path.cwd() if PACKAGED.is_dir() else CHECKOUT)
    database: str = Field(default="", description="SQLAlchemy URL; default: SQLite in the output folder")
    out: Path = Field(default=Path("var"), description="where briefs, digests, archive and SQLite go")
    smtp: str = Field(
        default="",
        description="smtp://, smtps:// or smtp+insecure://user:password@host:port; empty: files only",
        repr=False,
    )
    allow: str = Field(
        default="", description="host:port pairs ([::1]:8080 for IPv6), by commas, that may be fetched though private"
    )
    contact: str = "https://example.org/policywire"
    proxy: str = Field(
        default="", description="http://host:port; everything but allowed pairs goes through it", repr=False
    )
    min_interval_minutes: int = Field(default=15, ge=0)
    public_url: str = Field(default="", pattern="^(https://.+[^/])?$", description="where out/digest can be read")
    pace_seconds: float = Field(default=2, ge=0, description="between two requests to one host")
    operators: str = Field(default="", description="mail addresses, by commas, that hear of failed tasks")
    archive: str = Field(default="", description="folder or fsspec URL of the archive; default: in the output folder")
    llm_url: str = Field(default="", pattern="^(https?://.+)?$", description="OpenAI-compatible endpoint; empty: none")
    llm_model: str = Field(default="", description="the model that words briefs there")
    llm_key: str = Field(default="", repr=False)
    llm_seconds: float = Field(default=60, gt=0, description="how long one answer may take")
    llm_budget: int = Field(default=200_000, ge=0, description="tokens that one run may use")
    archive_days: int = Field(default=90, ge=1, description="how long raw bodies are kept; what a brief cites stays")

    @property
    def out_folder(self) -> Path:
        return self.out if self.out.is_absolute() else self.home / self.out

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.out_folder / 'policywire.db'}"

    @property
    def archive_url(self) -> str:
        return self.archive or str(self.out_folder / "archive")

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset(pair.strip() for pair in self.allow.split(",") if pair.strip())

    def feeds(self) -> tuple[Feed, ...]:
        """Every feed of config/feeds.yaml, the ones that are off included."""
        path = self.home / "config" / "feeds.yaml"
        rows = read(path, FeedsFile).feeds
        urls = [without_userinfo(str(row.url)) for row in rows]
        for n, url in enumerate(urls):
            if url in urls[:n]:
                raise ConfigError(f"{path}:{_line(_nodes(path), ('feeds', n, 'url'))}: feed {url} stands here twice")
        keys = ("outlet", "language", "country", "kind", "enabled", "reason")
        return tuple(Feed(url=url, **row.model_dump(include=set(keys))) for url, row in zip(urls, rows, strict=True))

    def trackers(self) -> frozenset[str]:
        """The parameters of config/trackers.txt, beside those that are known anyway; none where there is no file."""
        path = self.home / "config" / "trackers.txt"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))

    def actors(self) -> dict[str, str]:
        """Every form of every actor of config/actors.yaml, to the actor's name; one form of two actors is an error."""
        path = self.home / "config" / "actors.yaml"
        forms: dict[str, str] = {}
        for kind, actors in read(path, ActorsFile).model_dump().items():
            for name, others in actors.items():
                for form in (name, *others):
                    if forms.setdefault(form, name) != name:
                        line = _line(_nodes(path), (kind, name))
                        raise ConfigError(f'{path}:{line}: "{form}" stands for {forms[form]} already, and for {name}')
        return forms

    def topics(self) -> tuple[Topic, ...]:
        file = read(self.home / "config" / "topics.yaml", TopicsFile)
        return tuple(
            Topic(
                id=row.id,
                label=row.label,
                threshold=(file.operating_point == "recall" and row.recall_threshold) or row.threshold,
            )
            for row in file.topics
        )

    def readers(self) -> tuple[ReaderList, ...]:
        """The lists of config/digest.yaml; two with one id are an error, and so is one that follows an unknown topic.

        A reader who stands twice in a list, however written, is one recipient.
        """
        path = self.home / "config" / "digest.yaml"
        known = {topic.id for topic in self.topics()}
        rows = read(path, DigestFile).lists
        for n, row in enumerate(rows):
            if row.id in {other.id for other in rows[:n]}:
                raise ConfigError(f"{path}:{_line(_nodes(path), ('lists', n, 'id'))}: list {row.id} stands here twice")
            if unknown := sorted(set(row.topics) - known):
                line = _line(_nodes(path), ("lists", n, "topics"))
                raise ConfigError(f"{path}:{line}: topics: unknown {unknown}; config/topics.yaml has {sorted(known)}")
        return tuple(
            ReaderList(
                **{
                    **row.model_dump(),
                    "recipients": tuple(distinct(row.recipients).values()),
                    "topics": frozenset(row.topics),
                    "languages": frozenset(row.languages),
                }
            )
            for row in rows
        )


def shipped() -> Path:
    """Where this version's own configuration and classifier lie."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def load() -> Settings:
    """The settings of this process. Raises ConfigError."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "POLICYWIRE_" + "_".join(str(p) for p in first["loc"]).upper()
        raise ConfigError(f"environment variable {name}: {first['msg']}") from error


def read(path: Path, model: type[F]) -> F:
    """Read one configuration file. Raises ConfigError with file, line, key and what was expected."""
    node = _nodes(path)
    try:
        return model.model_validate(LOADER("").construct_document(node) if node else None)
    except yaml.YAMLError as error:
        raise _not_yaml(path, error) from error
    except ValidationError as error:
        raise ConfigError("\n".join(_complaints(path, node, error))) from error


def _nodes(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: the file is missing; `policywire init DIR` writes a home for POLICYWIRE_HOME"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error})") from error
    except yaml.YAMLError as error:
        raise _not_yaml(path, error) from error


def _not_yaml(path: Path, error: yaml.YAMLError) -> ConfigError:
    mark = getattr(error, "problem_mark", None)
    return ConfigError(f"{path}:{mark.line + 1 if mark else 1}: not valid YAML ({getattr(error, 'problem', error)})")


def _complaints(path: Path, node: yaml.Node | None, error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"])
        known = f"; known keys: {_known(path, problem['loc'])}" if problem["type"] == "extra_forbidden" else ""
        message = "unknown key" if known else f"{problem['msg']}, got {without_secrets(repr(problem['input']))[:80]}"
        yield f"{path}:{_line(node, problem['loc'])}: {key}: {message}{known}"


def without_secrets(text: str) -> str:
    """The text without the user names and passwords of addresses in it.

    >>> without_secrets("'https://me:secret@news.example:x/'")
    "'https://news.example:x/'"
    """
    return re.sub(r"//[^/\s@]*@", "//", text)


def _known(path: Path, loc: tuple[Any, ...]) -> str:
    """The keys that the table around `loc` may have."""
    model: Any = FILES[path.stem]
    for part in loc[:-1]:
        if isinstance(part, str):
            inner = model.model_fields[part].annotation
            model = inner.__args__[0] if hasattr(inner, "__args__") else inner
    return ", ".join(model.model_fields)


def _line(node: yaml.Node | None, loc: tuple[Any, ...]) -> int:
    """The line (from 1) of the deepest part of `loc` that the file has."""
    line = node.start_mark.line + 1 if node else 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
