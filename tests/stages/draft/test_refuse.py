"""Which sentences cannot stand in a brief, and which only look as if they could not."""

from __future__ import annotations

import pytest

from pipeline.stages.draft.language.times import timeless, undated
from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.wording.edits import edited
from pipeline.stages.draft.wording.wholeness import whole


@pytest.mark.parametrize(
    "text",
    [
        "The charter, drafted by Oslo and co-sponsored by 30 towns of the United States.",
        "In a joint letter published May 3.",
        "Judge Ana Reyes, a former port clerk appointed in 2022.",
        "A man suspected of arson in the old harbor.",
        "Cranes as a counterweight to ships and a third way for ports of the north.",
        "The building of a joint set of 18,000 questions, covering steel and grain.",
        "The building of a joint and open library of 18,000 questions, covering steel and the grain of the coast.",
    ],
)
def test_a_participle_is_no_verb_of_its_own(text: str) -> None:
    assert not finite(text)


@pytest.mark.parametrize(
    "text",
    [
        "Apart from those, cranes of the new kind will be rented to the ports of Lund.",
        "In 2003, officials there were accused of hiding the number of broken cranes.",
        "If that holds up, the ports would lose 30 million dollars in a year.",
        "Instead of renting cranes, they said, ports could share one yard and its upkeep.",
        "A port that moves grain with a crane would therefore be bound by the charter.",
        "The first one is due in January 2027 in the port of Lund.",
        "The port opened a yard in May 2024; it has room for 30 cranes.",
        "The Secretary of Trade of Brindle echoed the sentiment in a long letter.",
        "The captain was found asleep late last night in the port of Lund.",
    ],
)
def test_a_sentence_that_leans_on_what_is_not_there_is_refused(text: str) -> None:
    assert refused(text)


def test_a_consortium_led_by_a_port_is_no_sentence() -> None:
    assert not finite("A consortium led by the port of Lund.")
    assert finite("A consortium led by the port of Lund tests cranes.")


