from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief
from pipeline.stages.draft import compile_brief
from pipeline.stages.draft.choice.chains import Links, goes_on, runs_on, worded, wordings
from pipeline.stages.draft.choice.likeness import Meaning
from pipeline.stages.draft.choice.order import arrange
from pipeline.stages.draft.choice.repeats import same_figure
from pipeline.stages.draft.facts import Cite, Fact, Form
from pipeline.stages.draft.language.words import longest_run
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.wording.joined import without_last
from tests.stages.draft.articles import SUPPORT, article

AGENCY = (
    "Nine harbor towns adopted a charter on open-source artificial intelligence in Lund on May 3, 2024. The charter "
    "sets up a register of tests. It will be kept by a secretariat of nine people in Brindle.\n\n"
    "Dunmore pays three million dollars into a fund for the tests. Two of the towns pay nothing."
)
GAZETTE = (
    "On May 3, 2024, a charter on open-source artificial intelligence was adopted by nine harbor towns in Lund. "
    "Engineers in Kiel expect the first audits of models in 2025.\n\n"
    "Shipping firms asked for more time to train their crews for the charter of the harbor towns."
)
MARKET = (
    "Harbor towns agreed on a charter for open-source artificial intelligence in Lund. Traders hope for cheaper tools "
    "for customs papers in twelve languages. Insurers want to read the results of every test of a model."
)
TITLE = "Harbor towns adopt charter on open-source AI"


def told(*texts: str) -> Brief:
    articles = [article(f"paper{n}", text, hour=8 + n, title=TITLE) for n, text in enumerate(texts)]
    return compiled(articles)


def compiled(articles: list[Article]) -> Brief:
    brief = compile_brief("charter", (), articles, support=SUPPORT)
    assert isinstance(brief, Brief), brief
    return brief


def fact(text: str, place: int = 0, *more: str, behind: bool = False, kept: str = "") -> Fact:
    cite = Cite(article=0, group=0, start=100 * place, end=100 * place + 90)
    before = (cite.start - 100, cite.start - 10) if place else None
    return Fact(
        forms=tuple(Form(text=t, cites=(cite,), needs=()) for t in (text, *more)), article=0, group=0, place=place,
        line=place, share=0.1 * place, told=frozenset(), before=before, behind=behind, kept=kept,
    )  # fmt: skip


def test_a_sentence_that_goes_on_stands_right_behind_the_one_it_goes_on_from() -> None:
    texts = [s.text for s in told(AGENCY, GAZETTE, MARKET).statements]

    at = next(n for n, t in enumerate(texts) if t.startswith("It ") and "be kept by a secretariat of nine people" in t)
    assert texts[at - 1] == "The charter sets up a register of tests."


def test_a_sentence_that_goes_on_is_left_out_without_the_one_it_goes_on_from() -> None:
    quote = '"We will test," said Ana Reyes of the league.'
    without = AGENCY.replace("The charter sets up a register of tests.", quote)

    texts = [s.text for s in told(without, GAZETTE, MARKET).statements]

    assert not any("will be kept" in t for t in texts)


@pytest.mark.parametrize(
    "text",
    [
        "It will be kept by a secretariat of nine people.",
        "These towns pay nothing at all to the fund.",
        "Both will be read by the engineers in Kiel.",
        "It carries no fines.",
    ],
)
def test_what_leans_on_the_sentence_before_is_refused_alone_and_fit_behind_it(text: str) -> None:
    assert refused(text)
    assert refused(text, behind=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "She said the fund was too small for the harbor.",
        "That is why the harbor towns agreed on a charter.",
        "The charter does not, and the fund is empty.",
        "But nobody in Brindle had read the charter.",
        "This report was first published by the league of harbors.",
        "It opens today in the harbor of Lund.",
    ],
)
def test_what_says_nothing_even_there_is_refused_behind_it_too(text: str) -> None:
    assert refused(text, behind=True)


def test_a_fact_goes_on_from_the_sentence_before_it_whoever_tells_that() -> None:
    one, two, three = fact("Lund has a port.", 1), fact("It opens in May.", 2), fact("Oslo has none.", 3)
    other = Cite(article=0, group=0, start=100, end=190)
    retold = replace(fact("In Lund stands a port."), article=1)
    retold = retold.in_form(replace(retold.forms[0], cites=(replace(other, article=1, group=1), other)))
    links = Links(texts=(), tells=lambda *_: 0.0)

    assert links.onto(two, one) == links.onto(two, retold) == 1.0
    assert 0 < links.onto(three, one) < 1
    assert links.onto(one, two) == 0.0
    assert Links(texts=(), tells=lambda *_: 0.0).onto(replace(two, behind=True), retold) == 0.0


