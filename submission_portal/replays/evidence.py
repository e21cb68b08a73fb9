"""What a replay of a proposed version came to, for the page where it is proposed and decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models import queries
from information_models.kinds import MODEL
from registry.actors import Actor
from registry.findings import Text
from registry.i18n import read, show_figure
from registry.identity import queries as identity
from registry.items.tables import Version
from registry.jobs import Job
from registry.plugin import Evidence
from registry.web.problems import readable
from submission_portal.replays import replaying
from submission_portal.replays.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class StoppedRow:
    """What would stop deliveries of one region: where, why, and how often."""

    region: str
    what: str
    cells: str
    deliveries: str


def of_version(session: Session, actor: Actor, version: Version) -> Evidence | None:
    """The last replay and the way to another, for who writes the version and decides on it."""
    if not replaying.may_ask(actor, version):
        return None
    replay = replaying.replay_of(session, version)
    job = replaying.working(session, replay) if replay else None
    outcome = Outcome.from_dict(replay.outcome) if replay is not None and replay.outcome is not None else None
    facts = {
        "version": version,
        "replay": replay,
        "stages": [_stage(job)] if job else [],
        "is_broken_off": replay is not None and job is None and replay.work_id is not None,
        "is_outdated": replay is not None and outcome is not None and replay.content_hash != version.content_hash,
        "outcome": outcome,
        **({} if outcome is None else _said(session, version, outcome)),
    }
    return Evidence("replays/evidence.html", facts)


def _stage(job: Job) -> tuple[object, ...]:
    progress = job.progress or {}
    done, total = int(progress.get("done", 0)), int(progress.get("total", 0))
    what = _("The deliveries are checked")
    if not total:
        return what, "wait", _("Under way") if job.progress else _("Not begun"), ""
    said = _("%(done)s of %(total)s deliveries", done=done, total=total)
    return what, "wait", _("Under way"), said, (done, total)


def _said(session: Session, version: Version, outcome: Outcome) -> dict[str, object]:
    names: Mapping[str, str] = {one.id: read(Text(one.name_sv, one.name_en)) for one in identity.organisations(session)}
    stopped = {one.region for one in outcome.stopped}
    cells = sum(one.cells for one in outcome.stopped)
    labels: dict[str, str] = {}
    if version.item.kind == MODEL:
        [loaded] = queries.load_versions(session, [version])
        labels = {one.name: read(one.label) for one in loaded.model.elements}
        labels |= {one.id: read(one.text) for one in loaded.model.rules}
    return {
        "headline": _headline(len(stopped), len(outcome.regions), cells),
        "tried": ngettext("One delivery was tried", "%(num)d deliveries were tried", outcome.deliveries)
        + ", "
        + ngettext("with one row.", "with %(num)d rows.", outcome.rows),
        "rows": [
            StoppedRow(
                names.get(one.region, ""),
                readable(one.finding).title,
                _cells(one.cells),
                ngettext("one delivery", "%(num)d deliveries", one.deliveries),
            )
            for one in outcome.stopped
        ],
        "persons": ", ".join(labels.get(name, name) for name in outcome.persons),
        "skipped": [_skipped(why, count) for why, count in sorted(outcome.skipped.items())],
    }


def _headline(stopped: int, regions: int, cells: int) -> str:
    if not regions:
        return str(_("Nothing has been delivered that it could be tried on."))
    if not stopped:
        return str(
            ngettext("The only region would not be stopped.", "None of %(num)d regions would be stopped.", regions)
        )
    only = _("The only region would be stopped")
    several = _("%(stopped)s of %(regions)s regions would be stopped", stopped=stopped, regions=regions)
    return f"{only if regions == 1 else several}, {_cells(cells)}."


def _cells(count: int) -> str:
    return str(ngettext("one cell", "%(figure)s cells", count, figure=show_figure(count)))


def _skipped(why: str, count: int) -> str:
    if why == replaying.ROWS:
        return str(
            ngettext(
                "One delivery was skipped: its rows are not to be had.",
                "%(num)d deliveries were skipped: their rows are not to be had.",
                count,
            )
        )
    return str(
        ngettext(
            "One delivery was skipped: the version that it came under cannot be read.",
            "%(num)d deliveries were skipped: the version that they came under cannot be read.",
            count,
        )
    )
