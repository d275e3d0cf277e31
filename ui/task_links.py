"""Buttons beside each task in Airflow that lead to its outlet, its articles, its run's report.

They are made in the api-server when somebody looks: a task says which outlets it reads (the XCom
`outlets`) and its run which folder it has (`run`, of the task `begin`), and pays nothing for it.
"""

from typing import Any
from urllib.parse import quote, urlsplit

import attrs
from airflow.sdk import BaseOperatorLink


class _PageLink(BaseOperatorLink):
    """A link to one of the archive's pages; none where the task has no such page."""

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """Return the page's address, empty for none; `ti_key` names the task's instance."""
        del operator
        path = self.path(ti_key)
        return f"{_root()}{path}" if path else ""

    def path(self, ti_key: Any) -> str:
        """Return the page's path below the archive's root, empty for none."""
        raise NotImplementedError


@attrs.define()
class OutletLink(_PageLink):
    """The outlet that a task reads; a shard has several, and its run's report names them."""

    name = "Outlet"

    def path(self, ti_key: Any) -> str:
        """Return the page of the outlet."""
        outlet = _outlet(ti_key)
        return f"/outlets/{quote(outlet)}" if outlet else ""


@attrs.define()
class ArticlesLink(_PageLink):
    """The articles of the outlet that a task reads, newest first."""

    name = "Articles"

    def path(self, ti_key: Any) -> str:
        """Return the page of its articles."""
        outlet = _outlet(ti_key)
        return f"/?q=outlet%3A{quote(outlet)}" if outlet else ""


@attrs.define()
class ReportLink(_PageLink):
    """The report of the run that a task belongs to, outlet by outlet."""

    name = "Report"

    def path(self, ti_key: Any) -> str:
        """Return the page of the run, at the line of the task's outlet."""
        run = _said_by_task(ti_key, "begin", -1, "run")
        if not run:
            return ""
        outlet = _outlet(ti_key)
        line = f"#{quote(outlet)}" if outlet else ""
        return f"/runs/{quote(str(run))}{line}"


LINKS = (OutletLink(), ArticlesLink(), ReportLink())


def _outlet(ti_key: Any) -> str:
    """Return the outlet of a task that reads one alone, else nothing."""
    outlets = _said_by_task(ti_key, ti_key.task_id, ti_key.map_index, "outlets")
    if not isinstance(outlets, list) or len(outlets) != 1:
        return ""
    return str(outlets[0])


def _said_by_task(
    ti_key: Any,
    task: str,
    index: int,
    key: str,
) -> Any:
    """Return what a task of the same run has said under a key; None for nothing."""
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session

    with create_session() as session:
        query = XComModel.get_many(
            key=key,
            run_id=ti_key.run_id,
            dag_ids=ti_key.dag_id,
            task_ids=task,
            map_indexes=index,
        )
        held = session.execute(query.with_only_columns(XComModel.value)).first()
    if held is None:
        return None
    return XComModel.deserialize_value(held)


def _root() -> str:
    """Return where the archive's pages lie, as a path of the server that shows Airflow."""
    from airflow.configuration import conf

    base = urlsplit(conf.get("api", "base_url", fallback="/")).path.rstrip("/")
    return f"{base}/khabar"
