"""Subjects of sentences: what stands before the verb, and whether two of them are one."""

from __future__ import annotations

import re

from pipeline.stages.draft.language.content import bag
from pipeline.stages.draft.language.nouns import ALIKE
from pipeline.stages.draft.language.verbs import certain
from pipeline.stages.draft.language.words import stem, stems, tokens

SUBJECT_WORDS = 9


def same(mine: str, theirs: str) -> bool:
    """Whether two subjects are one: the same words, or a name and its first letters.

    >>> same("The Harbor Trade Commission", "The HTC"), same("The Harbor", "The harbor's engineers")
    (True, False)
    """
    initials = "".join(re.findall(r"\b[A-Z](?=[a-z])", mine.removeprefix("The ")))
    return _words(mine) == _words(theirs) or (len(initials) > 2 and theirs.removeprefix("The ") == initials)


def _words(subject_: str) -> list[str]:
    return [next(iter(bag(t)), t) for t in tokens(subject_) if t not in {"the", "a", "an"}]


def follows(subject_: str, main: str) -> bool:
    """Whether the subject is a thing or somebody that the main fact names.

    >>> follows("The first grants", "Oslo opened a fund of grants."), follows("Traders", "Oslo opened a fund.")
    (True, False)
    """
    named = set(stems(main))
    like = {w for s in stems(subject_) for w in ALIKE.get(s, frozenset()) | {s}}
    heads = {stem(w.lower()) for w in re.findall(r"[\w-]+", subject_)[-1:]}
    return bool(like & named) and (
        bool(heads & named) or subject_.startswith(("The ", "Its ")) or subject_[0].isupper()
    )


def subject(text: str) -> str:
    """The words before a sentence's first finite verb; nothing where none stands near.

    >>> subject("The outer panel will report in May."), subject("In May, of all months, while nobody looked on, it ended.")
    ('The outer panel', '')
    """
    words = text.split()
    for n in range(1, min(SUBJECT_WORDS, len(words))):
        if words[n][:1].islower() and certain(words[n].lower(), words[n - 1].lower()):
            found = " ".join(words[:n])
            return "" if "," in found else found
    return ""
