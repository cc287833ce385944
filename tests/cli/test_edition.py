"""`policywire edition` and `digest --dry-run`, over the sample site's digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.demo.tour import environment
from pipeline.domain.state import State
from pipeline.runner import run_stage
from tests.adapters.test_mail import free_port
from tests.cli.test_contracts import policywire

READER = "a@desk.example"


@pytest.fixture
def day(sample_home: Path) -> str:
    """The day of an edition whose one mail could not be sent, since no mail server answers."""
    digest = sample_home / "config" / "digest.yaml"
    lists = yaml.safe_load(digest.read_text())["lists"]
    digest.write_text(yaml.safe_dump({"lists": [{**lists[0], "recipients": [READER]}]}))
    with environment(POLICYWIRE_SMTP=f"smtp://127.0.0.1:{free_port()}"):
        report = run_stage("digest")
    assert report.counts == {"written": 1, "deferred": 1}
    [eml] = (sample_home / "out" / "digest").glob("*.eml")
    return eml.stem


def mails(day: str) -> str:
    return policywire("edition", "show", day, "analysts").stdout.splitlines()[-1]


def test_an_edition_is_shown_with_its_text_and_every_mail(day: str) -> None:
    listed = policywire("edition", "list").stdout
    assert day in listed
    assert "1 prepared" in listed
    assert "fetching did not run" in policywire("edition", "show", day, "analysts").stdout
    assert mails(day).startswith(f"prepared   {READER} (1 attempts): 127.0.0.1: ConnectionRefusedError")


def test_an_operator_settles_a_mail_and_can_send_it_again(day: str) -> None:
    assert policywire("edition", "resolve", day, "analysts", READER, "sent").returncode == 0
    assert mails(day).startswith(f"sent       {READER}")

    assert policywire("edition", "resend", day, "analysts", READER).returncode == 0
    assert mails(day).startswith(f"prepared   {READER} (0 attempts)")


def test_a_suppressed_reader_is_not_sent_to_until_restored(day: str) -> None:
    policywire("edition", "suppress", "analysts", f"Ann <{READER.upper()}>")
    assert mails(day).startswith(f"suppressed {READER}")
    assert "asked to get nothing" in policywire("edition", "resend", day, "analysts", READER).stderr

    assert policywire("edition", "restore", "analysts", READER).returncode == 0
    assert policywire("edition", "restore", "analysts", READER).returncode == 2


def test_a_mail_whose_fate_is_unknown_shows_in_list_and_doctor_though_its_list_is_gone(
    sample_home: Path, day: str
) -> None:
    store = open_store(settings.load().database_url)
    later = datetime.now(UTC) + timedelta(hours=1)
    [mail] = store.due_deliveries(later, later)
    store.claim_delivery(mail, later)
    digest = sample_home / "config" / "digest.yaml"
    digest.write_text(digest.read_text().replace("id: analysts", "id: others"))
    held = policywire("edition", "resend", day, "analysts", READER)
    store.close_delivery(mail, State.UNKNOWN, "lost", None)
    store.close()

    assert (held.returncode, "a run may be sending" in held.stderr) == (2, True)
    assert "1 unknown" in policywire("edition", "list").stdout
    doctor = policywire("doctor")
    assert doctor.returncode == 2
    assert "1 mails whose fate is unknown" in " ".join(doctor.stdout.split())
    assert policywire("edition", "resolve", day, "analysts", READER, "sent").returncode == 0
    assert "1 sent" in policywire("doctor").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "yesterday", "analysts"), 'expected a day such as 2025-07-26, got "yesterday"'),
        (("show", "2001-01-01", "analysts"), "no edition of analysts on 2001-01-01"),
        (("resolve", "DAY", "analysts", READER, "lost"), 'expected sent or refused, got "lost"'),
        (("resend", "DAY", "analysts", "b@desk.example"), "holds no mail to b@desk.example"),
        (("suppress", "nosuch", READER), 'no list is called "nosuch"; there are analysts'),
        (("restore", "nosuch", READER), 'no list is called "nosuch"; there are analysts'),
        (("suppress", "analysts", "x@y z"), "expected one mail address in ASCII"),
    ],
)
def test_a_wrong_use_says_what_is_wrong(day: str, words: tuple[str, ...], told: str) -> None:
    result = policywire("edition", *(word.replace("DAY", day) for word in words))

    assert result.returncode == 2
    assert told in result.stderr


def test_a_dry_run_leaves_files_and_no_edition(sample_home: Path) -> None:
    result = policywire("digest", "--dry-run")

    assert result.returncode == 0
    assert len(list((sample_home / "out" / "digest").glob("*.eml"))) == 1
    store = open_store(settings.load().database_url)
    assert store.editions("analysts", 5) == []
    store.close()


def test_a_brief_is_approved_by_name(sample_home: Path) -> None:
    for stage in ("fetch", "extract", "classify", "cluster", "draft"):
        run_stage(stage)
    story = next((sample_home / "out" / "briefs").glob("*.txt")).stem

    assert policywire("brief", "approve", story, "--analyst", "A. Reed").stdout == f"{story} r1 approved by A. Reed\n"
    assert policywire("brief", "approve", "none", "--analyst", "A. Reed").returncode == 2