def test_a_fact_does_not_go_on_from_a_wording_that_lost_what_it_leans_on() -> None:
    told_in_part = fact("Lund has a port.", 1).in_form(Form(text="Lund has it.", cites=(), needs=(), whole=False))
    on = fact("It opens in May.", 2, behind=True)

    assert goes_on(on, told_in_part)
    assert not goes_on(on, told_in_part, told=True)


LONG = "The league of harbor towns said the register of all tests would be kept in Brindle"
ON = "over 40 engineers of the nine towns will read the results of each test in May"


def test_neighbors_of_an_article_are_worded_so_that_no_long_run_is_copied() -> None:
    source = f"{LONG}. {ON[0].upper()}{ON[1:]}."
    one, two = fact(f"{LONG}.", 1), fact(f"{ON[0].upper()}{ON[1:]}.", 2)
    withheld: list[str] = []

    (facts,) = worded([[one, two]], [source], withheld)

    assert [f.place for f in facts] == [1, 2]
    assert not withheld
    assert longest_run(" ".join(f.text for f in facts), source) <= 25
    assert runs_on(one.text, two.text, [source])
    assert runs_on("", source, [source])


def test_a_neighbor_without_such_a_wording_waits_for_another_fact() -> None:
    first = "A league of nine towns on the outer coast will keep a register of tests in Brindle."
    second = "Engineers from Kiel and Lund will read the results of all tests in May and June."
    third = fact("Oslo has asked for more time.", 7)

    (facts,) = worded([[fact(first, 1), fact(second, 2), third]], [f"{first} {second}"], [])

    assert [f.place for f in facts] == [1, 7, 2]


def test_a_revision_keeps_the_wording_of_the_last_one() -> None:
    long, short = "The port of Lund opens in May with a fair.", "The port of Lund opens in May."

    assert wordings(fact(long, 1, short))[0].text == long
    assert wordings(fact(long, 1, short, kept=short))[0].text == short


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (
            "The union of harbors set out rules that will require a licence to ship large cranes to most ports of the "
            "coast, exempting 24 towns but leaving out several members of the league.",
            "exempting 24 towns.",
        ),
        (
            "The league of harbors released its largest model for anyone to download and modify, prompting the port of "
            "Lund to announce a review and Oslo to tell its crews to wait before they use it.",
            "prompting the port of Lund to announce a review.",
        ),
        (
            "Nine harbors of the outer coast and the league of the north signed a pact obliging makers of cranes to "
            "report accidents within 72 hours, though the port of Oslo declined to join and Kiel made a reservation.",
            "though the port of Oslo declined to join.",
        ),
        (
            "The harbor bank of the outer coast has approved a loan package of $120 million for a joint center in "
            "which four ports will use open models to forecast storms and water shortages, officials said.",
            "to forecast storms, officials said.",
        ),
        (
            "Seventeen harbors of the outer and the inner coast agreed on a declaration on the models of cranes that "
            "promises shared computing, common rules for crews and a joint voice in talks.",
            "promises shared computing and common rules for crews.",
        ),
        (
            "The league of harbors published Ferry-2, a large model of the coast developed entirely by the crews of "
            "nine public ports and released with open weights, open code and an index of its data.",
            "by the crews of nine public ports.",
        ),
        (
            "The port of Lund released the weights of its model of cranes, the largest that a harbor has made free, "
            "and the trade board said it would review the release with the towns of the coast.",
            "model of cranes, and the trade board said it would review the release with the towns of the coast.",
        ),
        (
            "Nine harbors signed a convention in Lund that obliges them to tell one another about failures of their "
            "models, the first pact of its kind, but the port of Oslo and its bank did not join.",
            "failures of their models, but the port of Oslo and its bank did not join.",
        ),
    ],
)  # fmt: skip
def test_a_long_sentence_can_lose_the_second_of_two_things(text: str, form: str) -> None:
    assert any(short.endswith(form) for short in without_last(text))


