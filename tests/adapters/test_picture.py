"""The chart of the digest: small, the same for the same days, and one bar for each day with a story."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from pipeline.adapters.picture import BAR, TODAY, weeks

DAYS = [date(2025, 7, 1) + timedelta(days=n) for n in range(28)]


def colours(counts: list[int]) -> dict[tuple[int, ...], int]:
    image = Image.open(BytesIO(weeks(list(zip(DAYS, counts, strict=True))))).convert("RGB")
    return {colour: n for n, colour in image.getcolors(1 << 16) or [] if isinstance(colour, tuple)}


def rgb(code: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(code[1:]))


def test_equal_days_give_equal_small_pictures() -> None:
    per_day = list(zip(DAYS, range(28), strict=True))

    assert weeks(per_day) == weeks(per_day)
    assert len(weeks(per_day)) < 10_000


def test_today_has_a_colour_of_its_own_and_a_day_without_stories_has_no_bar() -> None:
    assert rgb(TODAY) not in colours([3] * 27 + [0])
    assert rgb(BAR) not in colours([0] * 27 + [3])
    assert colours([1] * 28)[rgb(BAR)] > 20 * colours([1] * 28)[rgb(TODAY)]


def test_four_quiet_weeks_are_a_picture_too() -> None:
    assert set(colours([0] * 28)).isdisjoint({rgb(BAR), rgb(TODAY)})
    assert weeks([])
