"""Answers to choose from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from: its value in the form, what it is called, and what it means."""

    value: str
    label: str
    hint: str
