"""A digest run that is killed anywhere, against a real mail server: nobody gets a mail twice, and nothing is hidden."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.demo.tour import environment
from tests.adapters.test_mail import free_port

READERS = ["a@desk.example", "b@desk.example", "c@desk.example"]
# The child patches the one call at which it shall die; everything else is the program as it is shipped.
CHILD = """
import os, resource, signal, sys
from datetime import UTC, datetime, timedelta
from pipeline.adapters.store import SqlStore
from pipeline import runner

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

point, hours = sys.argv[1], int(sys.argv[2])
if point == "before commit":
    SqlStore.save_edition = die
if point == "after commit":
    SqlStore.due_deliveries = die
if point == "before sent":
    SqlStore.close_delivery = die
class Clock(datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime(2025, 7, 26, 16, tzinfo=UTC) + timedelta(hours=hours)
runner.datetime = Clock
runner.run_stage("digest", force="yes")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Post:
    """Takes mails and counts them by recipient; kills the process that it is told at the point that it is told."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.victim: subprocess.Popen[bytes] | None = None
        self.point = ""

    def kill(self, point: str) -> None:
        if self.victim and self.point == point:
            os.kill(self.victim.pid, signal.SIGKILL)
            self.victim.wait()

    async def handle_EHLO(  # noqa: N802 -- the library's name
        self, _: SMTP, session: Session, __: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self.kill("after connect")
        return answers

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 -- the library's name
        self.kill("after DATA, not taken")
        if self.point == "after DATA, not taken" and self.victim:
            return "451 lost"
        self.taken.update(envelope.rcpt_tos)
        self.kill("after DATA, taken")
        return "250 OK"


@pytest.fixture
def post(sample_home: Path) -> Iterator[Post]:
    digest = sample_home / "config" / "digest.yaml"
    lists = yaml.safe_load(digest.read_text())["lists"]
    digest.write_text(yaml.safe_dump({"lists": [{**lists[0], "recipients": READERS}]}))
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    with environment(POLICYWIRE_SMTP=f"smtp://127.0.0.1:{controller.port}"):
        yield handler
    controller.stop()


def run(post: Post, point: str = "", hours: int = 0) -> int:
    """Run the digest in a process of its own, at noon in New York and so many hours later."""
    post.point = point
    post.victim = subprocess.Popen([sys.executable, "-c", CHILD, point, str(hours)], stdout=subprocess.DEVNULL)  # noqa: S603 -- our own
    code = post.victim.wait(timeout=60)
    post.victim = None
    return code


def states() -> Counter[str]:
    store = open_store(settings.load().database_url)
    try:
        [readers] = settings.load().readers()
        return Counter(d.state for e in store.editions(readers.id, 9) for d in store.deliveries(e.day, readers.id))
    finally:
        store.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("point", "taken", "after"),
    [
        ("before commit", [1, 1, 1], {"sent": 3}),
        ("after commit", [1, 1, 1], {"sent": 3}),
        ("after connect", [0, 1, 1], {"unknown": 1, "sent": 2}),
        ("after DATA, not taken", [0, 1, 1], {"unknown": 1, "sent": 2}),
        ("after DATA, taken", [1, 1, 1], {"unknown": 1, "sent": 2}),
        ("before sent", [1, 1, 1], {"unknown": 1, "sent": 2}),
    ],
)
def test_fault_67_a_run_that_is_killed_never_leads_to_a_second_mail(
    post: Post, point: str, taken: list[int], after: dict[str, int]
) -> None:
    assert run(post, point) == -signal.SIGKILL

    assert run(post) == 0
    assert run(post, hours=1) == 0

    assert [post.taken[r] for r in READERS] == taken
    assert states() == after


@pytest.mark.slow
def test_ten_thousand_readers_get_one_mail_each_though_two_runs_meet_and_memory_stays_flat(
    sample_home: Path, post: Post
) -> None:
    digest = sample_home / "config" / "digest.yaml"
    lists = yaml.safe_load(digest.read_text())["lists"]
    many = [f"reader{n}@desk.example" for n in range(10_000)]
    [few] = peaks(start(0))
    digest.write_text(yaml.safe_dump({"lists": [{**lists[0], "recipients": many}]}))

    found = peaks(start(24), start(24))

    assert post.taken == Counter(many + READERS)
    assert states() == {"sent": 10_000 + len(READERS)}
    assert max(found) - few <= 30_000


def start(hours: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CHILD, "", str(hours)], stdout=subprocess.PIPE)  # noqa: S603 -- our own


def peaks(*runs: subprocess.Popen[bytes]) -> list[int]:
    """The most memory, in kB, of runs that end well."""
    said = [run.communicate(timeout=900)[0] for run in runs]
    assert [run.returncode for run in runs] == [0 for _ in runs]
    return [int(out.split()[-1]) for out in said]
