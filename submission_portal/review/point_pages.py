"""Points about a delivery as each side reads them, and the forms that write and answer them."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry.actors import Actor
from registry.i18n import read
from registry.identity import queries as identity
from submission_portal.deliveries.assessment.corrections import key_label
from submission_portal.deliveries.pages.names import label_of
from submission_portal.deliveries.pages.view import DeliveryView
from submission_portal.deliveries.queries import REVIEWERS
from submission_portal.deliveries.tables import Delivery
from submission_portal.review import queries
from submission_portal.review.forms import ELEMENT, FINDING, WHOLE, AnswerForm, PointForm
from submission_portal.review.points import Anchor, mending
from submission_portal.review.tables import ReviewPoint


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One point in words. ``href``: where on the page what it is about is; empty where that is nowhere."""

    number: int
    about: str
    href: str
    text: str
    by: str
    at: datetime
    status: tuple[str, str]
    is_open: bool
    is_unread: bool
    """Whether the region has not read it yet."""
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    mended_by: str = ""
    """The number of the correction that mends it."""


def shown_points(
    session: Session, actor: Actor, delivery: Delivery, loaded: LoadedModel, view: DeliveryView
) -> list[ShownPoint]:
    """The points that the reader may read: the recipient's reviewers all of them, the region those that were returned."""
    is_inside = actor.is_system or actor.has_role(*REVIEWERS, organisation_id=delivery.recipient_id)
    points = queries.points_of(session, delivery.id, returned=not is_inside)
    named = [identifier for one in points for identifier in (one.written_by, one.answered_by)]
    people = identity.person_labels(session, named) if points else {}
    mended = queries.numbers_of(session, [one.mended_by_id for one in points if one.mended_by_id])
    titles = _findings(view)
    return [
        ShownPoint(
            number=one.number,
            about=_about(one, loaded, titles),
            href=titles[one.finding][1] if one.finding in titles else "",
            text=one.text,
            by=read(people[one.written_by]),
            at=one.written_at,
            status=_status(one),
            is_open=one.is_open,
            is_unread=one.is_open and one.returned_at is None,
            answer=one.answer,
            answered_by=read(people[one.answered_by]) if one.answered_by else "",
            answered_at=one.answered_at,
            mended_by=mended.get(one.mended_by_id or "", ""),
        )
        for one in points
    ]


def point_form(
    delivery: Delivery, loaded: LoadedModel, view: DeliveryView, *, row: int | None = None, is_sent: bool = False
) -> PointForm:
    """The form for a new point, about a ``row`` to begin with; filled in where ``is_sent``."""
    form = PointForm(ids="punkt-") if is_sent else PointForm(formdata=None, data={"row": row}, ids="punkt-")
    form.about.choices = [
        (WHOLE, _("The whole delivery")),
        *((FINDING + key, title) for key, (title, _href) in _findings(view).items()),
        *((ELEMENT + one.name, _("Element: %(label)s", label=read(one.label))) for one in loaded.model.elements),
    ]
    return form


def anchor_of(form: PointForm) -> Anchor:
    """What a valid form says that the point is about."""
    about = form.about.data or WHOLE
    return Anchor(
        finding=about.removeprefix(FINDING) if about.startswith(FINDING) else "",
        element=about.removeprefix(ELEMENT) if about.startswith(ELEMENT) else "",
        row=form.row.data,
    )


def answer_form(session: Session, delivery: Delivery, number: int, *, is_sent: bool = False) -> AnswerForm:
    """The form that answers a point, with the corrections that may mend it."""
    ids = f"svar-{number}-"
    form = AnswerForm(ids=ids) if is_sent else AnswerForm(formdata=None, ids=ids)
    form.correction.choices = [
        ("", _("No correction")),
        *((one.id, _("Correction %(number)s", number=one.number)) for one in mending(session, delivery)),
    ]
    return form


def _findings(view: DeliveryView) -> dict[str, tuple[str, str]]:
    """The title of each finding on the page by its key, and where it is."""
    shown = [one for one in (*view.to_do, *view.answered, *view.said) if one.id.startswith("fynd-")]
    return {one.key: (f"{one.text.title} ({one.key})", f"#{one.id}") for one in shown}


def _about(point: ReviewPoint, loaded: LoadedModel, titles: dict[str, tuple[str, str]]) -> str:
    words = []
    if point.finding:
        words.append(titles.get(point.finding, (point.finding, ""))[0])
    if point.element:
        words.append(label_of(loaded, point.element))
    if point.row is not None:
        words.append(_("row %(row)s", row=point.row))
        if point.row_key:
            words.append(read(key_label(loaded, list(point.row_key.items()))))
    return ", ".join(words) or str(_("The whole delivery"))


def _status(point: ReviewPoint) -> tuple[str, str]:
    if point.taken_back_at is not None:
        return "idle", _("Taken back")
    if point.mended_by_id is not None:
        return "ok", _("Mended by a correction")
    if point.answered_at is not None:
        return "ok", _("Answered")
    if point.returned_at is not None:
        return "wait", _("Waits for the region's answer")
    return "info", _("Not returned yet")
