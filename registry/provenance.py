"""Whose fact something is. Pure."""

from enum import StrEnum


class Provenance(StrEnum):
    """Whose fact this is: somebody's own, taken from something published, or invented to show how it works."""

    OWN = "own"
    REPRODUCED = "reproduced"
    MADE_UP = "made_up"
