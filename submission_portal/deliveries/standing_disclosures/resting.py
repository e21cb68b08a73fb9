"""Why a standing decision covers nothing on a day: withdrawn, over, or what it rests on is not what it was.

It rests on the line's version, on the model and the wordings through that, and on each use in the version that was named. It is
read from them every time, and nothing is written when one of them changes: what is suspended is open again when it is resumed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding, Text
from registry.items.tables import Version
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.tables import StandingDisclosure
from submission_portal.flows import suspending
from submission_portal.flows.queries import APPROVED, Standing, standing_of
from submission_portal.flows.uses import standing as of_use
from submission_portal.flows.uses.standing import USE, StandingUse

OTHER_LINE = Text(
    "Leveranslinjen har fått en annan version, eller gäller inte i dag",
    "The delivery line has another version, or is not in force today",
)
OTHER_MEANING = Text(
    "Något som linjens modell vilar på har ändrat betydelse",
    "Something that the line's model rests on has changed meaning",
)


def why_over(session: Session, decision: StandingDisclosure, on: date) -> Finding | None:
    """Why the decision covers nothing on the day, or ``None`` where it covers."""
    return why_over_each(session, [decision], on)[decision.id]


def why_over_each(session: Session, decisions: Sequence[StandingDisclosure], on: date) -> dict[str, Finding | None]:
    """The same of several, by id; six statements, however many there are."""
    found = {one.id: own_end(one, on) for one in decisions}
    lasting = [one for one in decisions if found[one.id] is None]
    if not lasting:
        return found
    versions = _versions_in_force(session, {one.line_item_id for one in lasting}, on)
    standing = standing_of(session, list(versions.values()), on)
    stopped = _suspended(session, lasting)
    for one in lasting:
        version = versions.get(one.line_item_id)
        changed = _changed(one, standing[version.id] if version else None, stopped, on)
        found[one.id] = FINDINGS.found("DIS-012", {"what": changed}) if changed else None
    return found


def own_end(decision: StandingDisclosure, on: date) -> Finding | None:
    """Whether it is withdrawn, over or to come, by itself."""
    if decision.withdrawn_at is not None:
        return FINDINGS.found("DIS-010", {"day": clock.today(decision.withdrawn_at).isoformat()})
    if not decision.covers_day(on):
        days = {"first": decision.valid_from.isoformat(), "last": decision.valid_to.isoformat()}
        return FINDINGS.found("DIS-011", days)
    return None


def _versions_in_force(session: Session, line_item_ids: Iterable[str], on: date) -> dict[str, Version]:
    """The version of each line that applies on the day."""
    query = select(Version).where(Version.item_id.in_(list(line_item_ids)), Version.state.in_(APPROVED))
    return {one.item_id: one for one in session.scalars(query.order_by(Version.number)) if one.is_in_force(on)}


def _suspended(session: Session, decisions: Sequence[StandingDisclosure]) -> frozenset[str]:
    """References of the named uses that are suspended."""
    refs = {ref for one in decisions for ref in one.named if ref.startswith(f"{USE}:")}
    lasting = suspending.lasting_of(session, [ref.partition(":")[2] for ref in refs])
    return frozenset(f"{USE}:{item_id}" for item_id in lasting)


def _changed(decision: StandingDisclosure, line: Standing | None, suspended: frozenset[str], on: date) -> Text | None:
    if line is None or line.version.content_hash != decision.line_version_hash:
        return OTHER_LINE
    if line.must_reconfirm or line.flow.model_version != decision.model_version_hash:
        return OTHER_MEANING
    uses: Mapping[str, StandingUse] = {one.ref: one for one in line.uses}
    for ref, version_hash in decision.named.items():
        use = uses.get(ref)
        if use is None or use.version_hash != version_hash or of_use.refusal(use, on) is not None:
            name = use.use.title if use is not None else Text(ref, ref)
            return Text(
                f"Användningen {name.sv} har ändrats, upphört eller återtagits",
                f"The use {name.en} has changed, ended or been withdrawn",
            )
        if ref in suspended:
            name = use.use.title
            return Text(f"Användningen {name.sv} är stoppad tills vidare", f"The use {name.en} is suspended")
    return None
