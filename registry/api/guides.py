"""What a package tells a supplier's developer on the page about the interface: steps with examples that can be run. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.findings import Text

HOST = "https://registret.example"
"""Stands in the examples for the address of the instance that shows them."""


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step: what it is called and does, and an example for a shell, which the same text in both languages explains."""

    title: Text
    text: Text
    example: str


@dataclass(frozen=True, slots=True)
class GuideFile:
    """Something to fetch beside the guide: by the endpoint that gives it."""

    label: Text
    endpoint: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A road that machines take, step by step."""

    title: Text
    lead: Text
    steps: Sequence[GuideStep]
    files: Sequence[GuideFile] = ()
