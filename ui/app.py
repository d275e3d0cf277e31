"""The application: pages behind the login, the API and feeds behind a token, unsubscribing open to whoever holds a mail's link."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from news.errors import KhabarError
from pipeline.settings import Settings
from ui import api, feeds, pages, tokens, unsubscribe
from ui.archives import Archives
from ui.look import Look

_HERE = Path(__file__).parent
# Nothing but our own style sheet and icons; no scripts at all. Airflow may show us in a frame, nobody else.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
    "Cache-Control": "private, no-store",
}


def create(
    settings: Settings, *, login: Callable[[Request], Awaitable[Any]], root: str = "/khabar"
) -> FastAPI:
    """Return the application. `login` refuses (401) whoever is not logged in; `root` is where the application is mounted."""
    app = FastAPI(title="Khabar", docs_url=None, redoc_url=None, openapi_url=None)
    archives, look = Archives(settings), Look(_HERE / "templates", root)
    app.state.archives, app.state.look = archives, look
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.include_router(unsubscribe.router(archives, settings))
    reader = tokens.reader(settings, login)
    app.include_router(api.router(archives, reader))
    app.include_router(feeds.router(archives, settings, reader))
    app.include_router(pages.router(archives, look, settings), dependencies=[Depends(login)])
    app.middleware("http")(_headers)
    _errors(app, look)
    return app


async def _headers(request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
    """Put the security headers on every answer that has not its own."""
    answer = await follow(request)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.url.path.endswith((".css", ".svg")):
        answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _errors(app: FastAPI, look: Look) -> None:
    """Say what went wrong: to programs in JSON, to people on a page; whoever is not logged in is sent to the login."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if _for_programs(request):
            return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
        if error.status_code == 401:  # noqa: PLR2004
            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/auth/login?next={quote(wanted, safe='')}", 303)
        return HTMLResponse(
            look.page("error.html", title=error.detail, status=error.status_code), error.status_code
        )

    @app.exception_handler(KhabarError)
    async def failed(request: Request, error: KhabarError) -> Response:
        if _for_programs(request):
            return JSONResponse({"error": str(error)}, 503)
        return HTMLResponse(look.page("error.html", title=str(error), status=503), 503)


def _for_programs(request: Request) -> bool:
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return bool(path.startswith(("/api/", "/feed")) or path.endswith((".atom", ".json")))
