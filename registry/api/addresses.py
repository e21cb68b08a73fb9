"""Where the interface for machines is: what every address of it begins with. Pure."""

VERSION = "1.0.0"
RELEASED = "2026-12-01"
ROOT = "/api"
PREFIX = f"{ROOT}/v1"
TOKENS, REVOCATION = "/oauth/token", "/oauth/revoke"
METADATA = "/.well-known/oauth-authorization-server"


def is_for_machines(path: str) -> bool:
    """Whether an address is answered by the interface for machines, with problem details where something is wrong.

    >>> [is_for_machines(one) for one in ("/api/v1/concepts", "/api/v1", TOKENS, "/api/", "/apikit", "/begrepp/")]
    [True, True, True, False, False, False]
    """
    return path in (PREFIX, TOKENS, REVOCATION, METADATA) or path.startswith(f"{PREFIX}/")
