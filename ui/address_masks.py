"""Addresses as a page may show them: a person's own as they are, every other one masked."""

from collections.abc import Collection
from dataclasses import replace

from storage.alerts import WatchMatch
from watches import mask_secret


def masked(address: str, own: Collection[str]) -> str:
    """Return an address for a page: whole if it is the visitor's own."""
    if address in own:
        return address
    if "://" in address:
        return mask_secret(address)

    local, _, domain = address.rpartition("@")

    return f"{local[:1]}…@{domain}"


def masked_match(match: WatchMatch, own: Collection[str]) -> WatchMatch:
    """Return a match whose deliveries ("address state: reason") name masked addresses."""
    fates = []
    for text in match.fates:
        address, blank, outcome = text.partition(" ")
        shown = masked(address, own)
        fates.append(f"{shown}{blank}{outcome}")

    return replace(match, fates=tuple(fates))
