"""A sentence in slightly other words says the same, and passes the check."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.stages.draft.evidence.support import check
from pipeline.stages.draft.wording.apart import CHANGES, variants

SAID = [
    ("Oslo asked the United Nations' ports for it.", "Oslo asked the UN's ports for it."),
    ("The bill binds AI companies.", "The bill binds AI firms."),
    ("The port said crews should rest.", "The port said that crews should rest."),
    ("Ana Reyes had told crews of it.", "Ana Reyes told crews of it."),
    ("Ana Reyes, the port minister, said it was cold.", "Port minister Ana Reyes said it was cold."),
    ("The port said that its crews were trained.", "The port said its crews were trained."),
    ("The port said its crews were trained.", "The port said that its crews were trained."),
    ("Fees rose by 40 per cent in Lund.", "Fees rose by 40 percent in Lund."),
    ("Oslo has signed the charter of the ports.", "Oslo signed the charter of the ports."),
    ("The centre will organise tests of the programme.", "The center will organize tests of the program."),
    ("Oslo signed a pact setting up the school.", "Oslo signed a pact establishing the school."),
    ("Oslo agreed to set up a school.", "Oslo agreed to establish a school."),
    ("Ports told each other of faults.", "Ports told one another of faults."),
    ("The pact allows ports to share cranes.", "The pact permits ports to share cranes."),
    ("Oslo signed a pact allowing ports to share cranes.", "Oslo signed a pact permitting ports to share cranes."),
    ("A pact that requires the ports to share.", "A pact which requires the ports to share."),
    ("Work commences in May.", "Work starts in May."),
    ("Work will begin in May.", "Work will start in May."),
    ("Lund pays for tests beginning in May.", "Lund pays for tests starting in May."),
    ("The league has filed a complaint.", "The league filed a complaint."),
    (
        "At least 40 towns will join, and at least 40 ports.",
        "At least 40 towns will join, and no fewer than 40 ports.",
    ),
    ("The crane costs 1.5 million euros in all.", "The crane costs \u20ac1.5 million in all."),
    ("Lund pays \u20ac40 million for cranes.", "Lund pays 40 million euros for cranes."),
    ("Half of the money comes from Lund.", "Half the money comes from Lund."),
    ("The rest comes from Lund.", "The remainder comes from Lund."),
    ("Lund pays the remainder of the costs.", "Lund pays the rest of the costs."),
    ("Lund has the largest port.", "Lund has the biggest port."),
    ("Lund has the biggest port.", "Lund has the largest port."),
    ("Lund pays another 40 million.", "Lund pays a further 40 million."),
    ("Lund pays a further 40 million.", "Lund pays another 40 million."),
    ("Although Lund pays, Oslo waits.", "Though Lund pays, Oslo waits."),
    ("Lund pays, although Oslo waits.", "Lund pays, though Oslo waits."),
    ("Lund reports annually on cranes.", "Lund reports each year on cranes."),
    ("Lund reports each year on cranes.", "Lund reports every year on cranes."),
    ("Lund pays its start-ups.", "Lund pays its startups."),
    ("Lund pays its non-profits.", "Lund pays its nonprofits."),
    ("Nine towns, including Lund, pay.", "Nine towns, among them Lund, pay."),
    ("The charter enters into force in May.", "The charter takes effect in May."),
    ("The charter may come into force in May.", "The charter may take effect in May."),
    ("The charter entered into force in May.", "The charter took effect in May."),
    ("The charter took effect in May.", "The charter came into force in May."),
    ("The crane is located in Lund.", "The crane is in Lund."),
    ("The port said Lund trains its crews.", "The port said that Lund trains its crews."),
    ("Reyes warned that the port is full.", "Reyes warned the port is full."),
    ("Lund has over 40 cranes.", "Lund has more than 40 cranes."),
    ("Over 40 cranes stand in Lund.", "More than 40 cranes stand in Lund."),
    ("Lund has more than 40 cranes.", "Lund has over 40 cranes."),
    ("Lund has fewer than 40 cranes.", "Lund has under 40 cranes."),
    ("Roughly 40 cranes stand in Lund.", "About 40 cranes stand in Lund."),
    ("Lund has roughly 40 cranes.", "Lund has about 40 cranes."),
    ("Lund has about 40 cranes.", "Lund has around 40 cranes."),
    ("Lund has nearly 40 cranes.", "Lund has almost 40 cranes."),
    ("Lund has almost 40 cranes.", "Lund has nearly 40 cranes."),
    ("Costs rose 38 percent in the ports.", "Costs rose 38% in the ports."),
    ("It needs 10 to the power of 27 steps.", "It needs 10^27 steps."),
    ("Lund pays in order to test cranes.", "Lund pays to test cranes."),
    ("Lund pays prior to tests of cranes.", "Lund pays before tests of cranes."),
    ("The port closed due to the storm.", "The port closed because of the storm."),
    ("Nine towns, among them Lund, pay.", "Nine towns, including Lund, pay."),
    ("The yard in which the crews train is new.", "The yard where the crews train is new."),
    ("A crane that has failed stays closed.", "A crane which has failed stays closed."),
    ("A crane which has failed stays closed.", "A crane that has failed stays closed."),
    ("Lund would be required to test cranes.", "Lund would have to test cranes."),
    ("Ports will have to test cranes.", "Ports must test cranes."),
    ("Lund is to test cranes.", "Lund will test cranes."),
    ("Work began in May.", "Work started in May."),
    ("Work begins in May.", "Work starts in May."),
    ("They pay both Lund and Kiel.", "They pay Lund and Kiel."),
    ("Shipping companies pay.", "Shipping firms pay."),
    ("Small countries pay.", "Small nations pay."),
    ("Ports may buy cranes.", "Ports may purchase cranes."),
    ("The pact establishes a school.", "The pact sets up a school."),
    ("The pact allowed ports to share cranes.", "The pact permitted ports to share cranes."),
    ("The port utilises cranes.", "The port uses cranes."),
    ("Ships of the United States come.", "Ships of the U.S. come."),
    ("Ships of the European Union come.", "Ships of the EU come."),
    ("Ships of the United Nations come.", "Ships of the UN come."),
    ("Ships move towards Lund.", "Ships move toward Lund."),
    ("Ships move whilst cranes stand.", "Ships move while cranes stand."),
    ("Ships choose amongst ports.", "Ships choose among ports."),
    ("Crews insist upon tests.", "Crews insist on tests."),
    ("The charter has been signed in Lund.", "The charter was signed in Lund."),
    ("The charters have been signed in Lund.", "The charters were signed in Lund."),
    ("Lund has the yard and the cranes.", "Lund has the yard as well as the cranes."),
    ("Lund pays, in 2027, but it has 40 cranes.", "Lund pays, in 2027, yet it has 40 cranes."),
    ("The port closed because Lund rents cranes.", "The port closed since Lund rents cranes."),
    ("Costs rose 38% in the ports.", "Costs rose 38 percent in the ports."),
    ("The yard costs 9 million a year to run.", "The yard costs 9 million per year to run."),
    ("According to Ana Reyes, the port has cranes.", "The port has cranes, according to Ana Reyes."),
    (
        "The league said that the port will rent out 40 cranes.",
        "The port will rent out 40 cranes, the league said.",
    ),
    ("The analysis will cover all ports.", "The analysis is to cover all ports."),
    ("The tests will cover all ports.", "The tests are to cover all ports."),
    ("Lund will host all tests.", "Lund is to host all tests."),
    ("The ports must publish all tests.", "The ports have to publish all tests."),
    ("South Lund must publish all tests.", "South Lund has to publish all tests."),
    ("The port opens in May, the harbor league said.", "The port opens in May, according to the harbor league."),
    ("The port opens in May, Ana Reyes said.", "The port opens in May, according to Ana Reyes."),
]
"""Sentences, and the same in other words."""


@pytest.mark.parametrize(("text", "other"), SAID)
def test_a_sentence_can_be_said_in_slightly_other_words(text: str, other: str) -> None:
    assert other in variants(text)
    assert check(other, text) is None


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_has_an_example(change: Callable[[str], str]) -> None:
    assert any(change(text) == other for text, other in SAID)


@pytest.mark.parametrize(
    "text",
    [
        'Ana Reyes said "the programme has signed over 40 ports".',
        "The port said only that its crews were trained.",
        '"The port is open," said the mayor of Lund.',
        "Oslo may have signed the charter of the ports.",
        "Oslo has signed nothing since 2019.",
        "The Centre for Ports opens in Lund.",
        "It takes effect when Lund has signed.",
        "Work on that will be led by Lund.",
        "Nine ports tested it over 14 months.",
        "Lund is giving $30 million and the port of Kiel $25 million.",
        "Crews spend between three months and a year, in all.",
        "Crews have a month and a half, in all.",
        "Crews are allowed by law to share cranes.",
        "The rest of the world has no cranes.",
        "Lund has a \u20ac40 million fund of its own.",
        "Tests took at least 12 hours in Lund.",
        "They want to begin with a test.",
        "The fair, including all ships, opens.",
        "The United States will join in May.",
        "The United States must join in May.",
        "Ana Reyes and the crews must join in May.",
    ],
)
def test_what_would_mean_something_else_is_not_said_in_other_words(text: str) -> None:
    assert variants(text) == ()


def test_the_last_of_three_is_joined_by_and() -> None:
    listed = "The port of Lund has what it wanted: a signed text, eight flags and the yard of the league."

    assert not any("as well as" in v for v in variants(listed))


@pytest.mark.parametrize(
    "text",
    [
        "The league said it will rent out 40 of its cranes.",
        "The league hopes crews will cover all ports.",
        "Officials said the port will rent out 40 cranes.",
        "The port said only that the crews of all cranes were trained.",
        "The league and the crews will cover all ports.",
        'The mayor said that "the port will rent out 40 cranes" of its own.',
        "The clerk who said so said the port will rent out 40 cranes.",
    ],
)
def test_a_speaker_stays_in_front_of_a_pronoun_and_of_a_quotation(text: str) -> None:
    assert not any(form.endswith(" said.") or " is to " in form or " are to " in form for form in variants(text))
