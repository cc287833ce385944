"""Who speaks: each verb of saying with its subject, and whether a claim gives a saying to somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.stages.draft.evidence.strict.lexicon import INVERTIBLE, PREPOSITIONS, SAYING, SHOWING
from pipeline.stages.draft.evidence.strict.reading import Sign

Signs = Sequence[Sign]
NOUN_CUES = frozenset("a an the of this that its his her their no any".split())
PERSONAL = frozenset("he she they it i we you".split())
WHEN = frozenset("today yesterday later earlier recently".split())
"""What may stand between a speaker and the verb, and is none."""


def misattributed(claim: Signs, sources: Sequence[Signs], known: frozenset[str]) -> str:
    """A verb of saying whose subject is no speaker in the sentences; `known` are forms that a pronoun stands for."""
    heard = [speaker for source in sources for _, speaker in speakers(source, every=True)]
    for _, mine in speakers(claim):
        named = {s.form for s in mine if s.bears}
        if not named:
            continue
        if not any(_one_speaker(mine, {s.form for s in theirs} | known) for theirs in heard):
            return f"speaker: {' '.join(s.word for s in mine if s.bears)}"
    return ""


def _one_speaker(mine: Signs, theirs: set[str]) -> bool:
    """Whether the head of the claim's subject is in the source's, and no other name is."""
    names = [s.form for s in mine if s.capital and s.bears and (s.place or len(mine) == 1 or mine[1].capital)]
    bears = [s.form for s in mine if s.bears]
    wanted = names or bears[-1:]
    return all(form in theirs for form in wanted)


def speakers(signs: Signs, *, every: bool = False) -> Iterator[tuple[Sign, list[Sign]]]:
    """Each verb of saying with its subject: the words before it in its clause, or after it where it comes first.

    With `every`, all that may be the subject where that cannot be told.
    """
    for verb in signs:
        if verb.word == "according":
            yield verb, _after(signs, verb)
        elif (verb.word in SAYING or (every and verb.word in SHOWING)) and not _is_noun(verb, signs):
            subject = _before(signs, verb)
            if {s.word for s in subject} & PERSONAL and not every:
                continue
            if any(s.bears for s in subject):
                yield verb, subject
                continue
            after = _after(signs, verb) if verb.word in INVERTIBLE else []
            if after and after[0].capital and not every:
                yield verb, after
            else:
                yield verb, [*_outer(signs, verb, every=every), *after]


def _is_noun(verb: Sign, signs: Signs) -> bool:
    """Whether the word is no verb of saying here: a noun, or "concluded with a vote"."""
    before = signs[verb.place - 1].word if verb.place else "the"
    after = signs[verb.place + 1].word if verb.place + 1 < len(signs) else ""
    if verb.word == "concluded" and after != "that":
        return True
    return verb.capital or before in NOUN_CUES or (verb.word.endswith("s") and verb.word not in {"says", "tells"})


def _before(signs: Signs, verb: Sign) -> list[Sign]:
    subject: list[Sign] = []
    for sign in reversed(signs[: verb.place]):
        if sign.word in WHEN:
            continue
        if sign.clause != verb.clause or sign.word in {"that", "and", "but", "when", "because", "while", "as"}:
            if sign.word == "and" and subject and all(s.capital or not s.bears for s in subject):
                continue
            break
        subject.insert(0, sign)
    return subject


def _after(signs: Signs, verb: Sign) -> list[Sign]:
    subject: list[Sign] = []
    for sign in signs[verb.place + 1 :]:
        if sign.clause != verb.clause or len(subject) > 8:
            break
        if sign.word in PREPOSITIONS and subject:
            break
        if sign.bears:
            subject.append(sign)
    return subject


def _outer(signs: Signs, verb: Sign, *, every: bool) -> list[Sign]:
    """The subject that stands apart from its verb: before a clause between commas, or before "voted and"."""
    before = next((s for s in reversed(signs[: verb.place]) if not _beside(s, verb)), verb)
    if before.word in {"and", "but"}:
        clause = (
            before.clause
            if any(s.bears and s.place < verb.place for s in signs if s.clause == before.clause)
            else before.clause - 1
        )
        subject = [s for s in signs if s.clause == clause and s.bears and s.place < verb.place]
        return subject[:6] if every else subject[: max(1, len(list(takewhile(_is_capital, subject))))]
    named = [s for s in signs if s.clause == before.clause and s.place < verb.place]
    apposed = [s for s in named if s.bears] if named and all(s.capital for s in named) else []
    for clause in range(before.clause - 1, max(-1, before.clause - 3), -1):
        outer = [s for s in signs if s.clause == clause]
        if any(s.bears for s in outer):
            return [*outer, *apposed]
    return apposed


def _beside(sign: Sign, verb: Sign) -> bool:
    """Whether a word only helps a verb: "on Monday" or "has" of "Lund, the oldest port, has urged"."""
    return sign.word in WHEN or (sign.clause == verb.clause and not sign.bears and sign.word not in {"and", "but"})


def _is_capital(sign: Sign) -> bool:
    return sign.capital
