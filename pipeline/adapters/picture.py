"""The chart of the digest: flagged stories per day, as a small PNG that every mail program shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 560, 120, 22  # pixels
BAR, TODAY, INK, GROUND = "#5b7fa6", "#8a6d3b", "#333333", "#ffffff"


def weeks(per_day: Sequence[tuple[date, int]]) -> bytes:
    """Bars for the days, oldest on the left, today in another colour; equal days give equal bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=12)
    most = max((n for _, n in per_day), default=0)
    base, step = HEIGHT - MARGIN, (WIDTH - 2 * MARGIN) / max(len(per_day), 1)
    for place, (_, count) in enumerate(per_day):
        left = MARGIN + place * step
        height = (base - MARGIN) * count / max(most, 1)
        colour = TODAY if place == len(per_day) - 1 else BAR
        if count:
            draw.rectangle((left + 2, base - height, left + step - 2, base), fill=colour)
    draw.line((MARGIN, base, WIDTH - MARGIN, base), fill=INK)
    if per_day:
        draw.text((MARGIN, base + 3), per_day[0][0].isoformat(), fill=INK, font=font)
        draw.text((WIDTH - MARGIN, base + 3), per_day[-1][0].isoformat(), fill=INK, font=font, anchor="ra")
    draw.text((MARGIN, 3), f"Flagged stories a day, most: {most}", fill=INK, font=font)
    data = BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()