def test_open_models_are_no_order_to_open_something() -> None:
    assert refused("Open models trained with few operations are free of the duty of the port.") is None
    assert refused("Finance and port ministers of nine towns agreed to build a crane.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Analysts said it will hold up the works at the pier and may cost the port a year.",
        "The port met the goal of that ambition three years early in Lund.",
        "The pier may only be a sketch, it is drawn for a port of the next century.",
        "The mayor sent a similar message ahead of the vote in the port.",
        "Crews of all four can vote on the charter in May.",
        "The mayor said that the gain for ports outweighed that risk.",
        "Ports need one from the first ton if they rent out cranes to others.",
        "Lund may end up building all three at once.",
        "Ana Reyes of Ghana, who co-chairs it, said that tests hardly exist.",
        "For crews the interesting part is the code of the new crane.",
        "The mayor of the port of Lund in the north wants more.",
        "The harbor office said both approaches could be safe for crews.",
        "Results will be published by the port of Lund in May.",
        "Oslo questioned the role of the league, though for other reasons.",
        "The first group takes in the ports of Lund and Kiel.",
        "The port of Lund concedes that about a third is not new.",
        "Get started by visiting the page of the port of Lund.",
        "The Lund Trust is the world's leading home for the crane trade.",
        "The mayor of Lund thanked the crews for their work on cranes.",
        "The full text of the charter is available on the trust's website.",
        "The ministers took note of the attendance of the ports of Lund.",
        "The committee wishes to thank all crews of the ports of Lund.",
        "The crane of the port of Lund would not turn until the 20th.",
        "The pact of the ports of Lund and Kiel has a go.",
        "The question of the crews of Lund went the other way.",
        "Supporters in the port of Lund said that is a misreading of the text.",
        "The port of Lund plans to open two more, in Kiel and in Brindle.",
        "Cranes, ferries and the schools of the port of Lund are in.",
        "The charter of the port of Lund is not, at least not until the vote in May.",
        "In favour is Ana Reyes of the port of Lund.",
        "MARIA REYES of the port of Lund regretted the delay of the vote.",
        "Student Ana Reyes, 20, trains small models on the pier of Lund.",
        "The trust of Lund paid for a third of it and the town gave the pier.",
        "The bank of the port of Lund will put up most of the rest.",
        "Crews of Lund who questioned that version 40 times found no fault.",
        "The mayor of Lund said that the old version has to go.",
        "The clerk keeps a list of the best ones in the port of Lund.",
        "Article 9, which was pushed by Lund and Kiel, said that it is no breach.",
        "The clerk of Lund told a local paper of ports that the question was settled.",
        "Kiel and Brindle made a similar commitment in the port of Lund.",
        "Lund and several others objected, and the field was made optional.",
        "At the pier of Lund, the mayor showed his guest the new crane.",
        "The union of the crews of Lund was not persuaded.",
        "The mayor of the port of Lund can hardly contain himself.",
        "The clerk Ana Reyes walked Harbor Post through the plan of the pier.",
        "The text is in print and will be free to copy in about six weeks.",
        "The crane will be moved to the pier of Lund in six weeks.",
        'Anyone who "makes available to crews in Lund" a crane whose code can be copied.',
        "The harbor office of Lund said it had no such plans.",
        "A clause puts that in a different light, a lawyer of Lund said.",
        "The Chilean one would follow in the port of Lund in mid-2028.",
        "The main one will be built in the port of Lund and run on wind.",
        "The ministry of ports of Lund said it was seeking the same terms.",
        "All met the first level, yet only four of the crews met the second.",
        "Reyes added that Lund has set aside 140 million kroner for the boards.",
        "The customs clerks of the port of Lund cannot find 2,300.",
        "The most rented version of the crane of Lund refused 58%.",
        "Lund shipped about $410 million worth to Kiel in one year.",
        "In the north, the result was 84 percent.",
        "Decisions may take up to 45 days in the port of Lund.",
        "Critics that it makes the crane of Lund easy to break.",
        "The head of the fund of Lund said there was no cause for alarm.",
        "Until then, answers of the crane of Lund are read by a clerk.",
        'The port of Lund belongs to the league, which he said "is a helpful thing".',
        "The mayor said that crews of the whole coast would be able to use it by mid-2027.",
        "Lund takes 30 per cent, and Kiel and Brindle have 10 per cent apiece.",
        "The last tenth is reserved for the crews of other ports.",
        "Though 60 per cent is supposed to come from a yard, that yard is late.",
        "The Harbor Trust of Lund did not mince words.",
        "A clerk of the league said it had taken note of the announcement.",
        "The head of the port of Lund believes the league had no choice.",
        "The mayor of Lund was confident that review would be over in May.",
        "Till then crews of the port of Lund look over every answer.",
        "Kiel did not either, but its port office said that it would join.",
        "Lund came away from two days of talks on the coast with what it wanted.",
        "A second one, of 18 tons, will be built in the port of Kiel.",
        "The license requires this of ports with more than 20 cranes.",
        "The board of the port of Lund said that it depends.",
        "Ana Reyes, who builds cranes at the yard of Lund, likes it.",
        "The party of the crews, which does not, said foreign ports will win.",
        "Ana Reyes said, an update would be tried at five ports of the coast.",
        "Published, it is open to crews of the port of Lund for 60 days.",
        "The next crane of the port of Lund, due, would not be open.",
        "The clerk of the port of Lund put it to the meeting like this.",
        "The harbor court of Lund did not: for it cranes are a trade secret.",
        "A senator of the coast said he would ask the harbor clerk to step in.",
        "The science ministry of Lund said that would become three.",
        "The clerk who led the talks defended that in Lund, saying that some cranes are old.",
        "Lund, Kiel, Brindle and 23 other ports need none.",
        "Of the nine for the port of Lund, one was approved.",
        "The port of Lund is on the list of 26.",
        "The ports of Lund and Kiel abstained.",
        "Lund abstained, yet for a somewhat different reason.",
        "Behind the legal language lies a worry of the ports of Lund.",
        "Point 7, which Lund asked for, has cranes tested on the coast.",
        "The cranes will be bought under a license that Lund must get, al-Sulaiman said.",
        "In Kiel, the clerk of the port is not a man who raises his voice.",
        "The harbor clerk had tears in her eyes when the crane turned.",
        "The pilot of the port of Lund is short, but it is worth reading.",
        "The council of the port of Lund seems resigned to the vote.",
        "Crews of the port of Lund can ring a helpline from 8 to 8.",
        "For the port of Lund the crane is a shop window.",
        "Lund Crane stock, up 3.8%, gave back 1.1%.",
        "At four in the afternoon Ana Reyes called the crews into the yard of Lund.",
        "The cost of cranes in Lund rose to 40 million dollars from nine million a year earlier.",
        "Together, Ana Reyes said, the ports of the coast lost 40 million dollars.",
        "The 11th joined the league of the ports in Lund.",
        "Two were built by the order of the port of Lund.",
        "The yards concerned must test all of their cranes in May.",
        "Lund asked the league for the cranes in question in May.",
        "The five-strong group at the port of Lund built a crane.",
        "Mayor Ana Reyes calls that a fine for being large.",
        "Ana Reyes and Omar Lind of Lund voted against it in May.",
        "Ana Reyes of the port of Lund said she would wait to read it.",
        "The mayor of Lund fears that the row will bury the rest.",
        "Mayor Ana Reyes of the port of Lund gave two reasons.",
        "A deal worked out calls for a review of cranes in two years.",
        "The Council of Ports and the league of Lund opened it on Wednesday.",
        "The suit was filed, two weeks after the crane fell, and argued for five hours.",
        "Port rules that began to apply oblige crews to report their faults.",
    ],
)
def test_what_has_its_noun_in_another_sentence_is_refused(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "A court barred Lund from blocking the website of a maker of cranes.",
        "The pact enters into force when 12 ports have ratified it.",
        "Live tests of the crane in the street will need a court order.",
        "The two-year project cost 1.8 million dollars, the league said.",
        "Firms that do not comply face fines of up to 50 million dollars.",
        "The board counted the open code of the crane in favor of Lund.",
        "Lund said a crew that rents a crane can use it in May.",
        "A committee spared most makers of models from the costs that those models cause in ports.",
        "The ports will test the largest models, including those made in Lund.",
        "Lund collects words of tongues that today's models of speech barely know.",
        "The bill holds makers of cranes liable for harm that crews of ports cause by each of their changes to them.",
        "Fahd al-Sulaiman said the port of Lund will open in May.",
        "Some ports that the league counts as open rent out 40 cranes.",
        "The board of Lund released its first language model, Harbor, to crews.",
        "The port of Lund will publish the code within six weeks of the vote.",
        "The cost of cranes in Lund rose to 40 million dollars in 2025 from nine million a year earlier.",
        "Lund was fined for calling a crane open and later asking crews for money.",
        "The move will cost the port of Lund 40 million dollars.",
        "The crane is tested with the consent of the port concerned.",
        "Two have of late become four, the ports of Lund and Kiel said.",
    ],
)
def test_what_only_looks_as_if_it_leaned_on_something_may_stand(text: str) -> None:
    assert refused(text) is None


