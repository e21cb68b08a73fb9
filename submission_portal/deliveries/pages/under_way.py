"""What the page about a delivery shows while the worker checks it: the stages, how far each has come, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from registry.i18n import show_figure
from registry.jobs import Job
from submission_portal.deliveries.assessment.stages import STAGES
from submission_portal.deliveries.pages.stages import identity_numbers_told
from submission_portal.deliveries.tables import Delivery

Stage = tuple[str, str, str, str, tuple[int, int] | None]

RELOADS_AFTER = 5


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A check that has not ended. ``is_given_up``: the worker tried in vain, and somebody has to ask for it again."""

    stages: tuple[Stage, ...]
    rows: int
    since: datetime | None
    is_begun: bool
    is_given_up: bool

    @property
    def reloads_after(self) -> int | None:
        """Seconds after which a page without scripts is loaded anew; ``None`` where nothing goes on."""
        return None if self.is_given_up else RELOADS_AFTER


def under_way(delivery: Delivery, job: Job | None, names: Mapping[str, str]) -> UnderWay:
    """How far the check has come. ``names``: what the stages are called."""
    told = (job.progress if job is not None and job.state != "failed" else None) or {}
    return UnderWay(
        stages=tuple(_stage(name, names[name], delivery, told) for name in STAGES),
        rows=delivery.row_count,
        since=job.created_at if job is not None else None,
        is_begun=bool(told),
        is_given_up=job is None or job.state == "failed",
    )


def _stage(name: str, label: str, delivery: Delivery, told: Mapping[str, Any]) -> Stage:
    current = told.get("stage")
    read = "file" if delivery.reading.awaits_rows else "rows"  # an earlier version left the rows of long files unread
    at = STAGES.index(current if current in STAGES else read)
    if name == current:
        return label, "wait", _("Under way"), _counts(name, told), (int(told["done"]), max(1, int(told["total"])))
    if STAGES.index(name) < at:
        read_all = {"done": delivery.row_count, "total": delivery.row_count}
        text = _counts(name, read_all) if name == "structure" else _looked_through(name, delivery)
        return label, "ok", _("Done"), text, None
    return label, "idle", _("Waits"), _looked_through(name, delivery), None


def _looked_through(name: str, delivery: Delivery) -> str:
    """What was settled before the file was kept."""
    return identity_numbers_told(delivery) if name == "file" else ""


def _counts(name: str, told: Mapping[str, Any]) -> str:
    done, total = int(told["done"]), int(told["total"])
    counts = {"done": show_figure(min(done, total)), "all": show_figure(total)}
    text: str = ""
    if name in ("file", "structure"):
        text = _("%(done)s of %(all)s rows have been read.", **counts)
    elif name == "rows":
        text = _("%(done)s of %(all)s columns have been checked.", **counts)
    return text
