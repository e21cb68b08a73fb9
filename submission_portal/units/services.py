"""Keeping the register of a line's units: adding, changing, removing, confirming. Each flushes, records an event, never commits.

The region's data officers and disclosing officers keep it. The register's row is the lock of its units.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry import events, hands
from registry.actors import Actor
from registry.db import insert_or_ignore
from registry.errors import Refused
from registry.findings import Text
from registry.locks import holding
from registry.swedish import sort_key
from submission_portal.flows.acts import line
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts
from submission_portal.units import queries
from submission_portal.units.finding_texts import FINDINGS
from submission_portal.units.lines import Line
from submission_portal.units.powers import KEEPERS
from submission_portal.units.tables import LineUnit, UnitRegister
from submission_portal.units.unit import (
    RegisteredUnit,
    Values,
    doubled_names,
    key_text,
    naming_element,
    unit_elements_of,
)

MOST_UNITS = 2000
LONGEST_NAME = 200
MOST_ALIASES = 20
NAMES = Text("Namnen", "The names")


def add(
    session: Session,
    actor: Actor,
    now: datetime,
    kept: Line,
    units: Sequence[RegisteredUnit],
    revision: int | None = None,
) -> UnitRegister:
    """Put units into the register. Raises `Refused` for one that is there, does not fit the model or takes another's name."""
    register = _held(session, actor, now, kept, revision)
    there = queries.units_by_key(session, kept.item.id, [key_text(one.values) for one in units])
    for unit in units:
        if key_text(unit.values) in there:
            raise Refused(FINDINGS.found("UNI-101", {"unit": label_of(kept.loaded, unit)}))
        _refuse_unfit(kept, unit)
    counted = session.scalar(select(func.count()).where(LineUnit.flow_item_id == kept.item.id)) or 0
    if counted + len(units) > MOST_UNITS:
        raise Refused(FINDINGS.found("UNI-106", {"most": MOST_UNITS}))
    session.add_all(
        LineUnit(
            flow_item_id=kept.item.id,
            organisation_id=kept.item.organisation_id,
            key=key_text(one.values),
            sort_key=sort_key(label_of(kept.loaded, one).sv)[:900],
            values=dict(one.values),
            **_told(one),
            changed_by=actor.person_id,
            changed_at=now,
        )
        for one in units
    )
    return _changed(session, actor, now, kept, register, "UnitsAdded", {"count": len(units)})


def change(
    session: Session,
    actor: Actor,
    now: datetime,
    kept: Line,
    unit_id: str,
    *,
    name: str = "",
    aliases: Sequence[str] = (),
    opened: date | None = None,
    closed: date | None = None,
    revision: int | None = None,
) -> UnitRegister:
    """Give a unit other names or dates. Raises `Refused` as `add` does."""
    register = _held(session, actor, now, kept, revision)
    found = queries.line_unit(session, kept.item.id, unit_id)
    unit = RegisteredUnit(found.values, name, tuple(aliases), opened, closed)
    _refuse_unfit(kept, unit, is_new=False)
    for column, value in _told(unit).items():
        setattr(found, column, value)
    found.sort_key = sort_key(label_of(kept.loaded, unit).sv)[:900]
    found.changed_by, found.changed_at = actor.person_id or "", now
    return _changed(session, actor, now, kept, register, "UnitChanged", {"unit": found.id})


def remove(
    session: Session, actor: Actor, now: datetime, kept: Line, unit_id: str, revision: int | None = None
) -> UnitRegister:
    """Take a unit out that was entered by mistake. One that ends is given a last day instead."""
    register = _held(session, actor, now, kept, revision)
    found = queries.line_unit(session, kept.item.id, unit_id)
    session.delete(found)
    return _changed(session, actor, now, kept, register, "UnitRemoved", {"unit": found.id})


def confirm(session: Session, actor: Actor, now: datetime, kept: Line, revision: int | None = None) -> UnitRegister:
    """Say for the region that these are the line's units, all of them: they are expected from now on.

    Raises `Refused` where there are none, or somebody changed them since the page was opened.
    """
    actor.require_decider(*KEEPERS, organisation_id=kept.item.organisation_id)
    register = _held(session, actor, now, kept, revision)
    if not queries.keys_of_line(session, kept.item.id):
        raise Refused(FINDINGS.found("UNI-107"))
    register.confirmed_by, register.confirmed_at = actor.person_id, now
    return _changed(session, actor, now, kept, register, "UnitsConfirmed", {})


