"""Roots: what remains of a word without its endings, so that "agreed" and "agreement" are compared as one."""

from __future__ import annotations

from functools import lru_cache

from pipeline.stages.draft.evidence.strict.lexicon import BRITISH, IRREGULAR, SAME

INFLECTIONS = ("ies", "ied", "ing", "ed", "es", "er", "ers", "or", "ors", "ly", "s")
DERIVED = tuple(
    """ators ator atives ative ations ation ments ment ions ion ities ity ances ance ences ence ates ated ating ate
    ives ive als al ists ist isms ism able ible ants ant ents ent ships ship ness""".split()
)
KEPT = frozenset(
    """police minister officer number member order center power water matter letter paper chapter quarter october
    september november december river winter summer former other another later after under over computer user
    never ever together whether rather either neither however father mother brother sister doctor sector factor
    major minor error color labor harbor favor honor director professor author ambassador senator governor mayor
    early only family july italy supply apply reply rely fly ally assembly monopoly anomaly hundred speed need feed
    seed deed breed united red bed thing king spring string ring wing evening morning during nothing something
    anything everything series species news always perhaps less across process progress congress access success
    business address express press class glass loss cross state station nation general generation
    universe university patent patient agent student president parent recent current center moment comment
    department parliament government document element cement experiment environment supplement implement capital
    animal hospital signal festival physical special social federal national international local global legal
    rival central mental total final formal normal original personal private senate
    climate debate rate date separate corporate chocolate plate climate mandate update exist list artist twist
    assist insist resist consist persist enlist table cable able enable stable version mission million billion
    trillion union opinion region religion season reason person fashion passion""".split()
)
"""Words whose last letters are no ending."""


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """The root of a word in small letters; words of one meaning in `lexicon.SAME` have one.

    >>> root("agreement") == root("agreed") == root("agrees")
    True
    >>> root("leader") == root("led"), root("harmless") == root("harmful"), root("police") == root("policy")
    (True, False, False)
    >>> root("organisation") == root("organizing"), root("purchases") == root("buying")
    (True, True)
    """
    bare = _bare(word)
    return SYNONYMS.get(bare, bare)


def _bare(word: str) -> str:
    word = IRREGULAR.get(word, word)
    for pattern, american in BRITISH:
        if len(word) > 6:
            word = pattern.sub(american, word)
    word = IRREGULAR.get(word, word)
    if word in KEPT or word.removesuffix("s") in KEPT:
        return word if word in KEPT else word.removesuffix("s")
    return _uninflected(_underived(word))


def _underived(word: str) -> str:
    for ending in DERIVED:
        if word.endswith(ending) and len(word) - len(ending) >= 5:
            return word.removesuffix(ending)
    return word


def _uninflected(word: str) -> str:
    for ending in INFLECTIONS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < (4 if ending in {"er", "ers", "or", "ors", "ly"} else 3):
            continue
        if (ending == "s" and word.endswith(("ss", "us", "is"))) or not any(c in "aeiouy" for c in stem):
            continue
        word = stem + "y" if ending in {"ies", "ied"} else stem
        break
    if word in KEPT:
        return word
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]  # planned, plan
    word = word.rstrip("e") if len(word.rstrip("e")) >= 3 else word
    return word[:-1] + "i" if len(word) > 4 and word.endswith("y") else word


SYNONYMS = {_bare(word): _bare(row.split()[0]) for row in SAME for word in row.split()}
