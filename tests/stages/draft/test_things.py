"""What "It", "Its" and "the company" are, and when that cannot be told."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.stages.draft.standing.things import thing_of
from pipeline.stages.draft.texts.readings import Reading, read
from pipeline.stages.draft.texts.strangers import introductions, strangers
from pipeline.stages.draft.wording.edits import edited
from tests.stages.draft.articles import article


def reading(text: str) -> Reading:
    return read([article("portwire", text)], [0], Counter())[0]


def resolved(text: str) -> tuple[str, int | None]:
    """The text's last sentence, with the place of the sentence that says what it speaks of."""
    told = reading(text)
    last = len(told.sentences) - 1
    return thing_of(edited(told.sentences[last].raw), told, last)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The charter is not binding. It asks harbors to report.", "The charter asks harbors to report."),
        ("The charter, adopted in Lund, is voluntary. It covers all cranes.", "The charter covers all cranes."),
        ("A rule proposed in May would bind ports. It would cover cranes.", "The rule would cover cranes."),
        ("Ferry-2 was trained by a consortium in Lund. It was published in May.", "Ferry-2 was published in May."),
        ("The Tide Board said both ways were safe. It warned crews.", "The Tide Board warned crews."),
        ("The office will be in Lund. Its budget is 9 million euros.", "The office's budget is 9 million euros."),
        ("A secretariat with nine people opens in Lund. It keeps a list.", "The secretariat keeps a list."),
        ("The charter obliges a port to report. It bans a kind of crane.", "The charter bans a kind of crane."),
        ("The Tide Board said a crane failed. It has asked crews to wait.", "The Tide Board has asked crews to wait."),
        ("The charter is not binding. It covers cranes. It takes effect in May.", "The charter takes effect in May."),
        ("Ferry-2 is for hire, Kvarn said in May. It said ports pay less.", "Kvarn said ports pay less."),
        ("Ferry-2 is for hire, Kvarn said, citing two crews. It said ports pay less.", "Kvarn said ports pay less."),
        ("The charter is new, the council said. It bans cranes.", "The charter bans cranes."),
    ],
)  # fmt: skip
def test_an_opening_it_is_the_subject_of_the_sentence_before(text: str, plain: str) -> None:
    said, place = resolved(text)

    assert said == plain
    assert place == len(reading(text).sentences) - 2


@pytest.mark.parametrize(
    "text",
    [
        "The target is 300 million euros. It has crews from all ports.",
        "Compliance is examined by a committee of nine in Lund. It has no power to fine.",
        "The opposition asks whether the booking service is safe. It runs on a copy.",
        "The charter follows a resolution of ports. It bans cranes.",
        "The bank told the Tide Board to wait. It rejected the plan.",
        "Lund is one of five towns that signed an arrangement. It starts in May.",
        "The Tide Board opened an inquiry. It will end in May.",
        "The Tide Board adopted the charter. It asks ports to report accidents.",
        "The mayor said the charter would help. It covers cranes.",
        "Ferry-2 has two decks, the Lund-based company said. It said ports pay less.",
        "The case is drawn into the debate on the Tide Code, the council's plan for crews. It would cover cranes.",
        "Harbor masters met in Lund. It was a success.",
        "Ana Reyes, the mayor, opened the port. It has nine cranes.",
        "They asked for a charter. It covers cranes.",
        "The league's main plan is a register. It would be public.",
        "The charter is not binding. It is clear that ports will not pay.",
        "MPs backed a bill on open models of cranes. It makes ports test them.",
        "Senegal pays 20 million euros for the school. It plans to teach nine crews.",
        "The bill bars the Port Department from closing piers. It would need to give 90 days' notice.",
        "Signatories include nine ports. It needs the vote of five more.",
        "The small office in Lund opens in May. Its budget is 9 million euros.",
        "The register has 20 tests. By comparison, the Tide Board has nine. Its budget is 9 million euros.",
        "The veto will stand, because the Assembly is closed. It does not come back until January.",
        "The civil case is about cranes. It told crews that all arms are safe.",
        "The 11th was Lund. It released nine cranes.",
        "The ban on cranes holds in Lund. It was the first time that a port had banned a crane.",
        "The ban on cranes holds in Lund. It is not the first time that a port has banned a crane.",
        "South Korea and Britain hosted the session. It follows a meeting in Lund.",
        "Crews will be given 14 days before the faults are made public. Its findings will be advisory.",
    ],
)
def test_what_may_mean_another_thing_stays_as_it_is(text: str) -> None:
    last = edited(reading(text).sentences[-1].raw)

    assert resolved(text) == (last, None)


def test_the_company_is_named_where_the_article_has_one() -> None:
    one = "The Lund firm Kvarn withdrew its model. Crews had complained. The company's tests had missed a fault."
    two = "The Lund firm Kvarn and the developer Ferrum withdrew a model. The company's tests had missed a fault."

    end = "Crews had complained about the model of the firm Kvarn. The company's tests had missed a fault."

    assert resolved(end) == ("Kvarn's tests had missed a fault.", 0)
    assert resolved(one) == ("Kvarn's tests had missed a fault.", 0)
    assert resolved(two)[1] is None


def test_a_name_of_which_some_article_says_what_it_is_has_to_be_introduced() -> None:
    known = introductions(
        "Kvarn, a firm in Lund, trained the model Ferry-2 for the Outer Port League (OPL). Lund, the capital, paid."
    )

    assert {"kvarn", "ferry", "opl"} <= known
    assert strangers("Kvarn will pay for the tests of Ferry-2.", known) == ["ferry", "kvarn"]
    assert strangers("The firm Kvarn will pay for the tests.", known) == []
    assert strangers("Kvarn can appeal.", introductions("Kvarn Systems of Lund went to court.")) == ["kvarn"]
    assert "hanbit" in introductions("Hanbit Semicon, a Korean chipmaker, will deliver nine cranes.")
    assert introductions("Meta, a company, met the French minister, a lawyer.") == frozenset()
    assert "kvarn" in introductions("Lund signed with Kvarn Systems and with the Ministry of Digital Networks.")
    assert introductions("The supercomputers Ferry and Lark stand in Lund.") == {"ferry"}
    assert introductions("Lund signed with Harbor Systems, which runs a harbor.") == frozenset()
    assert introductions("The Digital Fund, a body for digital ports, pays Digital Networks.") == frozenset()
