"""Word lists of the strict check: what denies, hedges, limits, opposes, and what may come and go freely."""

from __future__ import annotations

import re

FREE = frozenset(
    """a an the and or as at be am is are was were been being by do does did for had has have having he her hers him
    his i in into it its itself me my of on onto our ours own she so such than that their theirs them themselves
    then there these they this those to too up us we what when where whether which who whom whose why you your
    yours also about around roughly approximately some other how here just now very quite per percent s while
    amid among across along during through throughout toward towards upon via within between regarding concerning with
    including both each instead though although however meanwhile moreover furthermore because since but yet still
    another one's already indeed currently therefore thus hence later today's
    said say saying told tell telling added add adding stated stating noted noting according
    ofs""".split()
)
"""Words that say nothing of their own; neutral verbs of saying are among them."""

DENIAL = frozenset("not no never neither nor cannot nobody none nothing nowhere without non nope".split())
"""Each of these is read as one sign, so that "didn't" and "did not", or "never" and "not", are equal."""

MODALS = {
    **dict.fromkeys("may might could can".split(), "MAY"),
    **dict.fromkeys("must should ought".split(), "MUST"),
}
FUTURE = frozenset("will would shall".split())

GUARDED = frozenset(
    """fail refuse decline deny reject avoid prevent block oppose doubt dispute lack unable unwilling unlikely
    impossible insufficient hardly barely scarcely rarely seldom little few fewer less least only solely merely
    almost nearly partly partially former acting interim deputy vice alleged allegedly reportedly supposedly
    purportedly rumored suspected accused false fake untrue rather except unless until if provided before after
    against from under over above below off out down back most all every half any first last next second third
    draft proposed planned would-be so-called propose plan consider threaten promise pledge urge ask demand want
    hope expect seek intend aim vow try attempt agree offer recommend call suggest claim believe think argue warn
    stop halt suspend delay postpone cancel abandon drop scrap withdraw end cease refrain object exclude exempt
    instead short ago tomorrow more LESSTHAN MORETHAN ATLEAST ATMOST NEARLY""".split()
)
"""Words that turn, limit or place what stands beside them: a claim may not leave one out alone."""

OPPOSITES = (
    "from to", "for against", "with without", "before after", "over under", "above below", "in out", "up down",
    "more less", "more fewer", "most least", "all some", "all few", "many few", "first last", "last next", "into from",
    "inside outside", "until since", "and or", "MORETHAN LESSTHAN", "ATLEAST ATMOST", "MORETHAN ATMOST", "on off",
    "before since", "after until", "both neither", "every some", "because although", "because despite", "to against",
    "for without", "during before", "during after", "since before", "by for", "every no", "his her", "he she",
)  # fmt: skip
OPPOSED = frozenset(pair for row in OPPOSITES for a, b in [row.split()] for pair in ((a, b), (b, a)))

CONDITIONS = frozenset("if unless except provided".split())

SAYING = frozenset(
    """said say says saying told tells tell warned warns warn argued argues argue added adds add called calls noted
    notes note stated states claimed claims claim insisted insists announced announces declared declares explained
    explains acknowledged acknowledges admitted admits stressed stresses emphasized emphasised suggested suggests
    replied responded commented observed remarked wrote writes testified asserted contended cautioned cautions
    urged urges predicted predicts confirmed confirms denied denies reported reports recalled recommended maintained
    concluded complained criticized criticised praised welcomed described promised vowed pledged asked asks
    estimated estimates estimate revealed disclosed hailed condemned""".split()
)
"""Verbs that make their subject the speaker."""
INVERTIBLE = frozenset(
    """said says added adds noted argued argues warned warns explained complained insisted replied observed remarked
    recalled predicted stated admitted acknowledged suggested joked wrote""".split()
)
"""Verbs that may stand before their subject."""
SHOWING = frozenset("show shows showed find finds found reveal reveals indicate indicates indicated suggests".split())
"""Verbs that tell whose finding it is, at the front or at the end."""
NEUTRAL = frozenset("said say says saying told tells tell added adds stated noted notes".split())

PREPOSITIONS = frozenset(
    """in on at by with from to for of after before during since until under over through into against about amid
    among between as within without across toward towards despite following""".split()
)
SUBORDINATORS = frozenset("after before when while if as although though because since unless once until".split())
RELATIVES = frozenset("who which that whose whom where when".split())
TITLES = frozenset("mr mrs ms dr prof sir lord dame".split())
POSSESSED = "ofs"
"""What an apostrophe with s is read as."""
ROLES = frozenset(
    """minister mayor president commissioner senator chairman chairwoman chair chief executive director leader lawyer
    author professor researcher analyst economist spokesman spokeswoman spokesperson secretary governor judge justice
    general captain manager head founder cofounder ambassador diplomat envoy negotiator official lawmaker
    representative congressman congresswoman chancellor premier scientist engineer doctor dr mr mrs ms prof adviser
    advisor lecturer critic activist campaigner officer partner lead investigator prosecutor attorney auditor
    counterpart candidate deputy vice-president historian editor expert fellow coordinator organizer
    union agency group company firm ministry department institute broadcaster newspaper operator maker supplier
    foundation charity startup model regulator watchdog party bank association university tank developer vendor""".split()
)
"""Nouns that stand before or behind the name of whom they tell."""

