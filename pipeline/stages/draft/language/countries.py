"""Countries as the press calls them: by name and people, the large ones by their capital, too."""

from __future__ import annotations

import re

COUNTRIES = {
    "us": "U.S.|United States|American|Americans|Washington|USA",
    "uk": "UK|United Kingdom|Britain|British|London",
    "eu": "EU|European Union|Brussels",
    "china": "China|Chinese|Beijing", "india": "India|Indian|Delhi", "france": "France|French|Paris",
    "germany": "Germany|German|Berlin", "japan": "Japan|Japanese|Tokyo", "korea": "South Korea|Korean|Seoul",
    "brazil": "Brazil|Brazilian|Brasilia", "canada": "Canada|Canadian|Ottawa", "norway": "Norway|Norwegian|Oslo",
    "sweden": "Sweden|Swedish|Stockholm", "finland": "Finland|Finnish|Helsinki", "denmark": "Denmark|Danish",
    "estonia": "Estonia|Estonian|Tallinn", "spain": "Spain|Spanish|Madrid", "italy": "Italy|Italian|Rome",
    "russia": "Russia|Russian|Moscow", "ukraine": "Ukraine|Ukrainian|Kyiv", "israel": "Israel|Israeli",
    "uae": "UAE|United Arab Emirates|Emirati|Abu Dhabi", "saudi": "Saudi Arabia|Saudi|Riyadh",
    "singapore": "Singapore", "australia": "Australia|Australian|Canberra", "taiwan": "Taiwan|Taiwanese|Taipei",
    "kenya": "Kenya|Kenyan|Nairobi", "nigeria": "Nigeria|Nigerian", "south africa": "South Africa|South African",
    "netherlands": "Netherlands|Dutch", "poland": "Poland|Polish|Warsaw", "switzerland": "Switzerland|Swiss",
    "mexico": "Mexico|Mexican", "chile": "Chile|Chilean", "indonesia": "Indonesia|Indonesian|Jakarta",
    "vietnam": "Vietnam|Viet Nam|Vietnamese|Hanoi", "turkey": "Turkey|T\u00fcrkiye|Turkish|Ankara", "iceland": "Iceland|Icelandic",
    "senegal": "Senegal|Senegalese", "rwanda": "Rwanda|Rwandan", "ghana": "Ghana|Ghanaian",
    "egypt": "Egypt|Egyptian", "morocco": "Morocco|Moroccan", "ethiopia": "Ethiopia|Ethiopian",
    "tanzania": "Tanzania|Tanzanian", "uganda": "Uganda|Ugandan", "zambia": "Zambia|Zambian",
    "algeria": "Algeria|Algerian", "tunisia": "Tunisia|Tunisian", "jordan": "Jordan|Jordanian",
    "qatar": "Qatar|Qatari", "oman": "Oman|Omani", "kazakhstan": "Kazakhstan|Kazakh",
    "uzbekistan": "Uzbekistan|Uzbek", "pakistan": "Pakistan|Pakistani", "bangladesh": "Bangladesh",
    "sri lanka": "Sri Lanka|Sri Lankan", "malaysia": "Malaysia|Malaysian",
    "thailand": "Thailand|Thai", "philippines": "Philippines|Philippine|Filipino",
    "new zealand": "New Zealand", "samoa": "Samoa|Samoan", "fiji": "Fiji|Fijian",
    "papua": "Papua New Guinea", "argentina": "Argentina|Argentine",
    "colombia": "Colombia|Colombian", "peru": "Peru|Peruvian", "uruguay": "Uruguay|Uruguayan",
    "costa rica": "Costa Rica|Costa Rican", "saint lucia": "Saint Lucia", "jamaica": "Jamaica|Jamaican",
    "barbados": "Barbados|Barbadian", "ireland": "Ireland|Irish", "portugal": "Portugal|Portuguese",
    "austria": "Austria|Austrian", "belgium": "Belgium|Belgian", "czechia": "Czechia|Czech",
    "slovakia": "Slovakia|Slovak", "slovenia": "Slovenia|Slovenian", "croatia": "Croatia|Croatian",
    "hungary": "Hungary|Hungarian", "romania": "Romania|Romanian", "bulgaria": "Bulgaria|Bulgarian",
    "greece": "Greece|Greek", "malta": "Malta|Maltese", "cyprus": "Cyprus|Cypriot",
    "latvia": "Latvia|Latvian", "lithuania": "Lithuania|Lithuanian", "moldova": "Moldova|Moldovan",
    "serbia": "Serbia|Serbian", "georgia": "Georgia|Georgian", "armenia": "Armenia|Armenian",
}  # fmt: skip
FORMS = {name: tuple(forms.split("|")) for name, forms in COUNTRIES.items()}
PATTERNS = {
    name: re.compile(rf"(?<![\w-])(?:{forms.replace('.', chr(92) + '.')})(?![\w])") for name, forms in COUNTRIES.items()
}


def named(text: str) -> dict[str, int]:
    """How often a text names each country that it names.

    >>> named("Norwegian firms left Oslo for Estonia.")
    {'norway': 2, 'estonia': 1}
    """
    found = {name: len(PATTERNS[name].findall(text)) for name, forms in FORMS.items() if any(f in text for f in forms)}
    return {name: n for name, n in found.items() if n}
