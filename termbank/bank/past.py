"""A concept scheme as it was on a day: what somebody who read it, or fetched its files, at the end of that day found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding
from registry.items import queries as items
from registry.items.as_it_was import Standing, standing, was_withdrawn
from registry.items.lifecycle import State
from registry.items.tables import Version
from termbank.bank.queries import exports, published_schemes, statements, term_banks
from termbank.bank.queries.exports import Chains
from termbank.bank.queries.statements import Stated
from termbank.bank.queries.term_banks import TermBank
from termbank.concepts.schemes import Scheme
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport
from termbank.finding_texts.all import FINDINGS
from termbank.notions import APPLICATION, CONCEPT, SCHEME

MOST_SHOWN = 40
"""Letters of what was written that an answer repeats."""


@dataclass(frozen=True, slots=True)
class PastScheme:
    """A scheme, its concepts and the statements on them as they were, and those of its concepts that had been withdrawn."""

    scheme: Scheme
    """With the title, the licence and the base that it had; as it is today, where it was not published by then."""
    earlier_bases: tuple[str, ...]
    """How names of its concepts had begun before."""
    bank: TermBank
    stated: list[Stated]
    withdrawn: list[PublishedConcept]
    chains: Chains
    """The versions that each concept had had by then."""

    def export(self, base: str) -> SchemeExport:
        """What is written of it; ``base`` is the address of the instance."""
        return exports.export_of(
            self.bank, self.stated, self.scheme, base, withdrawn=self.withdrawn, chains=self.chains, before=self.earlier_bases
        )  # fmt: skip


def day_written(text: str) -> date | Finding:
    """The day that somebody asked for, or what is wrong with it: it is no day, or is still to come."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return FINDINGS.found("SCHEME-004", {"written": text.strip()[:MOST_SHOWN]})
    if day > clock.today():
        return FINDINGS.found("SCHEME-005", {"day": day.isoformat(), "today": clock.today().isoformat()})
    return day


def scheme_on(session: Session, scheme: Scheme, day: date) -> PastScheme:
    """A scheme when the Swedish day was over; empty before its first concept. Four statements at most.

    What was published later is not there, even with an earlier first day.
    """
    published = items.published_by(session, (CONCEPT, SCHEME), day)
    stood = _standings(published, day)
    bank = term_banks.made_of(
        [one.in_force for one in stood if one.in_force],
        [next_one for one in stood for next_one in one.coming],
        scheme.slug,
    )
    gone = {one.withdrawn.item.slug: one.withdrawn for one in stood if one.withdrawn and not one.coming}
    withdrawn = exports.as_withdrawn(
        session, {slug: version for slug, version in gone.items() if version.item.kind == CONCEPT}
    )
    applied = _standings(items.published_by(session, (APPLICATION,), day), day)
    stated = [Stated(one.in_force, statements.application_of(one.in_force)) for one in applied if one.in_force]
    left = {version.id for one in stood for version in (one.in_force, *one.coming) if version}

    def state_of(version: Version) -> State:
        if version.id in left:
            return State.PUBLISHED
        return State.WITHDRAWN if was_withdrawn(version, day) else State.SUPERSEDED

    own = bank.scheme_named(scheme.slug) or scheme
    had = [published_schemes.scheme_of(one).base for one in published if one.item_id == scheme.item]
    return PastScheme(
        own,
        tuple(one for one in dict.fromkeys(had) if one != own.base),
        bank,
        statements.in_order(stated),
        [one for one in withdrawn if one.concept.scheme.key == scheme.slug],
        exports.chained((one for one in published if one.item.kind == CONCEPT), state_of),
    )


def _standings(versions: Iterable[Version], day: date) -> list[Standing[Version]]:
    by_item: dict[str, list[Version]] = {}
    for version in versions:
        by_item.setdefault(version.item_id, []).append(version)
    return [standing(of_item, day) for of_item in by_item.values()]
