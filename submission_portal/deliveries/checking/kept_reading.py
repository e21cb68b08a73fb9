"""Reading a file under a version of a flow, and keeping with the delivery how it was read and its rows as texts."""

import io
from dataclasses import replace
from datetime import datetime

import polars as pl
from sqlalchemy.orm import Session

from information_models.queries import load_model
from registry import storage
from registry.db import end_reading
from registry.identity import queries as identity
from registry.items.tables import Version
from registry.storage import Retention
from submission_portal.deliveries.layouts.queries import known_in_line
from submission_portal.deliveries.reading.caged import read
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.limits import Progress, no_progress
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.stored_rows import PARQUET, as_parquet
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import content as flow_content
from submission_portal.units.queries import confirmed_units
from submission_portal.units.unit import own_names

AT_ONCE_ROWS = 20_000
"""So many rows are checked while the sender waits; a month of every ward in a large region is fewer."""


def read_for(
    session: Session,
    version: Version,
    file_name: str,
    data: bytes,
    *,
    sheet: str | None = None,
    later: bool = False,
    progress: Progress = no_progress,
    identity_answer: str | None = None,
    encoding: str | None = None,
    layout: Layout | None = None,
    header: int = 0,
    time: str = "",
) -> Reading:
    """Read a file for a flow version. Writes nothing, and may take seconds: call it before a transaction is opened.

    No reader of the database lives meanwhile (`db.end_reading`).

    ``later``: where the rows are many their check is left to the worker, which need not read the file again.
    ``encoding``: the sender's choice for a text that is neither UTF-8 nor UTF-16.
    ``identity_answer``: what the sender says that it is which may be identity numbers.
    ``layout``: the answers about its export that are to be read by; otherwise the line's own, whichever fits.
    ``header``: the row of the headings, where the sender chose it.
    ``time``: the year, or the month, of headings that name none, where the sender said it.
    """
    loaded = load_model(session, flow_content.read(version.content).model_version)
    sender = identity.organisation(session, version.organisation_id)
    region = sender.code if sender is not None and sender.kind == "region" else None
    expected = expected_of(
        loaded, region=region, own_names=own_names(loaded, confirmed_units(session, version.item_id))
    )
    known = known_in_line(session, version.item_id, frozenset(loaded.model.by_name)) if layout is None else []
    end_reading(session)
    reading = read(
        data,
        file_name,
        expected,
        sheet=sheet,
        progress=progress,
        identity_answer=identity_answer,
        encoding=encoding,
        layouts=[layout] if layout is not None else [one.layout for one in known],
        header=header,
        time=time,
    )
    return replace(reading, is_check_left=later and reading.preview.data_rows > AT_ONCE_ROWS)


def keep_reading(session: Session, now: datetime, delivery: Delivery, reading: Reading) -> None:
    """Store how the file was read, and its rows as texts."""
    delivery.reading = KeptReading.of(reading)
    delivery.sheet = reading.preview.sheet or ""
    delivery.rows_key = None
    delivery.row_count = reading.preview.data_rows
    delivery.layout_version_id = version_read_by(session, delivery, delivery.reading.mapped.layout)
    if reading.frame is not None:
        delivery.rows_key = storage.put(
            session,
            delivery.organisation_id,
            "rows",
            as_parquet(reading.frame),
            media_type=PARQUET,
            retention=Retention.DRAFT,
            now=now,
        )


def version_read_by(session: Session, delivery: Delivery, layout: str | None) -> str | None:
    """The version of the line's layouts with this hash, by which the delivery's file was read, or is read now."""
    if layout is None:
        return None
    elements = frozenset(load_model(session, delivery.model_version_hash).model.by_name)
    known = known_in_line(session, delivery.flow_item_id, elements)
    return next((one.version_id for one in known if one.layout.content_hash == layout), None)


def kept_rows(session: Session, delivery: Delivery) -> pl.DataFrame | None:
    """The rows as texts, as they were read; ``None`` where the reading stopped."""
    if delivery.rows_key is None:
        return None
    return pl.read_parquet(io.BytesIO(storage.read(session, delivery.rows_key)))


def is_long(delivery: Delivery) -> bool:
    """Whether the check of its rows is left to the worker."""
    return delivery.row_count > AT_ONCE_ROWS
