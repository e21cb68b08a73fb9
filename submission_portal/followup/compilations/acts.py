"""For which side a person acts who decides about a compilation."""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from submission_portal.followup.acts import series
from submission_portal.followup.compilations.tables import CompilationDecision


def on_decision(session: Session, happening: Happening) -> Stand:
    """The recipient's legal reviewer decides about a compilation of a measure, or ends such a decision."""
    decision = session.get_one(CompilationDecision, happening.subject.removeprefix("compilation:"))
    return Stand(series(decision.measure_slug), Side.RECIPIENT, decision.organisation_id)


ACTS = {"CompilationDecided": on_decision, "CompilationEnded": on_decision}
