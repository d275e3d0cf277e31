"""Pages that only a browser can build, for outlets whose file says `render = true`.

scrapy-playwright with the system's Chromium. Turns, limits and names of failures are those of every
other request; the browser's own connections go through `tunnel`.
"""

import os
import shutil
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from crawlers.download.handler import PoliteHandler
from crawlers.download.tunnel import Tunnel
from crawlers.faults import Fault, FaultError
from crawlers.sample_hosts import sample_ports

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_HEAVY = frozenset({"image", "media", "font"})


def chromium(named: str = "") -> str | None:
    """Return the program of the browser: the one that is named, or the first Chromium on PATH."""
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


def light(request: Any) -> bool:
    """Tell playwright which requests of a page to drop: what has no text."""
    return request.resource_type in _HEAVY


class BrowserHandler(PoliteHandler):
    """The polite handler; requests with meta `render` are built in a browser."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        loopback = crawler.settings.getbool("KHABAR_ALLOW_LOOPBACK")
        self.tunnel = Tunnel(sample_ports(crawler.spider.session.outlet, loopback=loopback))
        self._browser: Any = None

    async def close(self) -> None:
        """Close the browser, then the connections."""
        if self._browser is not None:
            await self._browser.close()

        await self.tunnel.stop()
        await super().close()

    async def _ask(self, request: Request) -> Response:
        """Return the answer, built by the browser where it was asked for."""
        if not request.meta.get("render"):
            return await super()._ask(request)

        browser = await self._started()
        request.meta["playwright"] = True
        request.meta["playwright_page_goto_kwargs"] = {"wait_until": "networkidle"}

        try:
            response: Response = await browser.download_request(request)
        except Exception as error:
            host = urlsplit(request.url).hostname or ""
            if host in self.tunnel.refused:
                raise FaultError(Fault.PRIVATE_ADDRESS, host) from error

            fault = Fault.TIMEOUT if "Timeout" in type(error).__name__ else Fault.BROWSER
            raise FaultError(fault, " ".join(str(error).split())[:200]) from error

        # The body is the page as the browser has built it; no encoding is left on it.
        headers = {
            name: values
            for name, values in response.headers.items()
            if name not in {b"Content-Encoding", b"Content-Length"}
        }

        return response.replace(headers=headers)

    async def _started(self) -> Any:
        """Start the tunnel and the browser at the first page that needs them."""
        if self._browser is None:
            path = chromium(self.crawler.settings.get("KHABAR_CHROMIUM", ""))
            if path is None:
                raise FaultError(
                    Fault.BROWSER, "no Chromium on PATH: install it, or name it in KHABAR_CHROMIUM"
                )

            from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

            await self.tunnel.start()
            made = Settings(self.crawler.settings.copy_to_dict())
            made.setdict(
                {
                    "PLAYWRIGHT_LAUNCH_OPTIONS": {
                        "executable_path": path,
                        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
                        # "<-loopback>": addresses of this machine go through the proxy as
                        # well, else they would be asked directly.
                        "proxy": {
                            "server": f"http://127.0.0.1:{self.tunnel.port}",
                            "bypass": "<-loopback>",
                        },
                    },
                    "PLAYWRIGHT_ABORT_REQUEST": light,
                    "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": made.getfloat("DOWNLOAD_TIMEOUT")
                    * 1000,
                },
                priority="cmdline",
            )

            self._browser = _with_settings(ScrapyPlaywrightDownloadHandler, self.crawler, made)
            # What its own handler of the signal engine_started does.
            await self._browser._launch()  # noqa: SLF001

        return self._browser


def _with_settings(handler: Any, crawler: Any, made: Any) -> Any:
    """Build scrapy-playwright's handler with settings of its own: the crawler's are frozen."""

    class View:
        """The crawler, other settings put in."""

        settings = made

        def __getattr__(self, name: str) -> Any:
            return getattr(crawler, name)

    return handler.from_crawler(View())