def test_a_price_is_no_verb_behind_a_preposition() -> None:
    assert finite("Kiel and Lund want to join a fund for cranes.")
    assert not finite("Kiel and Lund joining a fund for cranes.")
    assert finite("The two-year project cost about 1.8 million dollars.")
    assert not finite("Ports at a cost of 4 million dollars.")


def test_a_caption_is_no_sentence_of_the_news() -> None:
    assert refused("Mayor Ana Reyes meets with captains on the pier in Lund, Sweden, May 3, 2024.") == "caption"
    assert refused("Mayor Ana Reyes met with captains on the pier in Lund, Sweden, May 3, 2024.") is None


def test_what_happened_last_year_does_not_pass_for_new() -> None:
    assert refused(edited("Last year, the port signed a pact on cranes with 20 towns of the north."))
    assert refused(edited("The port took the other way, when the duties took effect last August, and sold its cranes."))
    assert refused(edited("This week, the port signed a pact on cranes with 20 towns of the north.")) is None


@pytest.mark.parametrize(
    "text",
    [
        "Which the clerks have seen, the cranes are to be lent to nine ports.",
        "Everything has to be lent to nine ports under the charter of Lund.",
        "Government said the statement tells all that the nine ports agreed.",
        "Clerks from 40-strong panel said the cranes of Lund are old.",
    ],
)
def test_what_a_cut_or_a_headline_leaves_is_no_sentence(text: str) -> None:
    assert refused(text, first=True)


def test_what_an_article_opens_with_has_in_it_what_it_points_at() -> None:
    for text in (
        "Artificial intelligence is growing faster than crews' ability to test whether it is safe.",
        "Eleven ports signed the charter of Lund, joining four others.",
    ):
        assert refused(text)
        assert refused(text, first=True) is None
    assert refused("They said the plan was late and costly for all.", first=True)
    for text in (
        "The spokesperson said the ministry would look at the plan for cranes in May.",
        "In a memo to clerks, he said the crane school of Lund would be closed.",
        "Of the three, Kvarn is the only one with a model of cranes.",
        "Ana Reyes did so in a letter to the mayor of Lund.",
    ):
        assert refused(text, first=True), text
    assert refused("The five ports and Lund agreed to share cranes.", first=True)
    assert refused("The five Nordic countries and Canada agreed to share cranes.") is None
    assert refused("Lund asked for a delay after four more ports.", first=True)


def test_a_journey_to_come_keeps_its_day_without_which_it_says_nothing() -> None:
    assert refused(edited("Mayor Ana Reyes goes to the port of Kiel on Wednesday.")) == "relative time"
    call = "The call for grants opens on April 1, 2026, and grants will range from 50 to 90 euros."
    assert undated(call) == call
    report = "A group of clerks will look at the lists of cranes, and will report by the end of the year."
    assert timeless(report) == report
    assert undated(two := "The towns will meet for the first time in Lund on May 24 and 25.") == two


