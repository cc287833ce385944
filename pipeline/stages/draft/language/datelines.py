"""What stands ahead of a report: its place and day. The day tells when "on Tuesday" was."""

from __future__ import annotations

import re
from datetime import date

from pipeline.stages.draft.language import words
from pipeline.stages.draft.language.times import MONTH, NOT_THEN, PART, WEEKDAY

DASH = r"(?:--|[\u2013\u2014-])"
PLACE = r"[A-Z][\w.'\u2019/-]*(?:[ ,]+(?:de |la |and )?[A-Z][\w.'\u2019/-]*){0,4}"
LARGE = rf"[{words.CAPITAL}][{words.CAPITAL}.' ]{{2,30}}"
CITY = (
    "New Delhi|Mumbai|Bengaluru|Hyderabad|Chennai|Kolkata|Islamabad|Karachi|Lahore|Dhaka|Colombo|Kathmandu|Canberra|Sydney|Beijing|Tokyo|"
    "Seoul|Jakarta|Manila|Bangkok|Hanoi|Riyadh|Dubai|Abu Dhabi|Doha|Cairo|Nairobi|Lagos|Abuja|Accra|Kigali|Pretoria|London|Paris|Berlin|"
    "Brussels|Geneva|Washington|New York|Ottawa"
)
"""Places that outlets set ahead of a report with a colon alone, where another name would be a heading."""
DATELINE = re.compile(
    rf"^(?:{PLACE} / )*(?:{PLACE},? ?(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})?(?:,? \d{{4}})?(?: ?\([\w ,./&'-]{{2,40}}\)){{1,2}} ?{DASH}+ |"
    rf"{PLACE}(?:,| ?{DASH}+)? (?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})? ?(?:/[\w ]{{2,30}}/ ?)?{DASH}+ |"
    rf"(?:\d{{1,2}} {MONTH} \d{{4}}|{MONTH} \d{{1,2}}, \d{{4}}|\d\d[./]\d\d[./]\d{{4}})(?:, {PLACE})? ?{DASH}+ |"
    rf"{PLACE}, (?:{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?): |"
    rf"{LARGE}(?:, [A-Z][\w. ]{{1,25}})? ?{DASH}+ |{LARGE}: (?=[A-Z])|{LARGE}\. (?=[A-Z][a-z])|{PLACE}, (?:[A-Z]{{2}}|[A-Z][a-z]+\.) {DASH}+ (?=[A-Z])|"
    rf"{PLACE}, {MONTH} \d{{1,2}} \([A-Z]{{2,6}}\) (?=[A-Z])|"
    rf"{LARGE}(?:, [A-Z][\w. ]{{1,25}})?, {MONTH} \d{{1,2}} [A-Z]{{2,6}} {DASH}+ |"
    rf"\([A-Z][^()]{{5,90}} \d{{4}}\) (?=[A-Z])|"
    rf"\([A-Z][\w ./&-]{{1,40}}\) ?{DASH}+ |"
    rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH}) \([A-Z][\w ./&-]{{1,40}}\) ?{DASH}+ |\[{PLACE}\] (?=[A-Z])|"
    rf"{PLACE}(?: ?\u2014 ?| (?:\u2013|--?) )(?=[A-Z\d\u201c\"])(?![^\n]*(?: [\u2013-] |\u2014| -- ))|"
    rf"{PLACE}, (?:D\.?C\.?, )?{PLACE}: (?=[A-Z])|(?:{CITY}): (?=[A-Z]))"
)
DAY = re.compile(
    rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}})\b(?:,? (?P<year>\d{{4}}))?|(?P<day2>\d{{1,2}}) (?P<month2>{MONTH})(?: (?P<year2>\d{{4}}))?"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONTHS = [month.title() for month in words.YEAR.split()]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WHEN = re.compile(
    rf"(?P<lost>\b(?:has|have) )?(?:\b(?:late |early )?(?P<on>on ))?\b(?P<when>{WEEKDAY}|[Tt]oday)\b(?!'){PART}(?P<comma>, )?"
)
DONE = re.compile(r"[a-z]+(?:ed|en)\b|(?:made|held|met|put|set|told|sent|paid|won|built|chosen|struck|begun)\b")
GOING = re.compile(r" ?(?!was |has |is )[a-z]+(?:[^\Wsu]|[ts]h)e?s (?:its|their|an?|the|[A-Z])")
"""What is told as it happens has no day: "the port today opens a yard"."""
PERFECT = re.compile(rf"\b(?:has|have) (?={DONE.pattern})")
"""What has been done, which on a day was done."""


def agency(raw: str) -> bool:
    """Whether a report opens as an agency's: behind its place in capitals, with its tag or without the year that press offices put there.

    >>> agency("OSLO, Oct 16 (Harbor News) - Norway opened a fund."), agency("Oslo, 16 October 2026 - The office opened a fund.")
    (True, False)
    """
    line = DATELINE.match(raw) if (raw[:3].isupper() and raw[0] != "(") or DAY.match(raw) else None
    return line is not None and (YEAR.search(line[0]) is None or "(" in line[0])


def with_its_day(raw: str, published: date | None = None) -> str:
    """A report's first sentence without its dateline, whose day stands in place of its weekday; "" where that is another day.

    >>> with_its_day("OSLO, Oct 16 (Harbor News) - Norway opened a fund on Thursday.")
    'Norway opened a fund on October 16.'
    >>> with_its_day("OSLO, Oct 16 (Harbor News) - Norway opened a fund on Thursday.", date(2026, 10, 17))
    ''
    >>> with_its_day("Oslo, 16 October 2026 - Today, the office has opened a fund.")
    'On October 16, the office opened a fund.'
    """
    line = DATELINE.match(raw)
    found = DAY.search(line[0]) if line else None
    if line is None or found is None:
        return ""
    month = next(m for m in MONTHS if m.startswith((found["month"] or found["month2"])[:3].title()))
    day = int(found["day"] or found["day2"])
    weekdays = _weekdays(found["year"] or found["year2"], MONTHS.index(month) + 1, day, published)
    text = raw[line.end() :]
    for match in WHEN.finditer(text):
        before = re.findall(r"[\w']+", text[: match.start()])[-1:]
        if (before and before[0].lower() in NOT_THEN) or GOING.match(text[match.end() :]):
            continue
        today = match["when"].lower() == "today"
        if today or (match["when"] in weekdays and (match["on"] or before)):
            opens = match.start() == 0
            rest = text[match.end() :]
            lost = "" if DONE.match(rest.lstrip()) else match["lost"] or ""
            rest = PERFECT.sub("", rest, count=1) if opens else rest
            return f"{text[: match.start()]}{lost}{'On' if opens else 'on'} {month} {day}{match['comma'] or ''}{rest}"
    return ""


def _weekdays(year: str | None, month: int, day: int, published: date | None) -> list[str]:
    """The weekday of a date; all of them where its year is known from nowhere."""
    years = [int(year)] if year else [published.year + n for n in (0, -1, 1)] if published else []
    if not years:
        return DAYS
    nearest = min(years, key=lambda y: abs((date(y, month, 1) - published).days) if published else 0)
    try:
        return [DAYS[date(nearest, month, day).weekday()]]
    except ValueError:  # no such day
        return []
