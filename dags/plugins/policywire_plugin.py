"""What Policywire adds to Airflow: notes on runs, pools, and pages that show the briefs of a run."""

from __future__ import annotations

from typing import Any, ClassVar

import policywire_pages
import policywire_runs
from airflow.plugins_manager import AirflowPlugin


class PolicywirePlugin(AirflowPlugin):
    name = "policywire"
    listeners: ClassVar[list[Any]] = [policywire_runs]
    fastapi_apps: ClassVar[list[Any]] = [
        {"app": policywire_pages.app, "url_prefix": "/policywire", "name": "Policywire"},
    ]