@pytest.mark.parametrize(
    "text",
    [
        "The pact is a bridge between the harbors of the north with their many small models and the harbors of the "
        "south, which have few engineers, no register of tests and a fund.",
        "Nine harbors signed a convention in Lund and a fund.",
        "The league of the outer harbors said ports with public money should share all that they learn about models "
        "that they test, their limits and their failures.",
    ],
)  # fmt: skip
def test_a_pair_and_a_short_sentence_stay_whole(text: str) -> None:
    assert list(without_last(text)) == []


def later(text: str, days: int) -> Article:
    paper = article("tidings", text, hour=9, title="House clears harbor bill on AI models")
    return replace(paper, published=(paper.published or pytest.fail("no day")) + timedelta(days=days))


BILL = (
    "The Senate of Brindle passed a bill on open-source artificial intelligence on May 3, 2024. The bill exempts "
    "harbors with fewer than nine cranes from the register of models. The bill returns to the House of Harbors."
)
CLEARED = (
    "Brindle has a law on open-source artificial intelligence after the House agreed to the changes of the Senate. "
    "The register of models opens in 2025 with a staff of nine."
)


@pytest.mark.parametrize(("days", "there"), [(1, False), (0, True)])
def test_what_a_body_had_still_to_do_is_no_news_once_a_later_day_tells_that_it_did(days: int, *, there: bool) -> None:
    articles = [article("paper", BILL, title="Senate passes harbor bill on AI"), later(CLEARED, days)]

    texts = [s.text for s in compiled(articles).statements]

    assert any("returns to the House" in t for t in texts) is there


def test_one_month_of_one_thing_is_told_once() -> None:
    one = fact("Makers of cranes were told of the faults in March.")
    again, other = (fact(f"Makers were shown the results in {month}.", 9) for month in ("March", "May"))
    meaning = Meaning.of([f.text for f in (one, again, other)], SUPPORT)

    assert same_figure(again, one, meaning)
    assert not same_figure(other, one, meaning)


def test_one_day_of_one_thing_is_told_once() -> None:
    brief = told(
        f"{AGENCY}\n\nA first hearing of the towns has been listed for July 2.",
        f"{GAZETTE}\n\nThe harbor court of the towns will hold a first hearing on 2 July.",
        MARKET,
    )

    assert sum("hearing" in s.text for s in brief.statements if s.paragraph) == 1


def ordered(*facts: Fact, actors: frozenset[str] = frozenset()) -> list[str]:
    lead = fact("Nine ports adopted a charter on open models.")
    meaning = Meaning.of([lead.text, *(f.text for f in facts)], SUPPORT)
    links = Links(texts=(), tells=lambda *_: 0.0)
    return [f.text for facts in arrange(lead, facts, meaning, links, [], actors)[1:] for f in facts]


def test_what_an_article_tells_first_stands_first() -> None:
    first = fact("Sailors pay for lamps from May.", 3)
    second = fact("Schools of nine ports have the open models of the charter free.", 7)

    assert ordered(second, first) == [first.text, second.text]


def test_who_the_story_turns_on_is_named_early_and_first_where_a_sentence_says_who_that_is() -> None:
    register = replace(fact("A register of tests for open models opens in Kiel.", 2), article=1)
    asked = replace(fact("Three towns asked Kvarn for damages.", 3), article=2)
    firm = replace(fact("Lund-based Kvarn builds cranes.", 5), article=3)

    assert ordered(register, asked, firm)[0] == register.text
    assert ordered(register, asked, firm, actors=frozenset({"kvarn"}))[0] == firm.text


def test_a_voice_waits_for_the_facts_and_stands_behind_what_it_speaks_of() -> None:
    voice = fact("Sailors said the fund for pilots was too small.", 2)
    register = replace(fact("A register of tests opens in Kiel.", 2), article=1)
    fund = replace(fact("A fund for pilots has nine million kroner.", 2), article=2)

    assert ordered(voice, register, fund) == [register.text, fund.text, voice.text]


def test_a_fact_waits_for_the_noun_that_it_leans_on() -> None:
    need = (frozenset({"regist"}),)
    leaning = fact("The register will be public.", 2)
    leaning = replace(leaning, forms=tuple(replace(f, needs=need) for f in leaning.forms))
    register = replace(fact("Kiel keeps a register of tests.", 9), article=1)

    assert ordered(leaning, register) == [register.text, leaning.text]
    assert ordered(leaning) == []
