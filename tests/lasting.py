"""What readers and receipts rest on in the grown instance, and what therefore no upgrade may change.

    python -m tests.lasting INSTANCE       writes `grown_instance_facts.json` anew, from a copy of the grown instance

That is done once, with the code that left the instance. An issue that changes one of these facts breaks a promise: published
bytes, traces, receipts and the log stay.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, text

import wsgi
from registry import baseline
from registry.actors import PUBLIC
from registry.auditing import chain as log_chain
from registry.content.canonical import content_hash
from registry.db import db
from registry.events import Event
from registry.items.tables import Version
from submission_portal.deliveries.tables import Receipt
from submission_portal.flows.audiences import Audience
from submission_portal.followup.gateway import current_tables
from submission_portal.followup.queries import figures_of
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.trace import trace_figure
from tests.shown import as_shown

FACTS = Path(__file__).parent / "grown_instance_facts.json"


def facts(app: Flask) -> dict[str, Any]:
    """The facts of an instance at this release's revision."""
    with app.app_context():
        chain = log_chain.verify(db.session)
        assert chain.is_intact
        begun = db.session.scalars(select(Event).where(Event.type == baseline.BEGUN)).first()
        left = (begun.number - 1, begun.previous) if begun else (chain.events, chain.head)
        found = {
            "chain": {"events": left[0], "head": left[1]},
            "versions": _versions(),
            "receipts": _receipts(),
            "tables": _tables(),
            "traces": _traces(app),
            "files": _files(app),
        }
        db.session.close()
        return found


def recorded() -> dict[str, Any]:
    """The facts as they were when the instance was left."""
    found: dict[str, Any] = json.loads(FACTS.read_text())
    return found


def _versions() -> dict[str, str]:
    """Versions of items: their bytes have the hash that names them, and that hash is the recorded one."""
    found = {}
    for version in db.session.scalars(select(Version)):
        assert content_hash(version.content_text) == version.content_hash, version.id
        found[version.id] = version.content_hash
    return found


def _receipts() -> dict[str, str]:
    columns = (Receipt.number, Receipt.file_sha256, Receipt.content_hash, Receipt.chain_head)
    bodies = db.session.execute(text("SELECT number, body FROM delivery_receipt")).all()
    whole = {number: hashlib.sha256(body.encode()).hexdigest() for number, body in bodies}
    return {
        row.number: ":".join((row.file_sha256, row.content_hash, row.chain_head, whole[row.number]))
        for row in db.session.execute(select(*columns))
    }


def _tables() -> dict[str, str]:
    return {
        f"{table.measure_slug}/{table.number}": table.content_hash
        for table in db.session.scalars(select(TableVersion).where(TableVersion.audience == Audience.PUBLIC))
    }


def _traces(app: Flask) -> dict[str, list[str]]:
    """The way back of three figures of each measure (the first, the middle and the last): every knot, and what it names."""
    found = {}
    with app.test_request_context():
        for slug, table in sorted(current_tables(db.session, PUBLIC).items()):
            keys = [figure.key for figure in figures_of(as_shown(table, PUBLIC))]
            for key in {keys[0], keys[len(keys) // 2], keys[-1]}:
                trace = trace_figure(db.session, as_shown(table, PUBLIC), key)
                found[f"{slug}/{key}"] = [f"{knot.knot} {knot.ref}".strip() for knot in trace.back]
    return found


def _files(app: Flask) -> dict[str, str]:
    """The bytes of every published file, in both languages where they differ."""
    client, found = app.test_client(), {}
    shown = (TableState.PUBLISHED, TableState.SUPERSEDED)
    query = select(TableVersion.measure_slug, TableVersion.number).where(
        TableVersion.state.in_(shown),
        TableVersion.published_at.is_not(None),
        TableVersion.audience == Audience.PUBLIC,
    )
    for slug, number in db.session.execute(query.order_by(TableVersion.measure_slug, TableVersion.number)).all():
        for name in ("tabell.json", "tabell.csv"):
            address = f"/uppfoljning/{slug}/{name}?version={number}"
            answer = client.get(address)
            assert answer.status_code == 200, address
            found[address] = hashlib.sha256(answer.data).hexdigest()
    return found


if __name__ == "__main__":
    application = wsgi.create_app({"INSTANCE": Path(sys.argv[1]).resolve(), "DATABASE_URL": "", "TESTING": True})
    FACTS.write_text(json.dumps(facts(application), indent=1, sort_keys=True, ensure_ascii=False) + "\n")
