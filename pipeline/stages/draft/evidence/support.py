"""Does a source carry a claim? `check` is strict, `judge` weighs all sources of a sentence, windows only rank."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.lint import Passage
from pipeline.stages.draft.evidence.conflicts import plainly
from pipeline.stages.draft.evidence.matching import unsupported
from pipeline.stages.draft.evidence.strict import check
from pipeline.stages.draft.texts.windows import Window

__all__ = ["check", "judge", "second_refused"]

NEAR = 400
"""Characters before a passage in which a person may be named in full."""


def second_refused(claim: str, window: str, near: str = "") -> str | None:
    """Why a window of another source is no second citation for the claim, or None; `near` may hold its names."""
    return unsupported(claim, Window(start=0, end=0, text=window, near=near)).partition(":")[0] or None


def judge(claim: str, passages: Sequence[Passage]) -> list[str | None]:
    """For each cited source's passage why the claim may not stand on it, or None.

    One at least has to carry it strictly; another one may tell the same in other words.

    >>> judge("Lund shares 12 models.", [Passage(text="Lund shares 12 models."), Passage(text="Lund shares 15 models.")])
    [None, 'figures']
    """
    claim = plainly(claim)
    strict = [check(claim, p.text, p.before) for p in passages]
    if None not in strict:
        return list(strict)
    return [
        why and second_refused(claim, p.text, f"{p.title} {p.before[-NEAR:]}")
        for why, p in zip(strict, passages, strict=True)
    ]
