"""RFC 3161 time stamps of a head. No other module knows `rfc3161_client`."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from evidence.errors import EvidenceError

REQUEST_TYPE = "application/timestamp-query"
_GRANTED = 0


class Stamped(NamedTuple):
    """What an authority says: when, and who it is by its certificate; aware."""

    at: datetime
    authority: str


def request(text: bytes) -> bytes:
    """Return what an authority is asked for a stamp of a text."""
    builder = TimestampRequestBuilder().data(text)
    asked = builder.hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True)

    return asked.cert_request(cert_request=True).build().as_bytes()


def read(answer: bytes, text: bytes) -> Stamped:
    """Return what an answer says of a text; raises EvidenceError when it is none, or of another.

    Whether the authority is to be believed is another question: `is_vouched_for`.
    """
    response = _decoded(answer)
    with _reading():
        if response.status != _GRANTED:
            raise EvidenceError(f"the authority refused it: {response.status_string}")

        info = response.tst_info
        if info.message_imprint.message != hashlib.sha256(text).digest():
            raise EvidenceError("it is the stamp of another text")

        moment = info.gen_time
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)

        return Stamped(moment, _authority(response))


@contextmanager
def _reading() -> Iterator[None]:
    """Turn what the library raises at a damaged stamp, often late, into EvidenceError."""
    try:
        yield
    except (ValueError, TypeError, OverflowError, AttributeError) as error:
        raise EvidenceError(f"it is no time stamp: {error}") from error


def _decoded(answer: bytes) -> TimeStampResponse:
    with _reading():
        return decode_timestamp_response(answer)


def _certificates(response: TimeStampResponse) -> list[x509.Certificate]:
    ders = list(response.signed_data.certificates)

    return [x509.load_der_x509_certificate(der) for der in ders]


def _authority(response: TimeStampResponse) -> str:
    signers = list(response.signed_data.signer_infos)
    for certificate in _certificates(response):
        for signer in signers:
            if certificate.serial_number == signer.serial_number:
                return certificate.subject.rfc4514_string()

    return "an authority that does not name itself"


def is_vouched_for(answer: bytes, text: bytes, roots_pem: Sequence[str]) -> str:
    """Return why a stamp is not signed by an authority under some roots; empty: it is."""
    response = _decoded(answer)
    builder = VerifierBuilder()
    known: list[x509.Certificate] = []
    for pem in roots_pem:
        for root in _roots(pem):
            if root not in known:
                builder = builder.add_root_certificate(root)
                known.append(root)

    with _reading():
        for certificate in _certificates(response):
            if certificate not in known and certificate.issuer != certificate.subject:
                builder = builder.add_intermediate_certificate(certificate)
                known.append(certificate)

        try:
            builder.build().verify_message(response, text)
        except VerificationError as error:
            return str(error)

    return ""


def _roots(pem: str) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem.encode("ascii"))
    except ValueError as error:
        raise EvidenceError("these are no certificates in PEM") from error
