"""Places that two people changed in one content, each as a choice between what the one and the other wrote."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.content import canonical as canonical_content
from registry.i18n import current_language, read
from registry.items.diff import outline_diff
from registry.items.kinds import ItemKind
from registry.items.mentions import names_of
from registry.items.merging import Conflict, Side
from registry.items.outlines import Content


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that both changed: what it is called, and what each of the two says."""

    name: str
    label: str
    theirs: str
    mine: str
    is_theirs: bool


def choices_of(
    session: Session,
    actor: Actor,
    kind: ItemKind,
    conflicts: Sequence[Conflict],
    choosing: Callable[[str, Side], Content],
    field_of: Callable[[int, Conflict], str],
    chosen: Mapping[str, Side],
) -> list[Choice]:
    """The places told as readers see them: by the rows that differ with what is chosen there. ``choosing`` gives the content
    were one side chosen for one place; ``field_of`` names the field of the form in which somebody chooses."""
    sides = [
        tuple(list(kind.outline(choosing(one.path, side))) for side in (Side.THEIRS, Side.MINE)) for one in conflicts
    ]
    names = names_of(session, actor, [row for both in sides for rows in both for row in rows])
    choices = []
    for number, (one, (theirs, mine)) in enumerate(zip(conflicts, sides, strict=True)):
        changed = [row for row in outline_diff(theirs, mine, current_language(), names) if row.is_changed]
        told = (
            ", ".join(dict.fromkeys(read(row.label) for row in changed)),
            " / ".join(filter(None, (row.before for row in changed))) or str(_("(nothing)")),
            " / ".join(filter(None, (row.after for row in changed))) or str(_("(nothing)")),
        )
        plain = one.path, _shown(one.theirs), _shown(one.mine)
        is_theirs = chosen.get(one.path) is Side.THEIRS
        choices.append(Choice(field_of(number, one), *(told if changed else plain), is_theirs))
    return choices


def _shown(value: object) -> str:
    """A value of the content as a text: as it is written where it is one."""
    if value is None:
        return str(_("(nothing)"))
    return value if isinstance(value, str) else canonical_content.canonical(value)
