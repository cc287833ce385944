"""robots.txt and the pace at a host, against real servers and real databases."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.adapters.http import AiohttpClient
from pipeline.adapters.manners import LONGEST_PAUSE, Hosts, Turn
from pipeline.adapters.robots import LIMIT, read
from pipeline.adapters.store import SqlStore, open_store
from pipeline.domain.state import State
from pipeline.ports import Reply, Request
from tests.loopback import loopback
from tests.rawserver import answer, raw_server

NOW = datetime(2025, 7, 26, 12, tzinfo=UTC)
PAGE = ("text/html", b"page")


@pytest.fixture
def kept(tmp_path: Path) -> Hosts:
    return open_store(f"sqlite:///{tmp_path / 'hosts.db'}")


def get(hosts: Hosts, pair: str, paths: Sequence[str], **more: Any) -> dict[str, Reply]:
    """Replies by path; the host is paced only where `unpaced` is given as empty."""
    client = AiohttpClient(
        **{"allowed": frozenset({pair}), "unpaced": frozenset({pair}), "hosts": hosts, "timeout_seconds": 5, **more}
    )
    wanted = [Request(url=f"http://{pair}{path}", key=path) for path in paths]
    return {reply.request.key: reply for reply in client.get_all(wanted)}


def robots(text: str) -> dict[str, tuple[str, bytes]]:
    return {"/robots.txt": ("text/plain", text.encode()), "/p": PAGE, "/q": PAGE}


def test_fault_27_what_robots_txt_forbids_is_not_asked_for(kept: Hosts) -> None:
    with loopback(robots("User-agent: *\nDisallow: /p\n")) as site:
        replies = get(kept, site.pair, ["/p", "/q"])

    assert (replies["/p"].state, replies["/q"].state) == (State.DISALLOWED, State.OK)
    assert sorted(site.asked) == ["/q", "/robots.txt"]


def test_fault_27_rules_for_our_name_come_before_those_for_all(kept: Hosts) -> None:
    with loopback(robots("User-agent: policywire\nAllow: /\n\nUser-agent: *\nDisallow: /\n")) as site:
        assert get(kept, site.pair, ["/p"])["/p"].state is State.OK


def test_fault_27_no_robots_txt_allows_all(kept: Hosts) -> None:
    with loopback({"/p": PAGE}) as site:
        assert get(kept, site.pair, ["/p"])["/p"].state is State.OK


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Slow down"])
def test_fault_27_a_server_in_trouble_means_not_now(kept: Hosts, status: str) -> None:
    with raw_server(answer(status=status)) as server:
        reply = get(kept, server.pair, ["/p"])["/p"]

    assert (reply.state, reply.status, server.paths) == (State.NOT_NOW, int(status[:3]), ["/robots.txt"])


def test_fault_17_a_host_that_is_down_says_so_for_every_page_though_robots_txt_failed_first(kept: Hosts) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        pair = f"127.0.0.1:{closed.getsockname()[1]}"

    replies = get(kept, pair, ["/p", "/q"])

    assert {r.state for r in replies.values()} == {State.NETWORK_ERROR}
    assert "robots.txt" not in replies["/p"].error
    assert kept.robots(f"http://{pair}") is None  # the next run asks anew


def test_fault_17_a_host_that_never_answers_is_a_timeout_and_is_waited_for_once_a_run(kept: Hosts) -> None:
    with raw_server(lambda connection, head: time.sleep(1)) as server:
        replies = get(kept, server.pair, [f"/{n}" for n in range(20)], timeout_seconds=0.3)

    assert {r.state for r in replies.values()} == {State.TIMEOUT}
    assert server.paths == ["/robots.txt"]


def test_fault_27_robots_txt_is_asked_for_once_a_day_by_all_runs(kept: Hosts) -> None:
    with loopback(robots("")) as site:
        for _ in range(3):
            get(kept, site.pair, ["/p", "/q"])

        assert site.asked.count("/robots.txt") == 1


def test_fault_27_robots_txt_that_has_run_out_is_asked_for_again(kept: Hosts) -> None:
    with loopback(robots("")) as site:
        kept.save_robots(f"http://{site.pair}", "rules", "User-agent: *\nDisallow: /", NOW)

        assert get(kept, site.pair, ["/p"])["/p"].state is State.OK


def test_fault_27_of_600_kilobytes_the_first_500_count(kept: Hosts) -> None:
    line = "# a line that says nothing\n"
    text = "User-agent: *\nDisallow: /p\n" + line * 600 + "x" * LIMIT + "\nDisallow: /q\n"

    with loopback(robots(text)) as site:
        replies = get(kept, site.pair, ["/p", "/q"])

    assert (replies["/p"].state, replies["/q"].state) == (State.DISALLOWED, State.OK)


def test_fault_27_robots_txt_may_lie_on_another_host(kept: Hosts) -> None:
    with loopback(robots("User-agent: *\nDisallow: /p")) as other:

        def moved(connection: Any, head: bytes) -> None:
            connection.sendall(answer(status="301 Go", Location=other.url("/robots.txt")))

        with raw_server(moved) as site:
            reply = get(kept, site.pair, ["/p"], allowed=frozenset({site.pair, other.pair}))["/p"]

    assert reply.state is State.DISALLOWED


def test_fault_27_each_hop_of_a_redirect_is_checked(kept: Hosts) -> None:
    with loopback(robots("User-agent: *\nDisallow: /p")) as other:

        def moved(connection: Any, head: bytes) -> None:
            away = head.startswith(b"GET /away")
            there = answer(status="302 Go", Location=other.url("/p"))
            connection.sendall(there if away else answer(status="404 No"))

        with raw_server(moved) as site:
            reply = get(kept, site.pair, ["/away"], allowed=frozenset({site.pair, other.pair}))["/away"]

    assert (reply.state, other.asked) == (State.DISALLOWED, ["/robots.txt"])


def test_rules_that_would_cost_minutes_are_left_out() -> None:
    url = "https://news.example/robots.txt"
    body = b"User-agent: *\nDisallow: /" + b"*a" * 100 + b"\nDisallow: /p\nDisallow: /" + b"x" * 900

    verdict, text = read(Reply(request=Request(url=url), url=url, status=200, body=body))

    assert (verdict, text) == ("rules", "User-agent: *\nDisallow: /p")


def test_fault_28_requests_to_one_host_come_one_at_a_time_and_apart(kept: Hosts) -> None:
    times, together, most = [], threading.Semaphore(0), []

    def slow(connection: Any, head: bytes) -> None:
        times.append(time.monotonic())
        together.release()
        most.append(together._value)
        time.sleep(0.05)
        together.acquire()
        connection.sendall(answer(b"page", status="404 No" if b"robots" in head else "200 OK"))

    with raw_server(slow) as server:
        get(kept, server.pair, [f"/{n}" for n in range(5)], unpaced=frozenset(), pace_seconds=0.2)

    assert max(most) == 1
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.2


def test_fault_28_two_runs_that_meet_on_a_host_share_its_pace(kept: Hosts) -> None:
    times: list[float] = []

    def note(connection: Any, head: bytes) -> None:
        times.append(time.monotonic())
        connection.sendall(answer(b"page", status="404 No" if b"robots" in head else "200 OK"))

    with raw_server(note) as server, ThreadPoolExecutor(3) as pool:
        list(
            pool.map(
                lambda n: get(kept, server.pair, [f"/{n}a", f"/{n}b"], unpaced=frozenset(), pace_seconds=0.2), range(3)
            )
        )

    times.sort()
    assert len(times) >= 7
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.19  # a clock's grain under the pace


def test_fault_27_and_28_a_crawl_delay_longer_than_a_run_leaves_the_rest_for_later(kept: Hosts) -> None:
    with loopback(robots("User-agent: *\nCrawl-delay: 50")) as site:
        replies = get(kept, site.pair, ["/p", "/q"], unpaced=frozenset(), pace_seconds=0.01, patience_seconds=1)

    assert sorted(r.state for r in replies.values()) == [State.NOT_NOW, State.OK]


@pytest.mark.parametrize("status", ["429 Slow down", "503 Busy"])
def test_fault_21_a_refused_page_closes_its_host_for_as_long_as_it_says(kept: Hosts, status: str) -> None:
    def busy(connection: Any, head: bytes) -> None:
        robots = head.startswith(b"GET /robots.txt")
        connection.sendall(answer(status="404 No") if robots else answer(status=status, Retry_After="300"))

    with raw_server(busy) as server:
        paced: Any = {"unpaced": frozenset(), "pace_seconds": 0.01, "patience_seconds": 1}
        replies = get(kept, server.pair, ["/p", "/q"], **paced)
        later = get(kept, server.pair, ["/r"], **paced)["/r"]

    assert sorted(r.state for r in replies.values()) == [State.HTTP_ERROR, State.NOT_NOW]
    assert (later.state, later.status, "left alone" in later.error) == (State.NOT_NOW, 0, True)
    assert len(server.paths) == 2


@pytest.mark.parametrize("value", ["1e300", "inf", "nan", "-5", "99999999999"])
def test_fault_27_an_absurd_crawl_delay_costs_no_reply(kept: Hosts, value: str) -> None:
    with loopback(robots(f"User-agent: *\nCrawl-delay: {value}")) as site:
        reply = get(kept, site.pair, ["/p"], unpaced=frozenset(), pace_seconds=0.01, patience_seconds=1)["/p"]

    assert reply.state is State.OK


def test_a_host_is_closed_for_an_hour_at_most_by_one_refusal() -> None:
    turn = Turn(2.0)

    turn.lengthen(7 * 86_400)

    assert turn.seconds == LONGEST_PAUSE


def test_an_allowed_pair_has_no_pace(kept: Hosts) -> None:
    with loopback({f"/{n}": PAGE for n in range(50)}) as site:
        replies = get(kept, site.pair, [f"/{n}" for n in range(50)], pace_seconds=60)

    assert {r.state for r in replies.values()} == {State.OK}


def test_a_turn_is_taken_by_one_and_given_back(store: SqlStore) -> None:
    until = NOW + timedelta(seconds=60)

    assert store.take_turn("news.example", NOW, until) is None
    assert store.take_turn("news.example", NOW, until) == until
    store.end_turn("news.example", NOW + timedelta(seconds=2))
    assert store.take_turn("news.example", NOW + timedelta(seconds=3), until) is None


def test_of_many_that_want_a_turn_at_once_one_gets_it(store: SqlStore) -> None:
    until = NOW + timedelta(seconds=60)

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.take_turn("news.example", NOW, until), range(24)))

    assert taken.count(None) == 1


def test_robots_txt_comes_back_from_the_store(store: SqlStore) -> None:
    store.save_robots("https://news.example", "rules", "User-agent: *", NOW)
    store.save_robots("https://news.example", "open", "", NOW)

    assert store.robots("https://news.example") == ("open", "", NOW)
    assert store.robots("https://other.example") is None
