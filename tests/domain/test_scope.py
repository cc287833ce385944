"""Windows are half-open and aware; shards keep a host together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.scope import Shard, Window

DAY = datetime(2025, 7, 1, tzinfo=UTC)
HOSTS = st.from_regex(r"[a-z]{1,12}\.example", fullmatch=True)
PATHS = st.from_regex(r"/[a-z0-9/]{0,20}", fullmatch=True)
HOMES = [6, 6, 4]  # sha256 of the host, worked out outside the code under test


def test_a_window_holds_its_first_moment_but_not_its_last() -> None:
    window = Window(since=DAY, until=DAY + timedelta(days=1))

    assert window.holds(DAY)
    assert window.holds(DAY + timedelta(hours=23))
    assert not window.holds(DAY + timedelta(days=1))
    assert not window.holds(DAY - timedelta(microseconds=1))


def test_a_window_of_days_includes_both_days() -> None:
    window = Window.of_days(date(2025, 6, 30), date(2025, 7, 1))

    assert window == Window(since=DAY - timedelta(days=1), until=DAY + timedelta(days=1))


def test_a_window_compares_moments_not_zones() -> None:
    window = Window.of_days(date(2025, 7, 1), date(2025, 7, 1))

    assert not window.holds(datetime(2025, 7, 1, 1, tzinfo=timezone(timedelta(hours=2))))


@pytest.mark.parametrize("until", [DAY, DAY - timedelta(days=1)])
def test_a_window_that_does_not_end_after_it_begins_is_refused(until: datetime) -> None:
    with pytest.raises(ValueError, match="must end after it begins"):
        Window(since=DAY, until=until)


def test_a_window_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Window(since=DAY.replace(tzinfo=None), until=DAY)


@given(host=HOSTS, path=PATHS, other=PATHS, count=st.integers(1, 40))
def test_one_host_is_in_exactly_one_shard_whatever_the_page(host: str, path: str, other: str, count: int) -> None:
    shards = [Shard(index=i, count=count) for i in range(count)]

    homes = [shard.index for shard in shards if shard.holds(f"https://{host}{path}")]
    others = [shard.index for shard in shards if shard.holds(f"http://{host.upper()}:8080{other}")]

    assert len(homes) == 1
    assert others == homes


def test_shards_stay_the_same_from_one_process_to_the_next() -> None:
    urls = ["https://news.example/feed", "https://paper.example/rss", "https://gov.example/a.xml"]

    homes = [next(i for i in range(8) if Shard(index=i, count=8).holds(url)) for url in urls]

    assert homes == HOMES


@pytest.mark.parametrize("index, count", [(-1, 2), (2, 2), (0, 0)])
def test_a_shard_outside_its_count_is_refused(index: int, count: int) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        Shard(index=index, count=count)
