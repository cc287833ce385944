from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pysbd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.language.words import stems
from pipeline.stages.draft.standing.needs import needs
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.texts.cleaning import prose
from pipeline.stages.draft.texts.sentences import pieces, spans
from pipeline.stages.draft.wording.cuts import shorter
from pipeline.stages.draft.wording.edits import edited
from pipeline.stages.draft.wording.speech import fronted, reported
from tests.stages.draft.articles import HARBOR, article


def test_spans_lie_in_order_and_hold_whole_sentences() -> None:
    found = spans(HARBOR)

    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(HARBOR[a:b] == HARBOR[a:b].strip() for a, b in found)
    assert "".join(HARBOR[a:b] for a, b in found).replace(" ", "") == "".join(HARBOR.split())


def test_a_quotation_of_two_sentences_stays_whole() -> None:
    text = 'Ana Reyes said: "The port is open. Nobody pays." The mayor agreed.'

    assert [text[a:b] for a, b in spans(text)] == [text[:-18], "The mayor agreed."]


@pytest.mark.parametrize("marks", ["\u2018\u2019", "''", "\u00ab\u00bb"])
def test_speech_of_several_sentences_in_other_marks_is_cut_as_the_splitter_cuts_it(marks: str) -> None:
    said = f"{marks[0]}The code goes far. The code of Lund costs crews time. It is wrong.{marks[1]}"
    line = f"Ana Reyes wrote: {said} Lund did not answer."

    told = pysbd.Segmenter(language="en", clean=False).processor(line).process()

    assert [piece.strip() for piece in pieces(line)] == [piece.strip() for piece in told]


def test_a_sentence_said_twice_has_two_spans() -> None:
    text = "The port is open. The port is open."

    assert spans(text) == ((0, 17), (18, 35))


PARTS = st.sampled_from(
    "The port|opens|Sept.|corp.|Prof.|12.5|a.m.|U.S.|(see below.)|the mayor.|Reyes said.|of Lund|models.|?|now!|[3]|"
    'Inc.|e.g.|Gen.|Lund.|No.|Ana|"We pay. Nobody does."'.split("|")
)


@given(st.lists(PARTS, min_size=4, max_size=24))
def test_a_line_is_cut_where_the_splitter_alone_would_cut_it(words: list[str]) -> None:
    line = f"{' '.join(words)} The pact holds. It ends."

    told = [piece.strip() for piece in pysbd.Segmenter(language="en", clean=False).processor(line).process()]

    assert [piece.strip() for piece in pieces(line)] == told


@given(st.text(alphabet="aB.\n\"\u201d' -\u2022[]()%\u00e9", max_size=120))
def test_offsets_of_prose_hold_for_any_layout(text: str) -> None:
    found = prose(article("odd", text), Counter())

    assert all(text[s.start : s.end] == s.raw for s in found)