def take_back(session: Session, actor: Actor, now: datetime, kept: Line, revision: int | None = None) -> UnitRegister:
    """Say that the register is not to be relied on: the latest deliveries say again what is expected."""
    actor.require_decider(*KEEPERS, organisation_id=kept.item.organisation_id)
    register = _held(session, actor, now, kept, revision)
    register.confirmed_by = register.confirmed_at = None
    return _changed(session, actor, now, kept, register, "UnitsUnconfirmed", {})


def label_of(loaded: LoadedModel, unit: RegisteredUnit) -> Text:
    """The unit as people write it: labels instead of codes, its name where it has one."""
    named = naming_element(loaded)
    words = []
    for element in unit_elements_of(loaded):
        value = unit.values.get(element.name, "")
        code = loaded.code_list(element).by_code.get(value) if element.code_list else None
        word = code.label if code else Text(value or "–", value or "–")
        if named is not None and element.name == named.name and unit.name:
            word = Text(unit.name, unit.name)
        words.append(word)
    return Text(", ".join(one.sv for one in words), ", ".join(one.en for one in words))


def _held(session: Session, actor: Actor, now: datetime, kept: Line, revision: int | None) -> UnitRegister:
    """The register, held until the transaction ends. Raises `Refused` where it is not as the page showed it."""
    actor.require(*KEEPERS, organisation_id=kept.item.organisation_id)
    hands.require(session, actor, hands.Side.DISCLOSER, line(kept.item.id))
    if not unit_elements_of(kept.loaded):
        raise Refused(FINDINGS.found("UNI-108"))
    own = {"flow_item_id": kept.item.id, "organisation_id": kept.item.organisation_id}
    insert_or_ignore(session, UnitRegister, **own, revision=0, changed_at=now)
    register = session.scalars(holding(select(UnitRegister).where(UnitRegister.flow_item_id == kept.item.id))).one()
    if revision is not None and revision != register.revision:
        raise Refused(FINDINGS.found("UNI-105"))
    return register


def _changed(
    session: Session,
    actor: Actor,
    now: datetime,
    kept: Line,
    register: UnitRegister,
    event: str,
    data: Mapping[str, Any],
) -> UnitRegister:
    register.revision += 1
    register.changed_at = now
    session.flush()
    doubled = doubled_names(kept.loaded, queries.units_of_line(session, kept.item.id))
    if doubled:
        raise Refused(FINDINGS.found("UNI-103", {"names": ", ".join(doubled[:5])}))
    events.record(
        session,
        event,
        actor=actor,
        now=now,
        subject=line(kept.item.id),
        organisation_id=kept.item.organisation_id,
        data={"revision": register.revision, **data},
    )
    return register


def _told(unit: RegisteredUnit) -> dict[str, Any]:
    aliases = list(dict.fromkeys(" ".join(one.split()) for one in unit.aliases if one.strip()))
    return {"name": " ".join(unit.name.split()), "aliases": aliases, "opened": unit.opened, "closed": unit.closed}


def _refuse_unfit(kept: Line, unit: RegisteredUnit, *, is_new: bool = True) -> None:
    if is_new:
        _refuse_unfit_values(kept, unit.values)
    if unit.opened and unit.closed and unit.closed < unit.opened:
        raise Refused(FINDINGS.found("UNI-104", {"opened": unit.opened.isoformat(), "closed": unit.closed.isoformat()}))
    texts = (unit.name, *unit.aliases)
    if max(map(len, texts)) > LONGEST_NAME or len(unit.aliases) > MOST_ALIASES:
        raise Refused(FINDINGS.found("UNI-109", {"field": NAMES, "most": LONGEST_NAME, "names": MOST_ALIASES}))
    refuse_unfit_texts(*texts, *unit.values.values())


def _refuse_unfit_values(kept: Line, values: Values) -> None:
    loaded = kept.loaded
    elements = unit_elements_of(loaded)
    for element in elements:
        value = values.get(element.name, "")
        codes = loaded.code_list(element).by_code if element.code_list else None
        fits = value in codes if codes is not None else len(value) <= LONGEST_NAME
        if element.name == loaded.model.region_element and kept.region is not None:
            fits = fits and loaded.regions.get(value) == kept.region
        if not fits or (element.required and not value):
            raise Refused(FINDINGS.found("UNI-102", {"element": element.label, "value": value[:100]}))
    strangers = sorted(set(values) - {one.name for one in elements})
    if strangers:
        stranger = Text(strangers[0], strangers[0])
        raise Refused(FINDINGS.found("UNI-102", {"element": stranger, "value": values[strangers[0]][:100]}))
