"""Article pages: what is read from them, and what is not."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.page_text import read
from pipeline.adapters.pages import TrafilaturaExtractor
from pipeline.adapters.unseen import hidden_names, is_hidden
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


@pytest.mark.parametrize(
    "around",
    [
        "<script>var a = '<p>no text</p>'</script>{}<style>p {{color: red}}</style>",
        "<form><label>Your mail</label><input name='m'><button>Send it</button></form>{}",
        "{}<aside><p>Read next: another story altogether.</p></aside><footer><p>All rights reserved.</p></footer>",
        "<svg><text>Chart</text></svg><iframe src='/x'>frame</iframe>{}<template><p>Later.</p></template>",
    ],
)
def test_what_is_no_text_is_no_part_of_it_whether_a_date_is_looked_for_or_not(around: str) -> None:
    body = page().replace(b"</h1>", b"</h1>" + around.format(f"<p>{SENTENCE * 3}</p><p>{SENTENCE}</p>").encode())
    given = RawPage(body=body, url=URL, title="Council adopts rules")

    found = [read(replace(given, metadata=metadata)).text for metadata in (True, False)]

    assert found[0] == found[1] == extract(page(SENTENCE * 3, SENTENCE)).text


def test_an_article_that_stands_in_the_page_s_data_alone_is_read() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": SENTENCE * 5})
    body = f"<html><head><script type='application/ld+json'>{data}</script></head><body><div>Menu</div></body></html>"

    found = [read(RawPage(body=body.encode(), metadata=metadata)).text for metadata in (True, False)]

    assert found[0] == found[1] == (SENTENCE * 5).strip()


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


@pytest.fixture(scope="module")
def extractor() -> Iterator[TrafilaturaExtractor]:
    opened = TrafilaturaExtractor()
    yield opened
    opened.close()


def inside(content: bytes) -> bytes:
    return b"<html><body><article><h1>T</h1>" + content + b"</article></body></html>"


HEAVY = {
    "200,000 attributes": inside(b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x"),
    "100,000 links": inside(b"".join(b"<a href='/%d'>x</a>" % n for n in range(100_000))),
    "100,000 nested tags": inside(b"<div>" * 100_000),
    "10 MB of paragraphs": inside(b"<p>word " * 1_250_000),
    "20 MB in one line": inside(b"<p>" + b"word " * 4_000_000),
}


def test_fault_49_pages_of_absurd_size_cost_only_themselves(extractor: TrafilaturaExtractor) -> None:
    good = {str(n): page(SENTENCE * 4, f"It ends with {n}.") for n in range(20)}
    raws = [RawPage(key=key, body=body) for key, body in (*good.items(), *HEAVY.items())]

    states = {key: found.state for key, found in extractor.extract_all(raws)}

    assert states == {**dict.fromkeys(good, State.OK), **dict.fromkeys(HEAVY, State.TOO_LARGE)}


@pytest.mark.slow
def test_fault_49_a_page_that_no_check_finds_is_killed_in_time() -> None:
    """Attributes parted by slashes look like one long word, and cost the parser minutes."""
    body = inside(b"<p a" + b"/".join(b"a%d" % n for n in range(400_000)) + b">x")

    with_others = [RawPage(key="bad", body=body), RawPage(key="good", body=page(SENTENCE * 4))]
    opened = TrafilaturaExtractor()
    states = {key: found.state for key, found in opened.extract_all(with_others)}
    opened.close()

    assert states == {"bad": State.TIMEOUT, "good": State.OK}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("We and our partners use cookies to store information. Accept all cookies to continue.", "wall"),
        ("This website uses cookies. Manage your cookie preferences below, or accept.", "wall"),
        ("You need to enable JavaScript to run this application.", "wall"),
        ("Already a subscriber? Sign in to read the full story.", "wall"),
        ("Checking your browser before you go on. Verify you are human.", "wall"),
        ("Sorry, the page you are looking for does not exist.", "not there"),
    ],
)
def test_fault_50_a_wall_is_thin_whatever_surrounds_it(words: str, why: str) -> None:
    found = extract(page(words, SENTENCE * 3))

    assert (found.state, why in found.reason) == (State.THIN, True)


def test_fault_50_a_page_that_says_it_is_not_free_is_thin_while_its_text_is_short() -> None:
    data = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False})

    found = extract(page(f"<script type='application/ld+json'>{data}</script>{SENTENCE * 4}"))

    assert found.state is State.THIN


def test_a_list_of_headlines_is_thin() -> None:
    found = extract(page(*[f"Ministers of group {n} meet for the talks on models and rules" for n in range(20)]))

    assert (found.state, found.reason) == (State.THIN, "a list of headlines")


TITLE = "Harbour towns sign a treaty on electric ferries"


def test_fault_51_a_page_without_a_word_of_its_title_is_another_page() -> None:
    found = extract(page(SENTENCE * 4), title=TITLE)

    assert (found.state, "another article" in found.reason) == (State.WRONG_PAGE, True)


def test_fault_51_a_canonical_address_elsewhere_makes_a_doubt_certain() -> None:
    link = "<link rel='canonical' href='https://news.example/other'>"
    body = page(SENTENCE * 4, "The towns met about electric cars.").replace(b"<head>", f"<head>{link}".encode())

    found = extract(body, title=TITLE)

    assert (found.state, "https://news.example/other" in found.reason) == (State.WRONG_PAGE, True)


def test_fault_51_a_copy_that_names_its_original_is_right_where_the_words_agree() -> None:
    link = "<link rel='canonical' href='https://agency.example/1'>"
    body = page(SENTENCE * 4).replace(b"<head>", f"<head>{link}".encode())

    assert extract(body, title="Council adopts new rules for artificial intelligence").state is State.OK


def test_a_new_headline_over_the_same_words_is_no_other_page() -> None:
    assert extract(page(SENTENCE * 4), title="Long debate: the assembly's rules adopted").state is State.OK


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b"", State.UNREADABLE),
        (b"%PDF-1.4 ...", State.NOT_HTML),
        (b"\x89PNG\r\n\x1a\n\x00", State.NOT_HTML),
        (b"<html>\x00\x01\x02binary", State.NOT_HTML),
    ],
)
def test_fault_53_what_is_no_page_is_refused_cleanly(body: bytes, state: State) -> None:
    assert extract(body, "text/html").state is state


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='display:none'>SECRET</p>",
        "<p style='Display : None'>SECRET</p>",
        "<div style='visibility: hidden'><p>SECRET</p></div>",
        "<p style='color:#fff;background:white'>SECRET</p>",
        "<p style='color: #FFFFFF'>SECRET</p>",
        "<p style='font-size:0'>SECRET</p>",
        "<p style='position:absolute;left:-9999px'>SECRET</p>",
        "<p hidden>SECRET</p>",
        "<style>.h{display:none}</style><p class='a h'>SECRET</p>",
        "<style>\n.a { color: red }\n/* not seen */ p.b, #h { visibility : hidden }</style><p id=h>SECRET</p>",
        "<style>.h{position:absolute;left:-9999px}</style><div class=h><p>SECRET</p></div>",
        "<style>.h{color:#fff;background:#fefefe}</style><p class=h>SECRET</p>",
        "<template><p>SECRET</p></template>",
        "<p><font color=white>SECRET</font></p>",
        "<p><font color='#fefefe'>SECRET</font></p>",
        "<p style='font-size:1px'>SECRET</p>",
        "<p style='position:absolute;left:-99em'>SECRET</p>",
        "<p style='color:#fefefe;background:#fff'>SECRET</p>",
        "<p style='color:rgba(0,0,0,0)'>SECRET</p>",
        "<p style='color: rgb(254 254 254 / 100%)'>SECRET</p>",
        "<p style='color:transparent'>SECRET</p>",
        "<!-- SECRET -->",
    ],
)
def test_fault_54_hidden_text_is_not_read(markup: str) -> None:
    found = extract(page(SENTENCE * 4, markup, "It ends here."))

    assert "SECRET" not in found.text
    assert "It ends here." in found.text


def test_fault_54_a_visible_style_hides_nothing() -> None:
    styles = (
        *("font-size:0.9em", "color:#333;background:#fff", "opacity:0.8", "margin-left:-10px", "font-size:10px"),
        *("color:#fff;background:#004", "color:rgba(0,0,0,0.8)", "color:transparent;background-clip:text"),
        *("color:white;background:url(night.png)", "font-size:100%", "text-indent:-1em"),
    )

    found = extract(page(SENTENCE * 4, *(f"<span style='{s}'>Seen {n}.</span>" for n, s in enumerate(styles))))

    assert all(f"Seen {n}." in found.text for n in range(len(styles)))


@pytest.mark.parametrize(
    "css",
    [
        ".h{color:#fff}",
        "@media print{.h{display:none}}",
        ".h{display:none} @media (min-width:40em){.h{display:block}}",
        ".h{display:none} .ready .h{display:block}",
        ".menu .h{display:none}",
        ".h:empty{display:none}",
        "/* .h{display:none} */ .i{display:none}",
    ],
)
def test_fault_54_a_rule_that_does_not_hide_on_every_screen_hides_nothing(css: str) -> None:
    found = extract(page(f"<style>{css}</style>", SENTENCE * 4, f"<span class=h>Seen. {SENTENCE}</span>"))

    assert "Seen." in found.text


@pytest.mark.parametrize(
    "css", ["{" * 200_000, "}" * 200_000, ".h{display:none" * 20_000, "/*" * 100_000, ".h{" * 90_000]
)
def test_fault_54_rules_without_end_cost_little(css: str) -> None:
    start = time.process_time()

    hidden_names(css)

    assert time.process_time() - start < 1


def test_fault_54_names_without_end_that_a_rule_may_hide_cost_little() -> None:
    many = "".join(f"<p class='h c{n}'>Hidden.</p>" for n in range(15_000)).encode()
    began = time.process_time()

    found = extract(page(SENTENCE * 3).replace(b"</h1>", b"</h1><style>.h{display:none}</style>" + many))

    assert "Hidden." not in found.text
    assert SENTENCE in found.text
    assert time.process_time() - began < 8


@given(st.text(max_size=200))
def test_any_style_is_judged(style: str) -> None:
    assert is_hidden(f"color:{style}") in {True, False}
    assert is_hidden(f"color:#{style}") in {True, False}
    assert is_hidden(f"color:rgb({style}") in {True, False}


def test_fault_54_invisible_characters_and_twins_of_letters_are_made_plain() -> None:
    found = extract(page(SENTENCE * 4 + "in\u00adtel\u200bli\u2060gence \u202eturned p\u0430id \U0001d5ee\U0001d5ef"))

    assert "intelligence turned paid ab" in found.text


def test_fault_55_deep_json_and_a_false_date_are_no_error() -> None:
    deep = '{"a":' * 20_000 + "1" + "}" * 20_000
    meta = "<meta property='article:published_time' content='9999-99-99T99:99'>"
    body = page(f"<script type='application/ld+json'>{deep}</script>", SENTENCE * 4).replace(
        b"<head>", f"<head>{meta}".encode()
    )

    found = extract(body)

    assert found.state is State.OK
    assert not found.date.startswith("9999")


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("cp1252", "text/html; charset=utf-8", "Der Rat für künstliche Köpfe beschloß neue Regeln für Bücher. "),
        ("cp1252", "text/html", "It is worth £40 million. "),
        (
            "cp1252",
            "text/html",
            "Le conseil a adopté les règles après un débat très long à l’assemblée, dit le député. ",
        ),
        (
            "cp1250",
            "text/html",
            "Rada przyjęła nowe zasady dotyczące sztucznej inteligencji po długiej debacie w środę. ",
        ),
        ("koi8-r", "text/html", "Совет принял новые правила для искусственного интеллекта после долгих споров. "),
        ("cp1251", "text/html; charset=ISO-8859-1", "Совет принял новые правила после долгих споров в зале. "),
        ("gb18030", "text/html; charset=gb2312", "理事会在长时间辩论后通过了人工智能的新规则，并将于明年生效。"),
        ("shift_jis", "text/html; charset=Shift_JIS", "評議会は長い討論の後に人工知能の新しい規則を採択した。"),
        ("utf-16", "text/html", "The council adopted the rules after a long debate – at last. "),
    ],
)
def test_a_page_is_decoded_by_what_is_declared_and_what_is_detected(encoding: str, declared: str, text: str) -> None:
    body = page(text * 8).decode().encode(encoding)

    assert text.strip() in extract(body, declared).text


def test_a_page_of_utf_8_with_a_slip_and_no_declaration_is_utf_8() -> None:
    body = page("The council’s “new rules” for José’s committee were adopted. " * 8) + b"<p>\xff"

    assert "council’s “new rules” for José’s committee" in extract(body).text
