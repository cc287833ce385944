"""Pronouns whose noun no word of their sentence can be."""

from __future__ import annotations

import re

from pipeline.stages.draft.language.verbs import AUXILIARY
from pipeline.stages.draft.language.words import CAPITAL, FREE, tokens
from pipeline.stages.draft.texts.people import bare_name

SPEAKER = (
    r"(?:official|spokes(?:man|woman|person)|source|author|expert|representative|analyst|researcher|professor|executive|"
    r"diplomat|delegate|lawmaker|senator|[Mm]inister|[Ss]ecretary|[Ss]peaker|adviser|advisor|lawyer|engineer|campaigner|envoy|critic|"
    r"leader|politician|[Pp]remier|[Pp]resident|[Dd]irector|[Cc]hancellor|[Aa]mbassador|[Cc]ommissioner|[Gg]overnor|founder|economist|scientist)"
)
"""One person of whom a sentence before has spoken."""
PERSONAL = re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself)\b", re.I)
SAYS_IT = re.compile(
    rf"^(?!The )(?P<who>(?:[{CAPITAL}][\w'-]+\.? ?){{2,3}})\b(?: (?:of|from|at) [^.,]*|, (?:who\b|(?:[\w-]+ ){{0,4}}{SPEAKER}\b)[^,]*,) (?:said|argued|warned|noted|added|told \w+) (?:that )?it\b"
)
"""A person who speaks of a thing that nobody has named."""
NEUTER = re.compile(r"\b(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Tt]hem|itself|themselves|theirs)\b")
EXPLETIVE = re.compile(
    r"\b(?:it|It) (?:is|was|would be|will be|has been|remains|became|seems|appears|took|takes)(?: not)? (?:[a-z]+ly )?[a-z]+ (?:that|to|for|whether|how|if|who|until|when)\b|"
    r"\b(?:make|makes|made|making|found|find|finds|think|thinks|consider|considers) it \w+"
)
PERSON = re.compile(
    r"\b[A-Z][\w'.-]+(?: (?:[a-z]{2,3} )?[A-Z][\w'-]+){1,5}|\b(?:President|Minister|Secretary|[Pp]resident|[Mm]inister|[Dd]irector|"
    r"[Rr]esearcher|[Ll]awyer|[Oo]fficial|[Pp]rofessor|[Cc]hair\w*|[Ss]pokes\w+|man|woman|person|[Ee]ngineer|[Ff]ounder)\b|"
    r"^[A-Z][a-z\u00e0-\u024f-]+ (?:said|told|added|warned|argued|wants)\b|, [A-Z][a-z-]+ said,"
)
LONE_OBJECT = re.compile(
    r"^(?!.*?[,;].* (?:them|it|him)\b)(?:(?!that\b|which\b|who\b|when\b|because\b|if\b|while\b|as\b|before\b|after\b|and\b|but\b|"
    r"to\b|until\b|where\b|said\b|whether\b|how\b|so\b|since\b|of\b|for\b)[\w'-]+ )+"
    r"(?:them|him|it(?! (?:is|was|will|would|has|had|could|can|may|should|might|must|\w+s)\b))\b"
)
"""An object of the first clause cannot be its subject: what it means stands outside the sentence."""
JOINED_OBJECT = re.compile(
    r"^(?!.*\b(?:that|which|who|when|because|if|while)\b.*\b(?:them|him)\b)[^,;]*?\b(?:have|has|had) \w+ed (?:them|him)\b"
)


def loose(text: str) -> bool:
    """Whether a pronoun's noun cannot stand before it in the sentence.

    >>> loose("They sold Lund its cranes."), loose("The port of Lund sold its cranes.")
    (True, False)
    """
    personal = PERSONAL.search(text)
    if personal and not any(_person(m.group()) for m in PERSON.finditer(text[: personal.start()])):
        return True
    if LONE_OBJECT.match(text) or JOINED_OBJECT.match(text):
        return True
    said = SAYS_IT.match(EXPLETIVE.sub("x", text))
    if said and bare_name(said["who"]):
        return True
    plain = EXPLETIVE.sub(lambda m: re.sub(r"\bit\b", "x", m[0]), text)
    return any(not _held(plain[: m.start()], m[0].lower()) for m in NEUTER.finditer(plain))


def _person(found: str) -> bool:
    """Whether what PERSON found is no institution's name."""
    return (
        found.count(" ") == 0
        or found[0] == ","
        or " said" in found
        or any(bare_name(name) for name in (found, found.partition(" of ")[0], " ".join(found.split()[-2:])))
        or not found[0].isupper()
    )


TIMES = frozenset("months years days weeks hours minutes times".split())


def _held(before: str, pronoun: str) -> bool:
    """Whether a noun for it (one thing) or them (many) can stand in the words before."""
    words = before.split()
    if sum(t not in FREE for t in tokens(before)) < 2 and words[:1] != ["The"]:
        return pronoun in {"it", "its"} and len(words) > 1 and _is_verb(words[1])
    if pronoun in {"they", "their", "them", "themselves", "theirs"}:
        return (
            any(
                w.strip(",.") not in TIMES
                and len(w) > 3
                and w.rstrip(",").endswith(("s", "people", "ren", "men"))
                and w not in FREE
                for w in words
            )
            or " and " in before
        )
    named = re.search(
        r"\b(?:[Aa]n?|[Tt]he|[Ee]ach|[Ee]very|[Nn]o|[Aa]ny) [\w-]+|(?<=\s)(?<!\band )[A-Z]\w+|^\w+'s \w+", before
    )
    return bool(named) or (len(words) > 1 and _is_verb(words[1]))


def _is_verb(word: str) -> bool:
    return word in AUXILIARY or word.endswith("ed") or word in {"said", "plans", "wants", "needs", "has"}
