"""The code that a link into a region's roles needs beside it: only who proposed the appointment sees it, as only who confirmed it
sees the link.

Letters and digits that are not taken for each other, some 58 bits; only the hash is kept. It is read aloud or copied, so that
case, spaces and hyphens do not matter.
"""

import hashlib
import secrets

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
GROUPS, LETTERS_IN_GROUP = 3, 4


def make() -> str:
    """A new code, such as ``K7QM-2XHD-PR9B``."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LETTERS_IN_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def hashed(code: str) -> str:
    """The hash of a code as somebody may have written it.

    >>> hashed(" k7qm 2xhd-pr9b ") == hashed("K7QM-2XHD-PR9B")
    True
    >>> hashed("K7QM-2XHD-PR9C") == hashed("K7QM-2XHD-PR9B")
    False
    """
    bare = "".join(one for one in code.upper() if one.isalnum())
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()
