"""What a sentence is worth to a brief, by itself and beside what is chosen so far; and what is done with its room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.domain.brief import Brief
from pipeline.stages import draft
from pipeline.stages.draft.choice import plan as planning
from pipeline.stages.draft.choice.chains import Links
from pipeline.stages.draft.choice.coverage import Coverage
from pipeline.stages.draft.choice.gather import gather
from pipeline.stages.draft.choice.ground import (
    AFTER,
    PARTS,
    SLIGHT,
    Ground,
    _later,
    _slight,
    _voices,
    concept_weights,
    rarity,
)
from pipeline.stages.draft.choice.leads import FEATURE as FAR_OFF
from pipeline.stages.draft.choice.likeness import Meaning, alike
from pipeline.stages.draft.choice.plan import _better_told, plan
from pipeline.stages.draft.choice.repeats import same_figure
from pipeline.stages.draft.choice.sofar import BARE, NEARLY_SAME, RECOUNT, SAME, SoFar
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.nouns import heard
from pipeline.stages.draft.texts.readings import read
from tests.stages.draft.articles import SUPPORT, article
from tests.stages.draft.stories import stories


def gathered(*texts: str) -> list[Fact]:
    """The facts of articles with these texts."""
    articles = [article(f"port{n}", text) for n, text in enumerate(texts)]
    return gather(read(articles, list(range(len(texts))), Counter()), [], Counter(), SUPPORT)


def ground(facts: Sequence[Fact], *texts: str) -> Ground:
    """A ground with the first fact as lead; the words of `texts` are what several sources use."""
    lead, *rest = facts
    readings = read([article(f"port{n}", text) for n, text in enumerate(texts)], list(range(len(texts))), Counter())
    coverage = Coverage.of(facts, readings, SUPPORT)
    return Ground(
        lead=lead, rest=tuple(rest), weights=concept_weights(readings), rarity=rarity(facts), letters=Letters.of(texts),
        meaning=Meaning.of([f.text for f in facts], SUPPORT), subject=dict.fromkeys((f.text for f in facts), 1.0),
        coverage=coverage, links=Links(texts=(), tells=lambda *_: 0.0), voices=dict.fromkeys(range(9), 0.0),
        given={(f.article, f.place): frozenset() for f in facts},
    )  # fmt: skip


def test_a_sentence_that_a_reader_can_follow_comes_before_one_from_the_midst_of_a_paragraph() -> None:
    lead, opening, midst, later = gathered(
        "Nine ports adopted a charter on open models.\n"
        "The charter on open models asks ports to share tests. A register of tests will be kept in Brindle.\n"
        "Crews of nine ports train at the crane school in Brindle."
    )
    given = {(0, n): frozenset[str]().union(*(f.bag for f in (lead, opening, midst)[:n])) for n in range(4)}
    so_far = SoFar.of(replace(ground([lead, opening, midst, later]), given=given))
    left_off, finished = opening, replace(opening, ends=True)
    so_far.compare([lead, left_off, finished, midst, later])

    assert [f.opens for f in (opening, midst, later)] == [True, False, True]
    assert so_far.clear(opening) > so_far.clear(later) > so_far.clear(midst)
    assert so_far.clear(later) > so_far.clear(lead)  # how an article opens is the lead's news
    assert [f.ends for f in (opening, midst, later)] == [False, True, True]
    assert so_far.mean([finished], {id(finished): 0.0}) > so_far.mean([left_off], {id(left_off): 0.0})


def test_how_an_article_of_a_later_day_opens_is_told_if_it_opens_on_something_new() -> None:
    pact = "Nine ports adopted a charter on open models of cranes in Brindle."
    first, again, since = (
        article("portwire", pact),
        replace(
            article("quay", f"The charter on open models of cranes was adopted in Brindle by nine ports. {pact}"),
            id="2",
        ),
        article(
            "bay",
            "Ghana has barred all crews of its navy from visits to Brindle after nine ports adopted a charter.",
        ),
    )
    assert first.published
    later = first.published + timedelta(days=2)
    articles = [first, *(replace(a, published=later) for a in (again, since))]
    readings = read(articles, [0, 1, 2], Counter())
    facts = gather(readings, [], Counter(), SUPPORT)

    base = Ground.of(facts, readings, [a.text for a in articles], SUPPORT)

    assert base is not None
    assert base.later == {2}
    told = plan(base).body
    assert any("Ghana" in f.text for f in told)
    so_far = SoFar.of(base)
    (barred,) = [f for f in base.rest if "Ghana" in f.text]
    ghana = base.lead.in_form(replace(base.lead.forms[0], text="Ghana adopted a charter on cranes."))
    assert base.develops(barred)
    like = replace(
        since, text="Ghana saw nine ports adopt a charter on open models of cranes in Brindle.", published=later
    )
    assert AFTER.search("Ports must tell of faults within 15 days after they occur.") is None
    for text, new in ((like.text, set()), (f"{like.text[:-1]}, two days after the vote.", {1})):
        known = read([first, replace(like, text=text)], [0, 1], Counter())
        assert _later(known, base.lead, gather(known, [], Counter(), SUPPORT)) == new
    assert _later(readings, ghana, base.rest) == set()  # who acts in the lead is told of again
    so_far.compare([barred])
    assert so_far.meant[id(barred)] == so_far.near[id(barred)] == 0.0
    assert so_far.clear(barred) > replace(so_far, ground=replace(base, later=frozenset())).clear(barred)


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
    assert coverage.anew().gains([told])[0] == shared


def test_two_figures_with_the_same_words_are_told_once() -> None:
    _, one, other, fee = gathered(
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
    lead, board, again, named, more = gathered(
        "Nine ports adopted a charter on open models.\n"
        "A joint board of ports with its seat in Brindle keeps the register of tests.\n"
        "The register of tests is kept by the joint board of ports, with its office in Brindle.\n"
        "The joint board of ports in Brindle keeps a register of the tests of Dunmore.\n"
        "The joint board of ports in Brindle keeps a register of 40 tests."
    )
    so_far = SoFar.of(ground([lead, board, again, named, more]))
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
    (lead,) = gathered("Nine ports adopted a charter on open models.")
    said = ("The hardest dispute was over cranes.", "The hardest dispute was over 40 cranes.")
    slight, more = (replace(lead, forms=(replace(lead.forms[0], text=text),)) for text in said)
    weighed = ground([lead, slight, more])

    assert weighed.itself(slight).worth == weighed.itself(more).worth - SLIGHT


def test_a_numbered_part_of_a_law_costs() -> None:
    lead, part, plain = gathered(
        "Nine ports adopted a charter on cranes.\n\nLund broke Article 9 of the charter on cranes in May.\n\n"
        "Lund broke the first rule of the charter on cranes in May."
    )
    base = ground([lead, part, plain])

    assert base.itself(plain).worth - base.itself(part).worth > PARTS / 2


def test_a_noun_behind_the_that_nothing_has_named_costs() -> None:
    lead, vague, named = gathered(
        "Nine ports adopted a charter on open models.\n"
        "Crews of nine ports will have to pay the elders.\n"
        "Crews of nine ports will have to pay the ports."
    )
    so_far = SoFar.of(ground([lead, vague, named]))
    so_far.compare([vague, named])
    before = so_far.gain(vague)
    so_far.told |= heard(vague.stems)

    assert so_far.gain(vague) == pytest.approx(before + BARE)
    assert all(not nouns & {"port"} for nouns in so_far.ground.itself(named).bare)


def test_of_sentences_that_tell_the_same_the_fuller_one_is_taken_if_it_has_all_figures() -> None:
    lead, thin, full, other = gathered(
        "Nine ports adopted a charter on open models of cranes.\n"
        "The yard of Brindle will open in March 2027 with 40 cranes.",
        "The yard of Brindle will open in March 2027 with 40 cranes and crews of nine ports, half of them from Lund.\n"
        "The yard of Brindle, with crews of nine ports, half of them from Lund, will open in March 2027.",
    )
    thin, full, other = (f.in_form(replace(f.forms[0], cites=f.cites[:1])) for f in (thin, full, other))
    weighed = ground([lead, thin, full, other], full.text, full.text)

    assert _better_told(thin, [full, other], weighed) is full
    assert _better_told(thin, [other], weighed) is thin  # the cranes would be lost
    set_for, lab = gathered(
        "The opening of the new yard of cranes in the north is set for March 2027.\n"
        "Lund and Kiel will have a joint yard, due to open in March 2027 with nine crews of both ports."
    )
    assert _better_told(set_for, [lab], ground([lead, set_for, lab], lab.text, lab.text)) is lab
    told_by_two = other.in_form(replace(other.forms[0], cites=(*other.cites, replace(other.cites[0], article=0))))
    assert _better_told(thin, [full, told_by_two], weighed) is told_by_two


def test_a_sentence_with_a_figure_that_is_told_stays_if_it_has_more_to_tell_and_is_worth_less() -> None:
    lead, fee, again, use = gathered(
        "Nine ports adopted a charter on open models.\nEach port will pay 40,000 euros for the joint register.",
        "Every port must pay 40,000 euros for its part of the register.",
        "Of the 40,000 euros Brindle would rather buy lamps, ropes and a second boat, its mayor Ana Reyes wrote.",
    )
    use, again = (replace(f, group=n) for n, f in ((2, use), (1, again)))
    so_far = SoFar.of(ground([lead, fee, again, use]))
    so_far.take(fee)
    so_far.compare([again, use])
    before = so_far.gain(use)

    assert so_far.recounted(again, fee)
    assert not so_far.recounted(use, fee)
    assert so_far.gain(use) == pytest.approx(before - RECOUNT)


def test_one_share_of_one_thing_is_told_once_however_it_goes_on() -> None:
    lead, one, other = gathered(
        "Nine ports adopted a charter on open models.\nAbout 30 percent of the money is for cranes in Lund and Kiel.",
        "Some 30% of the money is reserved for lifting gear, which crews said is what the smaller ports lack the most.",
    )
    so_far = SoFar.of(ground([lead, one, replace(other, group=1)]))

    assert so_far.recounted(replace(other, group=1), one)


def test_a_sentence_that_waits_for_a_noun_comes_with_the_one_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lead, naming, plain, waiting = gathered(
        "Nine ports adopted a charter on open models.\n"
        "An outside panel of engineers will meet in Lund.\n"
        "Crews want higher pay.\n"
        "The panel will test 40 cranes of Kiel and Brindle by June 2027."
    )
    weighed = ground([lead, naming, plain, waiting], waiting.text, waiting.text)
    so_far = SoFar.of(weighed)
    so_far.compare(weighed.rest)
    high, low = {id(f): float(f is waiting) * 9 for f in weighed.rest}, dict.fromkeys(map(id, weighed.rest), 0.0)
    low[id(naming)] = 9.0

    ready = [f for f in weighed.rest if so_far.ready(f)]

    assert waiting not in ready
    assert list(so_far.bridged(weighed.rest, ready, high)) == [(naming, waiting)]
    assert list(so_far.bridged(weighed.rest, ready, low)) == []  # what names it is worth more alone
    monkeypatch.setattr(
        planning, "ENOUGH_WORDS", 0
    )  # a full brief, in which what names it is worth too little by itself
    assert _places(plan(weighed).body) == {(waiting.article, waiting.place), (naming.article, naming.place)}


def _places(facts: Sequence[Fact]) -> set[tuple[int, int]]:
    return {(f.article, f.place) for f in facts}


@pytest.mark.parametrize("name", ["coe-convention", "common-measure"])
def test_the_room_of_a_sentence_that_finds_no_place_goes_to_others(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = next(s for s in stories() if s.name == name)
    filled = draft.compile_brief(name, (), told.articles, support=SUPPORT)
    monkeypatch.setattr(draft, "plan", lambda ground, without=(): plan(ground))
    left = draft.compile_brief(name, (), told.articles, support=SUPPORT)

    assert isinstance(filled, Brief)
    assert isinstance(left, Brief)
    assert len(filled.text.split()) > len(left.text.split())
    assert set(filled.withheld) >= set(left.withheld)  # what found no place is still said


def test_what_is_left_out_of_a_plan_is_neither_told_nor_spare() -> None:
    lead, one, other = gathered(
        "Nine ports adopted a charter on open models.\nCrews of nine ports train in Brindle.\nEach port pays 40 euros."
    )
    chosen = plan(ground([lead, one, other]), without={(one.article, one.place)})

    assert one not in (*chosen.body, *chosen.spare)
    assert other in (*chosen.body, *chosen.spare)


def test_a_quotation_is_told_once_whoever_gives_it() -> None:
    one = 'The crews of Lund called the bill "a door made for big ports".'
    other = 'The bill was "a door made for big ports", a club of seamen said.'

    assert alike(one, other, {}) == 1.0
    assert alike(one, 'The bill was "a door", a club of seamen said.', {}) < 1.0