YEAR = "january february march april may june july august september october november december"
BEING = frozenset("is are was were be been being".split())
MONTHS = {month: n for n, month in enumerate(YEAR.split(), 1)}
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

SAME = (
    "begin start commence launch", "buy purchase acquire", "help assist aid", "show demonstrate", "big large",
    "nation country", "lawmaker legislator", "use utilize", "get receive obtain", "need require", "enough sufficient",
    "firm company business", "build construct", "choose select", "keep retain", "fast quick rapid",
    "attorney lawyer", "stop halt", "stay remain",
    "whole entire", "shut close", "gather assemble", "let allow permit", "give provide grant",
    "plan intend", "want wish", "cost price", "laboratory lab", "technology tech", "application app", "advertisement ad advert",
    "telephone phone", "photograph photo", "mathematics maths math",
    "center centre", "program programme", "defense defence", "license licence", "organization organisation",
    "child kid", "expert specialist", "official functionary", "answer reply respond", "ban prohibit forbid",
    "limit restrict restriction curb", "pledge commit vow promise", "propose suggest", "back support endorse",
    "reveal disclose", "dismiss sack", "hire recruit",
    "rule regulation", "law legislation statute", "talk negotiation discussion", "deal agreement accord",
)  # fmt: skip

IRREGULAR = dict(
    pair.split("=")
    for pair in """arose=arise ate=eat beat=beat beaten=beat became=become began=begin begun=begin bent=bend bit=bite
    blew=blow blown=blow bore=bear borne=bear bought=buy bound=bind bred=breed broke=break broken=break brought=bring
    built=build burnt=burn came=come caught=catch chose=choose chosen=choose clung=cling crept=creep dealt=deal
    drank=drink drawn=draw drew=draw driven=drive drove=drive dug=dig fed=feed fell=fall fallen=fall felt=feel
    fled=flee flew=fly flown=fly forbade=forbid forbidden=forbid forgave=forgive forgot=forget fought=fight
    found=find froze=freeze frozen=freeze gave=give given=give gone=go got=get gotten=get grew=grow grown=grow
    heard=hear held=hold hid=hide hidden=hide hung=hang kept=keep knew=know known=know laid=lay lain=lie leant=lean
    led=lead left=leave lent=lend lit=light lost=lose made=make meant=mean met=meet mistook=mistake paid=pay
    ran=run rang=ring ridden=ride risen=rise rode=ride rose=rise sang=sing sank=sink sat=sit saw=see seen=see
    sent=send shaken=shake shone=shine shook=shake shot=shoot shown=show shrank=shrink shrunk=shrink slept=sleep
    slid=slide sold=sell sought=seek sped=speed spent=spend split=split spoke=speak spoken=speak sprang=spring
    spun=spin stole=steal stolen=steal stood=stand struck=strike stuck=stick sung=sing sunk=sink swam=swim
    swept=sweep swore=swear sworn=swear swung=swing taken=take taught=teach threw=throw thrown=throw took=take
    tore=tear torn=tear thought=think understood=understand undertook=undertake underwent=undergo upheld=uphold
    went=go withdrawn=withdraw withdrew=withdraw withheld=withhold withstood=withstand woke=wake won=win
    wore=wear worn=wear wound=wind wove=weave written=write wrote=write oversaw=oversee overtook=overtake
    overcame=overcome outgrew=outgrow foresaw=foresee foresaw=foresee lay=lie men=man women=woman people=person
    children=child feet=foot lives=life wives=wife knives=knife leaves=leaf criteria=criterion phenomena=phenomenon
    media=medium analyses=analysis crises=crisis theses=thesis bases=basis indices=index better=good best=good
    used=use using=use user=use died=die worse=bad worst=bad lying=lie dying=die tying=tie licence=license defence=defense centre=center centres=center
    programme=program programmes=program labour=labor behaviour=behavior colour=color favour=favor favoured=favor
    neighbour=neighbor honour=honor travelled=travel cancelled=cancel modelling=model modelled=model labelled=label
    offence=offense offences=offense pretence=pretense practise=practice practises=practice
    judgement=judgment grey=gray tonne=ton tonnes=ton cheque=check dialogue=dialog catalogue=catalog
    aluminium=aluminum fulfil=fulfill enrol=enroll metre=meter metres=meter kilometre=kilometer
    kilometres=kilometer litre=liter theatre=theater fibre=fiber cosy=cozy plough=plow tyre=tire
    refused=refuse denied=deny denies=deny denying=deny declining=decline""".split()
)  # fmt: skip
"""Past forms, odd plurals and British spellings, each with the form that it is compared by."""

BRITISH = (
    (re.compile(r"is(e[ds]?|ing|ations?|ers?)$"), r"iz\1"),
    (re.compile(r"ys(e[ds]?|ing|ers?)$"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|able)?$"), r"or\1"),
)
