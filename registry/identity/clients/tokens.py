"""Tokens of machine clients as they are handed out: drawn by lot, and signed by the instance.

Whether a token is valid is in the database, by its hash. The signature says only that this instance handed it out lately, which
is enough for the web server to receive large content of whoever carries it before anybody asks the database (ADR 18).
"""

import secrets

from itsdangerous import BadData, TimestampSigner

from registry.identity.client_tables import TOKEN_LASTS

_BYTES = 32
LONGEST = 200


def new_token(key: str) -> str:
    """A token that nobody can guess."""
    return _signer(key).sign(secrets.token_urlsafe(_BYTES)).decode()


def is_ours(key: str, token: str) -> bool:
    """Whether the instance with this key handed out a token that need not have ended yet.

    >>> token = new_token("key")
    >>> is_ours("key", token), is_ours("another", token), is_ours("key", token[:-1]), is_ours("key", "")
    (True, False, False, False)
    """
    if not token.isascii() or len(token) > LONGEST:
        return False
    try:
        _signer(key).unsign(token, max_age=int(TOKEN_LASTS.total_seconds()))
    except BadData:
        return False
    return True


def _signer(key: str) -> TimestampSigner:
    return TimestampSigner(key, salt="registry.client_token")
