"""What the pages about uses show, put together from queries: plain values, ready for the templates."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.needs import Assignment, Need
from information_models.starter.loading import assignments
from registry import clock
from registry.findings import Finding, Text
from registry.i18n import show_date
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.tables import Item, Version
from submission_portal.flows import suspending
from submission_portal.flows.agreeing.register import taken_over
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.content import read as read_line
from submission_portal.flows.pages import name_of
from submission_portal.flows.uses import standing as of_use
from submission_portal.flows.uses.content import Use
from submission_portal.flows.uses.queries import uses_of_lines
from submission_portal.flows.uses.standing import USE, StandingUse


@dataclass(frozen=True, slots=True)
class UseRow:
    """A use as one row of a list. ``slug`` and ``url`` are ``None`` of what is carried over, which has no page of its own."""

    standing: StandingUse
    slug: str | None
    title: Text
    line: Version
    line_title: Text
    discloser: Text
    recipient: Text
    refusal: Finding | None
    """Why nothing may be disclosed for it today."""
    suspension: Finding | None
    is_free: bool
    """Whether it is carried over, and nothing is to take its place yet."""

    @property
    def url(self) -> str | None:
        return url_for("uses.show", slug=self.slug) if self.slug else None

    @property
    def to_succeed(self) -> str | None:
        """Where one that takes its place is proposed; ``None`` where it is a use of its own, or is succeeded already."""
        if not self.is_free:
            return None
        kind = self.standing.ref.partition(":")[0]
        return url_for("uses.propose", linje=self.line.item.slug, ersatter=kind)

    @property
    def use(self) -> Use:
        return self.standing.use

    def is_of(self, organisation_ids: Collection[str]) -> bool:
        """Whether one of these organisations is a side of it."""
        return self.use.discloser in organisation_ids or self.use.recipient in organisation_ids

    @property
    def is_over(self) -> bool:
        """Whether it was withdrawn, or its last day has passed."""
        return self.standing.is_withdrawn or self.standing.sunset < clock.today()

    @property
    def is_ahead(self) -> bool:
        """Whether it is approved and its first day is still to come."""
        return self.use.valid_from > clock.today() and not self.standing.is_withdrawn


def rows_of_lines(session: Session, lines: Sequence[Version], names: Mapping[str, Organisation]) -> list[UseRow]:
    """The uses of some lines in force or coming; a bounded number of statements, whatever there is."""
    return rows(session, lines, uses_of_lines(session, [one.item_id for one in lines]), names)


def rows(
    session: Session,
    lines: Sequence[Version],
    found: Mapping[str, Sequence[StandingUse]],
    names: Mapping[str, Organisation],
) -> list[UseRow]:
    """The same of uses that are at hand, by the line's item id; two statements."""
    by_line = {one.item_id: one for one in lines}
    item_ids = [_item_id(one) for uses in found.values() for one in uses if not one.is_carried_over]
    slugs = _slugs(session, item_ids)
    stopped = suspending.lasting_of(session, item_ids)
    made = []
    for line_id, uses in found.items():
        taken = taken_over(uses)
        for one in uses:
            stop = suspending.as_finding(stopped.get(_item_id(one), []), USE) if not one.is_carried_over else None
            made.append(_row(one, by_line[line_id], names, slugs.get(_item_id(one)), stop, taken))
    return made


def all_lines(session: Session) -> list[Version]:
    """Every line that is in force or coming, by key."""
    return items.standing_versions(session, LINE)


def _row(
    one: StandingUse,
    line: Version,
    names: Mapping[str, Organisation],
    slug: str | None,
    stop: Finding | None,
    taken: Collection[str],
) -> UseRow:
    return UseRow(
        one,
        slug,
        title_of(one),
        line,
        read_line(line.content).title,
        name_of(names, one.use.discloser),
        name_of(names, one.use.recipient),
        of_use.refusal(one, clock.today()),
        stop,
        one.is_carried_over and one.ref not in taken,
    )


def title_of(one: StandingUse) -> Text:
    """What a use is called: what is carried over says what it is, since its line has the title."""
    if one.is_to_be_decided:
        return Text("Öppen publicering", "Open publication")
    if one.is_carried_over:
        return Text("Det som linjen godkändes för", "What the line was approved for")
    return one.use.title


def _item_id(one: StandingUse) -> str:
    return one.ref.partition(":")[2]


def _slugs(session: Session, item_ids: Collection[str]) -> dict[str, str]:
    return dict(session.execute(select(Item.id, Item.slug).where(Item.id.in_(item_ids))).all())


@dataclass(frozen=True, slots=True)
class NamedNeed:
    """A need that a use serves, with its assignment and where it is told of."""

    need: Need
    assignment: Assignment
    url: str


def named_needs(keys: Iterable[str]) -> tuple[list[NamedNeed], list[str]]:
    """The needs with these keys, and the keys that are no need's."""
    known = {
        need.key: NamedNeed(need, one, url_for("information_models.stated_needs") + f"#{one.slug}")
        for one in assignments()
        for need in one.needs
    }
    keys = list(keys)
    return [known[key] for key in keys if key in known], [key for key in keys if key not in known]


def retention_in_words(use: Use) -> str:
    """How long what was delivered may stand in figures after the use has ended. A draft may have yet to say it."""
    months = use.retention_months
    if months is None:
        return str(_("Not stated"))
    if not months:
        return str(_("It leaves the follow-up when the use ends."))
    years, rest = divmod(months, 12)
    in_months = ngettext("one month", "%(num)d months", months)
    kept = in_months if rest else ngettext("one year", "%(num)d years", years)
    return str(_("It may stand in the follow-up for %(time)s after the use has ended.", time=kept))


def past_in_words(use: Use) -> str:
    """Which of what was delivered before the use it covers."""
    if use.covers_from is None:
        return str(_("Only what is delivered from now on."))
    return str(
        _("What was delivered before, of periods that begin on %(day)s or later, too.", day=show_date(use.covers_from))
    )


def days_in_words(use: Use) -> str:
    """From when to when the use is valid."""
    return str(_("%(first)s to %(last)s", first=show_date(use.valid_from), last=show_date(use.valid_to)))
