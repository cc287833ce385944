"""What the text of a page tells about the page: a whole article, or only what stands where one should be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.domain.link import canonical_link

ENOUGH = 250  # characters; less is a teaser, a stub or a wall
WALL_LENGTH = 1500  # a whole article may mention subscribing; a stub is short
WALL = re.compile(
    r"to continue reading|(?:to|and) read the (?:full|rest of the|whole) (?:article|story)|"
    r"continue reading (?:with|by)|"
    r"subscribe (?:now )?to (?:read|continue|unlock)|already a subscriber|for subscribers only|subscribers? only|"
    r"(?:log|sign) ?in to (?:read|continue|view)|create (?:a |your )?free account to|(?:article|story) is reserved for|"
    r"(?:enable|turn on|activate|requires?) javascript|javascript (?:is|seems to be) (?:disabled|required|not enabled)|"
    r"accept (?:all )?cookies (?:to|and) continue|"
    r"(?:we|this (?:web)?site|our partners)[^.\n]{0,60} us(?:e|es|ing) cookies|"
    r"manage (?:your )?cookie|cookie (?:settings|preferences|consent)|"
    r"(?:verify|verifying|checking) (?:that )?you(?:r browser| are (?:a )?human| are not a robot)|are you a robot|"
    r"weiterlesen mit|jetzt abonnieren|réservé aux abonnés|solo para suscriptores",
    re.IGNORECASE,
)
MISSING = re.compile(
    r"\b(?:404|410)\b.{0,20}\b(?:error|not found|gone)|\berror 404\b|page (?:was |could )?not (?:be )?found|"
    r"page (?:you (?:are looking for|requested)[^.]{0,40})?(?:does not|doesn.t|no longer) exist|"
    r"(?:article|story|page) (?:is no longer available|has been removed|has expired)|"
    r"seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?:…。！？”\"'’)\]]\s*$")
HEADLINES = 8  # lines; fewer are no list
WORD = re.compile(r"\w{4,}|\d+")
STEM = 5  # letters that two forms of a word share
SURE, ANOTHER = 0.5, 0.25  # shares of a title's words: from the first the page is right, below the second wrong
FEW_WORDS = 3  # a title of fewer says too little


def shortfall(title: str, text: str, *, not_free: bool = False) -> str:
    """Why a text is not the whole article, or "". `not_free`: the page says itself that it is not free to read.

    >>> shortfall("Talks", "Too little.")
    'only 11 characters'
    """
    if not text:
        return "no article text on the page"
    if len(text) < ENOUGH:
        return f"only {len(text)} characters"
    if len(text) < WALL_LENGTH:
        if MISSING.search(title) or MISSING.search(text[:ENOUGH]):
            return "a page that says the article is not there"
        if not_free or WALL.search(text):
            return "a subscription, cookie or script wall"
    if is_list(text):
        return "a list of headlines"
    return ""


def is_list(text: str) -> bool:
    """Whether nearly every line is a headline: short, and without the mark that ends a sentence."""
    lines = [line for line in text.split("\n") if line.strip()]
    heads = sum(len(line) < 120 and not ENDS.search(line) for line in lines)
    return len(lines) >= HEADLINES and heads >= 0.8 * len(lines)


def agreement(title: str, texts: Iterable[str]) -> float:
    """The share of a title's longer words, by their first letters, that the texts have; 1 for a title of few words.

    >>> agreement("Council adopts new rules", ["The council adopted the rules."])
    1.0
    """
    wanted = {w[:STEM] for w in WORD.findall(title.casefold())}
    if len(wanted) < FEW_WORDS:
        return 1.0
    found = " ".join(texts).casefold()
    return sum(word in found for word in wanted) / len(wanted)


def is_another(title: str, texts: Iterable[str], url: str, canonical: str) -> str:
    """Why a page is not the article that its feed announced, or "".

    A canonical address alone proves nothing (copies name the original), and headlines change: words decide.
    """
    share = agreement(title, texts)
    elsewhere = bool(canonical) and canonical_link(canonical) != canonical_link(url)
    if share < ANOTHER or (elsewhere and share < SURE):
        return "another article: the title's words are not on it" + (f", it names {canonical}" if elsewhere else "")
    return ""
