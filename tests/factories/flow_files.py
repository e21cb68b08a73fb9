"""Flow files for tests, and the same file checked by the portal and with one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from registry import clock
from registry.db import db, transaction
from registry.items.tables import Version
from registry.signing.queries import key_ring
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.checking import delivery_check
from submission_portal.deliveries.checking.kept_reading import read_for
from submission_portal.deliveries.flow_exports.gathering import gather
from submission_portal.deliveries.flow_exports.services import hand_out
from submission_portal.deliveries.flow_files.checking import check
from submission_portal.deliveries.flow_files.content import FlowFile
from submission_portal.deliveries.flow_files.sealing import opened
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.content import read as read_line
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld

ADDRESS = "https://registret.example/"
TODAY = clock.today(NOW)


def made(world: DeliveryWorld, instance: Any, now: Any = NOW) -> bytes:
    """The flow file of the world's line, signed."""
    file = gather(db.session, world.approved, now, ADDRESS)
    with transaction() as session:
        version = session.get_one(Version, world.approved.id)
        return hand_out(session, world.officer, now, version, file, instance)


def read(data: bytes) -> FlowFile:
    """A flow file that is not refused."""
    file = opened(data, key_ring(db.session))
    assert isinstance(file, FlowFile), file
    return file


def by_portal(world: DeliveryWorld, name: str, data: bytes, **said: Any) -> Assessment:
    """What the portal finds in a file; nothing is kept of it."""
    version = world.approved
    reading = read_for(db.session, version, name, data, **said)
    told = KeptReading.of(reading)
    draft = Delivery(
        id="no-delivery", flow_item_id=world.item_id, flow_version_hash=version.content_hash,
        model_version_hash=_model_version(version), organisation_id=version.organisation_id, answers={}, gap_answers={},
        stated_part="", file_size=len(data), assessment=Assessment(),
    )  # fmt: skip
    outcome = delivery_check.assessed(db.session, draft, told, reading.frame, NOW)
    return _as_kept(outcome.found, outcome.besides)


def by_flow_file(file: FlowFile, name: str, data: bytes, **said: Any) -> Assessment:
    """What is found in it with a flow file."""
    return _as_kept(check(file, name, data, today=TODAY, **said).assessment, ())


def verdict(assessment: Assessment) -> Mapping[str, Any]:
    """All that is told of a check: findings with their places, what each is about (rule × element × unit × period), stages, and
    what values are compared with."""
    return assessment.as_dict()


def _as_kept(found: Assessment, besides: Any) -> Assessment:
    return replace(found, findings=(*besides, *found.findings)).as_kept()


def _model_version(version: Version) -> str:
    return read_line(version.content).model_version
