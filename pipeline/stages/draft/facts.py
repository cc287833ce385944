"""Evidence first: the sentences that may stand in a brief, each with every source that tells the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.domain.article import Article
from pipeline.stages.draft.cleaning import Sentence, prose
from pipeline.stages.draft.cuts import shorter
from pipeline.stages.draft.edits import edited
from pipeline.stages.draft.matching import Window, bag, overlap, unsupported
from pipeline.stages.draft.needs import needs
from pipeline.stages.draft.people import OFFICE, PERSON, SAYING, Person, named, people
from pipeline.stages.draft.refuse import refused
from pipeline.stages.draft.rivals import rivals, several_homes, unclear
from pipeline.stages.draft.speech import Letters, fronted, reported
from pipeline.stages.draft.support import check
from pipeline.stages.draft.verbs import certain
from pipeline.stages.draft.words import count, longest_run, stem, stems

LONGEST = 34
"""Words of a body sentence."""
COPY_WORDS = 25
"""A longer run of one source's words may stand as quotation only."""
LOOSE = 0.5
"""From this share of words on another source is likely to tell the same: enough to rank by, not to cite."""
SHARED = 3
"""Words that another source must share to be near at all."""
FORMS = 8
LONGER = 1.2
"""How much longer a copy must be to be read in place of the original, which it then cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A span of an article (its place in the story) that tells a sentence; score 1 is its own source."""

    article: int
    group: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One wording of a fact with the independent sources that tell it, its own first."""

    text: str
    cites: tuple[Cite, ...]
    needs: tuple[frozenset[str], ...]

    @property
    def words(self) -> int:
        return count(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sentence of one article: its wordings (best first), where it stands, who else tells it loosely.

    `kept` tells that the brief's last revision has it. `who` is a person that the sentence names by surname alone, and `who_span` where the article introduces them.
    """

    forms: tuple[Form, ...]
    article: int
    group: int
    place: int
    line: int
    share: float
    told: frozenset[int]
    kept: bool = False
    who: Person | None = None
    who_span: tuple[int, int] | None = None

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
    def stems(self) -> frozenset[str]:
        return frozenset(stems(self.text))

    @property
    def bag(self) -> frozenset[str]:
        return bag(self.text)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as sentences and persons, and its windows of one or two sentences."""

    article: Article
    n: int
    group: int
    sentences: tuple[Sentence, ...]
    known: Mapping[str, Person]
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a sentence's words mean depends on the whole story."""

    letters: Letters
    surnames: frozenset[str]
    homes: bool
    rivals: frozenset[str]
    kept: frozenset[tuple[str, int]]
    """Article and start of the sentences that the last revision of the brief tells."""

    @classmethod
    def of(cls, readings: Sequence[Reading], kept: frozenset[tuple[str, int]] = frozenset()) -> Story:
        texts = [f"{r.article.title}\n{r.article.text}" for r in readings]
        return cls(
            letters=Letters.of(r.article.text for r in readings), surnames=frozenset(s for r in readings for s in r.known),
            homes=several_homes(texts), rivals=rivals(texts), kept=kept,
        )  # fmt: skip


def read(articles: Sequence[Article], groups: Sequence[int], dropped: Counter[str]) -> list[Reading]:
    """One reading for each copy group: of its earliest text, or of one that is a good deal longer."""
    best: dict[int, int] = {}
    for n, group in enumerate(groups):
        if group not in best or len(articles[n].text) > LONGER * len(articles[best[group]].text):
            best[group] = n
    return [_reading(articles[n], n, groups[n], dropped) for n in sorted(best.values())]


def _reading(article: Article, n: int, group: int, dropped: Counter[str]) -> Reading:
    sentences = tuple(prose(article, dropped))
    return Reading(
        article=article, n=n, group=group, sentences=sentences, known=people(sentences),
        windows=tuple(_windows(article, sentences)),
    )  # fmt: skip


def _windows(article: Article, sentences: Sequence[Sentence]) -> Iterator[Window]:
    for i, first in enumerate(sentences):
        near = " ".join([article.title, *(s.raw for s in sentences[max(0, i - 2) : i])])
        yield Window(start=first.start, end=first.end, text=first.raw, near=near)
        if i + 1 < len(sentences) and sentences[i + 1].line == first.line:
            both = article.text[first.start : sentences[i + 1].end]
            yield Window(start=first.start, end=sentences[i + 1].end, text=both, near=near)


