"""Airflow's plugin: the archive's pages beside the cockpit, under /khabar, and a navigation entry.

Every Airflow process loads plugins, tasks too; so this file imports next to nothing, and the
pages are built at the first request.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from airflow.plugins_manager import AirflowPlugin

from ui.task_links import LINKS

_App = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]


class Pages:
    """An ASGI application that is built when it is first asked."""

    def __init__(self) -> None:
        self._app: _App | None = None

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Any,
        send: Any,
    ) -> None:
        """Answer one request."""
        if self._app is None:
            from ui.cockpit import build

            self._app = build()

        await self._app(scope, receive, send)


class KhabarPlugin(AirflowPlugin):
    """What Airflow takes from us."""

    name = "khabar"
    # Lists, as the base class declares them: Airflow reads them, nobody changes them.
    global_operator_extra_links = list(LINKS)  # noqa: RUF012
    fastapi_apps = [{"app": Pages(), "url_prefix": "/khabar", "name": "Khabar"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        {
            "name": "Archive",
            "href": "khabar/",
            "destination": "nav",
            "icon": "khabar/static/khabar.svg",
            "nav_top_level": True,
        },
    ]
