"""What Policywire adds to Airflow: notes on runs, pools, and pages that show the briefs of a run."""

from __future__ import annotations

import policywire_pages
import policywire_runs
from airflow.plugins_manager import AirflowPlugin


class PolicywirePlugin(AirflowPlugin):
    name = "policywire"
    listeners = [policywire_runs]  # noqa: RUF012 -- as Airflow declares it
    fastapi_apps = [  # noqa: RUF012 -- as Airflow declares it
        {"app": policywire_pages.app, "url_prefix": "/policywire", "name": "Policywire"},
    ]
