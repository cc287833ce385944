"""Who "he" is: a name in place of a pronoun, where one person alone can be meant."""

from __future__ import annotations

import re

from pipeline.stages.draft.texts.people import OFFICE, PERSON, SAYING, Person, named
from pipeline.stages.draft.texts.readings import Reading

ROLE = re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Oo]ne) (?:[\w-]+ ){{0,2}}{OFFICE}\b")
PRONOUN = re.compile(
    r"^(?:He|She)(?= (?:said|told|added|warned|argued|called|wants|declined|noted|urged|asked|rejected|promised)\b)|(?<=, )(?:he|she)(?= (?:said|added|argued|warned)\b)|(?<=,\" )(?:he|she)(?= (?:said|added|argued|warned)\b)"
)


def person_of(text: str, reading: Reading, i: int) -> tuple[str, Person | None]:
    """The sentence with "he said" as a surname, and the person that it names by surname alone."""
    if match := PRONOUN.search(text):
        person = _meant(reading, i)
        if person is None:
            return text, None
        return text[: match.start()] + person.surname + text[match.end() :], person
    lone = [p for p in named(text, reading.known) if not _whole(p, text) or _bare(p, text)]
    return text, lone[0] if len(lone) == 1 else None


def _meant(reading: Reading, i: int) -> Person | None:
    """The one person that the sentence before names, who speaks or acts in it; it may end the paragraph before."""
    if i == 0 or reading.sentences[i - 1].line < reading.sentences[i].line - 1:
        return None
    before = reading.sentences[i - 1].raw
    found = named(before, reading.known)
    if len(found) != 1 or (ROLE.search(before) and found[0].full not in before):
        return None
    persons = {m.group().split()[-1].removesuffix("'s") for m in PERSON.finditer(before)} - {found[0].surname}
    at = before.find(found[0].surname)
    acts = before[:at].count(" ") < 6 or re.search(
        rf"{re.escape(found[0].surname)}(?:, [^,]*,)? {SAYING}\b|{SAYING} [^.]*{re.escape(found[0].surname)}", before
    )
    return found[0] if acts and not persons & reading.known.keys() else None


def _bare(person: Person, text: str) -> bool:
    """Whether a sentence names somebody in full and does not say who they are, as the article does elsewhere."""
    if not person.role or person.full not in text or person.role.split()[-1] in text:
        return False
    before, _, after = text.partition(person.full)
    return not re.search(rf"\b{OFFICE}(?: [\w'-]+){{0,2}} $|\b{OFFICE}, $", before) and not after.startswith(
        (", ", " of ", " from ")
    )


def _whole(person: Person, text: str) -> bool:
    return (
        person.full in text
        or re.search(rf"\b(?!(?:{TITLE})\b)[A-Z][\w'.-]+ {re.escape(person.surname)}\b(?<!^)", text) is not None
    )


def literal(form: str, plain: str, who: Person | None) -> str:
    """The wording as the source sentence has it, for the check: a surname that stands for "he" is one again."""
    if who and who.surname not in plain:
        said = re.search(r"\b(?:[Ss]he|[Hh]e)\b", plain)
        return re.sub(rf"\b{re.escape(who.surname)}\b", said[0] if said else "he", form, count=1)
    return form


def introduced(text: str, who: Person) -> str:
    """The sentence with the person's full name and office in place of the surname."""
    surname = who.full if who.full in text else who.surname
    match = re.search(rf"(?:\b(?:{TITLE}) )?(?<![\w-]){re.escape(surname)}(?![\w-])", text)
    if match is None:
        return text
    after = text[match.end() :]
    subject = re.match(
        r" (?:said|told|added|warned|argued|called|wants|noted|urged|asked|would|has|will|was|is)\b", after
    )
    name = who.introduced if (subject or who.before) and match.start() == 0 else who.full
    if after.startswith("'s"):
        name = who.full
    if match.start() == 0:
        name = name[:1].upper() + name[1:]
    return text[: match.start()] + name + after


TITLE = r"President|Premier|Prime Minister|Minister|Secretary|Senator|Chancellor|Commissioner|Governor|Deputy|Director"
