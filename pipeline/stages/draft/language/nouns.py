"""Nouns that a text points at with "the", which of them are alike, and whether a brief has named one."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache

from pipeline.stages.draft.language.words import stem

SAME = (
    "agreement pact deal memorandum accord treaty convention compact understanding",
    "programme program plan project scheme initiative effort undertaking strategy",
    "bill law act legislation text statute",
    "rule rules regulation regulations requirement requirements",
    "amendment change clause",
    "exemption carve-out carveout exception",
    "company firm maker startup start-up developer lab laboratory",
    "report study paper document findings analysis",
    "summit meeting conference gathering talks forum",
    "session debate hearing",
    "regulator authority watchdog",
    "department ministry",
    "statement declaration communique",
    "money investment budget sum million billion euros dollars pounds kroner crowns",
    "model models system systems tool tools",
    "order decree directive",
    "country countries nation nations government governments state states",
    "vote ballot voted votes",
    "panel committee",
    "centre center hub",
    "license licence licensing licensed",
    "restrictions limits curbs controls ban",
    "minister ministers",
    "leaders presidents ministers premiers chancellors",
)
ALIKE: dict[str, frozenset[str]] = {}
for _group in SAME:
    for _word in _group.split():
        ALIKE[stem(_word)] = ALIKE.get(stem(_word), frozenset()) | {stem(w) for w in _group.split()}
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
        "contract tender row notice notices notification petition pilot trial paperwork fine loan clause passage wording motion damage ceremony signing signature"
    ).split()
)
"""Nouns that seldom stand with "the" unless somebody has spoken of them."""
UNIQUE = frozenset(
    stem(w)
    for w in (
        "world internet public future past end time way number same one most press sector industry field technology "
        "economy market law state sun environment climate country capital region continent web media military risk "
        "use potential need right ability chance first last only best largest biggest latest middle north south east "
        "west second third hope idea fact case point extent question majority rest lack cost price benefit benefits "
        "kind goal aim effect impact role value share amount rate level risks harms dangers early late beginning start"
    ).split()
)
EVENT = frozenset(stem(w) for w in "decision announcement".split())
"""What a sentence may open on right away: it means the story itself."""
HOME = frozenset(stem(w) for w in "government parliament senate president police".split())

KNOWN = frozenset(
    "AI US UN EU UK UAE USA CEO CTO NATO WHO WTO OECD UNESCO BRICS ASEAN IMF GPU GPUS API PDF IBM BBC NASA GDP G7 G20 "
    "COVID LLM LLMS AMD FBI CIA IT PR OK TV II III IV".split()
)
"""Short names that every reader knows."""


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
    return all(any((f"{w}$" if len(w) < 5 else w[: max(4, len(w) - 1)]) in told for w in need) for need in wanted)
