"""A container's health check.

Is the part that this container runs well? Standard library only, run as a file.

KHABAR_PART names the part; exit code 0 means well. The api-server is asked over HTTP; the others
beat in Airflow's database, and the api-server's health report says when their last beat was. The
mailbox is asked for a connection.
"""

import json
import os
import socket
import sys
import urllib.request

_SECONDS = 10.0


def main() -> int:
    """Return the exit code."""
    part = os.environ.get("KHABAR_PART", "api-server")
    try:
        return 0 if well(part) else 1
    except (OSError, ValueError) as error:
        print(f"{part}: {error}", file=sys.stderr)
        return 1


def well(part: str) -> bool:
    """Ask the part, or the api-server about it."""
    if part == "mailbox":
        socket.create_connection(
            ("127.0.0.1", int(os.environ.get("KHABAR_MAILBOX_PORT", "8025"))), timeout=_SECONDS
        ).close()
        return True
    base = os.environ.get("KHABAR_API_SERVER", "http://127.0.0.1:8080")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{base}/api/v2/monitor/health", timeout=_SECONDS) as answer:
        health = json.load(answer)
    reported = {
        "api-server": "metadatabase",
        "scheduler": "scheduler",
        "dag-processor": "dag_processor",
        "triggerer": "triggerer",
    }
    return bool(health[reported[part]]["status"] == "healthy")


if __name__ == "__main__":
    sys.exit(main())
