"""Article pages: what is read from them, and what is not."""

from __future__ import annotations

import pytest

from pipeline.adapters.page_text import read
from pipeline.domain.state import State
from pipeline.ports import Page, RawPage

SENTENCE = "The council adopted the new rules for artificial intelligence after a long debate in the assembly. "
GERMAN = "Der Rat hat nach langer Debatte die neuen Regeln für künstliche Intelligenz beschlossen und verkündet. "
URL = "https://news.example/a"


def page(*paragraphs: str, title: str = "Council adopts rules") -> bytes:
    inner = "".join(f"<p>{p}</p>" for p in paragraphs)
    head = f"<head><title>{title}</title><meta name='author' content='Ada Byron'></head>"
    return f"<!DOCTYPE html><html>{head}<body><article><h1>{title}</h1>{inner}</article></body></html>".encode()


def extract(body: bytes, content_type: str = "text/html", title: str = "") -> Page:
    return read(RawPage(body=body, url=URL, content_type=content_type, title=title))


def test_an_article_is_read_with_title_and_language() -> None:
    found = extract(page(SENTENCE * 3, SENTENCE * 2 + "It ends here."))

    assert (found.state, found.title, found.language) == (State.OK, "Council adopts rules", "en")
    assert "It ends here." in found.text.split("\n")[-1]


def test_the_language_is_the_text_s_own() -> None:
    assert extract(page(GERMAN * 4)).language == "de"


def test_a_short_text_is_thin_and_says_how_short() -> None:
    found = extract(page("Only a teaser of the article."))

    assert found.state is State.THIN
    assert found.reason


@pytest.mark.parametrize("words", ["Subscribe to continue reading this article.", "Please enable JavaScript to go on."])
def test_a_wall_is_thin_though_it_is_long_enough(words: str) -> None:
    assert extract(page(SENTENCE * 3, words)).state is State.THIN


def test_a_long_article_that_mentions_a_subscription_is_no_wall() -> None:
    assert (
        extract(page(*[f"{n}. {SENTENCE * 3}" for n in range(8)], "Subscribe to continue reading.")).state is State.OK
    )


@pytest.mark.parametrize("body", [b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n\x00\x00", b"GIF89a....", b"PK\x03\x04\x00\x00"])
def test_a_file_of_another_kind_is_not_html_whatever_its_type_says(body: bytes) -> None:
    assert extract(body).state is State.NOT_HTML


@pytest.mark.parametrize("body", [b"", b" \n "])
def test_an_empty_body_is_unreadable(body: bytes) -> None:
    assert extract(body).state is State.UNREADABLE


def test_text_has_no_control_characters() -> None:
    found = extract(page(SENTENCE * 4 + "zero\u200bwidth \u202eturned"))

    assert found.state is State.OK
    assert not set("\u200b\u202e\x00") & set(found.text)


@pytest.mark.parametrize(
    "body", [b"<", b"<html", b"<!--" * 500, b"<p>" * 3000, b"<\xff\xfe\xfd>" * 50, b"<html><body>"]
)
def test_a_hostile_page_is_a_state_and_no_exception(body: bytes) -> None:
    assert extract(body).state in {State.THIN, State.UNREADABLE, State.NOT_HTML}
