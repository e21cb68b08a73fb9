"""Checks a delivery with what the register knows: gathers the frames and policies, assesses, and stores the outcome."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from information_models.values import period_of
from registry import events, storage
from registry.errors import Refused
from registry.findings import Finding, Severity, Text
from registry.identity import queries as identity
from registry.identity.actors import Actor
from registry.items import queries as items
from registry.items.tables import Version
from registry.storage import Retention
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment import (
    Assessment,
    Corrected,
    Earlier,
    Law,
    assess,
    content_hash_of,
    finding_key,
)
from submission_portal.deliveries.lifecycle import DeliveryAct, DeliveryState, after
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.remaining import remaining
from submission_portal.deliveries.spans import named_span
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import content as flow_content
from termbank import queries as termbank

PARQUET = "application/vnd.apache.parquet"


def flow_version(session: Session, delivery: Delivery) -> Version:
    """The version of the flow that the delivery is made under."""
    version = items.version_by_hash(session, delivery.flow_version_hash)
    if version is None:
        raise LookupError(f"no flow version {delivery.flow_version_hash}")
    return version


def keep_reading(session: Session, now: datetime, delivery: Delivery, reading: Reading) -> None:
    """Store how the file was read, and its rows as texts."""
    letters = dict(sorted(reading.letters.items()))
    delivery.reading = {
        "preview": reading.preview.as_dict(),
        "findings": [finding.as_dict() for finding in reading.findings],
        "letters": letters,
    }
    delivery.sheet = reading.preview.sheet or ""
    delivery.rows_key = None
    if reading.frame is not None:
        delivery.rows_key = storage.put(
            session,
            delivery.organisation_id,
            "rows",
            _parquet(reading.frame),
            media_type=PARQUET,
            retention=Retention.DRAFT,
            now=now,
        ).key


def check_again(session: Session, actor: Actor, now: datetime, delivery: Delivery, *, event: str, **data: Any) -> None:
    """Assess the stored rows anew and move the delivery to where that puts it.

    A decision to disclose that was taken before holds only for the content that it was taken on.
    """
    loaded = load_model(session, delivery.model_version_hash)
    rows = None
    if delivery.rows_key is not None:
        rows = pl.read_parquet(io.BytesIO(storage.read(session, delivery.rows_key)))
    first, last = _span_of(loaded, rows)
    conflict = period_conflict(session, delivery, first, last)
    found = _assessed(session, delivery, loaded, rows, is_chosen=conflict is None)
    _keep(session, now, delivery, loaded, found, conflict)
    left = remaining(delivery.assessment, delivery.explanations)
    delivery.revision += 1
    delivery.changed_at = now
    delivery.prepared_by = actor.person_id or delivery.prepared_by
    if delivery.prepared_by not in delivery.contributors:
        delivery.contributors = [*delivery.contributors, delivery.prepared_by]
    move(delivery, DeliveryAct.CHECK if left else DeliveryAct.COMPLETE)
    session.flush()
    events.record(
        session,
        event,
        actor=actor,
        now=now,
        subject=f"delivery:{delivery.id}",
        organisation_id=delivery.organisation_id,
        data={"revision": delivery.revision, "left": [one.finding.code for one in left], **data},
    )


def move(delivery: Delivery, act: DeliveryAct) -> None:
    """Take the delivery one step on its way, or raise `Refused` where there is none."""
    state = after(DeliveryState(delivery.state), act)
    if state is None:
        raise Refused(Finding("DEL-001", Severity.ERROR))
    delivery.state = state


def _assessed(
    session: Session, delivery: Delivery, loaded: LoadedModel, rows: pl.DataFrame | None, *, is_chosen: bool
) -> Assessment:
    reading = delivery.reading
    flow = flow_content.read(flow_version(session, delivery).content)
    sender = identity.organisation(session, delivery.organisation_id)
    first, last = _span_of(loaded, rows)
    return assess(
        loaded,
        rows,
        reading_findings=[Finding.from_dict(each) for each in reading.get("findings", ())],
        letters=reading.get("letters", {}),
        reading_facts={"size": delivery.file_size},
        answers=delivery.answers,
        region=sender.code if sender is not None and sender.kind == "region" else None,
        earlier=_earlier(session, delivery, loaded, first) if is_chosen else None,
        is_chosen=is_chosen,
        corrected=_corrected(session, delivery, loaded),
        law=Law(flow.policy.threshold, _law_facts(loaded), _law_findings(session, delivery, loaded, last)),
    )


def _keep(
    session: Session,
    now: datetime,
    delivery: Delivery,
    loaded: LoadedModel,
    found: Assessment,
    conflict: Finding | None,
) -> None:
    stored: dict[str, Any] = found.as_dict()
    delivery.period, delivery.row_count = found.period, found.rows
    delivery.period_first, delivery.period_last = found.first, found.last
    delivery.parquet_key = delivery.content_hash = None
    if found.frame is not None and found.is_complete:
        delivery.content_hash = content_hash_of(loaded, found.frame)
        delivery.parquet_key = storage.put(
            session,
            delivery.organisation_id,
            "accepted",
            _parquet(found.frame),
            media_type=PARQUET,
            retention=Retention.DRAFT,
            now=now,
        ).key
    if conflict is not None:
        stored["findings"] = [{**conflict.as_dict(), "key": finding_key(conflict)}, *stored["findings"]]
    delivery.assessment = stored


def period_conflict(session: Session, delivery: Delivery, first: date | None, last: date | None) -> Finding | None:
    """The question what the delivery is to one that stands for the same days, where that has not been chosen."""
    if delivery.corrects_delivery_id or first is None or last is None:
        return None
    standing = queries.standing_in_period(session, delivery.flow_item_id, first, last, but=delivery.id)
    if not standing:
        return None
    params = {**named_span(standing[0].period), "number": standing[0].number or ""}
    return Finding("DEL-002", Severity.QUESTION, params)


def _earlier(session: Session, delivery: Delivery, loaded: LoadedModel, first: date | None) -> Earlier | None:
    if delivery.correction_kind == "correction" or first is None:
        return None
    found = queries.latest_before(session, delivery.flow_item_id, first)
    if found is None or found.parquet_key is None:
        return None
    rows = queries.rows_as_corrected(session, found, loaded.model.key)
    return Earlier(rows, found.period)


def _corrected(session: Session, delivery: Delivery, loaded: LoadedModel) -> Corrected | None:
    if delivery.corrects_delivery_id is None or delivery.correction_kind is None:
        return None
    root = queries.root_of(session, session.get_one(Delivery, delivery.corrects_delivery_id))
    if root.period_first is None or root.period_last is None:
        return None
    if root.model_version_hash != delivery.model_version_hash:
        if delivery.correction_kind == "correction":
            raise Refused(Finding("DEL-008", Severity.ERROR))
        return None
    rows = queries.rows_as_corrected(session, root, loaded.model.key)
    return Corrected(rows, delivery.correction_kind, root.period_first, root.period_last)


def _span_of(loaded: LoadedModel, rows: pl.DataFrame | None) -> tuple[date | None, date | None]:
    """The first and last day that the texts of the period column name, before they are checked."""
    if rows is None:
        return None, None
    texts = rows[loaded.model.period_element].unique().drop_nulls().to_list()
    periods = [period for text in texts if (period := period_of(text)) is not None]
    if not periods:
        return None, None
    return min(period.first for period in periods), max(period.last for period in periods)


def _law_facts(loaded: LoadedModel) -> Mapping[str, str | int]:
    return {"persons": sum(element.concerns_persons for element in loaded.model.values)}


def _law_findings(session: Session, delivery: Delivery, loaded: LoadedModel, last: date | None) -> tuple[Finding, ...]:
    if last is None:
        return ()
    missing = [
        slug
        for slug in dict.fromkeys(element.concept for element in loaded.model.values if element.concept)
        if termbank.application_at(session, slug, delivery.organisation_id, last) is None
    ]
    if not missing:
        return ()
    terms = [loaded.wordings[slug].term if slug in loaded.wordings else Text(slug, slug) for slug in missing]
    params: dict[str, str | int] = {
        "concepts_sv": ", ".join(term.sv for term in terms),
        "concepts_en": ", ".join(term.en for term in terms),
    }
    return (Finding("LEG-002", Severity.INFO, params),)


def _parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()
