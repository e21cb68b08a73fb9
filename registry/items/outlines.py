"""A content as labelled texts, in reading order: what people read of it, and what a word-level diff compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.findings import Text

Content = Mapping[str, Any]
"""Canonical content as plain values."""


@dataclass(frozen=True, slots=True)
class Word(Text):
    """A word of the registry's own for a choice that was made, *yes* or *no*: nobody wrote it, and a comparison tells it in
    the reader's language alone."""

    @classmethod
    def of(cls, text: Text) -> "Word":
        return cls(text.sv, text.en)


@dataclass(frozen=True, slots=True)
class Mention:
    """Another item that a content names: shown by its title, and as a link."""

    kind: str
    slug: str
    version: str | None = None
    """Hash of the version that the content is bound to, where it is bound to one."""
    about: Text | None = None
    """What is said of the other item, where something is."""
    item: str | None = None
    """The item's id, where the content names it by that."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a mention is called, and where it leads."""

    title: Text
    url: str


OutlineRow = tuple[Text, Text | str | Mention]
