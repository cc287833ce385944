"""The same news in fewer words, so that more of it has room in a lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.stages.draft.language.countries import COUNTRIES
from pipeline.stages.draft.language.times import MONTH, WEEKDAY
from pipeline.stages.draft.language.verbs import AUXILIARY, IRREGULAR, finite
from pipeline.stages.draft.wording.apart import DONE, FREE
from pipeline.stages.draft.wording.wholeness import ends_well, whole

COUNTRY = "|".join(forms.split("|")[0].replace(".", r"\.") for forms in COUNTRIES.values())
PACT = r"(?:[\w-]+ )?(?:agreement|deal|accord|pact|memorandum(?: of understanding)?)"
NAMES = r"[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}(?: and [A-Z][\w-]+(?: [A-Z][\w-]+){0,2})?"
SAME_FORM = frozenset("set cut put hit let read bet quit beat".split())
PAST = rf"(?:{'|'.join(sorted(IRREGULAR - AUXILIARY - SAME_FORM))}|[a-z]+ed)"
"""A verb of the past that is nothing else."""
SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (rf"\bsigned an? {PACT} (?P<day>on [A-Z][a-z]+(?: \d\d?)? )?to (?=[a-z])", r"agreed \g<day>to "),
        (r"\bhelp to (?=[a-z])", "help "),
        (r"\bwill have to (?=[a-z])", "must "),
        (r"\bsetting up (?=(?:the|an?|its|their) )", "establishing "),
        (r"(?<=\bto )set up (?=(?:the|an?|its|their) )", "establish "),
        (r"(?<=[a-z] )said (?P<day>on [A-Z][a-z]+(?: \d\d?)? )?that (?=[a-z])", r"said \g<day>"),
        (r"(?<=[a-z] )said (?P<day>on [A-Z][a-z]+(?: \d\d?)? )?(?:that )?it (?:has|had) (?=(?:fined|banned|ordered|approved|suspended|sued|released|published|signed|adopted|launched|blocked)\b)", r"\g<day>"),
        (r"\bthe United States(?! of)(?=[ ,])", "the U.S."),
        (r"\bthe European Union\b(?! [A-Z])", "the EU"),
        (r"\ba United Nations (?=[a-z])", "a UN "),
        (r"\b(?<!the )European Union (?=[a-z]+ (?:law|rules|court)\b)", "EU "),
        (r"\b(?P<give>g[ai]ves?|given|giving) (?P<what>[a-z]+) away for free\b", r"\g<give> \g<what> away"),
        (r"(?P<fine>\bfined .* for (?:the release of|(?:[a-z]+ing and )?(?:releasing|publishing)) an? (?:[\w-]+ ){0,3}model) that [^,]*(?=\.$)", r"\g<fine>"),
        (r"\bsomebody else's (?=[a-z])", "another "),
        (r" for such (?:technology|systems|models|tools)(?=[ ,.])", ""),
        (r"(?P<head>, (?:but|and|while) [A-Z][\w-]+), the (?:most|least|largest|biggest|only|first|second) [^,]{3,60}, (?=[a-z]+ed )", r"\g<head> "),
        (r"\b(?P<the>[Tt]he) United Nations'(?= [a-z])", r"\g<the> UN's"),
        (r"\b(?P<the>[Tt]he) United Nations\b(?!'| [A-Z])", r"\g<the> UN"),
        (rf"^({COUNTRY})'s government (?!defeated|survived|won|lost|fell|faces|faced)(?=[a-z])", r"\1 "),
        (rf"(?P<land>^(?:{COUNTRY}) .*)\bthe country's (?=[a-z])", r"\g<land>its "),
        (r"(?P<ai>\bartificial intelligence\b.*[a-z]) (?:on|of|for|in|with) the technology(?=[ ,.])", r"\g<ai>"),
        (r"\b(?P<left>left out|leaves out|omits|omitted|dropped|avoids|avoided) any (?:reference to|mention of) (?=[a-z])", r"\g<left> "),
        (rf"(?P<land>^(?:{COUNTRY}|{COUNTRY} and [A-Z]\w+|[A-Z]\w+ and {COUNTRY})\b.*) (?:in|across|to) the (?:[A-Z][\w-]+ ){{1,3}}(?:country|nation|state|kingdom)(?=\.$)", r"\g<land>"),
        (r"\bpolice forces\b", "police"),
        (r"(?P<who>\b(?:summon|summons|summoned|invited|called in) [^,]*?) to explain (?:what|how|why|whether) [^,]*(?=\.$)", r"\g<who>"),
        (r"(?P<aim>\bto help (?:(?!\bnot\b)[^,])*?[a-z]) in [a-z]+(?: [a-z]+)?(?:, [a-z]+(?: [a-z]+)?)+ and [a-z]+(?: [a-z]+)?(?=\.$)", r"\g<aim>"),
        (r"(?P<which>\b(?:that|which) [a-z]+s (?:(?!\b(?:if|unless|only|not)\b)[^,])*?) and (?:asks|calls for|urges|wants|demands) (?:(?!\b(?:if|unless|only)\b)[^,])*(?=\.$|, (?:the |an? )?[^,]*\bsaid(?: on [A-Z][a-z]+(?: \d+)?)?\.$)", r"\g<which>"),
        (r"^The (?:Board of (?:Directors|Governors|Trustees)|Executive Board|Governing Board) of the (?=[A-Z])", "The "),
        (r"\binto state law\b", "into law"),
        (r"\b(?P<whose>[Tt]he )?Group of (?:20|Twenty)(?: (?:major|leading|large|biggest) economies)?\b(?!')", r"\g<whose>G20"),
        (r"\b(?P<whose>[Tt]he )?Group of Seven(?: (?:rich|major|industrial|industriali[sz]ed|wealthy|advanced) (?:countries|nations|economies|democracies))?\b(?!')", r"\g<whose>G7"),
        (r"(?P<who>\b(?:people|persons|officials|diplomats|sources)) (?:familiar with|aware of|briefed on|with (?:direct )?knowledge of) (?:the|its|their) [a-z]+(?: [a-z]+)?(?= said\b)", r"\g<who>"),
        (rf"^(?P<signed>(?:{COUNTRY})(?:, (?:{COUNTRY}))*,? and (?:{COUNTRY}) (?:on [A-Z][a-z]+(?: \d+)? )?(?:signed|opened|launched) [^\",]*), (?:the|both) (?:[a-z]+ )?(?:ministry|ministries) said(?: on [A-Z][a-z]+(?: \d+)?)?(?=\.$|, )", r"\g<signed>"),
        (rf"{FREE}\b(?:has|have) (?={DONE}\b)(?!.*\b(?:since|yet|already|so far)\b)", ""),
        (rf"(?:\b[Tt]he |\b[Aa]n? )?(?:\bU\.S\. |\b(?!{WEEKDAY}|{MONTH})[A-Z]\w+(?:-based)? )(?:artificial intelligence|AI|tech|technology|software|cloud(?:[ -]computing)?|chip) (?:company|firm|start-?up|lab|group|giant) (?=[A-Z]\w+)", ""),
        (r"\bless than (?=an? (?:hour|day|week|month|year)\b)", "under "),
        (rf"(?P<told>, [^,]{{3,60}} ){FREE}(?:has|have) (?P<found>found|ruled|warned|said|decided|announced)(?=\.$)", r"\g<told>\g<found>"),
        (r"(?P<said>, [^,]* said(?: on [A-Z][a-z]+(?: \d+)?)?) (?:after|following|during|at|ahead of|before) (?:an?|the|their|its) [^,]*(?=\.$)", r"\g<said>"),
        (r", (?:(?:it|they) (?:announced|said)|(?:both |the (?:two )?)(?:companies|firms) announced)(?: on [A-Z][a-z]+(?: \d+)?)?(?=\.$|, (?!adding|citing|saying|noting|warning|quoting|referring|pointing)[a-z]+ing (?!that\b))", ""),
        (r"(?P<people>, according to [^,]*?) who (?:(?:were|are|was) not authori[sz]ed|asked not to be|spoke on|requested|declined to be) [^,]*(?=\.$)", r"\g<people>"),
        (r"(?P<told>, according to (?:an?|the) [^,]*? (?:published|issued|released|signed|adopted) by [^,]*?) (?:after|following|on|at|during) (?:an?|the|its) [^,]*(?=\.$)", r"\g<told>"),
        (r"(?P<thing>\ban? (?:[\w-]+ ){0,3}(?:supercomputer|cent(?:er|re)|factory|system|platform|model|tool|fund|network|hub|portal|register|database|dataset|program(?:me)?|project|plan)) "
         r"(?:that|which) [^,]*(?P<said>, [^,]* said(?: on [A-Z][a-z]+(?: \d+)?)?(?=\.$))", r"\g<thing>\g<said>"),
        (r"(?P<said>^[^,]{3,80} said (?:on [A-Z][a-z]+ )?.*), according to an? (?:[\w-]+ ){0,3}(?:evaluation|report|study|analysis|survey|review|statement|document|filing|post)\b[^,]*(?=\.$)", r"\g<said>"),
        (r", (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,3} (?:has learned|has learnt|can reveal|understands)(?=\.$)", ""),
        (r"(?<=[a-z] )(?:landmark|fast-evolving|fast-growing|sweeping|long-awaited|much-anticipated|highly anticipated|hotly debated|ambitious|controversial|wide-ranging|"
         r"groundbreaking) (?=[a-z]|AI\b)", ""),
        (rf"(?:\b[Tt]he |\b[Aa]n? )?(?:\b(?!{MONTH}|{WEEKDAY})[A-Z]\w+(?:ese|ish|an|ch) )?(?:\b(?!{MONTH}|{WEEKDAY})(?:[A-Z]\w+-)?[A-Z]\w+|\b(?:artificial intelligence|AI)) (?:developer|maker|parent|creator|owner|operator) (?=[A-Z][a-z]*[A-Z]?\w+ )", ""),
        (r"(?<!part of )\ba (?:group|total|set|series) of (?=\d+ [a-z]|\d+ [A-Z][a-z]+ [a-z]|(?:two|three|four|five|six|seven|eight|nine|ten|twelve) [a-z])(?!.* that [a-z]+s )", ""),
        (rf"^A (?:group|coalition) of more than (?P<who>\d[\d,]* (?:(?!is |are |was |were |will |said )[\w,.-]+ ){{1,9}}?)has (?={DONE}\b)", r"More than \g<who>"),
        (r"\b(?P<pay>fund|finance) the development of (?=[a-z\d])", r"\g<pay> "),
        (r"(?<!the )(?<!The )\bUnited Nations (?=[a-z])", "UN "),
        (r"\ba common set of (?=[a-z]+s\b)", "common "),
        (r"\b(?P<rules>rules|principles|standards|guidelines|limits) for the use of (?=[a-z]|AI\b)(?!.* by )", r"\g<rules> for "),
        (r", (?:claiming|saying|calling|citing|hailing|describing|promising) [^,]*, and (?=(?:prompting|drawing|raising|forcing|leading) [^,]*\.$)", ", "),
        (r"(?P<first>, [a-z]+ing (?:(?!\b(?:[a-z]+ing|between|from|without|by)\b)[^,])*) and [a-z]+ing (?:up |out )?(?:an?|the|its|their) (?:(?!\b(?:unless|if)\b)[^,])*(?=\.$)", r"\g<first>"),
        (rf"^(?P<head>(?:(?!\b(?:that|which|who|whose|if|when|will|would|must|may)\b)[^\"])*\w(?<!ed)) and {PAST} (?=(?:the|an?|its|their|all|some|more|new|to|for|on|in|against|\"|\d|[A-Z](?!I\b)))[^,]*\.$", r"\g<head>."),
        (r"(?P<most>\b(?:most|many|some) .*), while [a-z]+ing [^,]*(?=\.$)", r"\g<most>"),
        (r"(?P<who>^An? (?:[a-z-]+ ){0,3}(?:inquiry|report|study|review|audit|survey|investigation|panel|committee)) (?:into|of|on|by) [^,]*? (?=(?:said|found|recommended|concluded|warned)\b)", r"\g<who> "),
        (r"(?P<tail>, (?:ending|reversing|replacing|lifting|challenging|retaliating against) an? (?:[\w.-]+ ){1,3}?(?:rule|law|ban|policy)) that [^,]*(?=\.$)", r"\g<tail>"),
        (r"\bfor use (?:in|by) (?=[a-z])", "for "),
        (r"\bas well as (?=[a-z])", "and "),
        (r"\ba handful of (?=[a-z])", "a few "),
        (r"\ba total of (?=[$\u20ac\u00a3])", ""),
        (r"(?<=[a-z]) at home(?=\.$)", ""),
        (r",? in an? (?:attempt|effort|bid|move|push|drive) to (?=[a-z])", " to "),
        (r"\b(?:have|has|had) (?P<did>refused|declined) to do so\b", r"\g<did>"),
        (r"^(?P<head>(?!.*\b(?:not|cannot|never|unless|if|refus\w+|reject\w*|oppos\w+)\b).*) in (?:its|their) (?:present|current|existing) (?:form|shape|state)(?=[ ,.])", r"\g<head>"),
        (rf"(?P<told>\b(?:announced|said)) on (?:{WEEKDAY}|{MONTH} \d\d?|\d\d? {MONTH})(?= that | it | they )", r"\g<told>"),
        (rf"(?P<land>^(?:{COUNTRY})'s (?:[A-Z][\w-]+ )?[Mm]inistry .*)\bthe country's (?=[A-Z])", r"\g<land>its "),
        (r"(?P<thing>\ban? (?:[a-z-]+ ){1,4}[a-z]+), [A-Z][\w-]+(?: [A-Z0-9][\w-]*){0,2}, (?=(?:on|in|from|by|for|with|to|at|and) )", r"\g<thing> "),
        (rf"(?P<head>^|, (?:but|and|while) )(?:[Tt]he|[Ii]ts) [^,]{{3,60}} [a-z]+, (?P<names>{NAMES}), (?!and |or )(?=[a-z]+ )", r"\g<head>\g<names> "),
    )
)  # fmt: skip
"""What says the same, or says it without a name that comes again, what a name is, or what limits nothing that was decided."""
THING = (
    r"(?:(?<=fund)|(?<=funds)|(?<=program)|(?<=pact)|(?<=deal)|(?<=contract)|(?<=center)|(?<=network)|(?<=register))"
)
"""Behind such a thing its purpose can go; behind a verb it is what was decided, and of what is banned it says which."""
LESS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<!,) (?:(?:barely|just|only|less than|more than) )?(?:\d+|an?|[a-z]+) (?:hours?|days?|weeks?|months?) after [^,]*(?=\.$)"),
    re.compile(r" and, [^,]{3,20}, [a-z]+ [^,]*(?=\.$)"),
    re.compile(r"(?<=\w) including [^.]{3,80}?(?= (?:agreed|signed|will|have|adopted|approved|said|pledged|endorsed|launched|published) )"),
    re.compile(r"(?<=[a-z0-9]) (?:over|through|within|until) (?:the next )?(?:(?:[a-z]+|\d+) years|20\d\d)(?= [a-z])"),
    re.compile(r"(?<!hours)(?<!days)(?<!weeks)(?<!months)(?<!years)(?<!hour)(?<!day)(?<!week)(?<!month)(?<!year),? after (?:[\w'-]+ ){1,5}(?:showed|found|ruled|warned|complained|objected|failed|collapsed|said|revealed|learned|refused) [^,]*(?=\.$)"),
    re.compile(r" from (?:abroad|overseas)(?=\.$)"),
    re.compile(r", in an? (?:joint |common )?(?:position|statement|letter|declaration|text|report)\b[^,]*(?=\.$)"),
    re.compile(r",? in (?:return|exchange) for [^,]*(?=\.$)"),
    re.compile(r",? for the first time(?=\.$)"),
    re.compile(r"(?<=passage) in the (?:[A-Z]\w+|legislature|state Capitol)(?= on )"),
    re.compile(r" in the [A-Z][a-z]+ capital(?=,? on [A-Z]|,|\.$)"),
    re.compile(r" after (?:[a-z-]+|\d+) (?:hours|days|weeks|months|years) of [^,]*(?=\.$)"),
    re.compile(r"(?<=[a-z]) within (?:hours|days|weeks)(?= [a-z])"),
    re.compile(r" at the (?:close|end|opening|start|margins) of (?:the|an?|its|their) [^,]*(?=\.$)"),
    re.compile(r" (?:from|by|at|until|before) (?:the )?(?:start|beginning|end|middle) of (?:this|next) (?:year|month|week)(?=[,.])"),
    re.compile(r"(?<=[a-z]) (?:this|next) (?:year|month|week)(?= (?:on|for|in|with|to) )"),
    re.compile(r" in the (?:first|most|only|[a-z]+est) (?:[\w-]+ ){0,3}(?:step|move|pact|deal|test|review|study|examination|attempt|effort|case)\b[^,]*(?=\.$)"),
    re.compile(r"(?<=[a-z])(?<!number)(?<!dozens)(?<!scores)(?<!hundreds)(?<!thousands)(?<!majority) of (?:towns|cities|villages|places|regions)(?= in [A-Z])"),
    re.compile(r"(?<=According to a letter) (?:seen|obtained|reviewed) by [^,]*(?=, )"),
    re.compile(r" with (?:the |an? )?(?:[A-Z][\w.]+ )?(?:firm|company|group|start-?up|maker|developer) [A-Z][\w-]+(?: [A-Z][\w-]+)*(?= for )"),
    re.compile(rf"{THING} to (?:help|give|let|enable|spare) [^,]*(?=\.$)"),
    re.compile(rf"{THING} for [a-z]+ that [a-z]+ [^,]*(?=\.$)"),
    re.compile(r",? but stopped short of [^,]*(?=\.$)"),
    re.compile(r",? (?:meant|intended) (?:to|for) [^,]*(?=\.$)"),
    re.compile(r"(?<=[a-z]), (?:its|their) [^,]{3,40},(?= [a-z]+(?:ed|s) )"),
    re.compile(r",? in (?:its|their|the [\w-]+'s) (?:first|most|latest|biggest|largest|second|boldest) [^,]*(?=\.$)"),
    re.compile(r" during (?:an?|the|its|their) [^,]*(?=\.$)"),
    re.compile(r"(?<!such)(?<!same)(?<!well)(?<!soon)(?<!long)(?<!far)(?<!just)(?<!known)(?<!described)(?<!seen) as (?:the|its|their|it|they|[A-Z][\w-]+|[a-z]+s) (?:(?!to )[\w'-]+ ){0,4}?(?:face|seek|try|trie|race|grapple|struggle|prepare|push|pushe|move|look|work|ramp|step|rush|rushe|wrestle|weigh|compete|scramble|continue|grow|rise|spread|shift|take|gain|overtake|vie)(?:s|d|ed)? [^,]*(?=\.$|, [^,]* (?:said|announced)(?: on [A-Z][a-z]+(?: \d+)?)?\.$)"),
    re.compile(rf"(?<= it| us) and {PAST} [^,]*(?=\.$)|(?<= them) and {PAST} [^,]*(?=\.$)"),
    re.compile(r", without (?:naming|giving|saying|specifying|mentioning|providing|elaborating) [^,]*(?=\.$)"),
    re.compile(r", part of (?:an?|the|its|their) [^,]*(?=, [^,]* (?:said|announced)(?: on [A-Z][a-z]+(?: \d+)?)?\.$)"),
)  # fmt: skip
"""What a sentence that is too long and neither bans nor requires a thing can do without."""
BESIDE: tuple[re.Pattern[str], ...] = (
    re.compile(r", (?:(?:barely|just|only|less than|more than) )?(?:\d+|an?|[a-z]+) (?:hours?|days?|weeks?|months?) after [^,]*(?=\.$)"),
    re.compile(r", in (?:the|an?|one of|what) (?!case|event)[^,]*\b(?:step|move|sign|show|push|attempt|test|victory|defeat|setback|blow|shift|case)\b[^,]*(?=\.$)"),
    re.compile(r", in what (?:[\w'-]+ ){1,5}(?:said|called|described as) (?:(?:was|were|is|would be) )?(?:the|a|one of the) (?:first|biggest|largest|most|only|latest)\b[^,]*(?=\.$)"),
    re.compile(r", (?:saying|promising|warning|arguing|adding|noting) (?:that )?.*(?=\.$)"),
    re.compile(r", an? (?:[\w-]+ ){0,3}(?:sign|signal|reminder|move|step|blow|boost|victory|setback|reversal|shift|attempt|show|test) (?:that|of|to|for|in|toward|towards) [^,]*(?=\.$)"),
    re.compile(r", (?:underlining|underscoring|highlighting|signal{1,2}ing|marking|setting up|setting the stage|raising (?:questions|concerns|fears)|moving|putting pressure|dealing|adding to|bowing to) [^,]*(?=\.$)"),
    re.compile(r", with \d+ votes (?:to \d+|(?:in favou?r|for)(?:, \d+ (?:against|abstentions))*(?: and \d+ (?:against|abstentions))?)(?=\.$)"),
    re.compile(r", citing [^,]*(?=\.$)"),
    re.compile(r", as (?!long|soon|well|much|part|of|if)(?:[\w'.-]+ ){1,6}(?:[a-z]+ed|are|is|was|were) [^,]*(?=\.$)"),
    re.compile(r", after (?:[\w'-]+ ){1,8}[a-z]+ed [^,]*(?:, [\w ]+)?(?:,? and [\w ]+)?(?=\.$)"),
    re.compile(r"(?<=\w), (?:an?|the) (?:[\w-]+ ){0,4}(?:firm|company|start-?up|maker|developer|lab|model|chatbot|tool|generator|app|assistant|service|group|network|platform|framework) (?:that|which|behind|made|built|based|for|of|in|developed) [^,]*(?:,(?= (?![a-z]+ing\b)[a-z])|(?=,|\.$))"),
    re.compile(r" because of (?:concerns?|fears|worries) (?:that|about|over) [^,]*(?=\.$)"),
)  # fmt: skip
"""What happened beside it or what a thing is, which is no part of what was decided."""
LIMITS = re.compile(
    r"\b(?:ban|bar|block|curb|exempt|forbid|limit|outlaw|prohibit|require|restrict)(?:s|d|ed|ned|red|den|ing|ning|ring)?\b"
)
"""Of what is banned or required no word can go without widening it."""
HELD = re.compile(
    r"\b(?:(?:said|says)(?! (?:was|is|were|are|would)\b)|according|told|if|unless|provided|except|but|as (?:long|soon) as|in (?:the )?(?:case|event) of)\b"
)
"""Conditions and attributions, which are part of it,"""
DENIED = re.compile(r"\bnot\b.* because of\b")
"""as is the reason that is denied."""
ENDS = re.compile(r"(?<!\.)\.\.$|,\.$")
"""What a cut leaves of a stop."""
ROUNDS = 3


def tightened(text: str) -> Iterator[str]:
    """The sentence in fewer words, each wording once.

    >>> rest = "to build a port of glass and to open it on April 1."
    >>> next(tightened(f"Norway's government signed a pact {rest}"))
    "Norway's government agreed to build a port of glass and to open it on April 1."
    """
    seen = {text}
    waiting = [text]
    for _ in range(ROUNDS):
        found = [form for one in waiting for form in _once(one) if form not in seen]
        waiting = list(dict.fromkeys(f for f in found if len(f.split()) < len(text.split()) and finite(f) and whole(f)))
        seen.update(found)
        yield from waiting


def _once(text: str) -> Iterator[str]:
    for pattern, new in SAME:
        if pattern.search(text):
            yield pattern.sub(new, text, count=1)
    for pattern in BESIDE if LIMITS.search(text) else BESIDE + LESS:
        if (match := pattern.search(text)) and ends_well(text[: match.start()]):
            if pattern in LESS or not (HELD.search(match[0]) or DENIED.search(text)):
                yield ENDS.sub(".", text[: match.start()] + text[match.end() :])
