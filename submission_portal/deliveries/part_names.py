"""What the parts of deliveries are called, by the versions of their lines that they were made under."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from information_models.queries import load_model
from registry.findings import Text
from registry.i18n import current_language
from registry.i18n import read as in_language
from registry.items import queries as items
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.content import read
from submission_portal.flows.division import part_label

NONE = Text("", "")


def part_names(session: Session, deliveries: Iterable[Delivery]) -> dict[str, Text]:
    """By delivery's id the name of its part; those that are whole periods are left out. One statement, and one for each model."""
    divided = [one for one in deliveries if one.part]
    versions = items.versions_by_hash(session, sorted({one.flow_version_hash for one in divided})) if divided else {}
    lines = {content_hash: read(version.content) for content_hash, version in versions.items()}
    names = {}
    for one in divided:
        line = lines.get(one.flow_version_hash)
        if line is None or line.parts is None:  # it corrects a part that was delivered under an earlier version
            names[one.id] = Text(one.part, one.part)
        else:
            names[one.id] = part_label(load_model(session, line.model_version), line.parts, one.part)
    return names


def part_name(session: Session, delivery: Delivery) -> Text:
    """What the part of a delivery is called; empty for a whole period."""
    return part_names(session, [delivery]).get(delivery.id, NONE)


def period_label(delivery: Delivery, part: Text = NONE) -> str:
    """The period and the name of its part in words, empty where they are not known yet."""
    return ", ".join(filter(None, (span_label(delivery.period, current_language()), in_language(part))))
