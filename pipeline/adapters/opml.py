"""Lists of feeds as OPML, the form in which feed readers exchange them."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pipeline.domain.feed import Feed
from pipeline.domain.text import one_line
from pipeline.errors import UsageError

LIMIT = 20_000_000  # bytes


def read_opml(data: bytes) -> list[tuple[str, str]]:
    """(address, title) of every outline with a feed. Raises UsageError."""
    if len(data) > LIMIT:
        raise UsageError(f"the file has more than {LIMIT} bytes")
    # Nothing outside the file is read, and no entity is unfolded.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"the file is no OPML ({error})") from error
    found = []
    for outline in root.iter("outline"):
        attributes = {str(k).lower(): str(v) for k, v in outline.attrib.items()}
        if url := attributes.get("xmlurl", "").strip():
            found.append((url, one_line(attributes.get("title") or attributes.get("text") or "")))
    return found


def write_opml(feeds: Iterable[Feed]) -> bytes:
    """OPML 2.0 with every feed; one that is off says so in its description."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Policywire"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        outline = etree.SubElement(body, "outline", type="rss", text=feed.outlet, title=feed.outlet, xmlUrl=feed.url)
        outline.set("category", feed.kind)
        outline.set("language", feed.language)
        if not feed.enabled:
            outline.set("description", f"off: {feed.reason}")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
