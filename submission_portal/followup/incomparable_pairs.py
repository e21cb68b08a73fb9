"""Which regions are not comparable in a measure, out of their published statements of how they apply its wordings."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry import clock
from registry.actors import PUBLIC, Actor
from submission_portal.followup.incomparable import Incomparable, Incomparables
from termbank.comparing.degrees import Degree
from termbank.comparing.queries import Applied, Spell, applied


def incomparables(session: Session, concepts: Sequence[str], counted_by: Sequence[str] = ()) -> Incomparables:
    """What everybody may know of regions that are not comparable in these concepts; four statements of SQL.

    ``counted_by`` are hashes of the wordings that the figures are counted by.
    """
    return known_incomparables(applied(session, concepts, counted_by), concepts, PUBLIC)


def known_incomparables(found: Applied, concepts: Sequence[str], actor: Actor) -> Incomparables:
    """What an actor may know of it."""
    spells = [(concept, spell) for concept in concepts for spell in found.spells(concept)]
    return Incomparables(
        found.today,
        tuple(
            _incomparable(concept, spell)
            for concept, spell in spells
            if spell.compared.degree is Degree.NOT_COMPARABLE and spell.compared.is_shown_to(actor)
        ),
    )


def _incomparable(concept: str, spell: Spell) -> Incomparable:
    one = spell.compared
    of = {side.version.id: side.application.region for side in (one.left, one.right)}
    return Incomparable(
        concept,
        one.regions,
        spell.first if spell.first > date.min else None,
        spell.last if spell.last < date.max else None,
        one.judgement.reasons,
        one.notice.unanswered,
        tuple((of[answer.version_id], clock.today(answer.answered_at), answer.text) for answer in one.answers),
    )
