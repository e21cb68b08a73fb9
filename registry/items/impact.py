"""The affected list: what rests on a version, before somebody decides to change it or to take it away."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry import references
from registry.i18n import read
from registry.identity.actors import Actor
from registry.swedish import sort_key


@dataclass(frozen=True, slots=True)
class Affected:
    """Something that rests on a version. ``is_direct`` where nothing stands between the two."""

    reference: references.Described
    is_direct: bool


def impact_groups(
    session: Session, actor: Actor, steps: Sequence[references.Step]
) -> tuple[list[tuple[str, list[Affected]]], int]:
    """What rests on a version, by kind in the order in which it is met, and how much more that this actor may not name.

    Each kind is in the order of its names. Releases go without saying beside deliveries.
    """
    told = [step for step in steps if not step.ref.startswith("release:")]
    described = references.describe(session, actor, [step.ref for step in told])
    groups: dict[str, list[Affected]] = {}
    for step in told:
        if one := described.get(step.ref):
            groups.setdefault(read(one.kind), []).append(Affected(one, step.depth == 1))
    for members in groups.values():
        members.sort(key=lambda one: sort_key(read(one.reference.label)))
    return list(groups.items()), len(told) - len(described)
