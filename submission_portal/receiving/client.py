"""A client of the registry's interface for machines. One file: copy it, it needs Python 3.11 and httpx, and nothing else.

As a library::

    registry = Registry("https://registret.example", Secret(client_id, secret))
    delivery = registry.deliver("kalix-vardplatser", data, name="mars.csv", sender_reference="run-4711")
    if delivery.state in READY:
        receipt = registry.send(delivery)

As a program: ``python client.py send FILE --line LINE``; ``python client.py --help`` says the rest.

Every request that makes something carries an ``Idempotency-Key`` and a ``Content-Digest``. An answer that says when to ask again
(429, 503, 507, 409 with ``Retry-After``) is waited for, within `Registry.patience`. A secret is sent over https only, or to the
same machine.
"""

import argparse
import base64
import email.utils
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

import httpx

VERSION = "1.0"
READY = ("checked", "disclosed")
"""States in which sending is worth trying: nothing remains but, where the line has no standing decision, the region's own."""
RECEIVED = ("sent", "in_review", "released", "refused", "replaced")
CHECKING = "checking"
DISCLOSURE = "disclosure"
"""What a delivery waits for where the region has to decide first that it may be handed out; it is sent again then."""
LONGEST_WAIT = 30
IN_PARTS, PART = 32 * 2**20, 8 * 2**20
"""Bytes from which on a file is sent in parts (tus 1.0), and of each part: what has come is not sent again."""
MOST_TRIES = 10
ENVIRONMENT = "VARDPLATSREGISTRET_"
"""Options of the program may be variables of this beginning."""
SECRET = f"{ENVIRONMENT}CLIENT_SECRET"
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_SECONDS = 120
_SOON = 30.0
"""A token that ends within so many seconds is not used any more."""
_AGAIN = (429, 503, 507)
_GATEWAY = (502, 504)
_CONFLICT = 409
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Problem(Exception):
    """The registry did not take a request (RFC 9457). ``findings`` says as data what, where and how to mend it.

    ``is_passing``: the same request may be taken later, but not within `Registry.patience`. ``waits_for`` is `DISCLOSURE`, or empty.
    """

    def __init__(self, status: int, body: Mapping[str, Any], *, is_passing: bool = False) -> None:
        self.status, self.is_passing = status, is_passing or status in (*_AGAIN, *_GATEWAY)
        self.title = str(body.get("title") or body.get("error") or status)
        self.detail = str(body.get("detail") or body.get("error_description") or "")
        self.findings: list[dict[str, Any]] = list(body.get("findings") or ())
        self.waits_for = str(body.get("waits_for") or "")
        super().__init__(f"{status} {self.title}. {self.detail}".strip())

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of what stops the request; they stay the same for ever."""
        return tuple(str(one.get("code")) for one in self.findings)


class Unreachable(Exception):
    """The registry did not answer, however often it was asked."""


class UnsafeAddress(ValueError):
    """The address is not https: a secret sent to it could be read on the way."""


class UnusableKey(Exception):
    """The ``openssl`` program is missing, or could not sign with the key; the message says why."""


_WHY: Mapping[type[Exception], Mapping[str, str]] = {
    Unreachable: {
        "sv": "Registret svarar inte. Kontrollera adressen och försök igen:",
        "en": "The registry does not answer. Check the address, and try again:",
    },
    UnsafeAddress: {
        "sv": "Adressen måste börja med https://, annars kan hemligheten läsas på vägen:",
        "en": "The address has to begin with https://, or the secret could be read on the way:",
    },
    UnusableKey: {
        "sv": "Nyckeln kan inte användas. Den ska vara en privat nyckel i PEM, och programmet openssl ska finnas:",
        "en": "The key cannot be used. It has to be a private key in PEM, and there has to be the program openssl:",
    },
}

ENDS: tuple[type[Exception], ...] = (Problem, *_WHY, OSError)
"""What ends a program with a sentence."""


class Credentials(Protocol):
    """How a client shows who it is."""

    def form(self, audience: Callable[[], str]) -> dict[str, str]:
        """The fields of a request for a token; ``audience`` gives who an assertion is for."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A client's id and its secret."""

    client_id: str
    secret: str

    def form(self, audience: Callable[[], str]) -> dict[str, str]:
        return {"client_id": self.client_id, "client_secret": self.secret}


