"""Kept explanations as pages show them: those that are offered with a finding, and those that an explanation is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry.i18n import current_language, read, show_date
from registry.paging import Page
from submission_portal.deliveries.assessment.history import unit_elements, unit_label
from submission_portal.deliveries.explanations import queries
from submission_portal.deliveries.explanations.subjects import subjects_by_key
from submission_portal.deliveries.explanations.tables import KeptExplanation
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.pages.names import label_of
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery

UNITS_NAMED = 5
"""So many of the units that one text explains are told by name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept explanations of one delivery by finding key, and the findings whose explanations may be kept."""

    offered: Mapping[str, Sequence[KeptExplanation]] = field(default_factory=dict)
    cited: Mapping[str, Sequence[KeptExplanation]] = field(default_factory=dict)
    may_be_kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShownExplanation:
    """What was explained in one text, for a unit or several."""

    ids: str
    """Those of the kept explanations, with spaces between them."""
    text: str
    about: str
    """The units and the element, and the period that it was given for."""
    is_cited: bool = False


@dataclass(frozen=True, slots=True)
class ListedExplanation:
    """One in the list of a region's."""

    id: str
    rule: str
    about: str
    text: str
    kept: str


def kept_explanations(session: Session, delivery: Delivery) -> Kept:
    """What is offered for a draft, and what the delivery cites; two statements."""
    offered = queries.offered_for(session, delivery) if delivery.is_working else {}
    may_be_kept = frozenset(subjects_by_key(delivery.assessment.about)) if delivery.is_working else frozenset()
    return Kept(offered, queries.cited_in(session, delivery), may_be_kept)


def shown_explanations(
    loaded: LoadedModel, found: Sequence[KeptExplanation], cited: Sequence[str] = ()
) -> tuple[ShownExplanation, ...]:
    """Explanations as they stand beside a finding: those of several units that have one text are one choice."""
    alike: dict[tuple[str, str, str, bool], list[KeptExplanation]] = {}
    for one in found:
        alike.setdefault((one.text, one.element, one.period, one.id in cited), []).append(one)
    return tuple(
        ShownExplanation(" ".join(one.id for one in group), text, _about_all(loaded, group), is_cited)
        for (text, _element, _period, is_cited), group in alike.items()
    )


def _about_all(loaded: LoadedModel, group: Sequence[KeptExplanation]) -> str:
    if len(group) == 1:
        return about_told(loaded, group[0])
    units = "; ".join(_unit_told(loaded, one) for one in group[:UNITS_NAMED])
    if (more := len(group) - UNITS_NAMED) > 0:
        units = ngettext("%(units)s; and one more", "%(units)s; and %(num)d more", more, units=units)
    return ", ".join(filter(None, (units, *_element_and_period(loaded, group[0]))))


def about_told(loaded: LoadedModel, one: KeptExplanation) -> str:
    """What it was kept for: the unit, the element, and the period that it was given for."""
    return ", ".join(filter(None, (_unit_told(loaded, one), *_element_and_period(loaded, one))))


def _unit_told(loaded: LoadedModel, one: KeptExplanation) -> str:
    elements, values = unit_elements(loaded), tuple(one.unit.split("/"))
    return read(unit_label(loaded, elements, values)) if one.unit and len(values) == len(elements) else one.unit


def _element_and_period(loaded: LoadedModel, one: KeptExplanation) -> tuple[str, str]:
    return label_of(loaded, one.element) if one.element else "", span_label(one.period, current_language())


def listed(page: Page[KeptExplanation], loaded: Mapping[str, LoadedModel]) -> Page[ListedExplanation]:
    """A page of the list; ``loaded`` are the models by delivery."""

    def row(one: KeptExplanation) -> ListedExplanation:
        code = one.rule.partition(".")[0]
        looks_for = FINDINGS[code].looks_for if code in FINDINGS else None
        told = f"{one.rule}: {read(looks_for)}" if looks_for else one.rule
        return ListedExplanation(
            one.id,
            told,
            about_told(loaded[one.delivery_id], one),
            one.text,
            _("kept %(day)s", day=show_date(one.kept_at.date())),
        )

    return page.of(row)
