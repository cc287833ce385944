"""A claim that joins two neighbouring sentences, cut where they were joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.stages.draft.evidence.strict.reading import Sign, read

JOINT = re.compile(r"(?:,|;)? (?:which|who|and|but|while|where|whose)(?= )|; |,? and (?:it|he|she|they) ")
LEANING = re.compile(r"^(?:It|He|She|They|This|The \w+(?: \w+)?|Its \w+|Their \w+|But it|And it)\b")
LEAST = 3
"""Words that each half must bear."""


def halves(claim: str, first: str, second: str) -> Iterator[tuple[str, str]]:
    """The claim's two halves at each joint; the second must begin where the second sentence begins.

    That sentence must lean on the first by its subject: two facts about two things are never one.

    >>> list(halves("Lund opened a fund, which pays 40 labs a year.", "Lund opened a fund.", "It pays 40 labs a year."))
    [('Lund opened a fund.', 'pays 40 labs a year.')]
    """
    if not LEANING.match(second):
        return
    opening = next((s.form for s in _after_subject(second)), "")
    for joint in JOINT.finditer(claim):
        front, rear = claim[: joint.start()] + ".", claim[joint.end() :].strip()
        bearing = [s for s in read(rear) if s.bears]
        if len(bearing) >= LEAST and sum(s.bears for s in read(front)) >= LEAST and bearing[0].form == opening:
            yield front, rear


def _after_subject(sentence: str) -> list[Sign]:
    subject = LEANING.match(sentence)
    begin = subject.end() if subject else 0
    return [s for s in read(sentence[begin:].strip()) if s.bears]
