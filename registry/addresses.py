"""Network addresses: whose word about an address counts, which address a request comes from, and what counts as one.

A request arrives from a *peer*: the other end of its connection. Where the registry is served behind a proxy, every
peer is the proxy, and the reader's address is in a header that anybody could have written. The header is therefore
believed only as far as trusted proxies wrote it (`TrustedProxies.client`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
HOME = 64
"""The bits of an IPv6 address that tell one home or office from another; whoever has one has all addresses behind it."""
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](?::[0-9]{1,5})?|(?P<four>[0-9.]+):[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """The peers that may say from where, how and to which host a request came. By default none."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    unix: bool = False
    """Whether a peer without an address is trusted: one that connects through a Unix socket."""

    def __bool__(self) -> bool:
        return self.unix or bool(self.networks)

    @classmethod
    def parse(cls, text: str) -> "TrustedProxies":
        """A comma-separated list of addresses and networks, and the word ``unix``.

        Raises ``ValueError`` for anything else, a network with host bits set among it, naming what could not be read.

        >>> TrustedProxies.parse("10.0.0.0/8, ::1, unix").trusts("10.1.2.3")
        True
        >>> TrustedProxies.parse("10.0.0.1/8")
        Traceback (most recent call last):
        ValueError: '10.0.0.1/8': 10.0.0.1/8 has host bits set
        """
        networks, unix = [], False
        for part in (one.strip() for one in text.split(",")):
            if part.lower() == "unix":
                unix = True
            elif part:
                try:
                    networks.append(ip_network(part))
                except ValueError as error:
                    raise ValueError(f"{part!r}: {error}") from None
        return cls(tuple(networks), unix)

    def trusts(self, peer: str) -> bool:
        """Whether the peer is one of the proxies."""
        address = read_address(peer)
        if address is None:
            return self.unix and peer.strip() == ""
        return any(address in network for network in self.networks)

    def client(self, peer: str, forwarded_for: str) -> tuple[str, int]:
        """The address that a request comes from, and how many trusted proxies it passed.

        ``forwarded_for`` is X-Forwarded-For: each proxy adds the address of its own peer last. So it is read from the
        right, and for as long as the one who wrote an entry is trusted; what is left of that may be anybody's
        invention. An entry that is no address ends the reading too.

        >>> TrustedProxies.parse("10.0.0.0/8").client("10.0.0.1", "1.1.1.1, 192.0.2.7, 10.0.0.2")
        ('192.0.2.7', 2)
        >>> TrustedProxies.parse("10.0.0.0/8").client("192.0.2.7", "10.0.0.2")
        ('192.0.2.7', 0)
        """
        passed = 0
        for entry in reversed(forwarded_for.split(",") if forwarded_for.strip() else []):
            if not self.trusts(peer):
                break
            passed += 1
            if (address := read_address(entry)) is None:
                break
            peer = str(address)
        else:
            passed += self.trusts(peer)
        return peer, passed


def read_address(text: str) -> Address | None:
    """An address as headers and servers write it: with a port, in brackets, with a zone, IPv4 within IPv6.

    ``None`` where it is none.

    >>> read_address("[2001:db8::1]:443"), read_address("192.0.2.1:5000"), read_address("::ffff:192.0.2.1")
    (IPv6Address('2001:db8::1'), IPv4Address('192.0.2.1'), IPv4Address('192.0.2.1'))
    >>> read_address("unknown") is None
    True
    """
    text = text.strip().strip('"')
    if found := _WITH_PORT.fullmatch(text):
        text = found["six"] or found["four"] or ""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def household(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 that an IPv6 address belongs to.

    >>> household("192.0.2.1"), household("2001:db8:1:2:3:4:5:6")
    ('192.0.2.1', '2001:db8:1:2::/64')
    >>> household("")
    ''
    """
    read = read_address(address)
    if isinstance(read, IPv6Address):
        return str(ip_network((int(read), HOME), strict=False))
    return str(read or "")


def nearest(values: str, passed: int) -> str:
    """Of a header that each of ``passed`` trusted proxies may have added to, what the outermost of them wrote.

    >>> nearest("https, http", 1), nearest("https, http", 2), nearest("https", 2), nearest("https", 0)
    ('http', 'https', 'https', '')
    """
    found: Sequence[str] = [one.strip() for one in values.split(",")]
    return found[-min(passed, len(found))] if passed else ""
