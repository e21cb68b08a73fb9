"""The affected list: what rests on a version, by kind, before somebody decides to change it.

Read from the edge table in one walk. Counts are of everything; labels and links are of what this reader may see, a few
of each kind, so that the page stays the same size however much rests on the version.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry import references
from registry.findings import Text
from registry.i18n import read
from registry.identity.actors import Actor
from registry.references import Described
from registry.swedish import sort_key

SHOWN = 12
"""How many of each kind are labelled."""

SORTED = 500
"""Of how many of each kind, the nearest, those are the first by name."""

KINDS: tuple[tuple[str, str, Text], ...] = (
    ("version", "model", Text("Modeller, kodlistor, mått och flöden", "Models, code lists, measures and flows")),
    ("delivery", "delivery", Text("Leveranser", "Deliveries")),
    ("release", "decision", Text("Frisläppta leveranser", "Released deliveries")),
    ("table", "figure", Text("Publicerade tabeller", "Published tables")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one kind that rests on the version. ``count`` is of all, ``shown`` of those with a label."""

    knot: str
    label: Text
    count: int
    shown: tuple[Described, ...]

    @property
    def unshown(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class Impact:
    """What rests on a version."""

    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def impact(session: Session, actor: Actor, ref: str) -> Impact:
    """What rests on ``ref``, nearest first within each kind. A bounded number of statements per level of the walk."""
    by_prefix: dict[str, list[str]] = {}
    for step in references.upwards(session, ref):
        by_prefix.setdefault(step.ref.partition(":")[0], []).append(step.ref)
    described = references.describe(session, actor, [one for refs in by_prefix.values() for one in refs[:SORTED]])
    return Impact(
        tuple(
            Group(knot, label, len(refs), _labelled(described, refs))
            for prefix, knot, label in KINDS
            if (refs := by_prefix.get(prefix))
        )
    )


def _labelled(described: Mapping[str, Described], refs: list[str]) -> tuple[Described, ...]:
    found = [described[one] for one in refs[:SORTED] if one in described]
    return tuple(sorted(found, key=lambda one: sort_key(read(one.label)))[:SHOWN])