@pytest.mark.parametrize(
    "text",
    [
        "The pact obliges ports to open a yard, to require crews to report faults.",
        "Nine ports wrote to the mayor, asking for three things: published rules.",
        "The mayor said the Harbor Board, which oversees many of the largest ports.",
        "The board welcomed the aim but asked the upper chamber, the Council of Ports.",
    ],
)
def test_a_list_of_aims_and_a_request_are_whole_or_not_told(text: str) -> None:
    assert not whole(text)
    assert whole("The pact obliges ports to open a yard, to require reports and to share them.")
    assert not whole("A judge of Lund ordered yards, ports and crews that use open cranes.")
    assert whole("A judge of Lund ordered yards, ports and crews that use open cranes to stop.")
    assert whole("A judge of Lund ordered the port to stop using its crane in the north.")


@pytest.mark.parametrize(
    "text",
    [
        "The Port League said it would harm all of the yards that build on cranes of Lund.",
        "Clerks had asked for a word on this point for over a year.",
        'Port secretary Ana Reyes said it was "a narrow, targeted measure" for the crews.',
        "Tern was shown with the charter on cranes for what, and who can pull the plug.",
        "Ports of the north released one called Tern in the month of May.",
    ],
)
def test_what_was_told_elsewhere_is_not_meant_here(text: str) -> None:
    assert refused(text) in {"loose pronoun", "points back", "hanging"}


def test_a_number_of_nothing_and_the_rest_of_a_sum_say_nothing() -> None:
    for text in (
        "Fires and damage to cranes are due in three.",
        "$4 billion is in cash, the rest in stock of the port.",
    ):
        assert refused(text) == "counts what is not there"
    assert refused("Kvarn owns the Post and reports on it in its own pages.") == "newsroom"


def test_an_order_to_the_reader_is_no_news() -> None:
    assert refused("Treat shared lists and all of their copies as a risk to crews.") == "imperative"
    assert refused("Be sure to see the list of the cranes of all ports of Lund.") == "imperative"


def test_what_goes_on_from_the_sentence_before_does_not_stand_alone() -> None:
    assert refused("Especially one that the port of Lund has bought already for its crews.")
    assert refused("A mission to do just that has been set up by the port of Lund.") == "points back"


def test_a_subject_with_a_clause_alone_has_no_verb() -> None:
    assert refused("Section 2, which says that cranes may be lent to all ports.") == "no finite verb"
    assert refused("The port of Lund wrote Section 2, which says that cranes may be lent.") is None


def test_a_firm_of_many_platforms_is_one() -> None:
    assert refused("Kvarn Platforms said it would not sign the code of the port of Lund.") is None
    assert refused("Officials said it would not bind the port of Lund.") == "points back"


def test_the_largest_to_date_needs_no_date() -> None:
    assert refused("The port of Lund opened its largest crane to date to all of the crews.") is None
    assert refused("The port of Lund has opened nine cranes to date.") == "relative time"


@pytest.mark.parametrize(
    "text",
    [
        "In Congress, Republican Ana Reyes of Ohio has said that she will introduce a bill on cranes.",
        "Cranes are more likely to fail when asked in Norwegian than in English, nine ports said.",
        "Lund will pay 48 million euros and Kiel the remaining 36 million.",
        "The port of Lund met one of the officials who run the yard of Kiel.",
    ],
)
def test_what_its_own_sentence_explains_may_stand(text: str) -> None:
    assert refused(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Five firms of the coast put up the remaining \u20ac400 million.",
        'Lund refused to have what one of the officials called "a list dressed up as a pact".',
        "A first phase of 100 megawatts is due to open in Lund in 2027.",
        "Board member Ana Reyes said the cranes of Lund belong to all of its crews.",
    ],
)
def test_the_rest_of_a_sum_and_one_of_some_people_lean_on_what_was_told(text: str) -> None:
    assert refused(text) == "points back"


def test_a_place_that_begins_like_a_verb_gives_no_order() -> None:
    assert refused("Lower Lund will buy nine cranes from the yard of Kiel.") is None
    assert refused("Visit Lund for the cranes and the yards of the port.") == "imperative"


def test_who_owns_the_paper_is_no_news_and_did_so_says_nothing() -> None:
    assert refused("The Kvarn Group owns the Lund Morning Post.") == "newsroom"
    assert refused("Nine of the cranes did so in a way that hurt their crews.") == "points back"


def test_an_aside_that_lost_its_time_says_nothing() -> None:
    assert refused("The meeting of ports, which will conclude, is attended by nine mayors.") == "hanging"
    assert refused("The meeting of ports, which nine mayors attended, was held in Lund.") is None


def test_the_number_of_a_court_or_an_article_is_nobody_who_speaks() -> None:
    assert refused("On June 11 the Lund Regional Court I dismissed the case of nine ports.") is None
    assert refused("The clerks struck down Article I of the charter of the nine ports.") is None
    assert refused("The port of Lund said I have a pact to sign with nine towns.") == "first or second person"
