"""The web application: pages behind the login, the API and feeds behind a token.

Unsubscribing is open to whoever holds a mail's link.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from news.errors import KhabarError
from pipeline.settings import Settings
from ui import api, feeds, pages, tokens, unsubscribe, writes
from ui.archives import Archives
from ui.head import HeadAsGet
from ui.look import Look
from ui.people import Login

_HERE = Path(__file__).parent
# Our own style sheet, script and icons only. Airflow may show us in a frame, nobody else.
POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a form must name its origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
    "Cache-Control": "private, no-store",
}


def create(
    settings: Settings,
    *,
    login: Login,
    root: str = "/khabar",
) -> FastAPI:
    """Return the application.

    `login` refuses (401) whoever is not logged in; `root` is where the application is mounted.
    """
    app = FastAPI(title="Khabar", docs_url=None, redoc_url=None, openapi_url=None)
    archives = Archives(settings)
    look = Look(_HERE / "templates", root)
    app.state.archives = archives
    app.state.look = look

    reader = tokens.reader(settings, archives, login)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.include_router(unsubscribe.router(archives, settings))
    app.include_router(api.router(archives, reader))
    app.include_router(feeds.router(archives, settings, reader))
    app.include_router(
        pages.router(archives, look, settings),
        dependencies=[Depends(writes.gate(settings, login))],
    )

    app.middleware("http")(_headers)
    app.add_middleware(HeadAsGet)
    _errors(app, look)

    return app


async def _headers(
    request: Request,
    follow: Callable[[Request], Awaitable[Response]],
) -> Response:
    """Put the security headers on every answer that has not its own."""
    answer = await follow(request)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)

    if request.url.path.endswith((".css", ".js", ".svg")):
        answer.headers["Cache-Control"] = "public, max-age=3600"

    return answer


def _errors(app: FastAPI, look: Look) -> None:
    """Say what went wrong: to programs in JSON, to people on a page."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if _for_programs(request):
            return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
        if error.status_code == HTTPStatus.UNAUTHORIZED:
            return await _to_login(request, look)

        status = error.status_code

        return look.answer("error.html", status=status, title=error.detail, code=status)

    @app.exception_handler(KhabarError)
    async def failed(request: Request, error: KhabarError) -> Response:
        status = HTTPStatus.SERVICE_UNAVAILABLE.value
        if _for_programs(request):
            return JSONResponse({"error": str(error)}, status)

        return look.answer("error.html", status=status, title=str(error), code=status)


async def _to_login(request: Request, look: Look) -> Response:
    """Send a person to Airflow's login, which leads back to the page that was asked for.

    What she wrote into a form is given back to her, to be sent once she is logged in.
    """
    if request.method not in writes.READING:
        form = await writes.small_form(request)
        texts = [pair for pair in form.multi_items() if isinstance(pair[1], str)]
        status = HTTPStatus.UNAUTHORIZED.value

        return look.answer(
            "ended.html",
            status=status,
            action=request.url.path,
            fields=texts,
        )

    wanted = request.url.path
    if request.url.query:
        wanted += f"?{request.url.query}"

    return RedirectResponse(f"/auth/login?next={quote(wanted, safe='')}", HTTPStatus.SEE_OTHER)


def _for_programs(request: Request) -> bool:
    """Tell whether an address is one that programs ask: the API and the feeds."""
    path: str = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return path.startswith(("/api/", "/feed")) or path.endswith((".atom", ".json"))
