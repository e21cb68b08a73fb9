"""What proxies say about a request, believed from those that are trusted and taken out where anybody else says it.

This is done before Flask sees the request, whatever server runs the application: afterwards ``request.remote_addr``,
``request.scheme`` and ``request.host`` are what they would be without a proxy. ``SCRIPT_NAME``, which some servers take
from a header, is undone too: the registry is served at the root of its host, and a page's address is its whole path.
"""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog

from registry.addresses import TrustedProxies, nearest

HEADERS = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX", "HTTP_X_FORWARDED_SSL", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_SCRIPT_NAME",
)  # fmt: skip
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
log = structlog.get_logger("registry.web")


class BehindProxies:
    """A WSGI application as it would be asked without the proxies in front of it."""

    def __init__(self, app: WSGIApplication, trusted: TrustedProxies) -> None:
        self.app, self.trusted = app, trusted
        self._has_warned = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        environ["SCRIPT_NAME"] = ""
        said = {name: environ.pop(name, "") for name in HEADERS}
        peer, passed = self.trusted.client(environ.get("REMOTE_ADDR") or "", said["HTTP_X_FORWARDED_FOR"])
        environ["REMOTE_ADDR"] = peer
        if (scheme := nearest(said["HTTP_X_FORWARDED_PROTO"], passed).lower()) in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        if _HOST.fullmatch(host := nearest(said["HTTP_X_FORWARDED_HOST"], passed)):
            environ["HTTP_HOST"] = host
        if said["HTTP_X_FORWARDED_FOR"] and not passed and not self._has_warned:
            self._has_warned = True  # once per process: the setting is wrong, or somebody tries to pass for another
            log.warning("forwarded_by_untrusted_peer", address=peer, setting="REGISTRY_TRUSTED_PROXIES")
        return self.app(environ, start_response)
