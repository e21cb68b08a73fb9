"""What whoever decides on a wording is to know of the boundary cases that tried it, before anything is decided."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding, Text
from registry.items.tables import Version
from termbank.boundary_cases import queries
from termbank.boundary_cases.tables import BoundaryRound, RoundState
from termbank.finding_texts.all import FINDINGS

ALIKE = Text("Alla räknade lika.", "All counted alike.")
UNEXPLAINED = Text(
    "Ingen har sagt varför ordalydelsen ska gälla ändå, och innan dess kan den inte godkännas.",
    "Nobody has said why the wording is to apply all the same, and until then it cannot be approved.",
)


def tried(session: Session, version: Version) -> Sequence[Finding]:
    """Of each round that a decision on a version has to heed: until when it is out, or how alike regions counted."""
    day = clock.today()
    return [
        replace(_notice(one, queries.state_on(one, day)), refs=(f"boundary-round:{one.id}",))
        for one in queries.heeded(session, version, day)
    ]


def _notice(one: BoundaryRound, state: RoundState) -> Finding:
    if state is RoundState.OPEN and one.closes_on is not None:
        return FINDINGS.found("CASE-012", {"day": one.closes_on.isoformat()})
    pairs = [by_way.overall for by_way in queries.agreements(one)]
    return FINDINGS.found(
        "CASE-013",
        {
            "regions": len(queries.sent(one)), "equal": sum(each.equal for each in pairs), "pairs": sum(each.all for each in pairs),
            "explained": _explained(one),
        },
    )  # fmt: skip


def _explained(one: BoundaryRound) -> Text:
    if not queries.is_disagreement(one):
        return ALIKE
    if not one.explanation:
        return UNEXPLAINED
    return Text(
        f"Varför ordalydelsen ska gälla ändå: {one.explanation}",
        f"Why the wording is to apply all the same: {one.explanation}",
    )
