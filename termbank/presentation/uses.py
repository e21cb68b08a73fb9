"""What rests on a concept or a statement, grouped by kind in the order of the thread."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from registry.findings import Language
from registry.i18n import read
from registry.references import Described
from registry.swedish import sort_key

KNOTS = ("concept", "application", "model", "flow", "delivery", "decision", "figure")


@dataclass(frozen=True, slots=True)
class Use:
    """Something that rests on a version of a concept. ``number`` is the version's."""

    reference: Described
    is_direct: bool = True
    number: int | None = None


@dataclass(frozen=True, slots=True)
class UseGroup:
    """What rests on a concept, of one kind."""

    kind: str
    members: list[Use]


def use_groups(uses: Iterable[Use], language: Language) -> list[UseGroup]:
    """References grouped by kind, in the order of the thread; each group in Swedish order."""
    groups: dict[tuple[int, str], list[Use]] = {}
    for one in uses:
        knot = one.reference.knot
        place = KNOTS.index(knot) if knot in KNOTS else len(KNOTS)
        groups.setdefault((place, one.reference.kind.in_language(language)), []).append(one)
    return [
        UseGroup(kind, sorted(members, key=lambda use: sort_key(use.reference.label.in_language(language))))
        for (_place, kind), members in sorted(groups.items(), key=lambda group: group[0])
    ]


def counted_kinds(groups: Iterable["UseGroup"]) -> str:
    """``Data flow (1), Delivery (2)``: how many of each kind rest on a wording."""
    return ", ".join(f"{group.kind} ({len(group.members)})" for group in groups)


def linked_to(reference: Described) -> Markup:
    """A reference's label, as a link where this reader has a page to go to."""
    label = read(reference.label)
    return Markup('<a href="{}">{}</a>').format(reference.url, label) if reference.url else Markup.escape(label)