def gather(
    readings: Sequence[Reading],
    withheld: list[str],
    dropped: Counter[str],
    kept: frozenset[tuple[str, int]] = frozenset(),
) -> list[Fact]:
    """Every usable sentence; what fails the check is noted in `withheld`, what cannot stand is counted in `dropped`."""
    story = Story.of(readings, kept)
    facts: list[Fact] = []
    for reading in readings:
        others = [r for r in readings if r.group != reading.group]
        found = (_fact(reading, i, others, story, withheld, dropped) for i in range(len(reading.sentences)))
        facts += [fact for fact in found if fact]
    return facts


def _fact(
    reading: Reading, i: int, others: Sequence[Reading], story: Story, withheld: list[str], dropped: Counter[str]
) -> Fact | None:
    sentence = reading.sentences[i]
    plain = edited(sentence.raw)
    text, who = _person(_thing(plain, reading, i), reading, i)
    text = reported(text, story.letters) or text
    if who is None:
        text, who = _person(text, reading, i)
    texts = _standing(text, sentence.raw, who, story, dropped)
    if not texts:
        return None
    near = _near(text, others)
    own = Cite(article=reading.n, group=reading.group, start=sentence.start, end=sentence.end, score=1.0)
    forms = []
    for form in texts:
        literal = _literal(form, plain, who)
        if why := check(literal, sentence.raw, reading.article.text[: sentence.start]):
            withheld.append(f"{reading.article.outlet or reading.article.id}: {form[:60]} ({why})")
            continue
        forms.append(
            Form(
                text=form,
                cites=(own, *_cites(form, near)),
                needs=(*needs(form, reading.article.text), *_unknown(form, reading, story.surnames)),
            )
        )
    if not forms:
        return None
    met = who and reading.sentences[who.at]
    return Fact(
        forms=tuple(sorted(forms, key=_worth)), article=reading.n, group=reading.group, place=sentence.place,
        line=sentence.line, share=sentence.place / max(1, len(reading.sentences)),
        told=frozenset(r.group for r, windows in near if windows), who=who,
        kept=(reading.article.id, sentence.start) in story.kept, who_span=(met.start, met.end) if met else None,
    )  # fmt: skip


def _unknown(form: str, reading: Reading, surnames: frozenset[str]) -> Iterator[frozenset[str]]:
    """Persons that another article introduces and this one names by surname alone."""
    for name in surnames - reading.known.keys():
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", form):
            alone = not re.search(rf"\b[A-Z][\w'.-]+ {re.escape(name)}\b", form)
            if alone:
                yield frozenset({stem(name.lower())})


def _worth(form: Form) -> tuple[int, bool, int]:
    """More sources first, then wordings of at most 28 words, then the one that tells more."""
    return (-len(form.cites), form.words > 28, -form.words)


def _standing(text: str, raw: str, who: Person | None, story: Story, dropped: Counter[str]) -> list[str]:
    """The wordings of a sentence that can stand alone and copy no long run."""
    fit = []
    reason = ""
    for form in [text, *_forms(text, story)]:
        whole = introduced(form, who) if who else form
        if why := refused(whole):
            reason = reason or why
        elif who and re.search(rf"{re.escape(who.surname)},? said (?:that )?(?:it|they|its|their)\b", form):
            reason = reason or "loose pronoun"
        elif unclear(form, story.homes, story.rivals):
            reason = reason or "one of two"
        elif count(form) > LONGEST or longest_run(form, raw) > COPY_WORDS:
            reason = reason or "too long"
        else:
            fit.append(form)
    if not fit and reason:
        dropped[reason] += 1
    return fit[:FORMS]


def _forms(text: str, story: Story) -> Iterator[str]:
    """Shorter wordings, and the attribution in front where it stood behind: that also breaks a copied run."""
    turned = fronted(text, story.letters)
    if turned:
        yield turned
    yield from shorter(text)
    if turned:
        yield from shorter(turned)


def _near(text: str, others: Sequence[Reading]) -> list[tuple[Reading, list[Window]]]:
    """For each other source the windows that share at least half of the sentence's words."""
    return [
        (r, [w for w in r.windows if overlap(text, w.text) >= 0.4 and len(bag(text) & bag(w.text)) >= SHARED])
        for r in others
    ]


def _cites(form: str, near: Sequence[tuple[Reading, Sequence[Window]]]) -> Iterator[Cite]:
    """The best window of each other source that passes every gate; one sentence before two."""
    for reading, windows in near:
        fit = [w for w in windows if not unsupported(form, w) and longest_run(form, w.text) <= COPY_WORDS]
        if fit:
            best = max(fit, key=lambda w: (overlap(form, w.text) - 0.001 * len(w.text.split()), -w.start))
            score = round(overlap(form, best.text), 3)
            yield Cite(article=reading.n, group=reading.group, start=best.start, end=best.end, score=score)


