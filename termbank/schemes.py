"""The concept schemes of the term bank."""

from dataclasses import dataclass

from registry.findings import Text


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme: its key and what it is called."""

    slug: str
    title: Text
    description: Text


SCHEMES = (
    Scheme(
        "vardplatser",
        Text("Vårdplatser", "Hospital beds"),
        Text(
            "Begrepp för vårdplatser, beläggning, överbeläggning och utlokaliserade patienter.",
            "Concepts of hospital beds, occupancy, overcrowding and outplaced patients.",
        ),
    ),
)


def scheme_named(slug: str) -> Scheme | None:
    """The scheme with this key.

    >>> scheme_named("vardplatser").title.en
    'Hospital beds'
    """
    return next((scheme for scheme in SCHEMES if scheme.slug == slug), None)
