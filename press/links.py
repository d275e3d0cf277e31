"""How an outlet writes its own addresses.

Canonical, printed in doors with all its bad habits, and back from a request.
"""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from press.http import Request
from press.piece import Piece
from press.site import Site
from press.world import World

_FOREIGN = ("utm_source", "utm_medium", "utm_campaign", "fbclid", "sid", "amp", "PHPSESSID")


class Links:
    """The addresses of one outlet."""

    def __init__(self, world: World, site: Site, port: int) -> None:
        self.world = world
        self.site = site
        self.port = port
        self.printed_so_far = 0

    def name(self, now: datetime) -> str:
        """Return the host name without .localhost that is the outlet's at an instant."""
        moves = self.site.behaviour.moves
        if moves and now >= self.world.start + timedelta(days=moves[0]):
            return moves[1]

        return self.site.name

    def root(self, now: datetime) -> str:
        """Return scheme, host and port."""
        return f"http://{self.name(now)}.localhost:{self.port}"

    def canonical(self, piece: Piece, now: datetime) -> str:
        """Return an article's canonical URL, as its page names it at an instant."""
        return self.root(now) + piece.path

    def amp(self, piece: Piece, now: datetime) -> str:
        """Return the address of an article's AMP twin."""
        return f"{self.root(now)}/amp{piece.path}"

    def printed(self, piece: Piece, now: datetime, door: str) -> str:
        """Return an article's address as a door prints it."""
        habits = self.site.behaviour
        path = piece.path
        root = self.root(now)
        self.printed_so_far += 1

        odd = (piece.number + len(door)) % 2 == 1
        if habits.slash_variants and odd and "?" not in path:
            path = path.rstrip("/") if path.endswith("/") else path + "/"
        if habits.index_variants and odd:
            path = "/index.php" + path
        if habits.amp and odd:
            path = "/amp" + path
        if habits.mobile and door == "listing":
            root = root.replace("http://", "http://m.", 1)

        return (
            root
            + path
            + self._tail(
                piece,
                path,
                door,
            )
        )

    def _tail(self, piece: Piece, path: str, door: str) -> str:
        habits = self.site.behaviour
        added = {}
        if habits.session_ids:
            added = {"sid": f"{self.printed_so_far * 2_654_435_761 % 2**32:08x}"}
        elif habits.tracking and door != "listing":
            added = {
                "utm_source": "rss",
                "utm_medium": "feed",
                "fbclid": f"IwAR{piece.number * 40_503 % 99_991:05d}",
            }

        if added:
            return ("&" if "?" in path else "?") + urlencode(added)

        return ""

    def resolve(self, request: Request, now: datetime) -> tuple[Piece | None, bool]:
        """Return the article a request means, and whether its AMP twin was asked for."""
        habits = self.site.behaviour
        path = request.path
        amp = habits.amp and path.startswith("/amp/")
        path = path.removeprefix("/amp") if amp else path
        path = path.removeprefix("/index.php") if habits.index_variants else path
        kept = [
            (name, value)
            for name, value in parse_qsl(
                request.target.partition("?")[2],
                keep_blank_values=True,
            )
            if name not in _FOREIGN
        ]

        tail = "?" + urlencode(kept) if kept else ""
        for form in self._forms(path):
            piece = self.world.find(
                self.site.name,
                form + tail,
                now,
            ) or self.world.find(
                self.site.name,
                form,
                now,
            )

            if piece is not None:
                return piece, amp

        return None, amp

    def _forms(self, path: str) -> tuple[str, ...]:
        if not self.site.behaviour.slash_variants:
            return (path,)

        return (
            path,
            path.rstrip("/") if path.endswith("/") else path + "/",
        )
