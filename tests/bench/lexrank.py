"""LexRank of sumy over sentences that were split elsewhere, in a process of its own.

Reads `[{"documents": [[sentence, ...], ...], "count": n}, ...]` and writes for each story the places
`[document, sentence]` of the n sentences it chose, in the order of the documents.
"""

from __future__ import annotations

import json
import re
import sys

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words


class Words:
    """What sumy asks of a tokenizer, without a download."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[a-z0-9]+", text.lower()))


def chosen(documents: list[list[str]], count: int) -> list[list[int]]:
    tokenizer, places, paragraphs = Words(), {}, []
    for d, texts in enumerate(documents):
        sentences = [Sentence(text, tokenizer) for text in texts]
        places.update({id(s): [d, n] for n, s in enumerate(sentences)})
        paragraphs.append(Paragraph(sentences))
    summarize = LexRankSummarizer()
    summarize.stop_words = get_stop_words("english")
    found = [places.get(id(s)) for s in summarize(ObjectDocumentModel(paragraphs), count)]
    return [place for place in found if place]


if __name__ == "__main__":
    json.dump([chosen(**story) for story in json.load(sys.stdin)], sys.stdout)
