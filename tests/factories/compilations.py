"""A measure of intensive care over all regions, and one of wards day by day over two: what rules on compilations close."""

from datetime import date, datetime

from sqlalchemy import select

from information_models.starter.loading import measure_contents
from registry.actors import Actor
from registry.db import db, transaction
from registry.events import Event
from submission_portal.flows.audiences import Audience
from submission_portal.followup.compilations.deciding import Extent, decide_view, end_decision
from submission_portal.followup.compilations.tables import CompilationDecision, Outcome
from submission_portal.followup.compilations.views import View
from submission_portal.followup.gateway import current_table
from submission_portal.followup.plans import last_planned
from submission_portal.followup.queries import figures_of
from tests.by_hand import by_hand
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import (
    NOW,
    REGIONS,
    World,
    available,
    hospital_codes,
    outplaced,
    publish,
    run_worker,
)
from tests.shown import as_shown

IVA, YEARLY = "intensivvardsplatser", "disponibla-vardplatser-per-region-ar"
WARDS, DAILY = "utlokaliserade-patienter", "dagliga-vardplatser-per-avdelning"
RULE, NEAR, FINE = "intensive-care-capacity", "near-real-time", "fine-geography"
BEDS = {code: 40009 + 1117 * number for number, code in enumerate(REGIONS)}
"""Each region's beds: numbers that stand nowhere else on a page."""
DAY, YEAR = "2026-10-01", "2024"


def intensive_care(world: World, regions: tuple[str, ...] = REGIONS, year: int = 2024) -> None:
    """The measure, its releases and its table, open to everybody as far as no rule closes it."""
    body = measure_contents()["disponibla-vardplatser"] | {
        "slug": IVA,
        "title": {"sv": "Intensivvårdsplatser", "en": "Intensive-care beds"},
        "concepts": ["intensivvardsplats"],
        "concept_versions": [],
        "known_totals": [],
        "source": None,
    }
    with by_hand() as session:
        world.publish_concept(session, "intensivvardsplats", "a bed in intensive care")
        publish(session, "measure", IVA, body, world.steward)
    for code in regions:
        world.release(code, YEARLY, available(code, year, BEDS[code]), str(year))
    run_worker()


def wards_of_two(world: World) -> None:
    """Two regions' wards on a day: large numbers, so that none is hidden."""
    for code in ("24", "25"):
        wards = [(one, two) for one in hospital_codes(code).values() for two in ("Kirurgi", "Medicin")]
        counts = {ward: 4001 + 300 * int(code) + 31 * number for number, ward in enumerate(wards)}
        world.release(code, DAILY, outplaced(DAY, counts), DAY)
    run_worker()


def view(
    world: World, audience: str = "public", *, measure: str = IVA, rule: str = RULE, level: int = 0, kind: str = "year"
) -> View:
    recipient = world.organisations["nationell-uppfoljning"].id
    return View(recipient, measure, rule, Audience(audience), level, kind)  # type: ignore[arg-type]


def decide(
    person: Actor,
    what: View,
    *regions: str,
    now: datetime = NOW,
    until: date | None = None,
    age: int = 0,
    **given: object,
) -> CompilationDecision:
    """Open a view for some regions; keep it closed where none is named."""
    measure = last_planned(db.session, what.measure_slug)
    assert measure is not None
    outcome = Outcome.OPEN if regions else Outcome.KEEP_CLOSED
    said = {
        "reason": "Gammalt och redan känt.",
        "answers": example_answers(counts_persons=measure.measure.needs_protection),
        "outcome": outcome,
        "extent": Extent(frozenset(regions), age, until),
    } | given
    with transaction() as session:
        return decide_view(session, person, now, measure, what, **said)  # type: ignore[arg-type]


def end(person: Actor, what: View, *, now: datetime = NOW, reason: str = "Läget är ett annat.") -> CompilationDecision:
    measure = last_planned(db.session, what.measure_slug)
    assert measure is not None
    with transaction() as session:
        return end_decision(session, person, now, measure, what, reason=reason)


def open_regions(slug: str, who: Actor) -> set[str]:
    """The regions whose own figures somebody reads with their values."""
    shown = as_shown(current_table(db.session, slug, who), who)
    return {one.region for one in figures_of(shown, but="00", are_whole=True) if one.value is not None}


def refusals() -> list[tuple[str | None, str]]:
    """Who was refused a closed compilation, and by which road."""
    found = select(Event).where(Event.type == "CompilationRefused").order_by(Event.number)
    return [(one.person_id, one.data["road"]) for one in db.session.scalars(found)]
