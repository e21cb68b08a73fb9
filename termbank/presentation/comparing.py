"""The matrix of comparability as pages show it: who compares with whom, why, and what regions have answered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from registry.actors import Actor
from registry.i18n import current_language, read, show_date, show_figure
from termbank.applications.regions import region_name
from termbank.comparing.degrees import DEGREE_TEXTS, Degree, Notice
from termbank.comparing.queries import Compared, Matrix, ToAnswer
from termbank.presentation.statements import span

KINDS = {
    Degree.SAME: ("same", "ok"),
    Degree.RESERVED: ("reserved", "info"),
    Degree.NOT_COMPARABLE: ("apart", "warn"),
    Degree.UNKNOWN: ("unknown", "idle"),
}
"""How a degree is drawn as a thread, and the kind of its status."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """How two statements compare, as far as this reader may know: ``heading`` names the other, or the time of the change."""

    heading: str
    tie: str
    status: tuple[str, str]
    reasons: Sequence[str]
    answers: Sequence[tuple[str, str, str]]
    """Region, day, and what it answers."""
    remark: str
    url: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A region against every other one; a cell is ``None`` against itself."""

    code: str
    name: str
    url: str
    cells: Sequence[tuple[str, str, str] | None]
    """How it is drawn, what it says, and the region that it is about."""
    counts: str


@dataclass(frozen=True)
class MatrixPage:
    """A concept's matrix, for one reader. ``pairs`` and ``changes`` are of the region that is chosen, or of all where none is."""

    rows: Sequence[MatrixRow]
    heads: Sequence[str]
    pairs: Sequence[PairRow]
    changes: Sequence[PairRow]


def matrix_page(matrix: Matrix, slug: str, actor: Actor, steward_id: str, chosen: str, day: str) -> MatrixPage:
    """The matrix with the details of the region ``chosen`` (a county code; empty for none)."""
    shown = {frozenset(one.regions): pair_row(one, actor, steward_id) for one in matrix.pairs}
    rows = [_matrix_row(code, matrix, shown, slug, day) for code in matrix.regions]
    pairs = [
        pair_row(one, actor, steward_id, other)
        for other in matrix.regions
        if chosen and (one := matrix.between(chosen, other)) and other != chosen
    ]
    changes = [pair_row(one, actor, steward_id) for one in matrix.changes if chosen in ("", one.regions[0])]
    return MatrixPage(rows, [region_name(code) for code in matrix.regions], pairs, changes)


def counts_of(matrix: Matrix, actor: Actor, steward_id: str = "") -> str:
    """How many pairs of regions there are of each degree, in words."""
    return _counted(_degree(one, actor, steward_id) for one in matrix.pairs)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A difference that is to be answered, with its tick."""

    key: str
    term: str
    other: str
    reasons: Sequence[str]
    until: str
    is_out: bool
    url: str


def answer_rows(found: Sequence[ToAnswer]) -> list[AnswerRow]:
    """What a region may answer."""
    language = current_language()
    return [
        AnswerRow(
            one.key,
            one.own.application.term.in_language(language) or one.own.application.term.sv,
            region_name(one.other.application.region)
            if one.other.application.region != one.own.application.region
            else _("its own application before, %(time)s", time=span(one.other.application).striptags()),
            [read(reason) for reason in one.judgement.reasons],
            show_date(one.notice.last_day),
            one.notice.is_out,
            url_for(
                "termbank.compare_applications", vanster=one.own.version.item.slug, hoger=one.other.version.item.slug
            ),
        )
        for one in found
    ]


def outcome(notice: Notice) -> str:
    """What is said beside a difference of how it has been answered."""
    names = ", ".join(region_name(code) for code in notice.unanswered)
    if not notice.is_out:
        return str(_("Not out yet: %(names)s may answer through %(day)s.", names=names, day=show_date(notice.last_day)))
    return str(_("Unanswered: %(names)s.", names=names)) if names else ""


def _matrix_row(code: str, matrix: Matrix, shown: dict[frozenset[str], PairRow], slug: str, day: str) -> MatrixRow:
    cells: list[tuple[str, str, str] | None] = []
    statuses = []
    for other in matrix.regions:
        row = shown.get(frozenset((code, other))) if other != code else None
        cells.append((row.tie, row.status[1], region_name(other)) if row else None)
        statuses += [row.status[1]] if row else []
    counts = Counter(statuses)
    words = ", ".join(f"{label} {show_figure(number)}" for label, number in counts.items())
    url = url_for("termbank.comparability", slug=slug, region=code, dag=day or None, _anchor="par")
    return MatrixRow(code, region_name(code), url, cells, words)


def pair_row(one: Compared, actor: Actor, steward_id: str = "", other: str = "") -> PairRow:
    """How two statements compare, for this reader."""
    heading = region_name(other) if other else _heading(one)
    url = url_for(
        "termbank.compare_applications", vanster=one.left.version.item.slug, hoger=one.right.version.item.slug
    )
    if not one.is_shown_to(actor, steward_id):
        day = show_date(one.notice.last_day)
        tie, kind = KINDS[Degree.UNKNOWN]
        reason = _("The regions may answer through %(day)s; then it is said how they compare.", day=day)
        return PairRow(heading, tie, (kind, _("Being answered")), [reason], (), "", url)
    tie, kind = KINDS[one.degree]
    is_apart = one.degree is Degree.NOT_COMPARABLE
    return PairRow(
        heading, tie, (kind, read(DEGREE_TEXTS[one.degree])), [read(reason) for reason in one.judgement.reasons],
        [(_region_of(one, answer.version_id), show_date(answer.answered_at), answer.text) for answer in one.answers] if is_apart else (),
        outcome(one.notice) if is_apart else "", url,
    )  # fmt: skip


def _heading(one: Compared) -> str:
    first, other = one.regions
    if first != other:
        return str(_("%(one)s and %(other)s", one=region_name(first), other=region_name(other)))
    begins: date | None = one.right.application.valid_from
    return (
        str(_("%(region)s, %(day)s", region=region_name(first), day=show_date(begins)))
        if begins
        else region_name(first)
    )


def _region_of(one: Compared, version_id: str) -> str:
    side = one.left if one.left.version.id == version_id else one.right
    return region_name(side.application.region)


def _degree(one: Compared, actor: Actor, steward_id: str) -> Degree:
    return one.degree if one.is_shown_to(actor, steward_id) else Degree.UNKNOWN


def _counted(degrees: Iterable[Degree]) -> str:
    counts = Counter(degrees)
    return ", ".join(
        f"{read(DEGREE_TEXTS[degree])} {show_figure(counts[degree])}" for degree in Degree if counts[degree]
    )
