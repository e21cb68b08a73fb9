"""What the page of differences shows: two deliveries row by row, in words."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry.actors import Actor
from registry.i18n import current_language, read, show_datetime, show_figure
from registry.paging import Page
from submission_portal.deliveries.assessment.answers import ANSWERS
from submission_portal.deliveries.assessment.corrections import key_label
from submission_portal.deliveries.pages.answers import answer_words
from submission_portal.deliveries.pages.names import label_of
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.review.differences import NOTHING, Difference, Differences, DifferentRow, differences
from submission_portal.review.earlier import (
    Earlier,
    last_approved,
    last_reviewed,
    rows_as_they_stand,
    rows_of_earlier,
)

APPROVED, MINE = "godkand", "min"
"""What the delivery is held against, in the address."""
SIZE = 50
SIGNS = {Difference.CHANGED: "warn", Difference.ADDED: "info", Difference.GONE: "stop"}


@dataclass(frozen=True, slots=True)
class CellRow:
    """An element that differs."""

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A row that differs: what it is called, what became of it, and its elements. ``number`` is its row in the file, 0 where it has
    none there to point at."""

    name: str
    beside: str
    status: tuple[str, str]
    number: int
    cells: tuple[CellRow, ...]


@dataclass(frozen=True, slots=True)
class ShownDifferences:
    """A page of rows, and how they were compared. ``why_not``: why nothing is compared, and then there are no rows."""

    page: Page[DifferenceRow]
    against: str = ""
    why_not: str = ""
    is_shifted: bool = False
    counts: str = ""


def shown_differences(
    session: Session, actor: Actor, delivery: Delivery, loaded: LoadedModel, against: str, number: int
) -> ShownDifferences:
    """The page of a delivery beside the last approved one, or beside what the actor last reviewed."""
    earlier = last_reviewed(session, actor, delivery) if against == MINE else last_approved(session, delivery)
    if earlier is None:
        none = (
            _("You have reviewed nothing in the line before.") if against == MINE else _("Nothing is approved before.")
        )
        return ShownDifferences(Page((), 1, 0, SIZE), why_not=str(none))
    found = differences_of(session, delivery, loaded, earlier)
    told = _told(earlier)
    if found is None:
        why_not = _("The rows are not there any more, or were made under a model with another key.")
        return ShownDifferences(Page((), 1, 0, SIZE), told, str(why_not))
    pages = max(1, -(-found.total // SIZE))
    number = min(max(number, 1), pages)
    rows = [_row(delivery, loaded, one) for one in found.rows((number - 1) * SIZE, SIZE)]
    return ShownDifferences(Page(rows, number, found.total, SIZE), told, "", found.is_shifted, _counts(found))


def differences_of(session: Session, delivery: Delivery, loaded: LoadedModel, earlier: Earlier) -> Differences | None:
    """All of them; ``None`` where the rows are not there, or cannot be told apart by one key."""
    key = loaded.model.key
    before = rows_of_earlier(session, earlier, key, but=delivery)
    now = rows_as_they_stand(session, delivery, key)
    return None if before is None or now is None else differences(loaded, before, now)


def _told(earlier: Earlier) -> str:
    numbers = ", ".join(str(one.number) for one in earlier.deliveries)
    period = span_label(earlier.deliveries[0].period, current_language())
    if earlier.until is None:
        approved: str = _("%(numbers)s, %(period)s, as it is approved", numbers=numbers, period=period)
        return approved
    when = show_datetime(earlier.until)
    mine: str = _("%(numbers)s, %(period)s, as it was %(when)s", numbers=numbers, period=period, when=when)
    return mine


def _counts(found: Differences) -> str:
    told: str = _(
        "Changed rows: %(changed)s. Added: %(added)s. Gone: %(gone)s. The same: %(same)s.",
        changed=show_figure(found.count(Difference.CHANGED)),
        added=show_figure(found.count(Difference.ADDED)),
        gone=show_figure(found.count(Difference.GONE)),
        same=show_figure(found.unchanged),
    )
    return told


def _row(delivery: Delivery, loaded: LoadedModel, row: DifferentRow) -> DifferenceRow:
    words = {Difference.CHANGED: _("Changed"), Difference.ADDED: _("Added"), Difference.GONE: _("Gone")}
    period = dict(row.key)[loaded.model.period_element]
    is_beside = row.period_before and row.period_before != period
    return DifferenceRow(
        name=read(key_label(loaded, row.key)),
        beside=_("beside %(period)s", period=span_label(row.period_before, current_language())) if is_beside else "",
        status=(SIGNS[row.kind], str(words[row.kind])),
        number=0 if row.kind is Difference.GONE else delivery.reading.mapped.cells.cell(row.row, None)[0],
        cells=tuple(
            CellRow(
                label_of(loaded, one.element),
                _shown(loaded, one.element, one.before),
                _shown(loaded, one.element, one.now),
            )
            for one in row.cells
        ),
    )


def _shown(loaded: LoadedModel, element: str, value: str) -> str:
    if value == NOTHING:
        return value
    found = {text: word for word, text in ANSWERS.items()}.get(value)
    if found in ("closed", "not_reported"):
        return answer_words()[found]
    found_element = loaded.model.element(element)
    if found_element.is_number:
        return show_figure(value)
    code = loaded.code_list(found_element).by_code.get(value) if found_element.code_list else None
    return read(code.label) if code else value
