"""Which sentences cannot stand in a brief at all."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.stages.draft.language.hints import Hinted
from pipeline.stages.draft.language.times import MONTH, PERIOD, WEEKDAY
from pipeline.stages.draft.language.verbs import BASE, finite
from pipeline.stages.draft.language.words import CAPITAL, count
from pipeline.stages.draft.standing.inside import inside
from pipeline.stages.draft.standing.pronouns import PERSONAL, SPEAKER, loose

QUOTED = re.compile(r'"[^"]*"')
POINTED = "rule|bill|order|plan|fund|model|summit|meeting|conference|treaty|pact|law|act|convention|declaration|strategy|proposal|threshold|list|programme|program|company|firm|ministry|agency|clause|provision|requirement|deadline|sum|licence|license|petition|study|statement|resolution|month|week|system|project|network|framework|measure"
"""Things that "that" points at."""
OUTSIDE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no full stop", re.compile(r"(?:[^.\"]|\.\.\.|[^.]\")$")),
    ("no capital", re.compile(rf"^[^{CAPITAL}\d\u20ac\u00a3$]")),
    ("brackets", re.compile(r"[\[\]<>{}|*#()]|https?:|@|\.\.\.")),
    ("label", re.compile(r"^[\w .'-]{1,30}: |: [A-Z\"]|:$|: .*:")),
    ("dash", re.compile(r"(?: - | -- |\u2013 | \u2013|\u2014)")),
    ("points back", re.compile(r", (?:he|she|they|it) (?:said|say|says|added|argued|wrote|noted|warned)[,.]")),
    ("points back", re.compile(r"\b[Ii]n (?:each|either|both|every) cases?\b|\bsimilar (?:message|statement|point|view|argument|conclusion|warning|claim|concern|charge|fate|role|step|move|pattern|trend|approach|deal|path|problem|result|division|provision|clause|distinction|wording)s?\b(?! to)")),
    ("loose pronoun", re.compile(
        r"^(?:[A-Z][\w'.-]*,? ){2,4}(?:the |an? )?(?:[\w-]+ ){0,4}?(?:head|chief|director|president|minister|chair\w*|spokes\w+|leader|founder|ambassador|envoy|member|secretary|officer|rector) (?:[\w-]+ )?(?:of|for) (?:its|their) "
    )),
    ("no finite verb", re.compile(r"^(?:Especially|Particularly|Mostly|Mainly) (?!in |for |when )|^\w+ (?:on|of|for|with|in|to|by|from) (?:which|whom)\b|^An? [^,]*, of wh(?:om|ich)\b")),
    ("vague", re.compile(
        r"\b(?:raised|had|voiced|has|have) (?:a|an)(?:other)? ?(?:different|other|second|further)? (?:worry|concern|point|question|doubt|objection)s?\.$|"
        r"^(?:Others|Some|Many|Most|Critics|Campaigners|Not everyone|Not everybody|Not all) (?:is|are|was|were|remain|remained|sounded) (?:more |less |not |far )?(?:critical|sceptical|skeptical|cautious|convinced|sure|happy|impressed|enthusiastic|positive|persuaded|pleased)\b|"
        r"\b(?:had|has|have) (?:every )?(?:reason|cause) to (?:celebrate|smile|cheer|worry|be [a-z]+)\.$"
    )),
    ("scene", re.compile(r"^(?:Student|Teacher|Farmer|Nurse|Engineer|Developer|Programmer|Shopkeeper|Fisherman|Miner|Driver) [A-Z][\w'-]+ [A-Z][\w'-]+, \d\d,")),
    ("scene", re.compile(
        r"^[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}(?:, [^,]+,)? (?:takes off|opens an?|types|looks at|sits|stands|walks|waits|smiles|laughs|shrugs|leans|scrolls|taps|sips|nods|pulls)\b"
    )),
    ("two sentences", re.compile(
        r"^(?!If|When|While|As|Although|Though|Because|Since|Once|After|Before|Until|Unless|Whether|Even|In|On|At|For|By|With|Under|"
        r"According|Despite|Given|To|From|During|Without|Like|Unlike)[^,\"]{12,}(?<!said), (?:it|he|she|they) (?:is|was|are|were|has|have|had|will|would|can|could)\b"
    )),
    ("points back", re.compile(r"\b(?:of|for|with|by|from|under|on|to|about|behind|against|into|toward|towards|before|until|since|at|during|within|beyond) that\b(?! of\b| which\b| in\b)|\b(?:of|for|with|by|from|under|on|to|about|behind|against|after|before) this(?=[.,;]|$)|\bas a result\.$")),
    ("points back", re.compile(r"^(?:[A-Z][\w-]* [a-z]+s|[A-Z][a-z]+s) (?:said|say|warned|argued|noted|added) (?:that )?(?:it|this|he|she) (?!(?:is|was|would be|will be|remains) (?:\w+ly )?\w+ (?:that|to|for|whether|how)\b)")),
    ("caption", re.compile(rf"^(?!.*\b(?:[a-z]{{3,}}ed|met|held|said|was|were|had|took|gave|won|began|spoke|signed)\b).*, {MONTH} \d{{1,2}}, \d{{4}}\.$")),
    ("points back", re.compile(r"\bsaid (?:that )?(?:it|they|he|she) (?:was|were|is|are) (?:pleased|disappointed|delighted|glad|happy|proud|encouraged|concerned|grateful)\.$")),
    ("newsroom", re.compile(r"^[A-Z][\w ]{2,30} (?:owns|is the owner of) the [A-Z][\w ]*(?:Post|Times|Journal|News|Herald|Globe)\.$")),
    ("points back", re.compile(r"^(?:Board|Committee|Council|Panel|Staff) (?:member|chair\w*|president|head|spokes\w+) [A-Z]")),
    ("points back", re.compile(r"^[^,;]*\b(?:do|does|did) so\b")),
    ("points back", re.compile(r"^(?:A|The) (?:first|second|third|next|final) (?:phase|stage|batch|round|tranche) of (?:about |some )?\d")),
    ("points back", re.compile(r"\b(?:do|does|did|doing) just that\b")),
    ("points back", re.compile(r"\bone of the (?:officials|people|diplomats|sources|ministers|lawmakers)\b(?! (?:who|from|of|at|in|behind))")),
    ("points back", re.compile(r"^(?:(?!\d).)*\bthe remaining [$\u20ac\u00a3]?[\d.,]+ (?:(?!\d).)*\.$")),
    ("points back", re.compile(r"\baddress(?:es|ed)? the (?:point|issue|concern|matter|question|problem)s?\.$")),
    ("points back", re.compile(r"^[^,]*\b(?:third|quarter|half|part|most|much|some|rest|per ?cent|%) of (?:it|them)\b")),
    ("points back", re.compile(r"\b(?:most|much|half|part|some|all) of the rest\b(?! of\b)")),
    ("points back", re.compile(r"\b(?:the|that|an?) (?:old|new|earlier|later|latest|first|second) version\b(?! (?:of|was|is)\b)")),
    ("points back", re.compile(r"\b(?:questioned|tested|released|published|used|withdrew|in|of|on|with) that version\b")),
    ("points back", re.compile(r"\bthe (?:[a-z]+ ones\b|ones\b(?! (?:with|in|of|to)\b))(?! (?:that|which|who)\b)")),
    ("points back", re.compile(r"^Article \d[^,]{0,20}(?:, [^,]+,)? (?:says|said|states|adds) (?:that )?it\b|\b[Tt]he (?:question|matter|issue|dispute) (?:was|is|has been|had been) (?:settled|closed|resolved|open|decided)\b|\bsimilar (?:commitment|pledge|duty|rule|law|plan|offer|request|order|promise|project)s?\b(?! to)|\b(?:disagreed|followed suit|complied)(?:,|\.$| and\b)|\bobjected(?:,|\.$| and\b)|\b(?:his|her|their) (?:guests?|hosts?|visitors?)\b")),
    ("points back", re.compile(r"^[^,]{3,70} (?:is|was|were|are|remains?) (?:not |un)(?:persuaded|convinced|impressed|satisfied|amused|moved)\.$|\bcontain (?:him|her|them)sel(?:f|ves)\b|\bwent home\b|\bwalked [A-Z][^,]* through\b|\bwarmly (?:welcomed|greeted|thanked)\b|\bcongratulated [A-Z]")),
    ("relative time", re.compile(r"\bin (?:about|some|roughly|around) (?:an?|a few|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:hours?|days?|weeks?|months?)(?=[,.])|\b(?:will|is to|are to|is due|are due) (?:(?!\bwithin\b)[^,])* in (?:a few|two|three|four|five|six|eight|ten|\d+) (?:days?|weeks?|months?)(?=[,.])")),
    ("points back", re.compile(r"^An? (?:second|third|further|fourth) one\b|\b(?:requires?|does|did|says|said|means|meant|allows?|needs?|wants?) this of\b|\bsaid (?:that )?it (?:all )?depends\b|\b(?:likes|welcomes|supports|opposes|backs|loves|hates|doubts) (?:it|them)\.$|, (?:which|who) (?:does|do|did|is|are|was|were|has|have|will|would) ?(?:not|n't)?,")),
    ("points back", re.compile(r"\b(?:has|had|have|no longer have|made|makes) no such [a-z]+s?\b")),
    ("points back", re.compile(r"\b(?:puts?|sees?|saw|finds?|found|calls?|makes?|takes?|took|read|reads) that (?:in|as|to|with|at|on|differently)\b")),
    ("points back", re.compile(r"^The (?:[A-Z][a-z]+|main|other|smaller|larger|bigger|new) ones?\b")),
    ("points back", re.compile(r"\bthe same (?:terms|conditions|treatment|rights?|offer|rules?|thing)(?:\.$| (?:and|but)\b)")),
    ("points back", re.compile(r"^All (?:met|passed|failed|agreed|signed|voted|got|received|will|are|were|have|had)\b")),
    ("points back", re.compile(r"^[A-Z][\w'.-]+(?: [A-Z][\w'.-]+)* added (?:that )?(?!to |the name|\d)")),
    ("counts what is not there", re.compile(r"\b(?:refused|accepted|answered|find|found|got|reached|scored|failed|passed|missed|lost|won) (?:about |some |only |over |nearly )?(?!(?:19|20)\d\d)\d[\d.,]* ?(?:%|per ?cent)?\.$|(?:million|billion|\d) worth (?!of\b)|\b(?:result|score|figure|rate) was \d[\d.]* ?(?:%|per ?cent)\.$")),
    ("no finite verb", re.compile(r"^(?:Critics|Supporters|Opponents|Proponents|Advocates|Backers|Sceptics|Skeptics|Others|Some|Many) that (?:it|they|he|she|this|the|its|their)\b")),
    ("vague", re.compile(r"\bno cause for (?:alarm|concern|panic|celebration)\b")),
    ("counts what is not there", re.compile(r"\b(?:takes?|gets?|holds?|has|have|owns?|keeps?) \d+ ?(?:%|per ?cent)(?:[,.]| apiece\b| each\b| and\b)|^The (?:last|remaining|other|first) (?:tenth|fifth|quarter|third|half)\b(?! of\b)|\d ?(?:%|per ?cent) (?:is|are|was|were) (?:supposed|meant|expected|due|to)\b")),
    ("loose pronoun", re.compile(r", which (?:he|she) (?:said|called|described|warned|argued)\b")),
    ("loose pronoun", re.compile(r"^[^,]{3,60} said (?:that )?(?:(?!\b(?:an?|its|one|each|every|any|no)\b)[^,])* (?:use|run|join|buy|read|test|sign|need|want|get|have|pay for) (?:it|them)\b")),
    ("points back", re.compile(r"^[^,]{3,40} (?:did|does|do|is|are|was|were|has|have|had|will|would|could|can) not either\b|\bwith what (?:it|they|he|she) wanted\.$")),
    ("vague", re.compile(r"\bmince (?:his|her|its|their )?words\b|\btaken note of the (?:announcement|decision|news|statement|report)\b|\bhad no (?:other )?choice\.$")),
    ("garbled", re.compile(r"^[A-Z][^,]{2,50} said, (?:an?|the|its|their|it|they)\b")),
    ("scene", re.compile(r"^At (?:half past |quarter (?:past|to) |ten (?:past|to) )?[a-z]+ in the (?:morning|afternoon|evening)\b|^At (?:dawn|dusk|noon|midnight)\b")),
    ("no finite verb", re.compile(r"^Anyone who (?:(?!, ).)* whose [^,]*\.$")),
    ("loose pronoun", re.compile(r"\bsaid (?:that )?it would (?:hurt|harm|damage|undermine|stifle)\b(?! its\b| the (?:release|launch)\b)")),
    ("counts what is not there", re.compile(
        r"\b(?:in|by|than) (?:two|three|four|five|six|seven|eight|nine|ten)\.$|^\S+ (?:million|billion) (?:is|are|was|were|will be) [^,]*, the (?:rest|remainder|balance)\b"
    )),
    ("points back", re.compile(r"(?<!including )\bone (?:called|named) [A-Z]")),
    ("hanging", re.compile(r"\bfor (?:what|whom)(?:,|\.$)")),
    ("newsroom", re.compile(r"^[A-Z]\w+ owns the (?:Post|Times|Journal|Herald|Globe)\b")),
    ("points back", re.compile(r"\bon this (?:point|matter|issue|question|subject)\b")),
    ("concludes", re.compile(r"\b(?:therefore|thus|hence|consequently|accordingly)\b")),
    ("points back", re.compile(r"^The (?:first|second|third|last|next|other|new|old|latest) (?:one|ones|two|three|four)\b")),
    ("points back", re.compile(rf"^The (?:[A-Z][a-z]+ |[a-z]+ ){{0,3}}?{SPEAKER}\b(?!-)(?! (?:of|for|from|who|in charge|at)\b)(?! [A-Z])")),
    ("points back", re.compile(r"\bsaid so\b|\b(?:nonetheless|nevertheless|regardless)\.$|\bfor (?:other|the same|different|similar) reasons\b|\b(?:needs?|needed|wants?|wanted) one\b(?! of\b)|, (?:who|which) [a-z-]+ (?:it|them),|\ball (?:two|three|four|five|six|seven)(?:(?: at once)?\.$| (?:can|will|would|may|must|is|are|was|were|has|have|had)\b)|\b[a-z]{3,}ed that [a-z]+\.$")),
    ("points back", re.compile(r"^The first (?:group|batch|half|part)\b(?! of\b)|^(?:Results|Decisions|Details|Findings|Applications|Compliance|Payments|Terms|Penalties|Fines|Testing|Tests|Exceptions|Exemptions|Participation|Membership|Submissions|Tenders|Audits|Construction|Training|Reporting|Notification|Registration|Funding|Shipments|Deliveries|Recruitment|Sales|Recipients|Participants|Applicants|Winners) (?:is|are|was|were|will|would|must|may|can|could|go|goes|come|comes|start|starts|begin|begins|take|takes|close|closes|open|opens|apply|applies|range|ranges)\b|^[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*, the country's |^(?:\S+ ){1,4}of the time\b")),
    ("counts what is not there", re.compile(r"^Only (?:\d+|[a-z]+) (?:had|have|has|were|are|was|is)\b")),
    ("counts what is not there", re.compile(r"^(?:(?:About|Some|Nearly|Almost|Roughly|Around|Another|A further|Up to|At least|More than|Less than) )?(?:[A-Za-z-]+ per ?cent|[\d.]+ ?(?:%|per ?cent)) (?:goes|go|is|are|will|would|was|were|has|have)\b")),
    ("counts what is not there", re.compile(r"\b(?:a|one|two) (?:third|quarter|half|fifth)s? (?:is|are|was|were|has|have|had|will|would|came|comes|went|goes)\b|\bhalf (?:is|are|was|were|has|have|will)\b")),
    ("inverted", re.compile(r"^(?:Announced|Included|Absent|Missing|Gone|Present|Missed|Added|Left|Attending|Joining|Missing from \w+) (?:was|were|is|are)\b")),
    ("hanging", re.compile(r", (?:which|who) [a-z]+[,.]|\bwhose [a-z]+ (?:came out|(?:was|were) [a-z]+ed)\.$")),
    ("about a writer", re.compile(
        r"^(?!It |This |They )(?:Dr\.? |Prof\.? )?[A-Z][\w'-]+(?: [A-Z][\w'.-]+){0,3} (?:covers|writes (?:about|on|for)|reports (?:on|for)|is (?:an?|the|head|director|founder|editor|co-\w+|[A-Z][\w ]*'s) [^,]{0,60}\b(?:at|of|with|for|based in|[Ee]ditor|[Cc]orrespondent|[Cc]olumnist|[Rr]eporter)\b[^,]*\.$)"
    )),
    ("loose pronoun", re.compile(r"^[A-Z][a-z]+(?:ed|ing|t) [^,]{3,120}, (?:it|he|she|they)\b")),
    ("garbled", re.compile(r"[a-z]{3}(?:The|We|This|It|In|By|On|For|He|She|But|And|You|Our) ")),
    ("garbled", re.compile(r"^According (?!to\b)")),
    ("question", re.compile(r"^(?:Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Will|Would|Should|May|Might) ")),
    ("points back", re.compile(r"^(?:In (?:exchange|return|response|contrast|addition|comparison|doing so|each|both|either|another|one case)\b(?! (?:for|to|with|of)\b)|One (?:of them|[a-z]+ed|held|said|says|was|is|has) )")),
    ("points back", re.compile(r"^[A-Z][\w'.-]*(?: [A-Z][\w'.-]*)* (?:is|are|was|were|did|does|do|has|have|had|will|would|can|could) not,|\b(?:did|does|do|has|have|will|would|is|are) (?:so|too|likewise)\.$|\b(?:is|are|was|were|did|does|do) not, and\b|^(?:One|Two|Three|Four|Five|Six|Some|Many|Several|A few) others?\b|\b(?:the|The) (?:next|last|second|other) one\b")),
    ("points back", re.compile(r"\b(?:[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Bb]efore|[Ff]rom) then\b|\bwhat that\b|\b(?:found|saw|had|has|have|got|gave) none\b|\band the other (?:that|said|was)\b")),
    ("newsroom", re.compile(r"\bthe (?:news agency|newspaper|paper|magazine|broadcaster|outlet|radio station)\b|\bthe website\b(?! of)|\breaders\b (?:wrote|asked|have|said)|\bcoverage (?:of|is|receives)\b|\bis written by\b|\breceives? (?:funding|support|money) from\b")),
    ("about its teller", re.compile(r"\bis (?:the|a|one of the) (?:world's |global(?:ly)? |premier |country's )*(?:leading|foremost|premier|largest|trusted) (?:\w+ )?(?:home|provider|platform|forum|network|voice|organi[sz]ation|association)\b|^Working (?:with|together with) over \d+|\bis (?:committed|dedicated) to\b|\bmission is to\b")),
    ("no news", re.compile(r"\bthank(?:ed|s)\b")),
    ("no news", re.compile(r"\bthe (?:interesting|striking|important|hard|easy) (?:part|thing|bit) (?:is|was)\b")),
    ("no news", re.compile(r"\b(?:not|un) ?impressed\.$")),
    ("no news", re.compile(r"\bwants more\.$")),
    ("no news", re.compile(r"\b(?:give|gave|given|get|got) (?:a |any )?(?:direct|clear|straight) answer\b")),
    ("no news", re.compile(r"\bappears? \w+ times\b")),
    ("no news", re.compile(r"\b(?:is|was|remains?) (?:less|not|far from|un) ?clear\.$")),
    ("no news", re.compile(r"^For the avoidance of doubt\b")),
    ("no news", re.compile(r"\bavailable for download\.$")),
    ("no news", re.compile(r"\b(?:is|are) available (?:on|at) [^.]*(?:website|site|page)\b")),
    ("newsroom", re.compile(r"^(?:The )?[A-Z]\w+(?: [A-Z]\w+){0,2} (?:has |have )?(?:read|seen|spoken to|spoke to|approached|contacted|asked to see|counted \d[\d,]*) ")),
    ("counts what is not there", re.compile(r"\bsaid \d+(?: to \d+)?,|^At [^,]{3,40} that is\b|\bby (?:only |just |about |some )?(?!(?:19|20)\d\d)\d+\.$")),
    ("points back", re.compile(r"\bsaid (?:that )?both (?:are|were|have|would|will|had|[a-z]+s)\b(?! of\b)|\bsomething of the (?:sort|kind)\b|\bare all [a-z]+\.$")),
    ("loose pronoun", re.compile(r"^(?:On|In|At|For|With|By|Under|Over) (?:(?![A-Z])[^,]){3,60} (?:it|he|she|they) (?:is|was|were|are|has|had|have|will|would)\b")),
    ("loose pronoun", re.compile(r"^(?:(?!and\b|but\b|must\b|can\b|to\b|when\b|once\b|after\b|until\b|if\b|unless\b|before\b)[\w'-]+ )+(?:[a-z]+s|[a-z]+ed) (?:it|them)\.$")),
    ("loose pronoun", re.compile(r"^[A-Z][\w'.-]+(?: [A-Z][\w'.-]+)+, (?:its|their|his|her) ")),
    ("loose pronoun", re.compile(r"\b(?:signed|welcomed|rejected|backed|supported|opposed|approved|adopted|endorsed|reached|exceeded|crossed|criticized|criticised) (?:it|them)(?:\.$|, though\b|, but\b)")),
    ("points back", re.compile(r"^[^,]{3,80}, that (?:means|is|was|would)\b|\b(?:said|says|argued|warned) that (?:made|means|meant|makes)\b|\bon (?:the|this|that) occasion\.$|\bthe (?:first|second|former|latter) term\b")),
    ("points back", re.compile(r"^[^,]{3,90} (?:is|are|was|were) (?:named|listed|included|mentioned|missing|absent)\.$")),
    ("headline", re.compile(r"^(?:Government|Ministry|Opposition|Court|Centre) (?:said|says|has|will|to)\b|\b(?:from|of|by) \d+-(?:strong|member|nation) [a-z]")),
    ("vague", re.compile(r"\b(?:the mood|the atmosphere|the tone) (?:was|is)\b|\b(?:was|were|is|are) (?:un)?impressed\b|\banybody's guess\b")),
    ("semicolon", re.compile(r";")),
    ("question", re.compile(r"[?!]")),
    ("first or second person", re.compile(r"\bI\b(?<!\bArticle I)(?<!\bCourt I)(?<!\bPhase I)(?<!\bPart I)(?<!\bTitle I)(?<!\bAnnex I)(?<!\bChapter I)(?<!\bTier I)(?<!\bClass I)(?<!\bSection I)")),
    ("first or second person", re.compile(r"\b(?:[Ww]e|[Oo]urs?|[Mm]y|[Mm]e|[Yy]ou|[Yy]ours?|us|[Ll]et's|we're|we've|you're)\b")),
    (
        "opens on what is not there",
        re.compile(
            r"^(?:He|She|It|They|This|That|These|Those(?! (?:in|of)\b)|His|Her|Its|Their|Such|Both(?! [A-Z]| [a-z]+s\b)|Both (?:is|was|has|does|says|sides of)|Another|Others?|Neither|Either|"
            r"Some (?:of (?:them|these|those)|(?!\d)\w+ed\b)|Many of (?:them|these|those)|None|All (?:of (?:them|it)|th\w+ )|"
            r"Most of (?:them|it)|Each(?! (?:country|state|party|member))|Here|There(?! (?:is|are|was|were) (?:no|more|about|only|over|\d))|"
            r"One (?:official|example|reason|of them)|By (?:that|then)|Nor|Or|Not|Then|Thus|Hence|Therefore|Only (?:then|this|that|it|they|he|she|in|by|if|when|after)|Just|"
            r"What|Why|How|Who|Which|Whether or|Asked|Speaking|Take|Consider|Look|See|Imagine|Note|Remember|Meet|Enter|Think|Like|"
            r"Unlike|Among (?:them|other)|In (?:it|this|that|these|those|such|doing so)|At (?:this|that)|For (?:that|this|now)|"
            r"With (?:this|that|it|them)|To (?:this|that|do|be) |From (?:there|then)|Since (?:then|that|this)|After (?:that|this|all)|Before (?:that|this)|"
            r"Below|Above|The \d+-year-old|The (?:goal|aim|idea|purpose|hope|point|catch|upshot|trick|intention) (?:is|was)|"
            r"The (?:former|latter|same|other|others|following|above|(?:two|three|four|five) (?!countries|governments|nations|sides|states|capitals|leaders|presidents|ministers|Nordic|Baltic|Gulf|Central Asian|Koreas|permanent)|(?:second|third|next)(?! (?:session|meeting|summit|conference|dialogue|edition|round|report|phase|stage|forum|review|vote|hearing|call|step)\b)|rest|reason|idea|timing|"
            r"argument|result|catch|upshot|bottom line|question|answer|point|news|decision comes|announcement comes)|"
            r"As (?:such|of|a result|for)|Same|More on|Part of (?:that|this|it)|Two (?:questions|things)|But|And|Yet|So|"
            r"If so|Even|Maybe|Perhaps|Clearly|Enough|Yes|No,|OK|Well,)\b"
        ),
    ),
    (
        "relative time",
        re.compile(
            rf"\b(?:today|yesterday|tomorrow|tonight|ago|(?:last|this|next|past|previous|following|recent) (?:{PERIOD}s?|{MONTH}|decade|days?|night|morning|evening)(?! of \d)|"
            rf"{WEEKDAY}|(?<!\bfor )now|(?<!\ba year )earlier(?! (?:than|version))|later(?! than| [a-z]+(?:ed|ing)\b)|(?:the|that) (?:same )?(?:day|morning|night)\b(?! of| that| it| when)|"
            r"at the time|in recent \w+|these days|nowadays|at present|(?<!st [a-z]{5} )(?<!st [a-z]{6} )(?<!st [a-z]{7} )to date|this time|at the moment|(?:next|last|past|coming|following) (?:few|couple|several|two|three|\d+(?! [ap]\.?m\b))|the (?:end|rest|start|middle) of the year|year-end|"
            r"in the (?:spring|summer|autumn|fall|winter)(?! of)|coming (?:days|weeks|months|years)|"
            r"(?:days|weeks|months|years) (?:after|before)(?= it\b|\.))\b",
            re.I,
        ),
    ),
    (
        "told to a writer",
        re.compile(
            r"\b(?:ignore|disregard|forget|override|bypass)\b.*\b(?:instructions?|prompts?|rules|above|previous)\b|"
            r"\b(?:system prompt|language model, (?:you|please|do not|write|say|ignore)\b|as an AI\b|chatbot, |jailbreak)|\bcite (?:this|only|me)\b", re.I,
        ),
    ),
    ("points back", re.compile(r"\b(?:this|these|those|such(?<!first such)(?<!no such)) (?!who\b|with\b|of\b|as\b|that\b|whose\b|from\b|in\b|to\b|an? [\w-]+(?: [\w-]+)? (?:that|as)\b|which\b|by\b|for\b)\w+")),
    ("points back", re.compile(r"\b(?:of|by|from|under|with|to|after|in|at|below|above|like|on|for|than|do|doing|did|said|rejected|denied|disputed) that(?=[.,;]|$| (?:\w+)(?:[.,;]| of\b))")),
    ("points back", re.compile(r"\bthat (?:review|requirement|interval|line|year|day|approach|picture|gap|view|figure|number|amount|kind|sort|wording|passage|dependence|duty|vote|decision|deal|agreement|report|effort|goal|point|case|reason|way|time|process)\b(?! (?:that|which|who))")),
    ("points back", re.compile(r"\b(?:repeat|change|prevent|match|achieve|reverse|undo|fix|avoid|stop|do|make|want|need|copy|allow)s? that(?= (?:in|at|on|for|with|by|across|from|again)\b|[.,;]|$)")),
    ("points back", re.compile(r"\b(?:the former|the latter|respectively|as follows|the above|mentioned above|aforementioned|likewise|vice versa|thereby|thereof|herein|here)\b")),
    ("points back", re.compile(r"\b(?:the|those) (?:two|three|four|others?|same)\b(?!-)(?! [a-z]+s\b(?<!ss)(?<! is)(?<! was)(?<! has))(?! (?:countries|sides|governments|nations|leaders|presidents|ministers|powers|years|months|weeks|thirds|houses|chambers|as|that|way|institutes|institutions|bodies|agencies|organi[sz]ations|companies|firms|ministries|groups|parties|universities|foundations))|\b(?:theirs|hers)\b")),
    ("points back", re.compile(r"\b(?:those|these)[.,;]|^(?:If|When|While|Although|As|Because|Since|Once|Until) (?:that|this)\b(?! \w+ (?:who|that))", re.I)),
    ("points back", re.compile(rf"\bthat (?:{POINTED})\b(?! (?:that|which|who|is|was|will|has|had|would|and|or|could|can|should|must|may)\b)")),
    ("points back", re.compile(r"\b(?:did|does|do|has|have|had|will|would|is|are|was|were|could|can) not\.$|\b(?:did|does|do),|\bsaid as much\b|\b(?:called|considered|found|described|made|deemed) that (?:an?|the|un\w+|too)\b|\b(?:is|are|was|were|has|have|had|did|does|do|will|would|can|could),(?! (?:[\w'\"-]+ ){0,12}[\w'\"-]+, )(?! (?:in|at|on|by|under|with|for|as|to)\b)")),
    ("points back", re.compile(r"\bthe other way(?: round| around)?\.$|\bha(?:s|ve|d) (?:had )?a go[.,]")),
    ("points back", re.compile(r"\bsaid (?:that )?that (?:is|was) (?:an?|the|not)\b|\b(?:one|two|three|four|five|\d+) more(?=[,.]| in | are | were | will | have )|\b(?:is|are) in\.$")),
    ("points back", re.compile(r"\b(?:is|are|was|were|do|does|did|has|have) not, at least\b|^In favou?r (?:is|are|was|were) ")),
    ("label", re.compile(rf"^[{CAPITAL}]{{4,}} [{CAPITAL}]{{4,}} ")),
    ("no news", re.compile(r"\btook note of the (?:attendance|statements?|presence|report of)\b|\bwish(?:es)? to thank\b|\b(?:noted|recorded) with appreciation\b")),
    ("relative time", re.compile(r"^(?!.*\b(?:19|20)\d\d\b).*\ba year earlier\b")),
    ("points back", re.compile(r"^Together,")),
    ("points back", re.compile(r"^The (?:one|two|three|four|five|six|seven|eight|nine|ten) (?:with|in|at|on|from|who|that|which)\b")),
    ("points back", re.compile(r"^(?:The|An?) \d+(?:st|nd|rd|th) (?:[a-z]+ed|is|was|will|came|left)\b")),
    ("points back", re.compile(r"^(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten) (?:were|are|had|have) (?!of\b)")),
    ("points back", re.compile(r"^The [a-z]+s concerned\b")),
    ("points back", re.compile(r"\bthe [a-z]+s? in question\b")),
    ("points back", re.compile(r"^The (?:[a-z]+|\d+)-(?:strong|member|person) (?:group|team|panel|board|body|staff)\b")),
    ("points back", re.compile(r"\bcall(?:s|ed) that (?:an?|the)\b")),
    ("points back", re.compile(r"\bvoted (?:against|for) it\b")),
    ("points back", re.compile(r"\b(?:read|study|use|see|join|accept) it\.$")),
    ("points back", re.compile(r"\bthe rest\.$")),
    ("loose pronoun", re.compile(r"^[^,]{3,60} (?:opened|launched|released|published|adopted|signed|presented|unveiled|introduced|announced) (?:it|them) (?:on|in|at) ")),
    ("vague", re.compile(r"\bgave (?:two|three|four|several|a few) reasons\b")),
    ("garbled", re.compile(r"^(?:An?|The) [a-z]+ (?:worked out|drawn up|put forward|hammered out|struck) (?:[a-z]+s|would|will)\b|^[^,]{3,40} was [a-z]+ed, [a-z]+ (?:days|weeks|months|years) (?:after|before) |\bthat began to apply (?!in\b|on\b|from\b|to\b)")),
    ("relative time", re.compile(r"\bthe \d{1,2}(?:st|nd|rd|th)\.$")),
    ("points back", re.compile(r"\b(?:replied|countered|retorted|disagreed)\b|^Instead (?!of\b)|, then, ")),
    ("relative time", re.compile(r"\bby (?:evening|noon|nightfall|midday|morning|afternoon|midnight)\b|^At (?:\d|half|quarter|twenty|ten|five|noon|midnight)")),
    ("vague", re.compile(r"\b(?:is|are|was|were|seems?|remains?) (?:not (?:so |entirely |fully )?(?:sure|convinced|happy|impressed)|critical|sceptical|skeptical|happy|unhappy|divided|less (?:enthusiastic|impressed|sure)|more cautious|opposed|against it)\.$")),
    ("points back", re.compile(r"\b(?:took|take|takes) part\.$|\b(?:was|were|is|are|voted) in favou?r\.$|\b(?:did|does|do) not agree\b(?! (?:to|with|on|that)\b)|\bgave in\.$|\b(?:is|are|was|were) not (?:included|identified|counted|named)\b(?! (?:in|among|by)\b)|\bcomparable [a-z]+s?\b(?! (?:to|with)\b)|^The remaining\b")),
    ("points back", re.compile(r"^(?:An?|One) (?:spokes(?:man|woman|person)|official|source|diplomat|delegate|lawyer|representative|minister) (?:said|told|added|warned|confirmed|denied)\b|^The [A-Z][a-z]+ side\b")),
    ("vague", re.compile(r"\bsees? (?:it|things|this) differently\b|\bstruck a different note\b|\bhas (?:its |their )?doubts\.$")),
    ("compares with what is not there", re.compile(r"^The [^,]{3,40} (?:is|are|has|have) (?:[a-z]{3,}er|more [a-z]+|less [a-z]+|fewer [a-z]+)\b(?<!number)(?<!member)(?<!paper)(?<!order)(?<!power)(?<!under)(?<!over)(?<!never)(?<!after)(?<!either)(?<!together)(?!.*\bthan\b)")),
    ("loose pronoun", re.compile(r"\b(?:is|are|was|were) to [a-z]+ (?:them|it)\b|\b(?:are|were) (?:among|part of|members of) its\b")),
    ("compares with what is not there", re.compile(r"\b(?:less|more) [a-z]+\.$|^(?:Less|More|Most|Least|Equally|Not) [a-z]+ (?:is|are|was|were) ")),
    ("points back", re.compile(r"^The (?:biggest|largest|main|most [a-z]+|key) (?:item|part|point|change|element|step|measure|sum|share) (?:is|was|are)\b|^One of the (?:most|biggest|main|key) ")),
    ("loose pronoun", re.compile(r"\b(?:demanded|asked|urged|insisted|wants|proposed) that (?:it|they) (?:be|is|are|should)\b|\bsaid it (?:could|would|might|may) be (?:worth|better|wiser|more|less|too)\b")),
    ("relative time", re.compile(r"\b(?:[a-z]+ed|said|told|was|were|had) then\b(?!-)")),
    ("points back", re.compile(r"^Those who (?:agree|did|do|remain|want|wish|refuse)\b")),
    ("no news", re.compile(r"\bgiven no interviews\b|\b(?:runs|ran) to \d+ pages\b|\bworking languages\b|\b\d+ pages plus\b|\bmake headlines\b|\bread [A-Z][\w.]* twice\b")),
    ("newsroom", re.compile(r"\b(?:understands? (?:from|that)|has learn(?:t|ed)|was told by)\b|\b(?:journalists|media) (?:are|is) (?:invited|asked)\b|\b[Ff]or (?:further|more) information\b")),
    ("about its teller", re.compile(r"\bis an? (?:\w+ ){0,3}(?:forum|organi[sz]ation|body|network|association) that (?:promotes|works|brings|helps|aims|seeks|supports)\b")),
    ("inverted", re.compile(r"^(?:Said|Says|Warned|Warns|Argued|Argues|Noted|Wrote|Told) ")),
    ("garbled", re.compile(rf"^[{CAPITAL}][\w.-]+(?: [{CAPITAL}][\w.-]+)+, (?:demanded|said|told|asked|wants|urged|warned|noted|argued|called|added)\b")),
    ("vague", re.compile(r"\b(?:is|are|was|were|remains?) (?:not |far from |hardly |un)convinced\b(?! (?:that|of|by)\b)|\blooked (?:relieved|tired|happy|pleased|exhausted|nervous)\b|\bsort of\b|\b(?:expresses?|expressed|conveyed) (?:its|their|his|her) (?:\w+ )?(?:gratitude|thanks|appreciation|sorrow|condolences)\b|\b(?:had|has|have) no comment\b|\bought to have\b")),
    ("loose pronoun", re.compile(rf"^(?:[{CAPITAL}][\w'-]*(?:,| and)? )+(?:had |have |has |would |will )?(?:want(?:ed|s)?|tried|planned|hoped|agreed|refused|declined|promised|asked|decided|need(?:ed|s)?|wish(?:ed|es)?) to [a-z]+ (?:it|them)\b")),
    ("points back", re.compile(r"\b(?:echoed|shared|repeated|reflected|voiced) (?:the|that|this) (?:sentiment|concern|view|idea|point|criticism|call|claim|warning)s?\b", re.I)),
    ("points back", re.compile(r"(?<!\w-)\b(?<!whether )(?<!says )(?<!said )(?<!that )(?<!because )(?<!if )(?<!and )(?<!, )(?<!but )[Tt]here\b(?! (?:\w+ly |will |would |may |might |can |could |should |must |has |have |had |to )?(?:is|are|was|were|be|been|seem|seems|appears?|remains?|exists?)\b)")),
    ("points back", re.compile(r"\b(?!says|adds|argues|claims|believes|notes|insists|warns|means|hopes|thinks|unless|whereas|as)[a-z]{3,}s there\b")),
    ("no comment", re.compile(r"\b(?:did(?: not|n't) (?:immediately )?(?:respond|reply|return|answer|comment)|declined (?:to comment|comment|to name|to say|further)|could not (?:immediately )?be reached|requests? for comment|(?:said|replied|answered) when asked|[Ww]hen asked,|asked (?:about|whether|if|why|how))\b", re.I)),
    ("newsroom", re.compile(r"\b(?:Reuters|AFP|Associated Press|Bloomberg|(?:told|tells) (?:this|the) (?:newspaper|paper|magazine|publication|outlet|website)|our (?:reporter|correspondent)|live blog|newsletter|podcast|exclusive interview|this (?:article|story|post))\b")),
    ("loose object", re.compile(r"^(?:\S+ ){1,4}(?<!among )(?:them|it)\b(?! (?:is|was|will|would|has|had|could|can|may|should|might|must)\b)")),
    ("points back", re.compile(r"\b(?:the|a) (?:first|second|third|latest|last|only one|exception|same|other|former|opposite|reverse)\.$|\b(?:of|with|to|from|about|for|on|by|than) (?:it|them)\.$|\bone\.$|\bthere\.$")),
    ("vague subject", re.compile(r"^The (?:headline|total|overall)? ?(?:number(?! of)|figure|sum|problem|challenge|trouble|trick|good news|bad news)\b|^(?:Not|Nearly)? ?(?:[Ee]verybody|[Ee]veryone|[Ee]verything|[Nn]obody|[Nn]othing|[Ss]omeone|[Cc]ompanies aren't)\b")),
    ("points back", re.compile(r"\b(?:the|The) (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:,| (?:is|was|will|would|has|came)\b)")),
    ("points back", re.compile(r"\b(?:was|were|is|are|not|being) among them\b|\b(?:both|neither|others|each|either)\.$|\bis (?:a|an|one|the) (?:[a-z]+ )?(?:example|exception|reason)\b(?! of\b)|^The first (?:opens|is|was|covers|concerns|would|will|comes|came|deals|gives|makes|requires|sets|says|said)\b")),
    ("garbled", re.compile(r"[a-z] (?:While|When|Although|Because|However|If|But|And|Since|After) |\b(\w+) \1\b(?<!had had)(?<!that that)")),
    ("hanging", re.compile(r"(?:^|[\s.])[a-zA-Z]\.$(?<!U\.S\.)(?<!U\.N\.)(?<!U\.K\.)(?<! [ap]\.m\.)|\b(?:Nos?|St|Dr|Rt|Hon|Lt|Col|Capt|Prof|Rev|Mr|Mrs|Smt|Sen|Rep|Gov|Gen|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$")),
    ("points back", re.compile(r"\b(?:called|calls|described|dubbed|labelled|labeled|branded) (?:it|them|him|her)\b")),
    ("counts what is not there", re.compile(r"\b(?:published|has|have|had|were|was|are|is|made|found|sold|needs?|built|got) (?:about |around |only |some |nearly |over |more than |fewer than |at least )?(?!(?:19|20)\d\d)\d[\d,]*\.$")),
    ("vague", re.compile(r"\bsomething (?:larger|bigger|smaller|else|new|more|different)\b|\b(?:is|are|was|were) (?:in order|(?:[a-z]+ly )?(?:confident|optimistic|pessimistic|pleased|unhappy|uncomfortable)(?:[.,]| with the role))")),
    ("counts what is not there", re.compile(r"\b(?:one|a|two|three) (?:thirds?|quarters?|half) (?:concerned|involved|were|was|are|is|had|have|has|came|went|said|will|would)\b")),
    ("counts what is not there", re.compile(r"\b(?:hold|have|has|had|get|gets|share) (?:one|two|three|four|five|\d{1,2})(?:[,.]| and\b| or\b| while\b)|\b(?:has|have|had) [a-z]+ed \d{1,2}(?:\.| and\b| or\b| while\b)")),
    ("loose pronoun", re.compile(r"^(?:(?!that\b|which\b|who\b|whose\b|and\b|but\b)[\w'-]+ ){1,9}(?:welcomed|rejected|criticized|criticised|called|backed|supported|opposed|signed|approved|passed|condemned|endorsed|praised|announced|dismissed|hailed) (?:it|them|him|her)\b")),
    ("points back", re.compile(r"\b[Tt]he (?:rate|share|figure|number|proportion|total|level|percentage) (?:was|is|were|are|rose|fell|had|has)\b")),
    ("loose pronoun", re.compile(r"^(?:With|By|Under|After|Before|Without|Like|Unlike|To|Beyond|Instead of|Rather than|Apart from|Besides) (?:(?![A-Z])[^,]){2,90}, (?:it|he|she|they) ")),
    ("loose pronoun", re.compile(r"^(?:In|At|On|For|From|During|Through|Within|Among) (?:(?!\b(?:its|his|her|their)\b).){2,120}?, (?:it|he|she|they|its|their|his|her) (?!(?:is|was|will be|would be) (?:\w+ly )?\w+ (?:that|to|for|whether|how)\b)")),
    ("loose pronoun", re.compile(r"^(?!.*\b(?:The|Inc|Corp|Institute|Council|Foundation|Company|Commission|Ministry)\b.*\bits\b)[A-Z][^,]*(?:, [^,]*,)? (?:has been |have been |was |were |been )(?:appointed|named|elected|chosen as|made) (?:its|their)\b")),
    ("market", re.compile(r"\b(?:gained|lost|added|fell|rose|slipped|climbed|dropped|jumped|slid|shed|up|down) (?:by )?\d[\d.,]* ?(?:%|per ?cent)(?! (?:of|in the|share|more|less|to \d+%))[^.]*(?:\b(?:shares?|stock|traded?|trading|closed|Paris|Frankfurt|Oslo|London|New York|Tokyo|Seoul)\b|\.$)|\bclosed (?:up|down|higher|lower)\b|-listed\b|\b(?:price target|target at)\b")),
    ("no whole statement", re.compile(r"^[A-Z][a-z]+ed, (?:it|they|he|she)\b|, due[,.]|\blike this\.$|\b(?:did|does|do) not:|\bstep in\.$")),
    ("points back", re.compile(r"\bsaid that would\b|\b(?:defended|denied|disputed|confirmed|rejected) that(?: (?:in|at|on)\b|[,.])|\bneeds? none\b|^Of the (?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:for|from|in)\b|\bthe list of \d+\b|^[^,]{3,40} abstained(?:\.$|, (?:yet|but) for\b)|^Behind the [a-z]+ (?:language|jargon|words|headlines?|numbers|figures)\b")),
    ("points back", re.compile(r"^(?:Point|Paragraph|Clause|Item|Rule) \d+\b(?! of\b)|(?:^|[,;:] |\b[a-z]+ |\b[A-Z]\.[A-Z]\. )(?:al|el)-[A-Z]\w+")),
    ("scene", re.compile(r"\bis (?:not )?a (?:man|woman|person) who\b|\btears in (?:his|her|their) eyes\b|\bworth reading\b|\bseems? (?:resigned|relieved|tired)\b|\bhelpline\b|\bis a shop window\b")),
    ("market", re.compile(r"^[A-Z][\w ]* stock\b|^Shares (?:of|in)\b|\b(?:shares|stocks) (?:rose|fell|were|closed|gained|slipped)\b")),
    ("hanging", re.compile(r", which (?:will|is to|was to) [a-z]+,|[,;:] ?\.$|, [,;]|\b(?:and|or|but|of|to|with|the|an?|by|from|as|which|who)\.$")),
)  # fmt: skip
HINTED = tuple((reason, Hinted.of(pattern)) for reason, pattern in OUTSIDE)
NOUNS = frozenset(
    "live test plan report use support work trade state place list review fund view face share rise cost fall need sign move start "
    "stop turn set help offer run break fight fear flag form guide issue judge label license link lobby love name object order "
    "permit pick push range reward scale shift sort study supply target transfer update value watch welcome deal drop award act "
    "advance aid answer challenge claim complain contact control demand deploy double ease focus grant interest matter notice "
    "process produce store export import track monitor charge measure outline publish press play hope lead cut close hold "
    "open attempt attack benefit change concern damage debate effort estimate increase lack limit note point pressure promise raise "
    "record release request result risk say show step talk train vote want".split()
)
"""Verbs in their plain form that may open a sentence as nouns."""
CALLS = frozenset("be get visit click download subscribe check discover register".split())
OBJECTS = frozenset("all the a an any this that these those your my our every previous no it them him me us to".split())
MINIMUM = 7
TELLING = re.compile(
    rf"\d|^[{CAPITAL}][\w.'-]* (?:(?:has|have|will) )?[a-z]+ (?:the|an?) [\w-]+ [\w-]+\.$|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?:million|billion|[a-z]+s)\b"
)
"""A figure, or a name that did something to a thing."""
TERSE = 4
"""Words that are enough where one is a figure: "Britain will contribute 30 million pounds."."""


LEANING = frozenset(
    {
        "opens on what is not there", "points back", "loose pronoun", "loose object", "compares with what is not there",
        "counts what is not there", "vague subject",
    }
)  # fmt: skip
"""Reasons that do not hold right behind the sentence before,"""
OWN = frozenset({"points back", "loose pronoun", "loose object"})
"""and those that do not hold where an article opens: nothing was told there that it could mean."""
OF_BEFORE = re.compile(
    r"^The [a-z]+ (?:said|says|told|added)\b|^Of the (?:two|three|four|five|six)\b|\b(?:did|do|does|done) so\b"
)
"""What means somebody or something that was told before even there."""
GOES_ON = re.compile(
    r"^(?:It|They|Its|Their|This(?= [a-z])|These(?= [a-z])|That(?= [a-z])|Those|Such|Both|Another|Others?|Neither|Some|Many of them|None|All|Most of (?:them|it)|Each|"
    r"One (?:of them|example|reason)|Among them|In (?:it|this|that|these|such) |From (?:then|there)|Since (?:then|that|this)|By then|After (?:that|this)|Before (?:that|this)|At (?:this|that) |For (?:that|this) |With (?:this|that) |Under (?:it|this|that) |"
    r"Two|Three|The)\b"
)
"""How a sentence opens that goes on from the one before."""
HALF_SAID = re.compile(
    r"^This (?:report|story|article|version|content|translation|piece|text)\b|"
    r"^(?:This|That|It|These|They)(?:'s| (?:is|was|are|were))(?: not)? (?:why|how|what|where|because|true|clear|so|partly|not (?:the case|enough))\b|"
    r"\b(?:he|she|him|his|her|hers)\b|^(?:The|That) (?:argument|question|answer|point|move|idea|upshot|catch|news|timing|bottom line|trick|result)\b|"
    r"\b(?:former|latter|respectively|as follows|above|below|here|herein)\b|\b(?:did|does|do|has|have|had|will|would|is|are|was|were|could|can)(?: not)?[.,]", re.I
)  # fmt: skip
"""What is no whole statement even there."""


@lru_cache(maxsize=20_000)
def refused(text: str, *, behind: bool = False, first: bool = False) -> str | None:
    """Why the sentence is left out, or None; one that stands `behind` the sentence before may lean on it, the `first` of an article has all in it.

    >>> refused("They said the plan was late and costly for all.")
    'opens on what is not there'
    >>> refused("They said the plan was late and costly for all.", behind=True)
    >>> refused("The council published the plan in Oslo on May 2, 2024.")
    """
    own = first and not (PERSONAL.search(text) or OF_BEFORE.search(text))
    skipped = LEANING if behind else OWN if own else frozenset()
    if behind and HALF_SAID.search(QUOTED.sub('""', text)):
        return "points back"
    if (
        count(text) < TERSE
        if behind
        else count(text) < (TERSE if TELLING.search(text) and text[:4] != "The " else MINIMUM)
    ):
        return "too short"
    if reason := _quotation(text):
        return reason
    if CALLED.search(text):
        return "loose pronoun"
    bare = inside(QUOTED.sub('""', text))
    for reason, pattern in HINTED:
        if pattern.search(bare) and not (reason in skipped and (reason[:5] != "opens" or GOES_ON.match(bare))):
            return reason
    if _imperative(text):
        return "imperative"
    if not finite(text) or _headless(text):
        return "no finite verb"
    return None if behind or (first and not PERSONAL.search(bare)) or not loose(bare) else "loose pronoun"


CALLED = re.compile(r"\bsaid (?:that )?it (?:was|is|would be) (?:\"(?:an?|the) |(?:an?|the) \")")
"""What somebody calls a thing; of themselves they say how they are."""
HEADLESS = re.compile(r"^(?P<subject>[A-Z][^,\"]*), (?:which|who|whose) [^,]*\.$")


def _headless(text: str) -> bool:
    """Whether all that is said of the subject stands in a clause of its own: "Section 2, which sets a limit."

    >>> _headless("Section 2, which sets a limit."), _headless("Lund passed Section 2, which sets a limit.")
    (True, False)
    """
    alone = HEADLESS.match(text)
    return alone is not None and not finite(f"{alone['subject']}.")


def _imperative(text: str) -> bool:
    """Whether the sentence tells somebody to do something.

    >>> _imperative("Write the name of the port here."), _imperative("Test results are due in May.")
    (True, False)
    """
    if text.split()[0].lower() not in CALLS and re.match(rf"\S+ [{CAPITAL}]", text):
        return False  # "Lower Saxony"
    first, second = [*text.lower().split(), "", ""][:2]
    return first in BASE | CALLS and (second in OBJECTS or first not in NOUNS) and second not in {"and", "or"}


def _quotation(text: str) -> str | None:
    """A quotation may stand inside a sentence, balanced and small; a quoted sentence may not."""
    if text.count('"') % 2 or text.startswith('"'):
        return "quotation"
    for quoted in QUOTED.findall(text):
        inside = quoted[1:-1]
        if not inside.strip() or inside[0].isupper() or inside[-1] in ".,":
            return "quotation"
    return "quotation" if text.count('"') > 4 else None
