"""Names with several spellings: countries with their people, bodies with their acronyms."""

from __future__ import annotations

import re

# The first spelling is the one that the others fold to.
SPELLINGS = (
    "United States|U.S.A.|U.S.|USA|US|United States of America|America|American|Americans",
    "United Kingdom|U.K.|UK|Great Britain|Britain|British|Briton|Britons",
    "European Union|E.U.|EU",
    "United Nations|U.N.|UN",
    "AI|A.I.|Artificial Intelligence|Artificial intelligence|artificial intelligence",
    "United Arab Emirates|U.A.E.|UAE|Emirati|Emiratis",
    "World Health Organization|World Health Organisation|WHO",
    "World Trade Organization|World Trade Organisation|WTO",
    "International Monetary Fund|IMF",
    "International Telecommunication Union|ITU",
    "Organisation for Economic Co-operation and Development|OECD"
    "|Organization for Economic Cooperation and Development",
    "Association of Southeast Asian Nations|ASEAN",
    "North Atlantic Treaty Organization|NATO|Nato",
    "Group of Seven|G7|G-7",
    "Group of 20|G20|G-20|Group of Twenty",
    "Argentina|Argentine|Argentinian", "Australia|Australian|Australians", "Austria|Austrian",
    "Belgium|Belgian", "Brazil|Brazilian|Brazilians", "Canada|Canadian|Canadians", "Chile|Chilean",
    "China|Chinese", "Colombia|Colombian", "Denmark|Danish|Dane|Danes", "Egypt|Egyptian", "Estonia|Estonian",
    "Europe|European|Europeans", "Finland|Finnish", "France|French", "Germany|German|Germans", "Greece|Greek",
    "Hungary|Hungarian", "India|Indian|Indians", "Indonesia|Indonesian", "Iran|Iranian", "Ireland|Irish",
    "Israel|Israeli|Israelis", "Italy|Italian|Italians", "Japan|Japanese", "Kazakhstan|Kazakh",
    "Kenya|Kenyan", "Malaysia|Malaysian", "Mexico|Mexican|Mexicans", "Netherlands|Dutch", "New Zealand|New Zealander",
    "Nigeria|Nigerian", "North Korea|North Korean|North Koreans", "Norway|Norwegian", "Pakistan|Pakistani",
    "Philippines|Philippine|Filipino", "Poland|Polish", "Portugal|Portuguese", "Qatar|Qatari",
    "Russia|Russian|Russians", "Rwanda|Rwandan", "Saudi Arabia|Saudi Arabian|Saudi|Saudis",
    "Singapore|Singaporean", "South Africa|South African|South Africans",
    "South Korea|South Korean|South Koreans", "Spain|Spanish", "Sweden|Swedish|Swede",
    "Switzerland|Swiss", "Taiwan|Taiwanese", "Thailand|Thai", "Turkey|Turkish|Türkiye|Turkiye",
    "Ukraine|Ukrainian|Ukrainians", "Vietnam|Vietnamese|Viet Nam", "Asia|Asian", "Africa|African|Africans",
)  # fmt: skip
_CANONICAL = {form: re.sub(r"\W", "", line.split("|")[0]) for line in SPELLINGS for form in line.split("|")}
_ANY = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, sorted(_CANONICAL, key=len, reverse=True))) + r")(?!\w)")


def fold_names(text: str) -> str:
    """Every spelling replaced by one word.

    >>> fold_names("U.S. and British officials met the UN.")
    'UnitedStates and UnitedKingdom officials met the UnitedNations.'
    """
    return _ANY.sub(lambda match: _CANONICAL[match.group()], text)


def is_name(word: str) -> bool:
    """Whether a word, folded or not, is a known name; the case of its letters does not count.

    >>> is_name("UnitedStates"), is_name("kenyan"), is_name("testing")
    (True, True, False)
    """
    return word.casefold() in _KNOWN


_KNOWN = frozenset(w.casefold() for pair in _CANONICAL.items() for w in pair)
