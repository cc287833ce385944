"""Nouns that a text points at with "the", which of them are alike, and whether a brief has named one."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache

from pipeline.stages.draft.language.words import stem

SAME = (
    "agreement pact deal memorandum accord treaty convention compact understanding",
    "programme program plan project scheme initiative effort undertaking strategy",
    "bill law act legislation text measure amendment statute rules regulation regulations",
    "amendment change exemption carve-out carveout clause",
    "company firm maker startup start-up developer lab laboratory",
    "report study paper document findings analysis review",
    "summit meeting conference gathering talks forum",
    "session debate hearing",
    "institute agency body regulator authority watchdog office bureau commission",
    "department ministry",
    "statement declaration communique announcement",
    "fund money investment funding budget sum",
    "model models system systems tool tools",
    "order decree directive",
    "country countries nation nations government governments state states",
    "vote ballot voted votes",
    "panel committee board commission council group",
    "license licence licensing licensed",
    "restrictions limits curbs controls ban",
    "minister ministers ministry",
    "leaders presidents ministers premiers chancellors",
)
ALIKE: dict[str, frozenset[str]] = {}
for _group in SAME:
    for _word in _group.split():
        ALIKE[stem(_word)] = ALIKE.get(stem(_word), frozenset()) | {stem(w) for w in _group.split()}
POINTING = frozenset(
    stem(w)
    for w in (
        " ".join(SAME) + " company firm minister official man woman organisation organization product platform site "
        "proposal decision move newspaper letter ruling case lawsuit university centre center campaign project coalition "
        "alliance consortium partners partner researchers authors ministers leaders sides parties pair duo trio figure list "
        "restriction restrictions limit limits guidelines framework network event promise offer duty "
        "task mandate deadline threshold list letter poll session debate dispute incident attack breach leak requirement "
        "period condition penalty arrangement request appeal criticism objection recommendation finding findings shift approach "
        "allegation allegations accusation accusations claim claims organisation forum hub facility machine machines computers timing timetable audit register exchange"
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
HOME = frozenset(
    stem(w) for w in "government parliament senate president ministry court police regulator opposition cabinet".split()
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
    return all(any((f"{w}$" if len(w) < 5 else w[: max(4, len(w) - 1)]) in told for w in need) for need in wanted)