@pytest.mark.parametrize(
    "raw, plain",
    [
        ("LUND, Sweden (AP) \u2014 The pact is signed.", "The pact is signed."),
        ("OSLO, March 11 (Halden Wire) - Norway joined.", "Norway joined."),
        ("Brussels, 12 March 2026 \u2013 The Commission adopted it.", "The Commission adopted it."),
        ("LUND \u2013 March 12, 2026 \u2013 The port of Lund joined.", "The port of Lund joined."),
        ("LUND, March 12, 2026 /PortWire/ -- The port of Lund joined.", "The port of Lund joined."),
        ("Lund (Sweden) (AFP) - The port joined.", "The port joined."),
        ("Meanwhile, the pact grew.", "The pact grew."),
        ("In addition to Lund, three cities signed.", "In addition to Lund, three cities signed."),
        ("The mayor\u2019s office says the pact also helps.", "The mayor's office said the pact helps."),
        ("The pact was signed on Friday, March 7.", "The pact was signed on March 7."),
        ("The council met on Monday.", "The council met."),
        ("The council voted late Tuesday to pay.", "The council voted to pay."),
        ("On Tuesday night, the council voted.", "The council voted."),
        ("The pact was signed last month.", "The pact was signed."),
        ("The grant (about $62m) is for the US.", "The grant is for the U.S."),
        ("It doesn\u2019t cover schools.", "It does not cover schools."),
        ("Mr. Birch called it \u201cnew\u201d.", "Birch called it new."),
        ("KUALA LUMPUR: The port joined.", "The port joined."),
        ("18 November 2025 - The port joined.", "The port joined."),
        ("\u0141\u00d3D\u0179 \u2014 The port joined.", "The port joined."),
        ("UPDATE 6:10pm: The port joined.", "The port joined."),
        ("Under a charter announced Tuesday, each port has one vote.", "Under a charter, each port has one vote."),
        ("The port announced on Tuesday that crews agreed.", "The port announced that crews agreed."),
        ("The pact was signed in the early hours of Friday.", "The pact was signed."),
        ("The port opens in May, the mayor told reporters.", "The port opens in May, the mayor said."),
        ("The port will then vote.", "The port will vote."),
        ("Lund, Jun 16 (BNT) The port joined.", "The port joined."),
        ("Lund / Kiel, 19 November 2025 \u2013 The port joined.", "The port joined."),
        ("The council met at its session of Monday, 13 October.", "The council met at its session of 13 October."),
        ("The port will open a pier, the mayor said on Thursday.", "The port will open a pier, the mayor said."),
        ("The Port Office is pleased to announce that the council sold a pier.", "The council sold a pier."),
        ("Today we are announcing that the cranes of Lund will be lent.", "The cranes of Lund will be lent."),
        ('Reyes said it works "until the day a port says no".', 'Reyes said it works "until the day a port says no".'),
    ],
)
def test_light_edits(raw: str, plain: str) -> None:
    assert edited(raw) == plain


@pytest.mark.parametrize(
    "raw",
    [
        "The council had opposed the pact until last week.",
        "Sales rose 5 percent from last year.",
        "The report published last month said so.",
        "By then governments will know.",
        "The pact takes effect once nine ports sign, which clerks expect in the middle of next year.",
        "A second list due early next year will name the yards.",
    ],
)
def test_time_that_the_sentence_needs_stays(raw: str) -> None:
    assert edited(raw) == raw


