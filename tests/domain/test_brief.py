"""A brief renders to the house format and refuses sources that do not match its marks."""

from __future__ import annotations

import pytest

from pipeline.domain.brief import Brief, Evidence, Quote, Source, Statement
from pipeline.errors import CitationError


def statement(text: str, paragraph: int, *numbers: int) -> Statement:
    spans = tuple(Evidence(source=n, article_id=f"a{n}", start=0, end=9, sha256="00", score=0.9) for n in numbers)
    return Statement(text=text, paragraph=paragraph, role="lead", evidence=spans)


def source(n: int) -> Source:
    return Source(
        n=n,
        title=f"Report {n}",
        outlet="Paper",
        url=f"https://paper.example/{n}",
        published=None,
        retrieved=None,
        sha256="00",
        group=n,
    )


def brief(*sources: int, quote: Quote | None = None) -> Brief:
    statements = (
        statement("It rained.", 1, 2, 1),
        statement("It snowed.", 2, 1),
        statement("So it goes.", 2),
        statement("It ends.", 0),
    )
    return Brief(
        story="s1",
        topics=("t",),
        title="Rain",
        statements=statements,
        quote=quote,
        sources=tuple(map(source, sources)),
    )


def test_text_has_body_quote_and_closing_one_paragraph_a_line() -> None:
    said = Quote(text="We got wet.", article_id="a1", start=0, end=11, speaker="Ann Lee")

    text = brief(1, 2, quote=said).text

    assert text == "It rained [1], [2].\nIt snowed [1]. So it goes.\n“We got wet.”\nIt ends.\n"


def test_a_brief_without_a_quote_has_no_quote_paragraph() -> None:
    assert brief(1, 2).paragraphs == ("It rained [1], [2].", "It snowed [1]. So it goes.", "It ends.")


@pytest.mark.parametrize("listed", [(1, 2, 3), (1,), (2, 1), (1, 2, 2), ()])
def test_brief_refuses_sources_that_differ_from_its_marks(listed: tuple[int, ...]) -> None:
    with pytest.raises(CitationError, match=r"brief s1: cited \[1, 2\], listed"):
        brief(*listed)
