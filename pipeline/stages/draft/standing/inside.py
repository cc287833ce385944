"""What points at a word of its own sentence, and so leans on nothing outside it."""

from __future__ import annotations

import re

from pipeline.stages.draft.language.words import count, stem, stems


def inside(text: str) -> str:
    """The sentence with an article for what points at a word of its own: "the harm of models that those models cause".

    >>> inside("Nine ports share models of the ships, and those ships pay for them.")
    'Nine ports share models of the ships, and the ships pay for them.'
    >>> inside("Nine ports test models, including those made in Lund, with today's crews.")
    'Nine ports test models, including parts made in Lund, with the crews.'
    >>> inside("A bill holds makers of open cranes liable for harm that other people cause with all their changes to them.")[-21:]
    'changes to the parts.'
    """
    text = OWN.sub(lambda m: f"the {m['what']}" if stem(m["what"]) in stems(text[: m.start()]) else m[0], text)
    if count(text) >= AMPLE and SEVERAL.search(text):
        text = AT_END.sub("the parts.", text)
    return NOWADAYS.sub("the ", SUCH.sub("parts ", text))


OWN = re.compile(r"\b(?:these|those) (?P<what>[a-z]{3,}s)\b")
SUCH = re.compile(r"(?<=s, including )those (?=(?:[a-z]+ed|made|built|held|run|sold) )")
AMPLE = 20
"""Words of a sentence that has room for what "them" means."""
SEVERAL = re.compile(r"\b(?:of|for|some|many|most|all|\d+) (?:[a-z-]+ ){0,4}[a-z]{3,}s\b")
AT_END = re.compile(r"(?<= (?:of|to) )them\.$")
NOWADAYS = re.compile(r"\b[Tt]oday's (?=[a-z])")