@pytest.mark.parametrize(
    "text, reason",
    [
        ("They agreed on a pact with the port of Lund.", "opens on what is not there"),
        ("The first opens a fund for the port of Lund.", "points back"),
        ("If Lund can repeat that in ten ports, the fund will be remembered.", "points back"),
        ("The port of Lund said we have a pact to sign.", "first or second person"),
        ("The nine in the list of the port of Lund were old.", "points back"),
        ("The port of Lund signed a pact with Ghana yesterday.", "relative time"),
        ("The port of Lund opposed the pact until last week.", "relative time"),
        ("The port of Lund (which is old signed a pact.", "brackets"),
        ("A pact on models between Lund and Ghana.", "no finite verb"),
        ("Because the port of Lund is small and poor.", "no finite verb"),
        ("What the pact means for the port of Lund", "no full stop"),
        ("The ports of Lund and Ghana have joined them.", "loose pronoun"),
        ("Trondheim is far, she said of the port.", "loose pronoun"),
        ("The port of Lund did not respond to questions.", "no comment"),
        ("The port of Lund has a pact, and Ghana was among them.", "points back"),
        ('The mayor said "the port of Lund is open', "quotation"),
        ("Nine votes are required for it to take effect in Lund.", "loose pronoun"),
        ("Lund and Kiel have announced that they will support it.", "loose pronoun"),
        ("Lund and Kiel had wanted to include them in the charter.", "loose pronoun"),
        ("Ana Reyes, demanded that the lease be laid before the house.", "garbled"),
        ("Said Ana Reyes of Lund, ports should plan for 24 hours.", "inverted"),
        ("Lund, Kiel and Oslo are, together with six smaller ports.", "points back"),
        ("The port of Oslo did, with a letter to the league.", "points back"),
        ("Ana Reyes of Lund replied that the ports cannot pay for tests.", "points back"),
        ("The port rescinded that rule on cranes in May 2025.", "points back"),
        ("The mayor argued then that the ports could not pay for tests.", "relative time"),
        ("In nine ports, the rate was 31 percent of all tests.", "points back"),
        ("Lund, Kiel, Oslo and the port of Brindle took part.", "points back"),
        ("The remaining two million kroner need the vote of the port.", "points back"),
        ("The Open Harbor Coalition of the nine towns is not so sure.", "vague"),
        ("Terms are 25 years with a five-year grace period.", "points back"),
        ("Deliveries will begin in 2028 at 2,400 tons a year.", "points back"),
        ("Only nine had written rules on how to check the models.", "counts what is not there"),
        ("Gabriel Wamuru, the country's technology secretary, said a law had to come first.", "points back"),
        ("Thirty-five per cent goes to training and language work.", "counts what is not there"),
        ("Those with a high risk of distress will receive grants only.", "opens on what is not there"),
        ("A spokesperson said the port of Lund wants open models.", "points back"),
        ("Models sold before that date must comply by 2 August 2027.", "points back"),
        ("The harbor fund of the nine towns met 26 million kroner of this.", "points back"),
        ("Ana Reyes, professor of law in Lund, said it covered all cranes.", "loose pronoun"),
        ("Ana Reyes, the deputy head of its crew, said the port would join.", "loose pronoun"),
        ("The port of Lund has accepted 13 and will test them by May.", "counts what is not there"),
        ("The study showed that about one third concerned cranes of the port.", "counts what is not there"),
        ("A council with seven members, of whom four are named by Lund and three by Oslo.", "no finite verb"),
        ("Work on which will be led by the port of Lund starts in May.", "no finite verb"),
        ("Access for crews of Lund to 2,000 advanced cranes hosted in Oslo.", "no finite verb"),
        ("The Harbor Rights Network of the nine towns raised a different worry.", "vague"),
        ("Others were less convinced by the plan of the port of Lund.", "vague"),
        ("The crew of the crane school in Lund had every reason to celebrate.", "vague"),
        ("Ana Reyes takes off her hat and asks the crew who is at the crane.", "scene"),
        ("For more information, visit the office of the port of Lund.", "newsroom"),
    ],
)
def test_sentences_that_cannot_stand_alone_are_refused(text: str, reason: str) -> None:
    assert refused(text) == reason


