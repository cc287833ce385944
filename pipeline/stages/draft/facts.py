"""The values of a brief in the making: a sentence with its wordings, who tells it, and its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.stages.draft.language.content import bag
from pipeline.stages.draft.language.words import count, stems
from pipeline.stages.draft.texts.people import Person

COPY_WORDS = 25
"""A longer run of one source's words may stand as quotation only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A span of an article (its place in the story) that tells a sentence."""

    article: int
    group: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One wording of a fact with the independent sources that tell it, its own first."""

    text: str
    cites: tuple[Cite, ...]
    needs: tuple[frozenset[str], ...]
    odds: int = 1
    """How many more sources give its figures than give others."""
    names: tuple[frozenset[str], ...] = ()
    """Those of `needs` that are names, which the brief must have introduced wherever the wording stands."""
    whole: bool = True
    """Whether it tells nearly all of its sentence, so that the next one may lean on it."""

    @property
    def words(self) -> int:
        return count(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sentence of one article: its wordings (best first), where it stands, who else tells it loosely.

    `other` is what another source has otherwise. `kept` is what the brief's last revision says of it. `person` is somebody whom the sentence names by surname alone, and `who_span` where the article introduces them; `ahead` is where it has what the sentence calls "it".
    `before` is the sentence right before it in its paragraph or at the end of the one above; a fact that is `behind` says
    nothing without it.
    """

    forms: tuple[Form, ...]
    article: int
    group: int
    place: int
    line: int
    share: float
    told: frozenset[int]
    kept: str = ""
    person: Person | None = None
    who_span: tuple[int, int] | None = None
    ahead: tuple[int, int] | None = None
    before: tuple[int, int] | None = None
    opens: bool = True
    ends: bool = True
    behind: bool = False
    other: Fact | None = None

    @property
    def text(self) -> str:
        return self.forms[0].text

    @property
    def cites(self) -> tuple[Cite, ...]:
        return self.forms[0].cites

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        return self.forms[0].needs

    @property
    def names(self) -> tuple[frozenset[str], ...]:
        return self.forms[0].names

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stems(self.text))

    @property
    def bag(self) -> frozenset[str]:
        return bag(self.text)

    @property
    def who(self) -> Person | None:
        """The person named by surname alone, where this wording names them at all."""
        return self.who_in(self.text)

    def who_in(self, text: str) -> Person | None:
        """The same for another wording."""
        return self.person if self.person and self.person.surname in text else None

    def in_form(self, form: Form) -> Fact:
        """The fact in another of its wordings."""
        return replace(self, forms=(form, *(f for f in self.forms if f is not form)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A fact in its place: its final wording, its paragraph, and all spans that tell it, its own first."""

    fact: Fact
    paragraph: int
    text: str
    cites: tuple[Cite, ...]
