"""Countries as the press calls them: by name, people and capital."""

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
    "vietnam": "Vietnam|Vietnamese|Hanoi", "turkey": "Turkey|Turkish|Ankara", "iceland": "Iceland|Icelandic",
}  # fmt: skip
PATTERNS = {
    name: re.compile(rf"(?<![\w-])(?:{forms.replace('.', chr(92) + '.')})(?![\w])") for name, forms in COUNTRIES.items()
}
