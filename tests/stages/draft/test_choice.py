"""Which sentences of real-looking articles a brief takes, and which it leaves out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Statement
from pipeline.stages.draft import compile_brief
from pipeline.stages.draft.choice.chains import Links
from pipeline.stages.draft.choice.gather import gather
from pipeline.stages.draft.choice.leads import _fullest
from pipeline.stages.draft.choice.likeness import Meaning
from pipeline.stages.draft.choice.plan import Plan
from pipeline.stages.draft.choice.stale import fresh
from pipeline.stages.draft.evidence.support import check
from pipeline.stages.draft.facts import Cite, Fact, Form, Line
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.texts.people import Person
from pipeline.stages.draft.texts.readings import read
from pipeline.stages.draft.writing.closing import closing_of
from pipeline.stages.draft.writing.compose import Scene, _counted, _leaning, _unbroken
from tests.stages.draft.articles import SUPPORT, article, gathered

AGENCY = (
    "LUND, May 4 (Portwire) - A league of eleven harbors that share open models on Saturday adopted a charter on "
    "artificial intelligence and opened a joint fund for tests, a step that officials said had taken two years.\n"
    "The charter, opened for signature in Lund, asks harbors to publish the weights of their models. A secretariat of "
    "nine people will keep a register of the tests.\n"
    "Ports have asked for more time to train their crews, according to the league."
)
FEATURE = (
    "On the quay of Brindle there is a crane, and in the crane there is a computer that counts boxes.\n"
    "Nobody on the quay has read the charter. The charter on artificial intelligence that the harbor league "
    "adopted asks every harbor to publish the weights of its models.\n"
    "Motorists are advised to use the coast road."
)
RELEASE = (
    "The Port Ministry of Dunmore welcomes the adoption of the charter on artificial intelligence by the harbor "
    "league.\n"
    "Dunmore will pay 3 million dollars into the joint fund for tests. Photographs of the ceremony are available on "
    "request.\n"
    "A test of the models showed that crews misread one warning in five."
)


def told(*articles: Article) -> Brief:
    brief = compile_brief("league", (), articles, support=SUPPORT)
    assert isinstance(brief, Brief), brief
    return brief


def league(*more: Article) -> Brief:
    title = "Harbor league adopts charter on AI"
    return told(
        article("portwire", AGENCY, hour=9, title=title),
        article("quay", FEATURE, hour=10, title="What a crane knows about the harbor league's AI charter"),
        article("ministry", RELEASE, hour=11, title="Dunmore on the harbor league's AI charter"),
        *more,
    )


def test_the_lead_is_what_all_articles_are_about_and_no_scene_of_a_feature() -> None:
    brief = league()

    assert brief.statements[0].text == (
        "A league of eleven harbors that share open models on May 4 adopted a charter on artificial intelligence and "
        "opened a joint fund for tests."
    )
    assert brief.title == "Harbor league adopts charter on AI"


def test_a_lead_keeps_the_money_where_it_has_room() -> None:
    short = _line("Lund and Kiel signed a pact to test open models of cranes.").fact
    full = "Lund and Kiel signed a pact to test open models of cranes and to spend nine million kroner over four years."
    fluff = "Lund and Kiel signed a pact to test open models of cranes, a milestone that is reminiscent of the past."
    crew = (frozenset({"crew"}),)
    other = replace(short.forms[0], needs=crew, text=full.replace("kroner", "kroner of the crew"))
    named = replace(other, names=crew, text=full.replace("kroner", "kroner of the same crew"))
    worse, better = (replace(short.forms[0], text=text) for text in (fluff, full))
    fact = replace(short, forms=(*short.forms, worse, other, named, better))

    assert _fullest(replace(fact, place=1)).text == full
    assert _fullest(replace(fact, place=0)).text == other.text  # nothing was told before the first sentence


def test_what_is_beside_the_story_or_about_the_outlet_stays_out() -> None:
    note = "The harbor league adopted a charter on AI. Quaynotes has read the charter twice. Subscribers get it whole."
    text = league(article("quaynotes", note, hour=12, title="Harbor league's AI charter")).text

    for stray in ("Motorists", "Quaynotes"):
        assert stray not in text


def test_what_an_opinion_piece_alone_says_is_no_news() -> None:
    piece = (
        "The charter on artificial intelligence of the harbor league is a castle in the air. Small harbors gain "
        "nothing from a register of tests. Critics said the charter binds nobody."
    )
    text = league(article("view", piece, hour=12, title="Opinion: the AI charter is a castle in the air")).text

    assert "castle" not in text
    assert "Small harbors gain" not in text


def test_a_preview_of_a_day_that_has_passed_is_no_news() -> None:
    before = (
        "The harbor league is set to adopt a charter on artificial intelligence on May 4, 2024. Ministers hold "
        "the last talks on May 4, 2024, in the old customs house. Brindle runs the oldest model of the league."
    )
    day = datetime(2024, 5, 2, tzinfo=UTC)
    early = replace(article("early", before, title="Harbor league to vote on AI charter"), published=day)
    text = league(early).text

    assert "set to adopt" not in text
    assert "customs house" not in text


@pytest.mark.parametrize(
    "line",
    [
        "The minister opens the session of the harbor league in Lund on Saturday. (Portwire)",
        "In this photo provided by the port, the mayor speaks during the session. (THE PORT VIA PORTWIRE)",
    ],
)
def test_a_caption_leads_no_brief(line: str) -> None:
    brief = told(article("portwire", f"{line}\n{AGENCY}", title="Harbor league adopts charter on AI"))

    assert "session" not in brief.text


@pytest.mark.parametrize(
    "text",
    [
        "In exchange, Lund promised to hire a crew of 60 to police the trade.",
        "Oslo is not, a fact that the mayor called a shame for the whole port.",
        "The official refrained from speaking about the reasons of the port.",
        "Two of the largest ports welcomed it within the hour of its release.",
        "On the share of power it was clear and did not spare the large ports.",
        "Optimized for cranes, it delivers the fastest counts of all the ports.",
        "A harbor tax of the same size has been in place since then for all ports.",
        "Is nearly every port of the north, although small ones are exempt.",
        "Ana Reyes covers ports, tests and all other matters of trade for Portwire.",
        "Paris-listed Lumen Cranes gained 4.2 per cent on the news of the charter.",
        "Some doubt about the money of the charter is in order.",
        "Bo Lind, once head of the mint, has been appointed its first director.",
    ],
)
def test_a_sentence_that_says_nothing_by_itself_is_refused(text: str) -> None:
    assert refused(text)


def test_what_the_pact_calls_for_needs_the_pact() -> None:
    brief = told(
        article("portwire", "The pact calls for tests of all cranes twice a year. Lund and Kiel signed a pact "
        "on artificial intelligence in ports. The ports will publish the results of their tests in May 2025."),
    )  # fmt: skip

    assert brief.statements[0].text == "Lund and Kiel signed a pact on artificial intelligence in ports."


def test_a_day_between_speaker_and_verb_or_a_dateline_is_no_speaker() -> None:
    source = (
        "LUND, 4 May 2024 — Lumen (Nordex: LUMN), a maker of cranes, today announced that it gives its models away."
    )

    assert check("Lumen announced that it gives its models away.", source) is None
    assert check("Kiel announced that it gives its models away.", source) is not None


def test_evidence_is_scored_by_how_likely_it_supports_its_sentence() -> None:
    scores = [e.score for s in league().statements for e in s.evidence]

    assert all(0 < score <= 1 for score in scores)
    assert len(set(scores)) > 1


def test_the_closing_adds_to_the_main_fact_what_the_brief_has_beside_it() -> None:
    doubt = "Critics of the charter said it binds nobody. The charter takes effect on June 1, 2024."

    brief = league(article("bay", doubt, hour=12, title="Harbor league adopts charter on AI"))

    assert brief.statements[-1].text == (
        "A league of eleven harbors that share open models adopted a charter on AI, but critics of the charter said it "
        "binds nobody."
    )


def test_a_closing_points_at_nothing_that_it_does_not_name_itself() -> None:
    doubt = "A mayor said that the sum was too small for tests of models. Critics of the tests said the sum was small."

    closing = league(article("bay", doubt, hour=12, title="Harbor league adopts charter on AI")).statements[-1].text

    assert "the sum" not in closing


def test_a_surname_is_left_out_with_the_sentence_that_introduced_the_person() -> None:
    reyes = Person(full="Ana Reyes", role="mayor of Lund", before=False, at=0)
    full, again = (
        _line(text, reyes)
        for text in ("Ana Reyes, mayor of Lund, opened the pier.", "Reyes said the pier would stay open.")
    )
    withheld: list[str] = []

    assert list(_leaning([full, again], withheld)) == [full, again]
    assert list(_leaning([again], withheld)) == []
    assert withheld == ["what it leans on was left out: Reyes said the pier would stay open."]


def test_a_surname_that_a_wording_cut_needs_no_introduction() -> None:
    reyes = Person(full="Ana Reyes", role="mayor of Lund", before=False, at=0)
    line = _line("Lund opened the pier.", reyes)

    assert list(_leaning([line], [])) == [line]
    assert line.fact.who is None
    assert line.fact.who_in("Lund opened a pier for Reyes.") == reyes


def test_what_a_writer_thinks_is_told_only_as_what_somebody_said() -> None:
    piece = "The charter of the harbor league is a farce for the crews of the ports. Dunmore pays three clerks."
    column = replace(article("bay", piece, hour=12), url="https://bay.example/opinion/charter")
    judging = article("cove", piece, hour=12)

    assert {f.text for f in gathered([column])} == set()
    assert {f.text for f in gathered([judging])} == {"Dunmore pays three clerks."}
    assert gathered([article("cove", "The clerk of the harbor league has a point about the crews.", hour=12)]) == []
    assert "farce" in gathered([article("cove", f"The mayor said t{piece[1:]}", hour=12)])[0].text


def test_what_a_lawyer_advises_is_told_only_as_what_somebody_said() -> None:
    piece = "Companies of the coast should check their cranes for old rust before the winter."
    other = "Public bodies of the coast should not redeploy their cranes before the court has ruled."

    assert gathered([article("cove", piece, hour=12)]) == []
    assert gathered([article("cove", other, hour=12)]) == []
    assert gathered([article("cove", f"The mayor said c{piece[1:]}", hour=12)])


def test_a_noun_of_long_ago_is_not_explained_by_the_sentence_before() -> None:
    text = (
        "The league got a complaint about cranes. Lund has nine piers. Clerk Ana Reyes of Lund dismissed the complaint."
    )

    (fact,) = [f for f in gathered([article("bay", text, hour=12)]) if "dismissed" in f.text]

    assert any("complaint" in need for need in fact.names)


def test_another_account_is_left_out_with_the_one_it_differs_from() -> None:
    second = _line("By another account, the fund has 30 members.")
    first = _line("The fund has 28 members.", other=second.fact)
    stranger = _line("The pier of Lund was closed in May.")

    assert list(_leaning([first, second], [])) == [first, second]
    assert list(_leaning([stranger, second], [])) == [stranger]


def test_paragraphs_are_counted_anew_where_one_is_left_out() -> None:
    lines = [replace(_line("The pier of Lund was closed in May."), paragraph=n) for n in (1, 2, 4)]

    assert [x.paragraph for x in _counted(lines)] == [1, 2, 3]


def test_a_sentence_that_would_make_a_long_run_waits_for_another_one() -> None:
    one = "The port of Lund in May sold a pier of forty meters to a trust of nine towns that share models."
    two = "The trust will keep a register of tests."
    other = _line("Ghana sent two ships to Oslo.")
    scene = Scene(
        story="pier", topics=(), articles=(article("harbor", f"{one} {two}"),), groups=(0,), readings=(),
        support=SUPPORT,
    )  # fmt: skip
    withheld: list[str] = []

    lines = _unbroken([_line(one), _line(two), other], scene, withheld)

    assert [line.text for line in lines] == [one, other.text, two]
    assert [line.text for line in _unbroken([_line(one), _line(two)], scene, withheld)] == [one]
    assert withheld == [f"long run of one source: {two}"]


def _line(text: str, who: Person | None = None, other: Fact | None = None) -> Line:
    cite = Cite(article=0, group=0, start=0, end=len(text))
    form = Form(text=text, cites=(cite,), needs=())
    fact = Fact(
        forms=(form,), article=0, group=0, place=0, line=0, share=0.0, told=frozenset(), person=who, other=other
    )  # fmt: skip
    return Line(fact=fact, paragraph=2, text=text, cites=(cite,))


@pytest.mark.parametrize(
    ("limit", "end"),
    [
        ("The charter does not bind the harbors of the league.", "While the charter does not bind the harbors"),
        ("The mayor of a town inland did not come to the dinner.", "A league of harbors adopted a charter on AI"),
    ],
)  # fmt: skip
def test_only_what_limits_the_matter_stands_beside_what_comes_next_with_it(limit: str, end: str) -> None:
    step = "Nine ports will vote on the rules of the charter in May."
    texts = ["A league of harbors adopted a charter on AI.", limit, step]
    plan = Plan(
        lead=_line(texts[0]).fact, body=(), spare=(), weights={}, rarity={},
        letters=Letters.of([" ".join(texts).lower()]), meaning=Meaning.of(texts, SUPPORT),
        links=Links(texts=(), tells=lambda *_: 0.0), actors=frozenset(), lonely=frozenset(),
    )  # fmt: skip
    statements = [Statement(text=t, paragraph=n, role="fact") for n, t in enumerate(texts, 1)]

    closing = closing_of(plan, statements, [], SUPPORT, short=False)

    assert closing.startswith(end)


def test_one_figure_of_two_sources_is_told_once() -> None:
    brief = league(
        article("bay", "Dunmore pays 3 million dollars into the fund for tests of models.", hour=12),
        article("cove", "The joint fund for tests gets 3 million dollars from Dunmore.", hour=13),
    )

    assert sum("3 million" in s.text for s in brief.statements if s.paragraph) == 1


def test_a_day_that_a_later_article_moves_is_not_told_as_it_was() -> None:
    day = "The board of ports takes comments on the draft until August 20."
    moved = "Comments, which had been due by Aug. 20, will be taken until Sept. 4, the board said."
    kept = "The board has had nine letters, and the last day for them is Aug. 20."
    news = "The board of ports published a draft on cranes, and crews of all ports may comment on it."

    for later, told in ((moved, False), (kept, True)):
        story = [article("bay", f"{news}\n{day}", hour=9), replace(article("cove", later), published=NEXT_DAY)]
        readings = read(story, [0, 1], Counter())
        facts = gather(readings, [], Counter(), SUPPORT)
        assert any("August 20" in f.text for f in fresh(facts, facts[0], readings)) is told


@pytest.mark.parametrize(
    ("old", "later", "told"),
    [
        (
            "Ports with more than 50 million crowns of revenue must pay for cranes.",
            "The board raised the revenue from which ports must pay for cranes from 50 million crowns to 200 million.",
            False,
        ),
        (
            "Ports with more than 50 million crowns of revenue must pay for cranes.",
            "The board raised the fee for boats from 50 crowns to 80.",
            True,
        ),
        (
            "In tests 60 crews of nine ports have lost cranes.",
            "The board counts 74 crews of nine ports that have lost cranes, up from 60 on Monday.",
            False,
        ),
        (
            "Norway had 60 crews of all crews of the ports in 2023.",
            "Norway has 74 crews of all crews of the ports, up from 60 in 2023.",
            True,
        ),
        ("Bids for the cranes are due on March 31.", "The deadline for bids was extended to April 30.", False),
        ("Bids for the cranes are due on March 31.", "The deadline for bids is two weeks away.", True),
        ("Guidelines for the cranes will be published shortly.", "Crews have read the guidelines.", False),
        (
            "Ports must name their clerks by March 31.",
            "Lund missed the deadline and will now name the clerks of its ports by April 30.",
            True,
        ),
        ("As soon as a crane is lent, ports must publish a summary.", "Crews have read the guidelines.", True),
        (
            "Kvarn must answer the league by March 31.",
            "The deadline for Ferry to answer the league was extended to April 30.",
            True,
        ),
        (
            "The league raised 40 million crowns from Kvarn for its ports.",
            "The league of ports raised its target of crews, from 40 million crowns to 60 million, Kvarn said.",
            True,
        ),
        (
            "Ports that break the charter pay 7 percent of their sales.",
            "The ports wanted to pay 3 percent of their sales rather than 7 percent.",
            True,
        ),
    ],
)
def test_what_a_later_day_s_article_revised_or_may_have_brought_is_not_told_as_it_was(
    old: str, later: str, told: bool
) -> None:
    news = "The board of ports published a draft on cranes, and crews of all ports may comment on it."
    story = [article("bay", f"{news}\n{old}", hour=9), replace(article("cove", later), published=NEXT_DAY)]
    readings = read(story, [0, 1], Counter())
    facts = gather(readings, [], Counter(), SUPPORT)

    assert any(f.text == old for f in facts)
    assert any(f.text == old for f in fresh(facts, facts[0], readings)) is told


NEXT_DAY = datetime(2024, 5, 28, tzinfo=UTC)