@pytest.mark.parametrize(
    "text, form",
    [
        ("Lund opened a fund on May 2, 2024, opening a round of grants.", "Lund opened a fund on May 2, 2024."),
        ("Estonia, which runs the port, will host the register in Tartu.", "Estonia will host the register in Tartu."),
        (
            "The models are due by the end of 2027 and will be free, according to a joint statement.",
            "The models are due by the end of 2027, according to a joint statement.",
        ),
        ("Lund will swap all of its results, and models are due.", "Lund will swap all of its results."),
        (
            "Ports agreed on a code for firms that sell agents, software that can steer a crane.",
            "Ports agreed on a code for firms that sell agents.",
        ),
        (
            "Ten ports pledged to test their cranes, in a joint statement that Oslo did not sign.",
            "Ten ports pledged to test their cranes.",
        ),
        (
            "Lund and Kiel signed a charter on tests, the latest attempt by ports to gain a say over models in Oslo.",
            "Lund and Kiel signed a charter on tests.",
        ),
        (
            "Lund will require open models from April 1, the port said, in one of the boldest steps by any port.",
            "Lund will require open models from April 1, the port said.",
        ),
        (
            "Lund passed a rule that makes ports test open models before they rent cranes, part of a plan to cut cost.",
            "Lund passed a rule that makes ports test open models before they rent cranes.",
        ),
        (
            "Lund passed a rule that makes ports test their models, a step supporters said was the first of its kind.",
            "Lund passed a rule that makes ports test their models.",
        ),
        (
            "Nine ports agreed to share cranes in the same way, in what officials described as a first step for ports.",
            "Nine ports agreed to share cranes in the same way.",
        ),
        (
            "Nine ports signed a pact to share cranes, but the largest two, Oslo and Kiel, stayed out for now.",
            "Nine ports signed a pact to share cranes.",
        ),
        (
            "Nine firms called on Lund to drop a plan for tests, and one of them said it would go to court.",
            "Nine firms called on Lund to drop a plan for tests.",
        ),
        (
            "The mayor said that ports pay, that crews learn, and that ships wait.",
            "The mayor said that ports pay and that crews learn.",
        ),
        (
            "Nine ports gathered in Lund for a first meeting, where they announced a list of over 40 cranes.",
            "Nine ports gathered in Lund for a first meeting.",
        ),
        (
            "Lund opened a school for the crews of cranes, the latest in a string of schools that drew crews.",
            "Lund opened a school for the crews of cranes.",
        ),
        (
            "Lund named nine experts to a panel on cranes, much as the league does for its ships.",
            "Lund named nine experts to a panel on cranes.",
        ),
        (
            "Lund gave all nine ports a list of its cranes, under agreements that are the first of their kind.",
            "Lund gave all nine ports a list of its cranes.",
        ),
        (
            "The cranes of Lund can be stopped from afar, the league has found, as it warned that others can, too.",
            "The cranes of Lund can be stopped from afar, the league has found.",
        ),
        (
            "Lund opened a yard for the crews of all ports, in one of the coast's largest bets yet on open cranes.",
            "Lund opened a yard for the crews of all ports.",
        ),
        (
            "Lund sued the yard that lends its cranes, seeking the removal of one, which it said had hurt crews.",
            "Lund sued the yard that lends its cranes, seeking the removal of one.",
        ),
        (
            'Lund will share its cranes with all ports, part of a plan to be a "crane maker, not a crane taker".',
            "Lund will share its cranes with all ports.",
        ),
        (
            "Lund signed a pact to share cranes with Kvarn Co., a yard of the outer coast.",
            "Lund signed a pact to share cranes with Kvarn Co.",
        ),
        (
            "Lund and Kiel pledged an end to crane fees and offered to share their lists, according to the league.",
            "Lund and Kiel pledged an end to crane fees, according to the league.",
        ),
    ],
)  # fmt: skip
def test_whole_clauses_are_left_out(text: str, form: str) -> None:
    assert form in list(shorter(text))


@pytest.mark.parametrize(
    "text",
    [
        "The port opened a fund for models on May 2, which is small, the mayor said.",
        "The port pays for models of 100,000 words and more in each of its languages.",
        "The data trusts should be open, grants should be public, and every firm should pay for them.",
        "Firms have called models open source while keeping the right to say no to rivals.",
        "The port was not closed because it is old and costly to run for the city.",
        "The charter leaves the hardest of all questions, money, to the mayors of the ports.",
        "The standard will help ports collect, compare and learn from what crews write.",
        "The mayor must tell the council of the port nine days before he sells a crane.",
        "Ports should not ban models that anyone can copy, but makers should pay for tests, a committee has found.",
    ],
)
def test_what_carries_the_sense_is_never_cut(text: str) -> None:
    assert list(shorter(text)) == []


@pytest.mark.parametrize(
    "text, turned",
    [
        (
            '"A port without a lock is a beach," said Ana Reyes, a pilot in Lund.',
            "Ana Reyes, a pilot in Lund, said a port without a lock is a beach.",
        ),
        ('Ana Reyes said: "Nobody pays for a lock."', "Ana Reyes said nobody pays for a lock."),
        ('"China has rented the hall," Reyes said at a hearing.', "Reyes said China has rented the hall."),
        ('"We pay for the lock," said Ana Reyes.', ""),
        ('"It is our lock," said Ana Reyes.', ""),
        ('"Who pays for the lock?" said Ana Reyes.', ""),
    ],
)  # fmt: skip
def test_direct_speech_becomes_reported_speech_where_it_can(text: str, turned: str) -> None:
    assert reported(text, Letters.of(["Trade with China is a matter of locks."])) == turned


