"""An answer about an export that is another than before, in words: what a break is declared by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from registry.actors import Actor
from registry.findings import Text
from submission_portal.deliveries.layouts.queries import layout_for
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.reading.layouts.changes import (
    Changed,
    CodeOfText,
    FactorOfHeading,
    HeadingsOfElement,
    SameOnRows,
    changes,
)
from submission_portal.deliveries.reading.layouts.content import LayoutBreak
from submission_portal.deliveries.tables import Delivery, ExportLayout, LayoutVersion

MOST_TOLD = 12
"""So many changed answers are told in words."""


@dataclass(frozen=True, slots=True)
class ChangedAnswers:
    """The last time that answers about an export were changed. ``told``: each in words, once new ones are given."""

    layout: ExportLayout
    kind: LayoutBreak
    reason: str
    since: datetime
    """When it was said that they are to be asked again."""
    is_answered: bool
    """Whether what was asked again has been answered."""
    told: tuple[Text, ...]
    elements: tuple[str, ...]
    """The elements that the changed answers are about."""
    first: date | None
    """The first day of what was read with the new answers; ``None`` before there is any."""
    model: str
    """The slug of the model."""
    concepts: tuple[tuple[str, Text], ...]
    """The concepts of those elements that are counted, by slug, with what the elements are called."""

    @property
    def in_words(self) -> Text:
        """All of it as one text; in Swedish, which a region writes, with the reason that was given."""
        swedish = [*(each.sv for each in self.told), *([self.reason] if self.reason else [])]
        return Text(" ".join(swedish), " ".join(each.en for each in self.told))


def changed_answers(session: Session, layout: ExportLayout) -> ChangedAnswers | None:
    """What was changed last; ``None`` where no answer ever was."""
    versions = layout.versions
    last = next((at for at in range(len(versions) - 1, -1, -1) if versions[at].break_kind is not None), None)
    if not last:
        return None
    begin = last
    while begin > 1 and versions[begin - 1].break_kind is not None:
        begin -= 1
    new, loaded = versions[last + 1 :], load_model(session, layout.current.model_version_hash)
    found = changes(versions[begin - 1].content, layout.current.content) if new else []
    known = [one for one in found if one.element in loaded.model.by_name]
    elements = tuple(dict.fromkeys(one.element for one in known))
    counted = [one for one in loaded.model.values if one.concept and one.name in elements]
    return ChangedAnswers(
        layout,
        LayoutBreak(versions[last].break_kind or ""),
        versions[last].reason,
        versions[last].created_at,
        bool(new),
        tuple(_in_words(one, loaded) for one in known[:MOST_TOLD]),
        elements,
        _first_read(session, new),
        loaded.model.slug,
        tuple((one.concept, one.label) for one in counted if one.concept),
    )


def changed_in(session: Session, actor: Actor, identifier: str) -> ChangedAnswers | None:
    """What was changed last in a layout that the actor may read. Raises ``NotFound``."""
    return changed_answers(session, layout_for(session, actor, identifier))


def _first_read(session: Session, versions: Sequence[LayoutVersion]) -> date | None:
    """The first day of what was read by some versions and still counts, drafts included."""
    ended = (DeliveryState.WITHDRAWN, DeliveryState.REFUSED)
    query = select(func.min(Delivery.period_first)).where(
        Delivery.layout_version_id.in_([one.id for one in versions]), Delivery.state.not_in(ended)
    )
    return session.scalar(query)


def _in_words(one: Changed, loaded: LoadedModel) -> Text:
    label = loaded.model.element(one.element).label
    match one:
        case HeadingsOfElement(_, before, now):
            return _of_headings(label, before, now)
        case FactorOfHeading(_, heading, before, now):
            named = _heading(heading)
            return Text(
                f"{label.sv}: talen i kolumnen {named.sv} gångras med {_decimal(now)} i stället för {_decimal(before)}.",
                f"{label.en}: the figures in the column {named.en} are multiplied by {now} instead of {before}.",
            )
        case SameOnRows(element, text, now):
            old, new = _code(loaded, element, text), _code(loaded, element, now)
            return Text(
                f"{label.sv} är {new.sv or 'inte längre detsamma'} på varje rad i stället för {old.sv}.",
                f"{label.en} is {new.en or 'no longer the same'} on every row instead of {old.en}.",
            )
        case CodeOfText(element, text, before, now):
            old, new = _code(loaded, element, before), _code(loaded, element, now)
            return Text(
                f"{label.sv}: ”{text}” betyder {new.sv or 'inte längre något'} i stället för {old.sv}.",
                f"{label.en}: “{text}” means {new.en or 'nothing any more'} instead of {old.en}.",
            )


def _of_headings(label: Text, before: tuple[str, ...], now: tuple[str, ...]) -> Text:
    old, new = _headings(before), _headings(now)
    if before and now:
        return Text(
            f"{label.sv} läses ur kolumnen {new.sv} i stället för {old.sv}.",
            f"{label.en} is read from the column {new.en} instead of {old.en}.",
        )
    if now:
        return Text(
            f"{label.sv} läses ur kolumnen {new.sv}; förut fanns uppgiften inte i exporten.",
            f"{label.en} is read from the column {new.en}; before it was not in the export.",
        )
    return Text(
        f"{label.sv} läses inte längre ur kolumnen {old.sv}.", f"{label.en} is no longer read from the column {old.en}."
    )


def _headings(headings: tuple[str, ...]) -> Text:
    named = [_heading(each) for each in headings]
    return Text(", ".join(each.sv for each in named), ", ".join(each.en for each in named))


def _heading(heading: str) -> Text:
    """A heading in marks, with what stands for its period in words."""
    return Text(f"”{heading.replace('{period}', '[perioden]')}”", f"“{heading.replace('{period}', '[the period]')}”")


def _decimal(factor: str) -> str:
    return factor.replace(".", ",")


def _code(loaded: LoadedModel, element: str, code: str) -> Text:
    """What a code is called; the text itself, of what has no codes."""
    known = loaded.model.element(element)
    if known.code_list is None:
        return Text(code, code)
    return next((one.label for one in loaded.code_list(known).codes if one.code == code), Text(code, code))
