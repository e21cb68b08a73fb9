"""What the content of a use alone cannot tell: held against the lines, recipients, uses and needs that the registry has."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from information_models.starter.loading import assignments
from registry import clock
from registry.findings import Finding, Place
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Item, Version
from submission_portal.flows.assessing import counts_persons
from submission_portal.flows.audiences import Audience
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.content import read as read_line
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.uses.content import Use
from submission_portal.flows.uses.queries import uses_of_line
from submission_portal.flows.uses.standing import USE, StandingUse


def check_against_register(session: Session, use: Use, item_id: str | None = None) -> list[Finding]:
    """What does not hold against the register. ``item_id`` is the use's own item, where it has one."""
    item = session.get(Item, use.line) if use.line else None
    bound = items.standing_version(session, item) if item is not None and item.kind == LINE else None
    if bound is None:
        return [FINDINGS.found("USE-010", places=(Place(field="line"),))]
    others = [one for one in uses_of_line(session, bound.item_id) if one.ref != f"{USE}:{item_id}"]
    return [
        *_of_line(session, use),
        *_of_recipient(session, use, bound, others),
        *_succeeding(use, others),
        *_overlapping(use, others),
        *_of_needs(use),
        *_of_persons(session, use, bound),
    ]


def _of_line(session: Session, use: Use) -> Iterator[Finding]:
    version = items.version_by_hash(session, use.line_version) if use.line_version else None
    today = clock.today()
    is_bound = (
        version is not None and version.item_id == use.line and (version.is_in_force(today) or version.is_coming(today))
    )
    if not is_bound:
        yield FINDINGS.found("USE-011", places=(Place(field="line_version"),))


def _of_recipient(session: Session, use: Use, bound: Version, others: list[StandingUse]) -> Iterator[Finding]:
    if not use.recipient:
        return
    recipient = identity.organisation(session, use.recipient)
    place = Place(field="recipient")
    if recipient is None or recipient.kind != "recipient":
        yield FINDINGS.found("USE-012", places=(place,))
        return
    has_the_data = {read_line(bound.content).recipient} | {
        one.use.recipient for one in others if one.use.audience is Audience.RECIPIENT and not one.is_withdrawn
    }
    if use.audience is Audience.PUBLIC and use.recipient not in has_the_data:
        yield FINDINGS.found("USE-015", places=(place,))


def _succeeding(use: Use, others: list[StandingUse]) -> Iterator[Finding]:
    if not use.succeeds:
        return
    may = {one.ref for one in others if one.is_carried_over and _is_for_the_same(use, one)}
    if use.succeeds not in may - taken_over(others):
        yield FINDINGS.found("USE-013", places=(Place(field="succeeds"),))


def _overlapping(use: Use, others: list[StandingUse]) -> Iterator[Finding]:
    for one in others:
        if one.ref == use.succeeds or one.is_withdrawn or not _is_for_the_same(use, one):
            continue
        if use.valid_from <= one.sunset and one.use.valid_from <= use.sunset:
            yield FINDINGS.found("USE-014", {"other": one.use.title}, (Place(field="valid_from"),))


def _of_needs(use: Use) -> Iterator[Finding]:
    known = {need.key for one in assignments() for need in one.needs}
    for key in use.needs:
        if key not in known:
            yield FINDINGS.found("USE-016", {"need": key}, (Place(field="needs", value=key),))


def _of_persons(session: Session, use: Use, bound: Version) -> Iterator[Finding]:
    """Where persons are counted and nothing is hidden, somebody says why."""
    if (
        use.policy.hides_nothing
        and use.policy.open_reason is None
        and counts_persons(session, read_line(bound.content))
    ):
        yield FINDINGS.found("USE-017", places=(Place(field="policy.open_reason"),))


def _is_for_the_same(use: Use, other: StandingUse) -> bool:
    return other.use.recipient == use.recipient and other.use.audience is use.audience


def taken_over(uses: Sequence[StandingUse]) -> set[str]:
    """The carried-over uses that an approved one takes the place of, now or from a day to come."""
    return {one.use.succeeds for one in uses if one.use.succeeds and not one.is_withdrawn}
