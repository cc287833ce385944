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
from pipeline.stages.draft.choice.coverage import Coverage
from pipeline.stages.draft.choice.gather import gather
from pipeline.stages.draft.choice.leads import FEATURE as FAR_OFF
from pipeline.stages.draft.choice.leads import _fullest
from pipeline.stages.draft.choice.likeness import Meaning
from pipeline.stages.draft.choice.plan import NEARLY_SAME, SAME, SLIGHT, Plan, _slight, _SoFar, _voices
from pipeline.stages.draft.choice.repeats import same_figure
from pipeline.stages.draft.choice.stale import fresh
from pipeline.stages.draft.evidence.support import check
from pipeline.stages.draft.facts import Cite, Fact, Form, Line
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.texts.people import Person
from pipeline.stages.draft.texts.readings import read
from pipeline.stages.draft.writing.closing import closing_of
from pipeline.stages.draft.writing.compose import Scene, _counted, _leaning, _unbroken
from tests.stages.draft.articles import SUPPORT, article

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
    other = replace(short.forms[0], needs=(frozenset({"crew"}),), text=full.replace("kroner", "kroner of the crew"))
    worse, better = (replace(short.forms[0], text=text) for text in (fluff, full))
    fact = replace(short, forms=(*short.forms, worse, other, better))

    assert _fullest(fact).text == full


def test_a_sentence_that_a_reader_can_follow_comes_before_one_from_the_midst_of_a_paragraph() -> None:
    lead, opening, midst, later = gathered_facts(
        "Nine ports adopted a charter on open models.\n"
        "The charter on open models asks ports to share tests. A register of tests will be kept in Brindle.\n"
        "Crews of nine ports train at the crane school in Brindle."
    )
    meaning = Meaning.of([f.text for f in (lead, opening, midst, later)], SUPPORT)
    given = {(0, n): frozenset[str]().union(*(f.bag for f in (lead, opening, midst)[:n])) for n in range(4)}
    so_far = _SoFar(
        chosen=[lead], covered=set(lead.bag), told=set(), subject={}, coverage=Coverage.of([lead], [], SUPPORT),
        links=Links(texts=(), tells=lambda *_: 0.0), voices={0: 0.0}, given=given,
    )  # fmt: skip
    left_off, finished = opening, replace(opening, ends=True)
    so_far.compare([lead, left_off, finished, midst, later], {}, meaning)

    assert [f.opens for f in (opening, midst, later)] == [True, False, True]
    assert so_far.clear(opening) > so_far.clear(later) > so_far.clear(midst)
    assert so_far.clear(later) > so_far.clear(lead)  # how an article opens is the lead's news
    assert [f.ends for f in (opening, midst, later)] == [False, True, True]
    assert so_far.mean([finished], {id(finished): 0.0}) > so_far.mean([left_off], {id(left_off): 0.0})


def gathered_facts(text: str) -> list[Fact]:
    dropped: Counter[str] = Counter()
    return gather(read([article("portwire", text)], [0], dropped), [], dropped, SUPPORT)


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
        forms=(form,), article=0, group=0, place=0, line=0, share=0.0, told=frozenset(), who=who, other=other
    )  # fmt: skip
    return Line(fact=fact, paragraph=2, text=text, cites=(cite,))


def test_what_several_sources_tell_covers_more_than_what_one_tells_and_nothing_once_it_is_told() -> None:
    pact = "Lund and Kiel signed a pact to test the cranes of both ports together."
    articles = [
        article("portwire", f"{pact} The mayor of Lund collects old lamps and brass clocks."),
        article("quay", "A pact to test cranes together was signed by the ports of Kiel and Lund."),
    ]
    readings = read(articles, [0, 1], Counter())
    facts = {f.text: f for f in gather(readings, [], Counter(), SUPPORT)}
    told, lone = facts[pact], facts["The mayor of Lund collects old lamps and brass clocks."]
    coverage = Coverage.of([told, lone], readings, SUPPORT)

    shared, single = coverage.gains([told, lone])

    assert shared > 2 * single
    assert (coverage.alone(told), coverage.alone(lone)) == (False, True)
    coverage.take(told)
    assert coverage.gains([told])[0] < 0.1


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
        links=Links(texts=(), tells=lambda *_: 0.0), lonely=frozenset(),
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


NEXT_DAY = datetime(2024, 5, 28, tzinfo=UTC)


