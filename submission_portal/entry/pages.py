"""An entry as its page shows it: the rows of one step with their cells, and the ways to the other steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from information_models.definitions import Element
from registry.findings import Language, Text
from registry.period import Period
from submission_portal.entry import queries
from submission_portal.entry.queries import EntryUnit
from submission_portal.entry.services import RowSaved
from submission_portal.entry.sheet import CellKind, as_kept, as_shown, cell_kind, entered_elements, steps_of
from submission_portal.entry.tables import Entry, EntryRow
from submission_portal.flows.division import period_kinds
from submission_portal.units.lines import Line


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: what stands in it, what that says, and what the unit had the last period."""

    element: str
    label: Text
    text: str
    kind: CellKind
    before: str
    is_number: bool
    other: str | None = None
    """What somebody else has written in the meantime, where that is something else."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One unit of the step. ``at`` is its place on the page, which names its fields."""

    at: int
    unit: EntryUnit
    revision: int
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One step of an entry."""

    steps: tuple[Period, ...]
    step: Period
    elements: tuple[Element, ...]
    rows: tuple[ShownRow, ...]
    filled: int
    """Rows of the whole entry that say something."""
    wanted: int

    @property
    def number(self) -> int:
        return self.steps.index(self.step) + 1

    @property
    def before(self) -> Period | None:
        return self.steps[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Period | None:
        return self.steps[self.number] if self.number < len(self.steps) else None


def entry_page(
    session: Session,
    kept: Line,
    entry: Entry,
    step: str,
    *,
    language: Language,
    written: Mapping[str, Mapping[str, str]] | None = None,
    conflicts: Mapping[str, RowSaved] | None = None,
) -> EntryPage:
    """The step that is asked for, or the first, as a reader of the language has it. ``written`` are cells by unit that were sent and not kept, which come back with the
    page; ``conflicts`` are those rows as somebody else left them."""
    period = Period.parse(entry.period)
    steps = tuple(steps_of(period, period_kinds(kept.loaded)))
    shown = next((one for one in steps if str(one) == step), steps[0])
    units = queries.units_for(session, kept, period.first, period.last)
    elements = tuple(entered_elements(kept.loaded))
    number = steps.index(shown)
    everything = queries.rows_of(session, entry)
    rows = {one.unit_key: one for one in everything if one.period == str(shown)}
    earlier = {one.unit_key: one.cells for one in everything if number and one.period == str(steps[number - 1])}
    before = {**queries.last_values(session, kept, period), **earlier}
    return EntryPage(
        steps,
        shown,
        elements,
        tuple(
            _row(
                at,
                unit,
                rows.get(unit.key),
                elements,
                before.get(unit.key, {}),
                (written or {}).get(unit.key, {}),
                (conflicts or {}).get(unit.key),
                language,
            )
            for at, unit in enumerate(units)
        ),
        sum(any(text.strip() for text in one.cells.values()) for one in everything),
        len(units) * len(steps),
    )


def _row(
    at: int,
    unit: EntryUnit,
    row: EntryRow | None,
    elements: Sequence[Element],
    before: Mapping[str, str],
    written: Mapping[str, str],
    conflict: RowSaved | None,
    language: Language,
) -> ShownRow:
    kept = row.cells if row is not None else {}
    cells = {**kept, **{one.name: as_kept(one, written[one.name]) for one in elements if one.name in written}}

    def shown(one: Element, text: str) -> str:
        return as_shown(one, text, language)

    return ShownRow(
        at,
        unit,
        row.revision if row is not None else 0,
        tuple(
            ShownCell(
                one.name,
                one.label,
                shown(one, text := cells.get(one.name, "")),
                cell_kind(one, text, cells),
                shown(one, before.get(one.name, "")),
                one.is_number,
                shown(one, other) if conflict is not None and (other := kept.get(one.name, "")) != text else None,
            )
            for one in elements
        ),
    )
