"""The record that a package's archive begins with: who wrote it."""

import gzip
import uuid
from datetime import datetime

from evidence.leaf import moment_text


def warcinfo(software: str, now: datetime) -> bytes:
    """Return the record, compressed; `software` is one line."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    lines = (
        "WARC/1.1",
        "WARC-Type: warcinfo",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
        f"WARC-Date: {moment_text(now)}",
        "Content-Type: application/warc-fields",
        f"Content-Length: {len(block)}",
    )
    head = "\r\n".join(lines)

    return gzip.compress(f"{head}\r\n\r\n".encode() + block + b"\r\n\r\n", mtime=0)
