"""Whether the regions of a measure count the same: for each of its wordings, how regions compare and what is not comparable."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.i18n import current_language, read
from termbank.applications.regions import region_name
from termbank.comparing.degrees import DEGREE_TEXTS, Degree
from termbank.comparing.queries import Compared, Matrix, matrices
from termbank.presentation.comparing import counts_of, outcome

SHOWN = 5
"""Differences that are listed of a wording; its own page has them all."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """A wording of the measure: where its matrix is, how many pairs compare in which way, and what does not compare."""

    term: str
    url: str
    counts: str
    differences: Sequence[tuple[str, str]]
    """The two regions, and how it was answered."""
    more: int


def comparable(session: Session, actor: Actor, concepts: Sequence[str], region: str | None = None) -> list[Comparable]:
    """The wordings of a measure that regions apply; of one region against the others where ``region`` is given."""
    found = matrices(session, concepts)
    return [_row(slug, found[slug], actor, region) for slug in concepts if slug in found]


def _row(slug: str, matrix: Matrix, actor: Actor, region: str | None) -> Comparable:
    pairs = tuple(one for one in matrix.pairs if region in (None, *one.regions))
    apart = [one for one in pairs if one.degree is Degree.NOT_COMPARABLE and one.is_shown_to(actor)]
    chosen = region if region in matrix.regions else None
    return Comparable(
        matrix.term.in_language(current_language()),
        url_for("termbank.comparability", slug=slug, region=chosen),
        counts_of(Matrix(matrix.term, matrix.regions, pairs, ()), actor)
        or _("One region has stated how it applies the wording."),
        [(_names(one), outcome(one.notice) or read(DEGREE_TEXTS[one.degree])) for one in apart[:SHOWN]],
        len(apart[SHOWN:]),
    )


def _names(one: Compared) -> str:
    return str(_("%(one)s and %(other)s", one=region_name(one.regions[0]), other=region_name(one.regions[1])))