def test_two_figures_with_the_same_words_are_told_once() -> None:
    _, one, other, fee = gathered_facts(
        "Nine ports adopted a charter on tests of banks.\n"
        "The tests of the league will begin in 38 banks of eight ports.\n"
        "The tests of banks along the coast cover 38 banks in eight of 11 ports.\n"
        "The league asks crews for a fee of 38 euros in eight parts."
    )
    other, fee = (replace(f, group=1, article=1) for f in (other, fee))
    rows = SUPPORT.embed([one.text, other.text, fee.text])
    far = Meaning(rows={f.text: 0.1 * row for f, row in zip((one, other, fee), rows, strict=True)})

    assert same_figure(one, other, far)
    assert not same_figure(one, fee, far)


def test_what_an_agency_tells_counts_more_and_what_a_chatty_article_tells_less() -> None:
    agency = "LUND, May 4 (Portwire) - Nine ports will test open models together and share what crews learn."
    talk = "You don't test a crane twice. It's the crews who test it, isn't it? The ports pay for it."
    quoted = 'The ports pay for the tests. "You don\'t test a crane twice, do you?" said Ana Reyes of Lund.'
    texts = [article(f"port{n}", text, hour=9) for n, text in enumerate((agency, talk, quoted))]
    later = article("port3", "The ports pay for the tests of all cranes.", hour=20)
    voices = _voices(read([*texts, later], [0, 1, 2, 3], Counter()), SUPPORT)

    assert voices[0] > voices[3] > voices[2] == 0 > voices[1]


def test_what_a_feature_tells_far_from_the_others_counts_less() -> None:
    news = [
        article(f"port{n}", f"{who} ports will test open models of cranes together.")
        for n, who in enumerate(("Nine", "The", "Some"))
    ]
    scene = replace(
        article("bay", "Rain fell on the roofs of old Lund as Ana Reyes poured her tea."), title="A quiet life"
    )

    voices = _voices(read([*news, scene], [0, 1, 2, 3], Counter()), SUPPORT)

    assert -FAR_OFF <= voices[3] < -FAR_OFF / 4
    assert voices[0] == voices[1] == voices[2] == 0
    assert (
        _voices(read([news[0], scene], [0, 1], Counter()), SUPPORT)[1] == 0
    )  # two alone are never far from the others


def test_what_is_nearly_the_same_with_no_more_than_two_new_words_is_told_once() -> None:
    lead, board, again, named, more = gathered_facts(
        "Nine ports adopted a charter on open models.\n"
        "A joint board of ports with its seat in Brindle keeps the register of tests.\n"
        "The register of tests is kept by the joint board of ports, with its office in Brindle.\n"
        "The joint board of ports in Brindle keeps a register of the tests of Dunmore.\n"
        "The joint board of ports in Brindle keeps a register of 40 tests."
    )
    so_far = _SoFar(
        chosen=[lead], covered=set(lead.bag), told=set(), subject={}, coverage=Coverage.of([lead, board], [], SUPPORT),
        links=Links(texts=(), tells=lambda *_: 0.0), voices={0: 0.0}, given={},
    )  # fmt: skip
    so_far.take(board)

    for meant, told in ((SAME, True), (NEARLY_SAME, False)):
        so_far.meant = {id(again): meant, id(named): meant, id(more): meant}
        assert so_far.tells(again) is told
        assert not so_far.tells(named)
        assert not so_far.tells(more)


def test_a_short_sentence_tells_a_figure_or_what_somebody_has_to_do_with_another() -> None:
    assert _slight("The hardest dispute was over cranes.")
    assert not _slight("The hardest dispute was over 40 cranes.")
    assert not _slight("The port of Lund warned Kiel.")
    assert not _slight("The hardest dispute of the day was over cranes and their crews.")


def test_what_is_slight_is_worth_less_by_itself() -> None:
    (lead,) = gathered_facts("Nine ports adopted a charter on open models.")
    said = ("The hardest dispute was over cranes.", "The hardest dispute was over 40 cranes.")
    slight, more = (replace(lead, forms=(replace(lead.forms[0], text=text),)) for text in said)
    so_far = _SoFar(
        chosen=[lead], covered=set(), told=set(), subject=dict.fromkeys(said, 1.0), voices={0: 0.0}, given={},
        coverage=Coverage.of([lead], [], SUPPORT), links=Links(texts=(), tells=lambda *_: 0.0),
    )  # fmt: skip

    assert so_far._by_itself(slight, {}).worth == so_far._by_itself(more, {}).worth - SLIGHT
