"""What can go wrong with one request, by name.

Names stand in report.json and in the outlet's health.
"""

from enum import StrEnum

from news.crawl import OutletState


class Fault(StrEnum):
    """One kind of failure of a request or of what it brought."""

    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS = "tls"
    HALF_BODY = "half_body"
    BAD_ANSWER = "bad_answer"  # not HTTP
    TOO_LARGE = "too_large"
    BOMB = "bomb"  # small on the wire, huge when decoded
    BAD_ENCODING = "bad_encoding"
    REDIRECT_LOOP = "redirect_loop"
    BAD_REDIRECT = "bad_redirect"  # no Location, or one that is no web address
    PRIVATE_ADDRESS = "private_address"  # loopback, private, link-local...: refused
    DISALLOWED = "disallowed"  # by robots.txt
    ROBOTS_UNREACHABLE = "robots_unreachable"
    HALTED = "halted"  # not asked: the host has just failed too often
    RATE_LIMITED = "rate_limited"
    BLOCKED = "blocked"
    CHALLENGE = "challenge"
    SERVER_ERROR = "server_error"
    GONE = "gone"
    SOFT_GONE = "soft_gone"  # 200, or a redirect, to the home page or a section
    SAME_TEXT = "same_text"  # what many addresses of the outlet show: a wall or an error
    NO_ARTICLE = "no_article"  # a list of links at an address that nothing vouches for
    CLIENT_ERROR = "client_error"
    EMPTY = "empty"
    NOT_FEED = "not_feed"
    NOT_SITEMAP = "not_sitemap"
    NOT_LISTING = "not_listing"
    NOT_WORDPRESS = "not_wordpress"
    NOT_CHANNEL = "not_channel"
    PARKED = "parked"
    MOVED = "moved"
    BROWSER = "browser"  # Chromium is missing or failed
    SURPRISE = "surprise"  # a defect of ours


STATES: dict[Fault, OutletState] = {
    Fault.DNS: OutletState.UNREACHABLE,
    Fault.REFUSED: OutletState.UNREACHABLE,
    Fault.RESET: OutletState.UNREACHABLE,
    Fault.TIMEOUT: OutletState.UNREACHABLE,
    Fault.TLS: OutletState.UNREACHABLE,
    Fault.PRIVATE_ADDRESS: OutletState.UNREACHABLE,
    Fault.ROBOTS_UNREACHABLE: OutletState.UNREACHABLE,
    Fault.HALTED: OutletState.UNREACHABLE,
    Fault.DISALLOWED: OutletState.DISALLOWED,
    Fault.RATE_LIMITED: OutletState.RATE_LIMITED,
    Fault.BLOCKED: OutletState.BLOCKED,
    Fault.CHALLENGE: OutletState.CHALLENGED,
    Fault.GONE: OutletState.GONE,
    Fault.SOFT_GONE: OutletState.GONE,
    Fault.PARKED: OutletState.PARKED,
    Fault.MOVED: OutletState.MOVED,
}


def state_of(error: "FaultError") -> OutletState:
    """Return how an outlet stands whose door failed in this way.

    Whatever has no name of its own is broken.
    """
    return STATES.get(error.cause or error.fault, OutletState.BROKEN)


class FaultError(Exception):
    """A request failed in a way that has a name. `detail` is for the log; it holds no body."""

    def __init__(
        self,
        fault: Fault,
        detail: str = "",
        *,
        retry_after: float | None = None,
        cause: Fault | None = None,
    ) -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
        self.detail = detail
        self.retry_after = retry_after  # seconds
        self.cause = cause  # of HALTED: what had failed too often
