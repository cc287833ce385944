"""False claims in one article's own words: who did what to whom, under which condition, with which figure."""

from __future__ import annotations

import pytest

from pipeline.stages.draft.evidence.strict import check

ARTICLE = """
The Finance Ministry of Ghana said on Tuesday that it had rejected a proposal by Telcel to run the national\
 data center, which cost 40 million dollars.
Minister Ama Owusu told reporters that the tender would be repeated in March if parliament approves the budget.
Telcel, which bid against MTN, denied that it had offered gifts to officials.
The head of the data authority, Kojo Mensah, resigned on Friday after the report was published.
About 12 of 30 servers failed during the test, and engineers from Norway repaired most of them.
Critics such as lawyer Efua Danso argue that the law does not protect patients.
MTN will invest 5 million dollars in Kumasi and 7 million dollars in Tamale by 2027.
The World Bank has not yet decided whether to lend Ghana the money.
Britain, unlike France, voted for the text.
Neither Telcel nor MTN has published its prices.
Owusu said she hoped to sign the contract before the summer.
Fewer than half of the clinics use the system.
"""
FALSE = """
The Finance Ministry of Ghana said that it had accepted a proposal by Telcel to run the national data center.
Telcel said on Tuesday that it had rejected a proposal by the Finance Ministry of Ghana to run the national data center.
Telcel rejected a proposal to run the national data center.
The Finance Ministry of Ghana proposed to run the national data center.
The proposal by Telcel cost 40 million dollars.
The tender would be repeated in March, minister Kojo Mensah told reporters.
Minister Ama Owusu told reporters that the tender would be repeated in March.
Parliament approves the budget in March.
Telcel had offered gifts to officials.
MTN denied that it had offered gifts to officials.
Telcel denied that MTN had offered gifts to officials.
The data authority resigned on Friday after the report was published.
The head of the data authority, Kojo Mensah, resigned on Friday before the report was published.
The report was published on Friday after Kojo Mensah resigned.
About 12 of 30 servers failed during the test, and engineers from Norway failed to repair them.
Engineers from Norway repaired 12 of 30 servers.
Most of the 30 servers failed during the test.
Lawyer Efua Danso argues that the law protects patients.
Patients argue that the law does not protect lawyer Efua Danso.
MTN will invest 7 million dollars in Kumasi and 5 million dollars in Tamale by 2027.
MTN will invest 5 million dollars in Tamale by 2027.
MTN invested 5 million dollars in Kumasi.
The World Bank has decided to lend Ghana the money.
Ghana has not yet decided whether to lend the World Bank the money.
France voted for the text.
France, unlike Britain, voted for the text.
Britain and France voted for the text.
Telcel has published its prices.
Telcel and MTN have published their prices.
Owusu said she signed the contract before the summer.
Owusu signed the contract before the summer.
Half of the clinics use the system.
More than half of the clinics use the system.
The clinics use the system.
Telcel bid against MTN and denied that it had offered gifts to officials of the Finance Ministry.
Officials denied that Telcel had offered gifts.
The national data center rejected a proposal by Telcel.
The tender was repeated in March.
Parliament told reporters that the tender would be repeated in March.
The report was published by Kojo Mensah on Friday.
Norway repaired most of them.
""".strip().splitlines()
TRUE = """
Ghana's Finance Ministry rejected a proposal by Telcel to run the national data center.
The tender would be repeated in March if parliament approves the budget, Minister Ama Owusu said.
Telcel denied that it had offered gifts to officials.
Kojo Mensah, the head of the data authority, resigned after the report was published.
About 12 of 30 servers failed during the test.
The World Bank has not yet decided whether to lend Ghana the money.
Neither Telcel nor MTN has published its prices.
Ama Owusu said she hoped to sign the contract.
""".strip().splitlines()


@pytest.mark.parametrize("claim", FALSE)
def test_a_false_claim_in_the_article_s_own_words_is_refused(claim: str) -> None:
    assert check(claim, ARTICLE) is not None


@pytest.mark.parametrize("claim", [*ARTICLE.strip().splitlines(), *TRUE])
def test_a_true_claim_passes(claim: str) -> None:
    assert check(claim, ARTICLE) is None


@pytest.mark.parametrize(
    "claim, text, before, passes",
    [
        ("Owusu said it fails.", "She said it fails.", "Ama Owusu spoke.", True),
        ("Mensah said it fails.", "She said it fails.", "Ama Owusu met Kojo Mensah.", False),
        ("Owusu said it fails.", "She said it fails.", "", False),
        ("The model failed twice.", "It failed twice.", "Lund tested a model.", True),
        ("The rival failed twice.", "It failed twice.", "Lund tested a model.", False),
        ("Lund opened a fund, which pays 40 labs a year.", "Lund opened a fund. It pays 40 labs a year.", "", True),
        ("Lund opened a fund, which pays 40 labs a year.", "Lund opened a fund. Malmo pays 40 labs a year.", "", False),
    ],
)
def test_a_pronoun_stands_for_what_the_sentence_before_names(claim: str, text: str, before: str, passes: bool) -> None:
    assert (check(claim, text, before) is None) is passes


@pytest.mark.parametrize("when", ["this week", "last month", "on Tuesday", "late on Monday"])
def test_a_time_that_falls_away_does_not_turn_actor_and_object_around(when: str) -> None:
    text = f"The charter was drafted {when} by the mayor of Lund."

    assert check("The charter was drafted by the mayor of Lund.", text, "") is None
    assert check("The mayor of Lund was drafted by the charter.", text, "") is not None


def test_two_sentences_are_judged_one_by_one() -> None:
    assert check("The council met. It rained.", "The council met. It rained.") is None
    assert check("The council met. It snowed.", "The council met. It rained.") == "new: snowed"


@pytest.mark.parametrize("claim", ["", " ", "The of and.", "..."])
def test_a_claim_without_words_is_never_supported(claim: str) -> None:
    assert check(claim, ARTICLE) == "empty"


def test_the_speaker_stands_before_an_aside_and_a_helping_verb() -> None:
    source = "Kvarn, the yard that lends cranes, has urged the port of Lund to open its lists."

    assert check("Kvarn has urged the port of Lund to open its lists.", source) is None
    assert check("Lund has urged the port of Kvarn to open its lists.", source) is not None


def test_artificial_intelligence_is_the_same_with_a_hyphen() -> None:
    source = "Lund lends artificial-intelligence cranes to Kiel."

    assert check("Lund lends artificial intelligence cranes to Kiel.", source) is None
