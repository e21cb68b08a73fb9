"""The term bank on the start page: boundary cases that wait for a region's answers."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.i18n import current_language
from registry.plugin import Task
from termbank.boundary_cases import queries
from termbank.presentation.texts import term
from termbank.queries import concept_of


def panel(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each round that a region of the actor has not answered."""
    waiting = {
        one.id: one
        for region in sorted(actor.organisations(Role.DATA_OFFICER))
        for one in queries.unanswered(session, region, clock.today(now))
    }
    return [
        Task(
            "mine", "concept", _("Boundary cases for %(term)s", term=term(concept_of(one.version), current_language())),
            url_for("termbank.boundary_round", round_id=one.id),
            _("Count the cases by the wording, before it is decided."), ("warn", _("Waits for your answers")), one.closes_on,
        )
        for one in waiting.values()
    ]  # fmt: skip
