"""A receiver of webhooks: a real TLS listener on this machine, and a network in which its name leads to a public address."""

import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from submission_portal.webhooks.posting import Network

HOST = "hooks.example.se"
PUBLIC = "93.184.216.34"
OK = b"HTTP/1.1 204 No Content\r\n\r\n"


@cache
def certificate(host: str) -> tuple[bytes, bytes]:
    """A certificate that signs itself for a name, and its key, in PEM; valid whatever time it is."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), private


@dataclass
class Receiver:
    """What listens: it answers as it is told to, and keeps what it was sent. Without an answer it is silent until it is closed."""

    answer: bytes | None = OK
    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    addresses: tuple[str, ...] = (PUBLIC,)
    port: int = 0

    def network(self, trusted: str = HOST) -> Network:
        """The world as sending sees it: every name leads to `addresses`, and every public address to this machine."""

        def resolve(host: str, _port: int) -> tuple[str, ...]:
            self.resolved.append(host)
            return self.addresses

        def connect(address: tuple[str, int], timeout: float) -> socket.socket:
            self.connected.append(address[0])
            assert ip_address(address[0]).is_global, "a connection to an address that is not public"
            return socket.create_connection(("127.0.0.1", self.port), timeout)

        def trust() -> ssl.SSLContext:
            return ssl.create_default_context(cadata=certificate(trusted)[0].decode())

        return Network(resolve, connect, trust)


@contextmanager
def listening(answer: bytes | None = OK):
    """A receiver that listens."""
    receiver, ended = Receiver(answer), threading.Event()
    with TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        pair = Path(folder) / "pair.pem"
        pair.write_bytes(b"".join(certificate(HOST)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair)
        context.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
        receiver.port = server.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(server, context, receiver, ended), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            ended.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _serve(server: socket.socket, context: ssl.SSLContext, receiver: Receiver, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            plain, _address = server.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(plain, server_side=True) as connection:
                _answer(connection, receiver, ended)
        except OSError:
            continue


def _answer(connection: ssl.SSLSocket, receiver: Receiver, ended: threading.Event) -> None:
    said = b""
    while b"\r\n\r\n" not in said:
        said += connection.recv(4096)
    head, _, body = said.partition(b"\r\n\r\n")
    line, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _colon, value in (one.partition(": ") for one in lines)}
    while len(body) < int(headers["content-length"]):
        body += connection.recv(4096)
    receiver.requests.append((line, headers, body.decode()))
    if receiver.answer is None:
        ended.wait(30)
    else:
        connection.sendall(receiver.answer)
