"""Which facts go on from one another: what an article tells side by side is told side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.stages.draft.facts import COPY_WORDS, Fact, Form
from pipeline.stages.draft.language.words import tokens
from pipeline.stages.draft.wording.apart import variants

NEXT, NEAR = 1.0, 0.5
"""How well a sentence goes on from the one before it in its article, and from the one before that."""
LIKELY = 0.8
"""From this share on a fact tells what the sentence before does."""
MOSTLY = 0.7
"""The share of its words that a fact keeps for the sake of its neighbor."""
RUN = 3
"""Sentences that are weighed as one,"""
MOST = 4
"""and those that stand in one paragraph at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """How well facts go on from one another.

    `texts` are those of the articles, of which no long run may be copied; `tells` says how much of a sentence of an article (its number, the sentence's place) a fact tells.
    """

    texts: tuple[str, ...]
    tells: Callable[[Fact, int, int], float]
    known: dict[tuple[int, int, int, int], float] = field(default_factory=dict)

    def onto(self, fact: Fact, other: Fact) -> float:
        """How well a fact goes on from another one: 0 where it does not.

        It does from the sentence before it in its article, whichever source's wording tells that.
        """
        key = (fact.article, fact.place, other.article, other.place)
        if key not in self.known:
            near = self._near(fact, other)
            self.known[key] = near if near and self.apart(other, fact) else 0.0
        return self.known[key]

    def _near(self, fact: Fact, other: Fact) -> float:
        if fact.before is None:
            return 0.0
        if fact.article == other.article and fact.place - other.place in {1, 2}:
            return NEXT if fact.place - other.place == 1 else 0.0 if fact.behind else NEAR
        if fact.behind:
            return 0.0
        told = any(c.article == fact.article and c.start <= fact.before[0] < c.end for c in other.cites[1:])
        return NEXT if told else NEAR if self.tells(other, fact.article, fact.place - 1) > LIKELY else 0.0

    def apart(self, one: Fact, other: Fact) -> bool:
        """Whether some wordings of two facts may stand side by side."""
        if _place(other) != (one.article, one.place + 1):
            return True
        pairs = ((a, b) for ways in (_full, wordings) for a in ways(one) for b in ways(other))
        return any(not runs_on(a.text, b.text, self.texts) for a, b in pairs)

    def runs(
        self, facts: Sequence[Fact], first: Sequence[Fact], ready: Callable[[Fact, Sequence[Fact]], bool]
    ) -> Iterator[tuple[Fact, ...]]:
        """Facts that an article tells one after another, up to RUN of them: one of the `first` ones, then each that is ready once those before it are told."""
        at = {(f.article, f.place): f for f in facts}
        for fact in first:
            run: tuple[Fact, ...] = (fact,)
            yield run
            while len(run) < RUN:
                ahead = [at.get((run[-1].article, run[-1].place + n)) for n in (1, 2)]
                following = next((f for f in ahead if f and self.onto(f, run[-1])), None)
                if following is None or not ready(following, run):
                    break
                run = (*run, following)
                yield run

    def chained(self, lead: Fact, body: Sequence[Fact]) -> list[list[Fact]]:
        """The facts as chains, each going on from the one before; the first goes on from the lead and may be empty."""
        after: dict[int, Fact] = {}
        taken: set[int] = set()
        ways = [(self.onto(f, g), g, f) for f in body for g in (lead, *body) if g is not f]
        for worth, giver, fact in sorted(ways, key=lambda w: (-w[0], *_place(w[2]), *_place(w[1]))):
            free = worth and id(giver) not in after and id(fact) not in taken
            if free and all(f is not giver for f in _rest(fact, after)):
                after[id(giver)] = fact
                taken.add(id(fact))
        return [list(_rest(lead, after)), *([f, *_rest(f, after)] for f in body if id(f) not in taken)]


def _place(fact: Fact) -> tuple[int, int]:
    return fact.article, fact.place


def goes_on(fact: Fact, last: Fact, *, told: bool = False) -> bool:
    """Whether a fact that leans on the sentence before it in its article can stand behind the last, or where that is `told` in its wording."""
    return _place(last) == (fact.article, fact.place - 1) and any(f.whole for f in last.forms[: 1 if told else None])


def _rest(fact: Fact, after: dict[int, Fact]) -> Iterator[Fact]:
    while found := after.get(id(fact)):
        yield found
        fact = found


def runs_on(before: str, text: str, texts: Sequence[str]) -> bool:
    """Whether a sentence behind others makes a longer run of one source's words than may be copied."""
    runs = _runs((*tokens(before)[-COPY_WORDS:], *tokens(text)))
    return any(not _copied(source).isdisjoint(runs) for source in texts) if runs else False


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The runs of one word more than may be copied."""
    return [words[n : n + COPY_WORDS + 1] for n in range(len(words) - COPY_WORDS)]


@lru_cache(maxsize=400)
def _copied(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_runs(tokens(text)))


def wordings(fact: Fact) -> list[Form]:
    """What the last revision says, the fact's own wordings that tell most of it, then those that say the same in slightly other words."""
    full = _full(fact)
    every = [*full, *(replace(form, text=text) for form in full for text in variants(form.text))]
    return sorted(every, key=lambda form: form.text != fact.kept) if fact.kept else every


def _full(fact: Fact) -> list[Form]:
    return [f for f in fact.forms if f.words >= MOSTLY * fact.forms[0].words]


def worded(paragraphs: Sequence[Sequence[Fact]], texts: Sequence[str], withheld: list[str]) -> list[list[Fact]]:
    """The facts in wordings that together copy no long run: one without such a wording waits for the next, or is noted in `withheld`."""
    told: list[tuple[int, Fact]] = []
    waiting: list[Fact] = []
    after = [f for facts in paragraphs for f in facts][1:]
    for n, facts in enumerate(paragraphs):
        for at, fact in enumerate(facts):
            leaned = bool(after and after[0].behind and goes_on(after[0], fact))
            after = after[1:]
            for each in (fact, *waiting):
                full = each is not fact and sum(m == n for m, _ in told) + len(facts) - at > MOST
                if not full and (found := _apart(each, [f for _, f in told], texts, whole=leaned)):
                    told = [*((m, f) for (m, _), f in zip(told, found, strict=False)), (n, found[-1])]
                    waiting = [f for f in waiting if f is not each]
                elif each is fact and not fact.behind:
                    waiting.append(fact)
    withheld += [f"long run of one source: {f.text[:60]}" for f in waiting]
    return [facts for n in range(len(paragraphs)) if (facts := [f for m, f in told if m == n])]


def _apart(fact: Fact, before: Sequence[Fact], texts: Sequence[str], *, whole: bool) -> list[Fact] | None:
    """The facts before and this one in a wording that copies no long run, or with the last of them in another, too."""
    if fact.behind and not (before and goes_on(fact, before[-1], told=True)):
        return None
    said = " ".join(f.text for f in before)
    forms = sorted(wordings(fact), key=lambda f: whole and not f.whole)
    if form := next((f for f in forms if not runs_on(said, f.text, texts)), None):
        return [*before, fact.in_form(form)]
    if len(before) > 1:
        said = " ".join(f.text for f in before[:-1])
        for last in wordings(before[-1]):
            if (last.whole or not fact.behind) and not runs_on(said, last.text, texts):
                form = next((f for f in forms if not runs_on(f"{said} {last.text}", f.text, texts)), None)
                if form:
                    return [*before[:-1], before[-1].in_form(last), fact.in_form(form)]
    return None
