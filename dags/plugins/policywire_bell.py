"""The event from outside: fires when `policywire` rings a bell in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent
from policywire_connections import connect


class Bell(BaseEventTrigger):
    """Fires once for each ring of `signal`, or once for several that came together; the event carries their number."""

    def __init__(self, signal: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Airflow types no triggers
        self.signal = signal

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return "policywire_bell.Bell", {"signal": self.signal}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        from pipeline import settings
        from pipeline.adapters.bell import rings

        await asyncio.to_thread(connect)
        async for rung in rings(settings.load().database_url, self.signal):
            yield TriggerEvent({"rung": rung})  # type: ignore[no-untyped-call]  # Airflow types no triggers
