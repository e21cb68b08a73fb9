"""A draft beside the delivery that it corrects or replaces: set, and compared again where that one has changed since."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.errors import Refused
from registry.finding_catalogue import Stage
from submission_portal.deliveries import queries
from submission_portal.deliveries.checking.delivery_check import (
    assessed,
    check_again,
    has_same_rows,
    is_compared_with_what_stands,
    record_check,
)
from submission_portal.deliveries.checking.kept_reading import is_long, kept_rows
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import STANDING, CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import hold, lock

COMPARED_AGAIN = "DeliveryComparedAgain"


def set_correction(
    session: Session, delivery: Delivery, corrects: Delivery | None, kind: CorrectionKind | None
) -> None:
    """Say which delivery a draft corrects or replaces; ``None``: it is one of its own.

    Raises `Refused` where that delivery is of another line, or does not stand.
    """
    if corrects is None or kind is None:
        delivery.corrects_delivery_id, delivery.correction_kind = None, None
        return
    if corrects.flow_item_id != delivery.flow_item_id or corrects.state not in STANDING:
        raise Refused(FINDINGS.found("DEL-005"))
    root = queries.root_of(session, corrects)
    if kind == CorrectionKind.CORRECTION:
        # A second correction stands on the first, so that the newest counts and each has one place in the chain.
        root = [root, *queries.corrections_of(session, root)][-1]
    delivery.corrects_delivery_id, delivery.correction_kind = root.id, kind


def compare_again(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> bool:
    """Compare a correction or replacement that is ready to be sent with what it corrects, where that has changed since.

    A correction that came in between may make more rows disappear than the sender explained and the region decided on.
    Returns whether something else was found now: then the delivery is no longer ready, and explanations of what
    changed are asked for anew. What nothing changed in stays ready. Where the rows are many the worker compares, nobody
    knows yet what changed, and all of that is explained and decided anew.
    """
    hold(session, delivery)
    corrected = session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None
    if delivery.state != DeliveryState.DISCLOSED or corrected is None or corrected.state not in STANDING:
        return False
    if is_compared_with_what_stands(session, delivery):
        return False
    lock(session, actor, delivery)
    before = delivery.assessment
    set_correction(session, delivery, corrected, delivery.correction_kind)
    if is_long(delivery):
        _keep_explanations(delivery)
        check_again(session, actor, now, delivery, event=COMPARED_AGAIN, later=True)
        return True
    outcome = assessed(session, delivery, delivery.reading, kept_rows(session, delivery), now)
    found = outcome.found.as_kept()
    if has_same_rows(session, delivery, outcome) and (found.keyed, found.corrected) == (before.keyed, before.corrected):
        delivery.assessment = replace(before, compared_with=outcome.compared_with)
        record_check(session, actor, now, delivery, COMPARED_AGAIN)
        return False
    same = {key for key, finding in found.keyed if (key, finding) in before.keyed}
    _keep_explanations(delivery, same)
    check_again(session, actor, now, delivery, event=COMPARED_AGAIN)
    return True


def _keep_explanations(delivery: Delivery, same: Collection[str] = ()) -> None:
    """Forget what was said of a comparison, written or cited, but for findings that are the ``same`` as before."""

    def is_kept(key: str) -> bool:
        return key in same or not _is_of_a_comparison(key)

    delivery.explanations = {key: text for key, text in delivery.explanations.items() if is_kept(key)}
    delivery.cited = {key: ids for key, ids in delivery.cited.items() if is_kept(key)}


def _is_of_a_comparison(key: str) -> bool:
    """Whether a finding's key is that of one made with the delivery that is corrected or replaced."""
    code = key.partition(".")[0]
    return code in FINDINGS and FINDINGS[code].stage is Stage.CORRECTION
