"""The texts in a content that people wrote, wherever they stand in it. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

_OPAQUE = re.compile("(?:[a-z0-9-]+:)?[0-9a-f]{32,64}")
"""An id or a hash."""


def written_in(content: object) -> Iterator[str]:
    """What people wrote in a content: not the ids and hashes, whose digits mean nothing."""
    if isinstance(content, str):
        if not _OPAQUE.fullmatch(content):
            yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from written_in(part)
    elif isinstance(content, Sequence):
        for part in content:
            yield from written_in(part)
