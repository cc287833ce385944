"""Nouns that a text points at with "the", which of them are alike, and whether a brief has named one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache

from pipeline.stages.draft.language.words import stem

SAME = (
    "agreement pact deal memorandum accord treaty convention compact understanding settlement",
    "programme program plan project scheme initiative effort undertaking strategy launched",
    "bill law act legislation text statute",
    "rule rules regulation regulations",
    "amendment change clause",
    "exemption carve-out carveout exception",
    "company firm maker startup start-up developer lab laboratory",
    "report study paper document findings analysis",
    "summit meeting conference gathering forum",
    "talks negotiations discussions",
    "session debate hearing",
    "regulator authority watchdog",
    "department ministry",
    "statement declaration communique",
    "money investment budget sum million billion euros dollars pounds kroner crowns",
    "model models system systems tool tools",
    "chip chips processor processors gpu gpus accelerator accelerators semiconductors",
    "order decree directive",
    "country countries nation nations government governments state states",
    "vote ballot voted votes",
    "panel committee",
    "centre center hub",
    "license licence licensing licensed",
    "restrictions curbs controls ban",
    "limit limits threshold thresholds cap ceiling",
    "case lawsuit suit court courts",
    "cost costs price budget",
    "inquiry investigation probe",
    "withdrawal takedown",
    "delay postponement",
    "minister ministers",
    "leaders presidents ministers premiers chancellors",
)
ALIKE: dict[str, frozenset[str]] = {}
for _group in SAME:
    for _word in _group.split():
        ALIKE[stem(_word)] = ALIKE.get(stem(_word), frozenset()) | {stem(w) for w in _group.split()}
WIDER = {
    "requirement": "rule regulation",
    "text": "resolution declaration statement convention treaty agreement accord pact guideline charter draft recommendation",
    "measure": "bill law act rule ban order tariff resolution amendment requirement",
    "regulator": "agency commission authority watchdog ombudsman",
    "agreement": "partnership declaration",
    "meeting": "dialogue session talks round",
    "round": "dialogue session talks meeting summit",
    "chamber": "parliament senate",
    "signatories": "sign joined",
    "signatory": "sign joined",
    "document": "declaration resolution treaty agreement memorandum accord letter guideline code",
}
"""What a noun may point at, though the other may not point at it."""
BROADER = {stem(noun): frozenset(map(stem, those.split())) for noun, those in WIDER.items()}
POINTING = frozenset(
    stem(w)
    for w in (
        " ".join(SAME)
        + " institute agency body office bureau commission board council group measure amendment announcement review court regulator opposition cabinet company firm minister official man woman organisation organization product platform site "
        "proposal decision move newspaper letter ruling case lawsuit university centre center campaign project coalition "
        "alliance consortium partners partner researchers authors ministers leaders sides parties pair duo trio figure list "
        "restriction restrictions limit limits guidelines framework network event promise offer duty "
        "task mandate deadline threshold list letter poll session debate dispute incident attack breach leak requirement "
        "period condition penalty arrangement request appeal criticism objection recommendation finding findings shift approach "
        "allegation allegations accusation accusations claim claims organisation forum hub facility machine machines computers timing timetable audit register exchange "
        "contract tender row notice notices notification petition pilot trial paperwork fine loan clause passage wording motion damage ceremony signing signature "
        "total terms outcome result results formula delay team format round rounds problem method step contribution payment launch takedown withdrawal exercise "
        "foundation federation union supplier suppliers buyer claimant bidder applicants borrowers negotiators signatories drafters founders hosts version versions draft "
        "comparison idea annex complaint mechanism text inquiry judgment transcripts builds link difference dam city building section article calculation saving subsidies issue overlap advice principle material "
        "recordings permission equipment hardware jobs drones charge suspicion impasse deadlock stalemate standoff backlash walkout boycott shutdown outage standard standards obligation resolution chamber term gap"
    ).split()
)
"""Nouns that seldom stand with "the" unless somebody has spoken of them."""
UNIQUE = frozenset(
    stem(w)
    for w in (
        "world internet public future past end time way number same one most press sector industry field technology "
        "economy market law state sun environment climate country capital region continent web media military risk "
        "use potential need right ability chance first last only best largest biggest latest middle north south east "
        "west second third hope fact point extent question majority rest lack "
        "kind goal aim effect impact role value share rate level power risks harms dangers early late beginning start"
    ).split()
)
ACTION = re.compile(r"^(?=\w{7})\w+(?:[ts]ion|ment|ance|ence|[sw]al|ure)s?$")
"""A noun for what somebody did,"""
GENERAL = frozenset(
    "information intelligence population competition education computation innovation environment science audience government parliament experience "
    "constitution commission convention nation generation position treatment development infrastructure future nature literature agriculture culture "
    "production application applications operations regulation legislation investment equipment administration opposition capital".split()
)
"""and nouns that look like one."""
NOMINAL = re.compile(r"(?:ion|ment|ance|ence|al|ure)s?$")
EVENT = frozenset({stem("decision")})
"""What a sentence may open on right away: it means the story itself."""
HOME = frozenset(stem(w) for w in "government parliament senate president police".split())

KNOWN = frozenset(
    "AI US UN EU UK UAE USA CEO CTO NATO WHO WTO OECD UNESCO BRICS ASEAN IMF GPU GPUS API PDF IBM BBC NASA GDP G7 G20 "
    "COVID LLM LLMS AMD FBI CIA IT PR OK TV II III IV".split()
)
"""Short names that every reader knows."""


def points(noun: str) -> bool:
    """Whether a text that says "the" with a noun most likely has spoken of the thing.

    >>> points("threshold"), points("exclusion"), points("information")
    (True, True, False)
    """
    return stem(noun) in POINTING or (ACTION.match(noun) is not None and noun not in GENERAL)


def likes(noun: str) -> frozenset[str]:
    """The stems of which a text has one that has spoken of a noun's thing: its own, its verb's and those of its like.

    >>> met([likes("exclusion")], heard(["exclud"])), met([likes("ratification")], heard([stem("ratify")]))
    (True, True)
    """
    verb = NOMINAL.sub("", noun)
    if noun.endswith("ification"):
        verb = stem(f"{noun.removesuffix('ication')}y")
    return (
        frozenset({stem(noun), *([verb] if len(verb) > 4 else [])})
        | ALIKE.get(stem(noun), frozenset())
        | BROADER.get(stem(noun), frozenset())
    )


def heard(stems_: Iterable[str]) -> frozenset[str]:
    """What a brief has told, for `met`: each stem whole, its beginnings of five letters and more, four of a short one."""
    return frozenset().union(*map(_beginnings, stems_))


@lru_cache(maxsize=20_000)
def _beginnings(s: str) -> frozenset[str]:
    return frozenset((f"{s}$", *(s[:n] for n in range(5, len(s) + 1)), *([s[:4]] if len(s) < 7 else [])))


def met(wanted: Iterable[frozenset[str]], told: Set[str]) -> bool:
    """Whether of each set a stem was heard; the last letter of a longer one may differ (advice, advised).

    >>> met([frozenset({"advic"})], heard(["advis"])), met([frozenset({"commiss"})], heard(["commerc"]))
    (True, False)
    """
    return all(any(_heard_as(w) in told for w in need) for need in wanted)


def _heard_as(w: str) -> str:
    """How a stem stands among what was told: a ministry is no minister, and a party no part."""
    return f"{w}$" if len(w) < 5 else w if w in {"ministr", "party"} else w[: max(4, len(w) - 1)]