@dataclass(frozen=True, slots=True)
class SignedAssertion:
    """A client that signs (``private_key_jwt``, RFC 7523): ``sign`` takes bytes and gives the signature as JWS has it (RFC 7518).

    `openssl_key` makes it from a file; whoever has a key elsewhere gives a ``sign`` of their own.
    """

    client_id: str
    algorithm: str
    sign: Callable[[bytes], bytes]

    def form(self, audience: Callable[[], str]) -> dict[str, str]:
        now = int(time.time())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": audience(),
            "iat": now,
            "exp": now + _ASSERTION_SECONDS,
            "jti": uuid.uuid4().hex,
        }
        parts = (json.dumps(part).encode() for part in ({"alg": self.algorithm, "typ": "JWT"}, claims))
        signed = b".".join(map(_base64url, parts))
        assertion = b".".join((signed, _base64url(self.sign(signed)))).decode()
        return {"client_assertion_type": _ASSERTION, "client_assertion": assertion}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as it was when it was read: its fields, and the tag (``ETag``) that a change of it names."""

    data: Mapping[str, Any]
    tag: str

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def state(self) -> str:
        return str(self.data["state"])

    @property
    def number(self) -> str:
        """Its number; empty until it is received."""
        return str(self.data["number"] or "")


class Registry:
    """The interface of one registry, as one machine client. Use it in one thread at a time.

    ``patience`` is how long, in seconds, one call may wait for answers that say when to ask again, or for the check of many rows.
    Every method raises `Problem` where the registry does not take the request, and `Unreachable` where it does not answer.
    """

    def __init__(
        self,
        address: str,
        credentials: Credentials,
        *,
        patience: float = 300.0,
        language: str = "sv",
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise UnsafeAddress(address) from error
        if not url.host or (url.scheme != "https" and not (url.scheme == "http" and url.host in _LOOPBACK)):
            raise UnsafeAddress(address)
        self._credentials, self.patience, self._sleep, self._clock = credentials, patience, sleep, clock
        headers = {"Accept-Language": language, "User-Agent": f"vardplatsregistret-client/{VERSION}"}
        timeout = httpx.Timeout(30.0, read=LONGEST_WAIT + 60.0, write=300.0)
        self._http = httpx.Client(base_url=address, headers=headers, timeout=timeout, transport=transport)
        self._token, self._token_ends = "", 0.0

    def __enter__(self) -> "Registry":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def client(self) -> dict[str, Any]:
        """Who this client is, and what it may do."""
        return _object(self._ask("GET", "/client"))

    def lines(self) -> Iterator[dict[str, Any]]:
        """The delivery lines of the client's organisation."""
        return self._pages("/lines", {})

    def flow_file(self, line: str) -> bytes:
        """What ``kontrollera`` checks a line's files with, on a machine of one's own. Keep the bytes as they are."""
        return self._ask("GET", f"/lines/{line}/flow-file").content

    def deliver(
        self,
        line: str,
        data: bytes,
        *,
        name: str,
        sender_reference: str = "",
        key: str | None = None,
        corrects: str | None = None,
        correction_kind: str | None = None,
        **reading: str,
    ) -> Delivery:
        """A delivery of a file, once it has been checked. Nothing has left the region yet.

        ``name`` is what the file is called: its ending says what it is. ``corrects`` and ``correction_kind`` ("correction" or
        "replacement") say what it corrects; ``reading`` may say ``format``, ``sheet``, ``encoding``, ``period`` or ``part``. With a ``key``
        that was used before for the same request nothing is made anew; without, the very same file gives the delivery that was
        made of it before. The state is still "checking" where its rows were not checked within `patience`. A file of `IN_PARTS` or
        more is sent in parts and needs no ``key``.
        """
        said = {
            "sender_reference": sender_reference,
            "corrects": corrects,
            "correction_kind": correction_kind,
            **reading,
        }
        said = {one: value for one, value in said.items() if value}
        if len(data) >= IN_PARTS:
            return self._checked(self._in_parts(data, {"line": line, "filename": name, **said}))
        query = {"file_name": name, **said}
        address, headers = f"/lines/{line}/deliveries", {"Idempotency-Key": key or uuid.uuid4().hex}
        answer = self._ask("POST", address, params=query, content=data, headers=_sent(data, headers))
        if "Idempotency-Replayed" in answer.headers:  # as it was then: something may have happened since
            return self.delivery(str(_object(answer)["id"]))
        return self._checked(answer)

    def replace_file(self, delivery: Delivery, data: bytes, *, name: str, **reading: str) -> Delivery:
        """Put another file in the place of that of a delivery which has not been sent."""
        headers = _sent(data, {"If-Match": delivery.tag})
        query = {"file_name": name, **reading}
        address = f"/deliveries/{delivery.id}/file"
        return self._checked(self._ask("PUT", address, params=query, content=data, headers=headers))

    def delivery(self, delivery_id: str) -> Delivery:
        """A delivery as it is now."""
        return _delivery(self._ask("GET", f"/deliveries/{delivery_id}"))

    def deliveries(self, **which: str) -> Iterator[dict[str, Any]]:
        """Deliveries of the client's organisation, the latest change first: by ``line``, ``number`` or ``sender_reference``."""
        return self._pages("/deliveries", which)

    def findings(self, delivery_id: str) -> Iterator[dict[str, Any]]:
        """Everything that was found in a delivery, the gravest first."""
        return self._pages(f"/deliveries/{delivery_id}/findings", {})

    def answer(
        self,
        delivery: Delivery,
        *,
        cells: Mapping[str, Mapping[str, str]] | None = None,
        gaps: Mapping[str, str] | None = None,
    ) -> Delivery:
        """Say what empty cells (by element and row, ``*`` for all) and missing rows (by the key of the gap) mean."""
        said = {name: value for name, value in (("cells", cells), ("gaps", gaps)) if value is not None}
        headers = {"If-Match": delivery.tag}
        return self._checked(self._ask("PUT", f"/deliveries/{delivery.id}/answers", json=said, headers=headers))

    def send(self, delivery: Delivery, *, key: str | None = None) -> dict[str, Any]:
        """Send a delivery and return its receipt: from this moment it is received. Sent already: the first receipt."""
        headers = {"If-Match": delivery.tag, "Idempotency-Key": key or uuid.uuid4().hex}
        return _object(self._ask("POST", f"/deliveries/{delivery.id}/send", headers=headers))

    def receipt(self, delivery_id: str) -> dict[str, Any]:
        """The receipt of a delivery that has been received."""
        return _object(self._ask("GET", f"/deliveries/{delivery_id}/receipt"))

    def withdraw(self, delivery: Delivery, reason: str = "") -> Delivery:
        """Take a delivery back; of one that has been received, with the reason."""
        headers = {"If-Match": delivery.tag, "Idempotency-Key": uuid.uuid4().hex}
        answer = self._ask("POST", f"/deliveries/{delivery.id}/withdrawal", json={"reason": reason}, headers=headers)
        return _delivery(answer)

    def _checked(self, answer: httpx.Response) -> Delivery:
        """The delivery, once its rows have been checked, or as it is when `patience` ends."""
        delivery, ends = _delivery(answer), self._clock() + self.patience
        while delivery.state == CHECKING:
            pause = _retry_after(answer) or 5.0
            if self._clock() + pause > ends:
                break
            self._sleep(pause)
            answer = self._ask("GET", f"/deliveries/{delivery.id}")
            delivery = _delivery(answer)
        return delivery

    def _in_parts(self, data: bytes, said: Mapping[str, Any]) -> httpx.Response:
        """The delivery of a large file. Where an answer is lost the registry is asked how far it has come."""
        tus = {"Tus-Resumable": "1.0.0"}
        told = ",".join(f"{name} {base64.b64encode(str(value).encode()).decode()}" for name, value in said.items())
        begun = self._ask("POST", "/uploads", headers={**tus, "Upload-Length": str(len(data)), "Upload-Metadata": told})
        address, offset, failed = _path(begun), 0, 0
        while True:
            part = data[offset : offset + PART]
            headers = {**tus, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            try:
                answer, failed = self._ask("PATCH", address, content=part, headers=_sent(part, headers)), 0
            except (Unreachable, Problem) as error:
                failed, status = failed + 1, error.status if isinstance(error, Problem) else None
                if failed == MOST_TRIES or status not in (None, *_GATEWAY, _CONFLICT):
                    raise
                self._sleep(float(failed))
                answer = self._ask("GET", address)
                if status == _CONFLICT and answer.headers["Upload-Offset"] == str(offset):
                    raise  # the part is in the right place, and a rule stands in the way
            offset = int(answer.headers["Upload-Offset"])
            if "Location" in answer.headers:
                return self._ask("GET", _path(answer))

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        number, pages = 1, 1
        while number <= pages:
            shown = _object(self._ask("GET", path, params={**query, "page": number, "limit": 200}))
            pages, number = int(shown["pages"]), number + 1
            yield from shown["items"]

    def _ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx.Response:
        for is_last in (False, True):
            known = {"Authorization": f"Bearer {self._valid_token()}", **(headers or {})}
            if method != "GET":
                known["Prefer"] = f"wait={LONGEST_WAIT}"
            answer = self._exchange(method, f"/api/v1{path}", headers=known, **content)
            if answer.status_code != 401 or is_last:
                break
            self._token = ""  # revoked, or ended on the way
        if not answer.is_success:
            raise _problem(answer)
        return answer

    def _valid_token(self) -> str:
        if not self._token or self._clock() > self._token_ends - _SOON:
            form = {"grant_type": "client_credentials", **self._credentials.form(self._issuer)}
            answer = self._exchange("POST", "/oauth/token", data=form, is_repeatable=True)
            if not answer.is_success:
                raise _problem(answer)
            given = _object(answer)
            self._token, self._token_ends = str(given["access_token"]), self._clock() + float(given["expires_in"])
        return self._token

    def _issuer(self) -> str:
        """Who assertions are for: what the registry calls itself."""
        answer = self._exchange("GET", "/.well-known/oauth-authorization-server")
        if not answer.is_success:
            raise _problem(answer)
        return str(_object(answer)["issuer"])

    def _exchange(self, method: str, path: str, *, is_repeatable: bool = False, **request: Any) -> httpx.Response:
        """The answer to a request, asked again while it says so, or while there is none and asking twice does no harm."""
        is_repeatable = is_repeatable or method == "GET" or "Idempotency-Key" in request.get("headers", {})
        ends = self._clock() + self.patience
        for tried in range(1, MOST_TRIES + 1):
            answer, error = self._try(method, path, request)
            pause = _pause(answer, error, tried, is_repeatable=is_repeatable)
            if pause is None or tried == MOST_TRIES or self._clock() + pause > ends:
                break
            self._sleep(pause)
        if answer is None:
            raise Unreachable(f"{self._http.base_url}: {error}") from error
        return answer

    def _try(
        self, method: str, path: str, request: Mapping[str, Any]
    ) -> tuple[httpx.Response | None, httpx.RequestError | None]:
        try:
            return self._http.request(method, path, **request), None
        except httpx.RequestError as error:
            return None, error


def openssl_key(client_id: str, path: Path) -> SignedAssertion:
    """Credentials by a private key in a PEM file (RSA, P-256, P-384 or Ed25519), which the ``openssl`` program signs with.

    Python has no signatures of its own. Raises `UnusableKey`.
    """
    public = _openssl("pkey", "-in", str(path), "-pubout", "-outform", "DER")
    found = next((one for one in _ALGORITHMS if bytes.fromhex(one[1]) in public[:40]), None)
    if found is None:
        raise UnusableKey(f"{path}: RSA, P-256, P-384, Ed25519")
    algorithm, _, width = found
    return SignedAssertion(client_id, algorithm, lambda data: _signature(path, algorithm, width, data))


_ALGORITHMS = (
    ("RS256", "2a864886f70d010101", 0),
    ("ES256", "2a8648ce3d030107", 32),
    ("ES384", "2b81040022", 48),
    ("Ed25519", "300506032b6570", 0),
)
"""Signatures, by the object identifier of the key in its public half; of ECDSA the bytes of each number."""


def _signature(path: Path, algorithm: str, width: int, data: bytes) -> bytes:
    if algorithm == "Ed25519":  # takes the whole of what is signed, from a file
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            return _openssl("pkeyutl", "-sign", "-rawin", "-inkey", str(path), "-in", file.name)
    signature = _openssl("dgst", f"-sha{algorithm[2:]}", "-sign", str(path), given=data)
    return _joined_numbers(signature, width) if width else signature


def _joined_numbers(der: bytes, width: int) -> bytes:
    """The two numbers of an ECDSA signature as JWS has them (RFC 7518, 3.4), from ASN.1. Both are shorter than 128 bytes.

    >>> _joined_numbers(bytes.fromhex("3008020200ff02020101"), 2).hex()
    '00ff0101'
    """
    first = 4 + der[3]
    numbers = der[4:first], der[first + 2 : first + 2 + der[first + 1]]
    return b"".join(number.lstrip(b"\0").rjust(width, b"\0") for number in numbers)


def _openssl(*arguments: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["openssl", *arguments], input=given, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError as error:
        raise UnusableKey("openssl") from error
    if done.returncode != 0:
        raise UnusableKey(done.stderr.decode(errors="replace").strip())
    return done.stdout


def _path(answer: httpx.Response) -> str:
    """Where an answer leads, below the interface's own address."""
    return answer.headers["Location"].partition("/api/v1")[2]


def _sent(data: bytes, headers: Mapping[str, str]) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return {"Content-Type": "application/octet-stream", "Content-Digest": f"sha-256=:{digest}:", **headers}


def _pause(
    answer: httpx.Response | None, error: httpx.RequestError | None, tried: int, *, is_repeatable: bool
) -> float | None:
    """How long to wait before asking again, in seconds; ``None`` where the answer is final."""
    growing = float(min(2**tried, 60))
    if answer is None:
        return growing if is_repeatable or isinstance(error, httpx.ConnectError) else None
    if answer.status_code in _AGAIN:
        return _retry_after(answer) or growing
    if answer.status_code == 409:  # only where it says so is it a matter of time
        return _retry_after(answer)
    return growing if is_repeatable and answer.status_code in _GATEWAY else None


def _retry_after(answer: httpx.Response) -> float | None:
    """What ``Retry-After`` says (RFC 9110, 10.2.3), in seconds and at least one; ``None`` where it says nothing."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return max(1.0, float(said))
    try:
        return max(1.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return None


def _delivery(answer: httpx.Response) -> Delivery:
    return Delivery(_object(answer), answer.headers.get("ETag", ""))


def _problem(answer: httpx.Response) -> Problem:
    return Problem(answer.status_code, _body(answer), is_passing="Retry-After" in answer.headers)


def _object(answer: httpx.Response) -> dict[str, Any]:
    body = _body(answer)
    if not body:
        raise Problem(answer.status_code, {"title": "not an answer of the registry", "detail": answer.text[:200]})
    return body


def _body(answer: httpx.Response) -> dict[str, Any]:
    """The object of an answer; empty where it is none, as where a proxy answered."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def main(arguments: Sequence[str] | None = None) -> int:
    """The program. Returns 0 where it worked, 1 where something remains before it can be sent, 2 where it could not be done."""
    asked = _arguments().parse_args(arguments)
    try:
        with registry_of(asked) as registry:
            status: int = asked.act(registry, asked)
            return status
    except ENDS as error:
        _tell(why(error), file=sys.stderr)
        return 1 if isinstance(error, Problem) and error.status in (400, 409, 412, 415, 422) else 2


def why(error: Exception) -> str:
    """Why a program ends, for people, with what the registry found."""
    if isinstance(error, Problem):
        return "\n".join([str(error), *map(told, error.findings[1:])])
    return f"{_WHY[type(error)][language()] if type(error) in _WHY else ''} {error}".strip()


def registry_of(asked: argparse.Namespace) -> Registry:
    """The registry that was named, and who the client is. Raises `UnsafeAddress` or `UnusableKey`."""
    if asked.key:
        return Registry(asked.address, openssl_key(asked.client_id, Path(asked.key)), language=language())
    return Registry(asked.address, Secret(asked.client_id, os.environ.get(SECRET, "")), language=language())


def add_connection(parser: argparse.ArgumentParser) -> None:
    """The options that say which registry, and who the client is."""
    for name, help_ in (
        ("address", "where the registry is, https://…"),
        ("client-id", f"the client's id; its secret is in the environment as {SECRET}"),
    ):
        known = os.environ.get(f"{ENVIRONMENT}{name.upper().replace('-', '_')}")
        parser.add_argument(f"--{name}", default=known, required=known is None, help=help_)
    known_key = os.environ.get(f"{ENVIRONMENT}KEY")
    parser.add_argument("--key", default=known_key, help="a private key (PEM) to sign with, in the place of a secret")


def language() -> str:
    """Swedish where the terminal is, otherwise English."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "sv" if said.lower().startswith("sv") else "en"


def told(finding: Mapping[str, Any]) -> str:
    """A finding as a line of text: how grave, its code, what, where and how to mend it."""
    places = [_place(one) for one in finding.get("places", ())[:5]]
    where = f" ({', '.join(filter(None, places))})" if any(places) else ""
    return f"{finding['severity']} {finding['code']}: {finding['text']}{where} {finding['mend']}".strip()


def _place(place: Mapping[str, Any]) -> str:
    return str(place.get("pointer") or f"{place.get('column') or ''}{place.get('row') or ''}")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="client.py",
        description=f"Delivers files to the registry. Options may be in the environment: {ENVIRONMENT}ADDRESS, {ENVIRONMENT}CLIENT_ID, "
        f"{SECRET}, {ENVIRONMENT}KEY, {ENVIRONMENT}LINE.",
        epilog="Exit status 0: it worked. 1: something remains before it can be sent. 2: it could not be done.",
    )
    acts = parser.add_subparsers(required=True)
    send = acts.add_parser("send", help="deliver FILE, and send it where nothing remains")
    line = os.environ.get(f"{ENVIRONMENT}LINE")
    send.add_argument("file", type=Path)
    send.add_argument("--line", default=line, required=line is None, help="the delivery line")
    send.add_argument("--sender-reference", default="", help="your own name of the delivery")
    send.add_argument("--corrects", metavar="NUMBER", help="the delivery that it corrects")
    send.add_argument("--replace", action="store_true", help="with --corrects: replace all of it, not single rows")
    send.add_argument("--check-only", action="store_true", help="say what is found; do not send")
    send.set_defaults(act=_send)
    show = acts.add_parser("show", help="show a delivery, as JSON")
    show.set_defaults(act=lambda registry, asked: _show(registry.delivery(asked.id).data))
    receipt = acts.add_parser("receipt", help="show a receipt, as JSON")
    receipt.set_defaults(act=lambda registry, asked: _show(registry.receipt(asked.id)))
    answer = acts.add_parser("answer", help="say what empty cells and missing rows mean")
    answer.set_defaults(act=_answer)
    for one in (show, receipt, answer):
        one.add_argument("id", help="the delivery's id")
    answer.add_argument("answers", type=json.loads, help='JSON: {"cells": {"belagda": {"*": "not_reported"}}}')
    for one in (send, show, receipt, answer):
        add_connection(one)
    return parser


def _send(registry: Registry, asked: argparse.Namespace) -> int:
    kind = ("replacement" if asked.replace else "correction") if asked.corrects else None
    delivery = registry.deliver(
        asked.line,
        asked.file.read_bytes(),
        name=asked.file.name,
        sender_reference=asked.sender_reference,
        corrects=asked.corrects,
        correction_kind=kind,
    )
    found = registry.findings(delivery.id)
    _tell(f"{delivery.id} {delivery.state} {delivery.number}".strip(), *map(told, found), file=sys.stderr)
    if delivery.state in RECEIVED:
        return _show(registry.receipt(delivery.id))
    if asked.check_only or delivery.state not in READY:
        return 0 if delivery.state in READY else 1
    return _show(registry.send(delivery))


def _answer(registry: Registry, asked: argparse.Namespace) -> int:
    delivery = registry.answer(registry.delivery(asked.id), **asked.answers)
    return _show(delivery.data) or (0 if delivery.state in READY else 1)


def _show(data: Mapping[str, Any]) -> int:
    _tell(json.dumps(data, ensure_ascii=False, indent=2))
    return 0


def _tell(*lines: str, file: TextIO | None = None) -> None:
    (file or sys.stdout).write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