@pytest.mark.parametrize(
    "text, whole",
    [
        ("Companies that break the rules face fines of up to 50 million reais.", True),
        ("The bill now returns to the Senate, which has 45 days.", True),
        ("People who were accomplished in other areas of their lives.", False),
        ("Reads the declaration against export controls of the state.", False),
        ("40 million for projects and 500 million for research; a 113 million seed.", False),
        ("Since there has been no rule which covers cranes at all, save for a charter.", False),
        ("Since the port has no cranes, ships must wait.", True),
        ("Ports of the league to work together on a charter.", False),
        ("About 60 clerks in Lund work with the tool.", True),
        ("Copies of the model remain available in Lund.", True),
        ("The fine for a port that hides a crane is to be small.", True),
    ],
)
def test_fragments_are_told_from_sentences(text: str, whole: bool) -> None:
    assert finite(text) is whole


def test_a_noun_with_the_waits_until_it_was_named() -> None:
    wanted = needs("The pact is open to other cities.", "")

    assert not met(wanted, heard(stems("Lund opened a port.")))
    assert met(wanted, heard(stems("Lund signed an agreement.")))


def test_the_firm_is_one_of_many_and_waits_for_no_other() -> None:
    article = "instead of paying, the firm runs"

    wanted = needs("Instead of paying an American seller, the firm runs the cranes.", article)

    assert not met(wanted, heard(stems("Firms and companies run the cranes of the firm.")))
    assert needs("Kranbau said the firm runs the cranes.", article) == ()
    assert met(needs("The company commitments are public.", article), heard(stems("Firms made commitments.")))


def test_a_noun_that_the_sentence_names_itself_needs_nothing() -> None:
    assert needs("Norway and Estonia agreed, the two countries said.", "") == ()


def test_a_spelt_out_acronym_waits_for_its_long_form() -> None:
    article = "The Port Audit Office (PAO) opened. PAO inspectors came."
    wanted = needs("PAO inspectors came to see the port of Lund.", article)

    assert wanted
    assert all("pao" in need for need in wanted)


def test_who_tells_the_end_of_a_sentence_is_not_put_in_front_of_all_of_it() -> None:
    letters = Letters.of(["the port of Lund has cranes"])

    for end in (", which cost 40 euros", ", a sum that crews pay", " and its crews have nine boats"):
        assert fronted(f"The port of Lund has cranes{end}, according to the clerk.", letters) == "", end
    assert fronted("The port of Lund has 40 cranes, according to the clerk.", letters).startswith("According to the")


@pytest.mark.parametrize(
    "text",
    [
        "The port, which co-hosted the fair, signed a charter.",
        "Since 2023 only towns of the coast have paid.",
        "The charter, in force since January, is the strictest.",
        "The office, known as PAL, announced the charter.",
        "Yards such as Kvarn and Tern have been accused.",
        "Almost half of that, 40 crowns, will come from Lund.",
        "Safeguards on most of the cranes can be lifted.",
        "Rulings in such cases typically take nine months.",
        "According to the port nine yards have signed the code.",
        "The areas of trade include cranes and crews.",
        "Applications for time at the yard open on 1 May.",
        "No crane that was tried withstood all of the storms.",
    ],
)
def test_a_verb_is_found_behind_what_hides_it(text: str) -> None:
    assert finite(text)


@pytest.mark.parametrize(
    "text",
    [
        "Safeguards on most of the cranes.",
        "Yards such as Kvarn and Tern.",
        "Since January of the year.",
        "According to a list that will be used from May.",
        "The plans of the port to make cranes at nine sites in the south.",
        "the duties of owners of large cranes to keep records and to report faults.",
    ],
)
def test_no_verb_is_found_where_none_is(text: str) -> None:
    assert not finite(text)
