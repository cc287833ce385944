"""A brief's text read into paragraphs, sentences and citation groups."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words that open sentences so often that a capital on them says nothing about a name.
OPENERS = frozenset(
    re.findall(
        r"\w+",
        """a an the this that these those it its he she they we his her their our there here what which
        who when where while why how if as at by for from in into of on to with without within under
        over after before since until during through across among between against about because
        although though despite unlike instead rather and but or nor so yet both either neither each
        every all any some many most more few several other others another such no not only also
        even still just now then thus hence however furthermore moreover meanwhile nevertheless
        nonetheless additionally similarly likewise therefore otherwise overall together according
        one""",
    )
)
DOTTED = re.compile(r"(?:^|[\s(“\"'‘-])(?:[A-Z]|(?:[A-Z]\.)+[A-Z]|[ap]\.m|Inc|Ltd|Corp|Co|etc)\.$")
ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"'‘])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Cmdr|Sgt|Hon|Rev|St|vs|e\.g|i\.e|cf|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
NUMBERED = re.compile(r"(?:^|[\s(“\"'‘])Nos?\.$")
STOP = re.compile(r"[.!?][”\"’')]*\s+(?=([“\"‘'(\[]?[A-Z0-9][\w'’]*))")
GROUP = re.compile(
    r"\[[\d\s,;–-]*\d[\d\s,;–-]*\](?:\s*(?:,|;|-|–|&|and)?\s*\[[\d\s,;–-]*\d[\d\s,;–-]*\])*|\[\d+(?![\d\]])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with its marks, and the paragraph (from 1) it stands in."""

    text: str
    paragraph: int

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of each citation group, well formed or not."""
        return tuple(tuple(int(n) for n in re.findall(r"\d+", g)) for g in GROUP.findall(self.text))

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(n for group in self.groups for n in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The paragraphs by role; numbers count from 1, and `closing` is 0 where there is none."""

    paragraphs: tuple[str, ...]
    body: tuple[int, ...]
    quotes: tuple[int, ...]
    closing: int

    def sentences(self, number: int) -> tuple[Sentence, ...]:
        return tuple(Sentence(text=s, paragraph=number) for s in sentences(self.paragraphs[number - 1]))

    @property
    def body_sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for n in self.body for s in self.sentences(n))


def layout(text: str) -> Layout:
    """Read a brief: quotes stand wholly within curly marks, the last other paragraph is the closing.

    >>> layout("Lead [1].\\nMore [1].\\n“So it is.”\\nIt ends.\\n")  # doctest: +ELLIPSIS
    Layout(paragraphs=..., body=(1, 2), quotes=(3,), closing=4)
    """
    paragraphs = tuple(p for p in text.replace("\r", "\n").split("\n") if p.strip())
    quotes = tuple(n for n, p in enumerate(paragraphs, 1) if is_quote(p))
    others = tuple(n for n in range(1, len(paragraphs) + 1) if n not in quotes)
    return Layout(paragraphs=paragraphs, body=others[:-1], quotes=quotes, closing=others[-1] if others else 0)


def is_quote(paragraph: str) -> bool:
    """Whether the paragraph is one quotation in curly marks, citations after it aside."""
    bare = GROUP.sub("", paragraph).strip().removesuffix(" .")
    return bare.startswith("“") and bare.find("”") == len(bare) - 1 and "“" not in bare[1:]


def sentences(paragraph: str) -> list[str]:
    """Split at full stops that end a sentence, not at those of abbreviations, initials and decimals.

    >>> sentences("The U.S. Senate met J. R. Doe [1]. It was 3.5 percent, No. 2 in the U.S. The rest fell.")
    ['The U.S. Senate met J. R. Doe [1].', 'It was 3.5 percent, No. 2 in the U.S.', 'The rest fell.']
    """
    found, begin = [], 0
    for stop in STOP.finditer(paragraph):
        if _ends(paragraph[begin : stop.start() + 1], stop.group(1)):
            found.append(paragraph[begin : stop.end()].strip())
            begin = stop.end()
    return [*found, rest] if (rest := paragraph[begin:].strip()) else found


def words(text: str) -> int:
    """How many words stand in the text; a citation counts as one, as the format's own figures have it.

    >>> words("Talks resumed [1], [2].")
    4
    """
    return len(text.split())


def _ends(before: str, following: str) -> bool:
    if ABBREVIATED.search(before):
        return False
    if NUMBERED.search(before):
        return not following[0].isdigit()
    return not DOTTED.search(before) or following.strip("“\"‘'(").lower() in OPENERS
