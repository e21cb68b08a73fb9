"""Technical formats: how something becomes a file, which options the format takes, and what it cannot carry.

A package keeps its formats in one tuple (``FORMATS``). Pages, views and commands offer what the tuple holds and never
ask for a format by its name: what they need to know is a field of `Format`. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from registry.finding_catalogue import Catalogue
from registry.findings import Finding, Language, Text

S = TypeVar("S")


class Option(StrEnum):
    """What a reader may choose; the name of the parameter on the web and, with ``--``, of the option of a command."""

    LANGUAGE = "language"
    REGION = "region"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader chose. A format reads those options that it ``takes`` and no others."""

    language: Language = "sv"
    """The language of words that the file has in one language only."""
    region: str | None = None
    """The county code of the one region that the file is for."""
    period: str | None = None
    """The one period that the file is about, as `registry.period` writes it."""


DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class Exported:
    """A written file, and findings (severity *info*) that say what of the source it could not carry."""

    data: bytes
    losses: tuple[Finding, ...] = ()


def nothing_lost(source: object, options: Options) -> tuple[Finding, ...]:
    """The losses of a format from which the whole source can be read back."""
    return ()


@dataclass(frozen=True, slots=True)
class Family:
    """Formats that hold the same and are written differently: one row where there are many to choose from."""

    label: Text
    group: Text
    """Whom they are for: the heading that their row is under."""
    purpose: Text | None = None
    is_for_people: bool = False
    """Whether people open the files themselves: such rows come first."""


@dataclass(frozen=True, slots=True)
class Format(Generic[S]):
    """One format of sources of type ``S``.

    ``content`` gives the file's bytes, the same bytes each time for the same source and options. ``losses`` says what
    they leave out without writing them, so that a page can tell before somebody downloads.
    """

    name: str
    """What it is called on the command line and in addresses; never changes."""
    label: Text
    purpose: Text
    """What it is good for, beside the link; empty where the label says it."""
    media_type: str
    extension: str
    """Without a leading dot: ``ttl``, ``schema.json``."""
    is_text: bool
    """Whether people can read it in a terminal."""
    content: Callable[[S, Options], bytes]
    losses: Callable[[S, Options], tuple[Finding, ...]] = nothing_lost
    takes: frozenset[Option] = frozenset()
    is_template: bool = False
    """Whether a person fills it in and delivers it."""
    family: Family | None = None
    syntax: Text | None = None
    """What it is called beside the others of its family, where that is not its label."""

    def write(self, source: S, options: Options = DEFAULTS) -> Exported:
        """The file with what it could not carry."""
        return Exported(self.content(source, options), self.losses(source, options))

    def file_name(self, stem: str) -> str:
        return f"{stem}.{self.extension}"


def format_named(formats: Sequence[Format[S]], name: str) -> Format[S] | None:
    """The format by its name or file extension, or ``None`` where there is none."""
    return next((one for one in formats if name in (one.name, one.extension)), None)


def counted_losses(catalogue: Catalogue, counts: Mapping[str, int]) -> tuple[Finding, ...]:
    """A finding for each code that something is lost of, with how many of it as ``number``."""
    return tuple(catalogue.found(code, {"number": number}) for code, number in counts.items() if number)
