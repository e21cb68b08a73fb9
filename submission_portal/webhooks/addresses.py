"""Where webhooks may be sent: over https, and to addresses that anybody on the internet could reach. Pure.

A region's administrator writes the address, and the registry's own machine asks for it: without this, whoever writes
``https://…`` reaches what only the registry's machine can reach (server-side request forgery, OWASP A10:2021).
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 500
HTTPS = 443
_WRITTEN = re.compile(r"[\x21-\x7e]+")
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_HOLD_OTHERS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))
"""Teredo and 6to4: addresses that hold an IPv4 address, to which a router may pass on (RFC 4380, RFC 3056)."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address of a webhook, taken apart: the host as it is asked for in DNS and in TLS, and what is asked of it."""

    host: str
    port: int
    target: str
    """Path and query."""

    @property
    def authority(self) -> str:
        """The host as the ``Host`` header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS else f"{host}:{self.port}"


def destination(url: str) -> Destination | None:
    """What an address leads to; ``None`` where it is no address that webhooks are sent to.

    >>> destination("https://hooks.example.se/in?k=1")
    Destination(host='hooks.example.se', port=443, target='/in?k=1')
    >>> [destination(one) for one in ("http://a.se/", "https://user@a.se/", "https://a.se/#x", "https:///x")]
    [None, None, None, None]
    """
    if len(url) > LONGEST or _WRITTEN.fullmatch(url) is None or "#" in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or HTTPS
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme.lower() != "https" or "@" in parts.netloc or not _is_host(host):
        return None
    return Destination(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet could reach, and not the registry's machine alone.

    >>> [is_public(one) for one in ("93.184.216.34", "2606:2800:220::1", "10.0.0.1", "127.0.0.1", "::ffff:10.0.0.1")]
    [True, True, False, False, False]
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast
    is_unicast = found in _GLOBAL_UNICAST and not any(found in one for one in _HOLD_OTHERS)
    return is_unicast and found.is_global and not found.scope_id


def _is_host(host: str) -> bool:
    """Whether a host is an IP address or a name, in letters that DNS has (others are written as ``xn--…``)."""
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")
        return len(host) <= 253 and not labels[-1].isdigit() and all(_LABEL.fullmatch(one) for one in labels)
    return True
