"""The readable text of one page: trafilatura, the fast algorithm first. Runs in a killable worker."""

from __future__ import annotations

import logging
import re
from copy import copy
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring
from py3langid.langid import classify as identify
from trafilatura.settings import Extractor

from pipeline.adapters.decoding import decode
from pipeline.adapters.unseen import UNSEEN, mark
from pipeline.domain.page import ENOUGH, SURE, WALL_LENGTH, agreement, is_another, shortfall
from pipeline.domain.state import State
from pipeline.domain.text import clean, one_line, one_script
from pipeline.ports import Page, RawPage

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every page that is none
logging.getLogger("htmldate").setLevel(logging.CRITICAL)
NOT_FREE = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
TITLES = etree.XPath("//title/text() | //h1//text() | //meta[@property='og:title']/@content")
CANONICAL = etree.XPath("string((//link[@rel='canonical']/@href)[1])")
IDLE = (  # what is in no text, since trafilatura or UNSEEN takes it out
    *("script", "style", "svg", "canvas", "iframe", "object", "embed", "video", "audio", "map", "template"),
    *("button", "select", "input", "textarea", "aside", "footer"),
)
DATA: Any = etree.XPath("//script[@type='application/ld+json' or @type='application/settings+json']")
CONTROLS = bytes({*range(9), 11, 12, *range(14, 32)})
DOCTYPE = re.compile(rb"^\s*<\s?!\s?doctype[^>]*>", re.IGNORECASE)  # libxml2 stumbles over odd ones
TELLING = 300  # characters that tell the language
PARSER = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
# Its own way is to ask a Python function for the class of every element that anybody touches.
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
OPTIONS = {  # by (fast, with metadata); each reads a configuration file's words into numbers when it is made
    (fast, metadata): Extractor(output_format="python", fast=fast, with_metadata=metadata, comments=False)
    for fast in (True, False)
    for metadata in (True, False)
}
identify("warm")  # its model is loaded at the first call: in the workers' parent, once


def read(raw: RawPage) -> Page:
    """What the page is, and its text. Never raises for a bad page."""
    if not raw.body.strip():
        return Page(state=State.UNREADABLE, reason="the page is empty")
    if not looks_like_html(raw.body):
        return Page(state=State.NOT_HTML, reason="the answer is no HTML page")
    try:
        return _read(raw)
    except MemoryError:
        raise
    except Exception as error:  # hostile markup makes the parsers raise anything
        return Page(state=State.UNREADABLE, reason=f"extraction failed: {type(error).__name__}")


def looks_like_html(body: bytes) -> bool:
    """Whether the bytes can be a page; content types lie.

    >>> looks_like_html(b"%PDF-1.7"), looks_like_html(b"<p>Hello")
    (False, True)
    """
    start = body[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in start and b"<" in start and not start.startswith((b"%PDF", b"GIF8", b"\xff\xd8"))


def _read(raw: RawPage) -> Page:
    tree = parse(decode(raw.body, raw.content_type))
    if tree is not None and not raw.metadata:
        _lighten(tree)
    document = _extract(tree, raw, fast=True)
    if document is None or len(document.text or "") < ENOUGH:
        document = _extract(tree, raw, fast=False) or document
    text = one_script(clean((document.text if document else "") or "")).strip()
    title = one_line((document.title if document else "") or "")
    state, reason = _judge(raw, tree, title, text)
    return Page(
        state=state,
        reason=reason,
        text=text,
        title=title,
        author=one_line((document.author if document else "") or ""),
        date=(document.date if document else "") or "",
        language=str(identify(text[:TELLING])[0]) if text else "",
    )


def parse(html: str) -> etree._Element | None:
    """The page's tree, read once; trafilatura works on copies of it. None where it is no page.

    Its own reading of a string takes a tenth of the whole extraction, most of it for a search of each character.
    """
    data = DOCTYPE.sub(b"", html.encode("utf-8", "replace").translate(None, CONTROLS), count=1)
    try:
        tree = fromstring(data, parser=PARSER)
    except etree.ParserError:  # nothing but comments or white space
        return None
    if len(tree) <= 1 and b"html" not in data[:100].lower():
        return None
    mark(tree)
    return tree


def _lighten(tree: etree._Element) -> None:
    """Take out what would only be carried through trafilatura's copies and searches.

    Articles in scripts of data stay. Where a date is looked for, so must the others: it may stand there alone.
    """
    for script in DATA(tree):
        script.tag = "data-script"
    etree.strip_elements(tree, *IDLE, with_tail=False)
    for script in tree.iter("data-script"):
        script.tag = "script"


def _extract(tree: etree._Element | None, raw: RawPage, *, fast: bool) -> Any:
    """trafilatura's document or None. Metadata cost as much as the text does."""
    if tree is None:
        return None
    options = copy(OPTIONS[fast, raw.metadata])
    options.url = options.source = raw.url or None
    return trafilatura.bare_extraction(tree, options=options, prune_xpath=UNSEEN)


def _judge(raw: RawPage, tree: etree._Element | None, title: str, text: str) -> tuple[State, str]:
    """The state of a page and why it is not ok. Only a doubt makes it worth to look at the page's head."""
    short = len(text) < WALL_LENGTH
    titles, canonical = _head(tree) if short or agreement(raw.title, [text]) < SURE else ([], "")
    not_free = short and bool(NOT_FREE.search(raw.body))
    if reason := shortfall(" ".join([title, *titles]), text, not_free=not_free):
        return State.THIN, reason
    if titles and (reason := is_another(raw.title, [text, *titles], raw.url, canonical)):
        return State.WRONG_PAGE, reason
    return State.OK, ""


def _head(tree: etree._Element | None) -> tuple[list[str], str]:
    """What the page calls itself (title, headings), and the address that it gives itself."""
    if tree is None:
        return [], ""
    found: Any = TITLES(tree)
    return [one_line(str(t)) for t in found], str(CANONICAL(tree))
