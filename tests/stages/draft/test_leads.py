"""Which sentence leads a brief, and in which wording."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.stages.draft.choice.gather import gather
from pipeline.stages.draft.choice.ground import _undayed
from pipeline.stages.draft.choice.leads import _late, _manner, _newest, _opens_agency, _told, apart, best_lead, headline
from pipeline.stages.draft.evidence.support import check
from pipeline.stages.draft.language import datelines
from pipeline.stages.draft.language.datelines import with_its_day
from pipeline.stages.draft.texts.readings import read
from tests.stages.draft.articles import SUPPORT, article, gathered


def test_an_agency_opens_behind_its_place_and_day_and_a_press_office_behind_the_year() -> None:
    agency = "LUND, May 4 (Portwire) - Nine ports will test open models together and share the results with crews. "
    more = "The tests begin in the port of Brindle in June 2025."
    ministry = "DUNMORE, May 4, 2024 - Dunmore adopted a plan on tests of open models with nine ports and their crews."
    dropped: Counter[str] = Counter()
    readings = read([article("ministry", ministry), article("portwire", agency + more)], [0, 1], dropped)

    opens = {f.text[:10]: _opens_agency(f, readings) for f in gather(readings, [], dropped, SUPPORT)}

    assert opens == {"Dunmore ad": False, "Nine ports": True, "The tests ": False}
    assert datelines.agency("LUND, 4 May 2024 (Portwire) - Ports met.")
    assert not datelines.agency("(LUND, 4 May 2024) Ports met.")
    assert datelines.agency("May 4 (Portwire) - Ports met.")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            "Nine ports agreed on a fund for tests of open models on the whole outer coast.",
            "Ana Reyes, Minister of Ports, launched a fund for tests of open models on the whole coast.",
        ),
        (
            "Nine ports promised money for tests of open models on the whole of the outer coast.",
            "A meeting of nine ports closed in Lund with money for tests of open models on the coast.",
        ),
        (
            "The port will test its open models with eight others under a pact signed in Lund this year.",
            "The port will test its open models with eight others on the whole of the outer coast.",
        ),
        (
            "Nine ports promised money for tests of open models on the whole of the outer coast.",
            "Nine ports wrapped up their summit with money for tests of open models on the outer coast.",
        ),
        (
            "The government said Norway will run open models in the main office of each of its ports by 2027.",
            "The government said open models will run in the main office of each of its ports by 2027.",
        ),
        (
            "Lund opened the models of all of its cranes to the crews of nine ports on the coast.",
            "Two days after the vote, Lund opened the models of all of its cranes to the crews of nine ports.",
        ),
        (
            "New versions of Lund Crane's models will come to nine ports of the outer coast for a fee.",
            "New versions of the company's models will come to nine ports of the outer coast for a fee.",
        ),
        (
            "The Harbor Statement asks nine ports of the outer coast to share models with all of their crews.",
            "The Statement asks nine ports of the outer coast to share their models with all of their crews.",
        ),
        (
            "The rule for tests of open models will bite in nine ports of the outer coast this year.",
            "The rule for tests of open models in nine ports of the outer coast will take time to bite.",
        ),
        (
            "The league said on Tuesday it will open nine ports of the coast to tests of open models.",
            "The league said nine ports of the coast will be opened to the tests of open models.",
        ),
        (
            "A court barred tests of open models by a league that said it cannot recall them.",
            "A court barred tests of open models and a league said it cannot recall them.",
        ),
        (
            "The Dutch lower house passed a bill on tests of open models on the whole of the outer coast.",
            "The House of Representatives passed a bill on tests of open models on the whole of the coast.",
        ),
        (
            "The port will test all of its open models with eight others on the whole of the outer coast.",
            "In the winter of 2024, the port tested all of its open models with eight others on the coast.",
        ),
        (
            "The port said it would test all of its open models with eight others on the outer coast.",
            "The port said eight others should test all of their open models on the outer coast.",
        ),
        (
            "The school of Lund and Kiel was opened at a meeting of nine ports in the winter of 2024.",
            "The school of Lund and Kiel was first floated at a meeting of nine ports in the winter of 2024.",
        ),
        (
            "Lund and Kiel signed an agreement on cranes that lets Lund buy up to nine of them a year.",
            "Lund and Kiel of the outer coast signed an agreement on the cranes of nine ports on Tuesday.",
        ),
        (
            "Norway's parliament voted to free the makers of open crane models from parts of the coast's law.",
            "The National Assembly passed a revision that frees makers of open crane models from parts of the law.",
        ),
        (
            "The league said that nine ports of the coast would answer all of the letters of the auditor.",
            "A port spokesperson said that nine ports of the coast would answer all of the letters of the auditor.",
        ),
        (
            "Lund lent all of its open models to the eight ports of the outer coast on the first of May.",
            "Lund is headquartered at the old pier of the eight ports of the whole of the outer coast.",
        ),
        (
            "Nine ports of the coast agreed on a list of cranes that all crews can see from the first of May.",
            "Talks of all the nine ports and of the many yards of the outer coast will resume in Lund in May.",
        ),
        (
            "Nine ports agreed to give all of their crews the list of cranes that each of them has bought.",
            "Leaders of nine ports adopted the Lund Declaration on Cranes and Crews at the ninth meeting in Lund.",
        ),
        (
            "Nine ports agreed to give all of their crews the list of cranes that each of them has bought.",
            "The port office of Lund announced the signing of the Lund Compact on Cranes by all of the nine ports.",
        ),
        (
            "The assembly of ports passed its version of a bill that lets crews see the list of all cranes.",
            "The assembly of ports adopted its first-reading position on the bill on the list of all cranes.",
        ),
        (
            "The Port League gave all of the crews the list of cranes that each of the ports has bought.",
            "The Port League has published guidelines clarifying how the rules for open cranes apply to crews.",
        ),
        (
            "Norway's parliament voted to free the makers of open crane models from parts of the coast's law.",
            "A parliamentary committee voted to free the makers of open crane models from parts of the law.",
        ),
        (
            "Lund must test the open models of its cranes before it buys others, under a law of Governor Reyes.",
            "Governor Ana Reyes signed House File 17, the Open Crane Act of the outer coast, into law.",
        ),
    ],
)
def test_what_was_decided_leads_before_who_told_it_and_where(better: str, worse: str) -> None:
    assert _manner(better) > _manner(worse)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Port chief Ana Reyes urges captains to wait during a hearing.", True),
        ("Port chief Ana Reyes urged captains to wait during a hearing.", False),
        ("The charter covers all ports of the north.", False),
    ],
)
def test_a_headline_is_known_by_its_present_tense(text: str, is_one: bool) -> None:
    assert headline(text) is is_one


DATED = "LUND, May 4 (Portwire) - Nine ports of the outer coast on Saturday {did} to test open models together."


@pytest.mark.parametrize(
    ("raw", "published", "told"),
    [
        (DATED.format(did="agreed"), date(2024, 5, 4), "Nine ports of the outer coast on May 4 agreed to test"),
        (DATED.format(did="agreed"), date(2025, 5, 4), ""),  # that May 4 was a Sunday
        (DATED.format(did="agreed").replace(" on Saturday", " last Saturday"), date(2024, 5, 4), ""),
        (DATED.format(did="agreed").replace("May 4 ", ""), date(2024, 5, 4), ""),
        ("Lund, 4 May 2024 - The ports have today opened a fund.", None, "The ports on May 4 opened a fund."),
        (
            "(Harbor League, Lund, Port Road – Saturday, 4 May 2024) Ports today opened it.",
            None,
            "Ports on May 4 opened it.",
        ),
        ("LUND, Feb 29 (Portwire) - Ports opened a fund on Thursday.", date(2023, 3, 1), ""),  # no such day
        (
            "NADI, Fiji, Aug 18 AWS - Ports opened a fund on Tuesday.",
            date(2026, 8, 18),
            "Ports opened a fund on August",
        ),
    ],
)
def test_the_day_of_a_dateline_is_that_of_its_weekday(raw: str, published: date | None, told: str) -> None:
    found = with_its_day(raw, published)

    assert found.startswith(told)
    assert bool(found) is bool(told)


def test_a_lead_tells_its_day_where_it_has_room_and_only_the_one_of_its_dateline() -> None:
    raw = DATED.format(did="agreed")
    day = datetime(2024, 5, 4, tzinfo=UTC)
    story = [replace(article("portwire", f"{raw}\nThe tests begin in Brindle in June 2025."), published=day)]
    lead = best_lead(gathered(story), read(story, [0], Counter()), SUPPORT)

    assert lead
    assert lead.text == "Nine ports of the outer coast on May 4 agreed to test open models together."
    assert check(lead.text, raw) is None
    assert check(lead.text.replace("May 4", "May 5"), raw) == "new: 5, may"
    assert check(lead.text.replace("May 4", "June 4"), raw) == "new: 4, june"


def test_a_lead_keeps_the_weekday_of_a_report_whose_dateline_has_no_date() -> None:
    raw = "LUND (Portwire) - Nine ports of the outer coast agreed Tuesday to test open models together."
    more = "The tests begin in Brindle next Monday, and the ports have waited since Friday for a license to run them."
    day = datetime(2024, 5, 7, tzinfo=UTC)
    story = [replace(article("portwire", f"{raw}\n{more}"), published=day)]
    lead = best_lead(gathered(story), read(story, [0], Counter()), SUPPORT)

    assert lead
    assert lead.text == "Nine ports of the outer coast agreed on Tuesday to test open models together."
    assert check(lead.text.replace("Tuesday", "Monday"), raw) is not None
    assert all("day" not in f.text for f in gathered([replace(story[0], published=None)]))


def test_what_came_last_leads_where_two_articles_open_on_it() -> None:
    first = (
        "Lund banned open models from its cranes on May 2 and gave the ports of the coast until July to remove them."
    )
    court = "A court on May 9 stopped the ban of open models in cranes until it has heard the ports of the coast."
    again = (
        "The ban of open models in cranes was stopped on May 9 by a court that wants to hear the ports of the coast."
    )
    old = [article(f"port{n}", first, hour=9) for n in range(3)]
    new = [
        replace(article(f"bay{n}", text), published=datetime(2024, 5, 9 + n, tzinfo=UTC), title="Court stops ban")
        for n, text in enumerate((court, again))
    ]  # fmt: skip

    for story, begin in (((*old, *new), "A court on May 9"), ((*old, new[0]), "Lund banned")):
        lead = best_lead(gathered(list(story)), read(story, range(len(story)), Counter()), SUPPORT)
        assert lead
        assert lead.text.startswith(begin)

    other = replace(new[1], text="Ana Reyes poured tea for the crews in the old yard of Kiel.", title="A quiet life")
    pair = [
        replace(a, text=t, title="Kiel")
        for a, t in zip(
            new, ("Crews asked for higher pay and longer holidays.", "Kiel bought two tugs for crews."), strict=True
        )
    ]
    soon = [replace(a, published=old[0].published) for a in new]
    for late, newest in ((new, {3, 4}), ((new[0], other), set()), (soon, set()), (pair, set())):
        assert _newest(read([*old, *late], range(5), Counter()), SUPPORT) == newest


def test_a_lead_of_too_many_copied_words_has_its_speaker_in_front() -> None:
    told = "Lund will run open models in the main office of each of its 40 ports on the outer and inner coast by 2027"
    more = "The crews of Lund and those of Kiel will meet in May."
    text = f"{told}, the league of ports said, in the boldest step yet under its plan for cranes.\n{more}"
    story = [article("portwire", text)]

    forms = [form.text for fact in gathered(story) for form in fact.forms]

    assert f"The league of ports said {told}." in forms


def test_a_day_is_worth_more_than_a_second_source() -> None:
    one = "LUND, May 4 (Portwire) - Nine ports of the outer coast agreed on Saturday to test open models together."
    other = "Nine ports of the outer coast agreed to test open models together, and crews of all of them will help."
    story = [
        replace(article(f"port{n}", t), published=datetime(2024, 5, 4, tzinfo=UTC)) for n, t in enumerate((one, other))
    ]
    lead = best_lead(gathered(story), read(story, [0, 1], Counter()), SUPPORT)

    assert lead
    assert lead.text == "Nine ports of the outer coast agreed on May 4 to test open models together."
    assert len(lead.cites) == 1


def test_a_weekday_stands_in_a_lead_alone() -> None:
    texts = ["Nine ports agreed on Tuesday to test open models.", "Nine ports agreed to test open models."]
    (fact,) = gathered([article("portwire", texts[1])])
    both = replace(fact, forms=tuple(replace(fact.forms[0], text=text) for text in texts))
    alone = replace(fact, forms=both.forms[:1])

    assert [[form.text for form in f.forms] for f in _undayed([both, alone])] == [texts[1:]]


def test_a_lead_may_quote_a_few_words() -> None:
    text = 'More than 90 ports on May 4 adopted a charter that calls open models a "shared tool of crews" of the coast.'
    story = [article("portwire", f"{text}\nThe charter takes effect in the ports of the coast in June 2025.")]
    lead = best_lead(gathered(story), read(story, [0], Counter()), SUPPORT)

    assert lead
    assert lead.text == text


def test_a_feature_far_from_the_news_does_not_lead() -> None:
    news = [
        article(f"port{n}", f"{who} ports asked for open models of cranes.") for n, who in enumerate(("Nine", "Some"))
    ]
    scene = article("bay", "The applause in the old yard of Kiel lasted for 40 seconds.", title="A quiet life")
    readings = read([*news, scene], [0, 1, 2], Counter())

    away = apart(readings, SUPPORT)

    assert away[2] > 0.2 > away[0]
    assert set(apart(readings[1:], SUPPORT).values()) == {0.0}
    lead = best_lead(gathered([*news, scene]), readings, SUPPORT)
    assert lead
    assert lead.article != 2


def test_who_said_on_which_day_is_no_part_of_what_was_said() -> None:
    assert _told("The ports will merge, the league said on May 3.") == "The ports will merge, the league said on May 3."
    assert _told("The league said on Tuesday it will merge the ports.") == "it will merge the ports."


def test_what_was_done_leads_although_somebody_then_said_what_would_follow() -> None:
    done = (
        "Lund opened the models of all the cranes in each of its ports on the outer coast to the public and said it "
        "would spend nine million kroner on tests."
    )
    said = "The mayor of Lund argued that the models of its cranes are open and said that more tests help."

    assert _manner(done) == 0 > _manner(said)
    assert _manner("Lund said on May 4 it would open the models of all its cranes to the public in June.") > 0


def test_no_condition_of_what_came_before_keeps_it_in_the_lead() -> None:
    raw = "Lund dropped a vote on the fund, a day after Kiel said it would not pay unless crews agreed."

    assert check("Lund dropped a vote on the fund.", raw) is None
    assert check("Lund will pay.", "Lund will pay into the fund unless the crews of Kiel object.") == "left out: unless"


def test_a_finding_is_the_news_itself_and_that_a_position_was_adopted_is_none() -> None:
    finding = "A public inquiry said open models should stay in use in the ports of Lund."

    assert _manner(finding) == 0 > _manner(finding.replace("A public inquiry", "The mayor of Kiel"))
    assert _manner("A committee of the league adopted its position on the rules for cranes of the ports.") < -0.8


def test_of_a_long_opening_the_wording_with_the_weekday_has_room_for_more() -> None:
    opening = (
        "Ministers from 17 small old northern harbor states agreed on Saturday to establish a shared register of crane "
        "incidents and a $140 million fund, but left out any reference to military use after two days of talks in Lund."
    )
    story = [
        article("wire", f"LUND, May 4 - {opening}"),
        article("valley", "Seventeen harbor states will share a register of crane incidents."),
    ]

    forms = [form.text for f in gathered(story) for form in f.forms]

    assert any("on Saturday" in text and text.endswith("left out military use.") for text in forms)
    assert not any("on May 4" in text and "military" in text for text in forms)


def test_what_was_signed_into_law_is_no_lead_without_what_it_does() -> None:
    assert _manner("Ana Reyes signed House File 17, the Open Crane Act of the outer coast, into law.") < -0.8
    assert _manner("The port office of Lund published its assessment of the cranes of the coast and its yards.") < -0.8
    assert (
        _manner("The port office of Lund published its 90-page assessment, a week before mayors meet in Kiel.") < -0.8
    )
    assert _manner("The port office released a study of the cranes of the coast that found half of them old.") > -0.8


def test_a_pact_with_its_sum_is_no_hollow_one() -> None:
    hollow = "Lund and Kiel signed a Framework Agreement on the Cranes of all Ports of the Outer Coast."

    assert _manner(hollow) < -0.8 < _manner(hollow.replace("Framework Agreement", "9-million-crown agreement"))


def test_a_weekday_is_worth_less_than_a_date_and_no_day_is_worth_as_much() -> None:
    plain = "Lund opened the models of all its cranes to crews of the outer coast and their yards."

    dated, weekday = (plain.replace("opened", f"on {day} opened") for day in ("May 4", "Monday"))

    assert _manner(dated) > _manner(weekday) == _manner(plain)


def test_what_came_a_day_later_and_stands_alone_leads_less() -> None:
    story = [
        article("one", "Nine ports of the coast opened a school for crane crews in Lund.", hour=8),
        article("two", "Nine ports opened a crane school in Lund for all crews of the coast.", hour=9),
        article("three", "Norway will send its crews to a crane school that nine ports of the coast opened.", hour=10),
    ]
    late = replace(story[2], published=datetime(2024, 5, 6, tzinfo=UTC))

    assert _late(read(story, [0, 1, 2], Counter())) == frozenset()
    assert _late(read([*story[:2], late], [0, 1, 2], Counter())) == {2}


def test_what_a_port_does_today_has_no_date() -> None:
    assert with_its_day("Lund, 16 May 2024 - The port today opens a yard.") == ""
    assert with_its_day("Lund, 16 May 2024 - The port today was the first.") == "The port on May 16 was the first."
    assert with_its_day("Lund, 16 May 2024 - The port today opened a yard.") == "The port on May 16 opened a yard."