ROLE = re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Oo]ne) (?:[\w-]+ ){{0,2}}{OFFICE}\b")
SAYING_WORD = re.compile(rf"\b{SAYING}\b|\"")
PRONOUN = re.compile(
    r"^(?:He|She)(?= (?:said|told|added|warned|argued|called|wants|declined|noted|urged|asked|rejected|promised)\b)|(?<=, )(?:he|she)(?= (?:said|added|argued|warned)\b)|(?<=,\" )(?:he|she)(?= (?:said|added|argued|warned)\b)"
)


def _person(text: str, reading: Reading, i: int) -> tuple[str, Person | None]:
    """The sentence with "he said" as a surname, and the person that it names by surname alone."""
    if match := PRONOUN.search(text):
        person = _meant(reading, i)
        if person is None:
            return text, None
        return text[: match.start()] + person.surname + text[match.end() :], person
    lone = [p for p in named(text, reading.known) if not _whole(p, text)]
    return text, lone[0] if len(lone) == 1 else None


IT = re.compile(
    r"^It(?= (?:will|would|has|had|is|was|can|could|may|must|does|did|also|applies|covers|requires|includes|[a-z]+ed)\b)"
)
RIVAL = re.compile(r"\b(?:an?|another|its|the|this|each|every) (?:[a-z-]+ ){0,2}[a-z-]*[a-rt-z]\b")


def _thing(text: str, reading: Reading, i: int) -> str:
    """The sentence with the thing in place of an opening "It", where the sentence before is about one thing alone."""
    if not IT.match(text) or i == 0 or reading.sentences[i - 1].line != reading.sentences[i].line:
        return text
    before = edited(reading.sentences[i - 1].raw)
    words = before.split()
    verb = next((n for n in range(1, min(6, len(words))) if certain(words[n].lower(), words[n - 1].lower())), 0)
    subject = " ".join(words[:verb])
    one = re.fullmatch(r"(?:The|An?) [a-z][\w -]*[a-rt-z]|(?:The )?[A-Z][\w-]*(?: [A-Z][\w-]*)*", subject)
    if not one or ROLE.match(subject) or named(subject, reading.known) or SAYING_WORD.search(before):
        return text
    return text if RIVAL.search(" ".join(words[verb:])) else IT.sub(subject, text)


def _meant(reading: Reading, i: int) -> Person | None:
    """The one person that the sentence before names, who speaks or acts in it; it may end the paragraph before."""
    if i == 0 or reading.sentences[i - 1].line < reading.sentences[i].line - 1:
        return None
    before = reading.sentences[i - 1].raw
    found = named(before, reading.known)
    if len(found) != 1 or (ROLE.search(before) and found[0].full not in before):
        return None
    persons = {m.group().split()[-1].removesuffix("'s") for m in PERSON.finditer(before)} - {found[0].surname}
    at = before.find(found[0].surname)
    acts = before[:at].count(" ") < 6 or re.search(
        rf"{re.escape(found[0].surname)}(?:, [^,]*,)? {SAYING}\b|{SAYING} [^.]*{re.escape(found[0].surname)}", before
    )
    return found[0] if acts and not persons & reading.known.keys() else None


def _whole(person: Person, text: str) -> bool:
    return person.full in text or re.search(rf"\b[A-Z][\w'.-]+ {re.escape(person.surname)}\b(?<!^)", text) is not None


def _literal(form: str, plain: str, who: Person | None) -> str:
    """The wording as the source sentence has it, for the check: a surname that stands for "he" is one again."""
    if who and who.surname not in plain:
        said = re.search(r"\b(?:[Ss]he|[Hh]e)\b", plain)
        return re.sub(rf"\b{re.escape(who.surname)}\b", said[0] if said else "he", form, count=1)
    return form


def introduced(text: str, who: Person) -> str:
    """The sentence with the person's full name and office in place of the surname."""
    match = re.search(rf"(?:\b(?:{TITLE}) )?(?<![\w-]){re.escape(who.surname)}(?![\w-])", text)
    if match is None:
        return text
    after = text[match.end() :]
    subject = re.match(
        r" (?:said|told|added|warned|argued|called|wants|noted|urged|asked|would|has|will|was|is)\b", after
    )
    name = who.introduced if (subject or who.before) and match.start() == 0 else who.full
    if after.startswith("'s"):
        name = who.full
    if match.start() == 0:
        name = name[:1].upper() + name[1:]
    return text[: match.start()] + name + after


TITLE = r"President|Premier|Prime Minister|Minister|Secretary|Senator|Chancellor|Commissioner|Governor|Deputy|Director"
