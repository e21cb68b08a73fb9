"""Canonical content: the exact bytes that a version is identified by.

JSON text that equals RFC 8785 (JSON Canonicalization Scheme) because the values that could differ are refused:
strings are NFC, keys ASCII, integers below 2^53 in size, and there are no floats (decimals are strings).
Old bytes are never hashed again; ``content_schema`` inside the content says how to read them.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

LARGEST = 2**53 - 1


class ContentError(ValueError):
    """A value that canonical content cannot hold; the message names its path."""


def canonical(value: Any) -> str:
    """``value`` as canonical JSON text.

    >>> canonical({"b": 1, "a": ["å", None, True]})
    '{"a":["å",null,true],"b":1}'
    >>> canonical({"a": 0.5})
    Traceback (most recent call last):
    registry.content.canonical.ContentError: a: floats are not allowed; write a decimal as a string
    >>> canonical("\\ud800")
    Traceback (most recent call last):
    registry.content.canonical.ContentError: half a surrogate pair is no character, and has no bytes to hash
    """
    text = json.dumps(_clean(value, ""), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ContentError("half a surrogate pair is no character, and has no bytes to hash") from None
    return text


def content_hash(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, 64 lower-case hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> Any:
    """Canonical text back to plain values. Raises ``ContentError`` where it is not JSON."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise ContentError(str(error)) from error


def _clean(value: Any, path: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ContentError(f"{path}: integers beyond 2^53 are not allowed; write them as a string")
        return value
    if isinstance(value, float):
        raise ContentError(f"{path}: floats are not allowed; write a decimal as a string")
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str) or not key.isascii():
                raise ContentError(f"{path}: the key {key!r} is not ASCII text")
        return {key: _clean(item, f"{path}.{key}".lstrip(".")) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_clean(item, f"{path}[{index}]") for index, item in enumerate(value)]
    raise ContentError(f"{path}: {type(value).__name__} has no canonical form")
