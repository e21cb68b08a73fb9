"""Decisions on compilations that one reader would read together: of two recipients, and of two measures of the same rows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from registry.actors import PUBLIC, SYSTEM, Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.findings import Text
from registry.identity.services import create_organisation
from registry.identity.tables import Organisation
from registry.items.tables import Version
from submission_portal.followup.compilations.tables import CompilationDecision
from submission_portal.followup.compilations.views import View, closed_views
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import figure_of, figures_of
from tests.factories.compilations import IVA, YEARLY, decide, end, intensive_care, view
from tests.factories.named_uses import approve_use
from tests.factories.released_figures import REGIONS, run_worker
from tests.shown import as_shown

RECIPIENT, SECOND = "nationell-uppfoljning", "folkhalsa"
SAME_ROWS = "disponibla-vardplatser"
"""Another measure of what the intensive-care measure counts: closed with it."""
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def iva(app, world):
    """Intensive care in all regions, for the recipient and everybody; of three of them for a second recipient as well."""
    world.grown("intensive care", lambda: intensive_care(world))
    with transaction() as session:
        create_organisation(
            session, SYSTEM, NOW, kind="recipient", code=SECOND, name_sv="Folkhälsan", name_en="Public Health"
        )
    world.organisations[SECOND] = db.session.query(Organisation).filter_by(code=SECOND).one()
    for code in ("01", "03", "04"):
        line = db.session.get_one(Version, world.flows[code, YEARLY].id)
        use = {"recipient": world.organisations[SECOND].id, "covers_from": "2014-01-01"}
        approve_use(line, f"folkhalsan-{code}", **use)
    run_worker()
    return world


@pytest.fixture
def second(iva) -> Organisation:
    return iva.organisations[SECOND]


@pytest.fixture
def other(actor, second):
    return actor("andra", (Role.LEGAL_REVIEWER, SECOND))


def theirs(second: Organisation, audience: str = "recipient", measure: str = IVA) -> View:
    return View(second.id, measure, "intensive-care-capacity", audience, 0, "year")  # type: ignore[arg-type]


def open_regions(reader: Actor, measure: str = IVA) -> set[str]:
    db.session.rollback()
    shown = as_shown(current_table(db.session, measure, reader), reader)
    return {one.region for one in figures_of(shown, but="00") if one.value is not None}


def refusal(person: Actor, what: View, *regions: str) -> str:
    with pytest.raises(Refused) as refused:
        decide(person, what, *regions)
    return str(refused.value.finding.code)


def test_a_second_recipient_finds_what_is_closed_in_its_own_tables_and_opens_it(iva, second, other):
    """Its tables are for nobody else: there is no public version to decide about."""
    found = {one.view: one for one in closed_views(db.session, other)}
    assert {one.organisation_id for one in found} == {second.id}
    assert found[theirs(second)].awaits
    assert open_regions(other) == set()
    decide(other, theirs(second), "01", "03")
    assert open_regions(other) == {"01", "03"}
    assert open_regions(PUBLIC) == set()


def test_two_recipients_decisions_never_make_a_view_that_neither_names(iva, second, reviewer, other):
    """A recipient's people read what another one has opened to everybody."""
    decide(reviewer, view(iva), "01")
    assert refusal(other, theirs(second), "03") == "VIEW-011"
    decide(other, theirs(second), "01", "03")
    assert refusal(reviewer, view(iva), "04") == "VIEW-011"
    decide(reviewer, view(iva), "01", "03", "04")


def test_who_is_refused_reads_the_names_of_regions_and_measures(iva, reviewer):
    decide(reviewer, view(iva), "01")
    with pytest.raises(Refused) as refused:
        decide(reviewer, view(iva, measure=SAME_ROWS), "03", "99x")
    assert "99x" in str(refused.value.finding.params["regions"])
    with pytest.raises(Refused) as refused:
        decide(reviewer, view(iva, measure=SAME_ROWS), "03")
    params = refused.value.finding.params
    assert params["measure"] == Text("Intensivvårdsplatser", "Intensive-care beds")
    assert params["regions"] == Text("Region Stockholm", "Region Stockholm")
    assert params["together"] == Text("Region Stockholm, Region Uppsala", "Region Stockholm, Region Uppsala")


def test_what_is_for_two_recipients_alone_nobody_reads_together(iva, second, reviewer, other):
    decide(reviewer, view(iva, "recipient"), "01")
    decide(other, theirs(second), "03")
    assert (open_regions(reviewer), open_regions(other)) == ({"01"}, {"03"})


@pytest.mark.parametrize("audience", ["public", "recipient"])
def test_two_measures_of_the_same_rows_are_opened_as_one(iva, reviewer, audience):
    """Whoever opens one region under one name, and another under the other, has put them side by side."""
    decide(reviewer, view(iva, audience), "01")
    assert refusal(reviewer, view(iva, audience, measure=SAME_ROWS), "03") == "VIEW-011"
    decide(reviewer, view(iva, audience, measure=SAME_ROWS), "01", "03")
    end(reviewer, view(iva, audience, measure=SAME_ROWS))
    decide(reviewer, view(iva, audience), "03")
    standing = select(func.count()).where(CompilationDecision.ended_at.is_(None))
    assert db.session.scalar(standing) == 1


def country(reader: Actor, measure: str) -> bool:
    """Whether a reader has the country's sum."""
    db.session.rollback()
    shown = as_shown(current_table(db.session, measure, reader), reader)
    return figure_of(shown, "00/2024").value is not None


def test_the_sum_that_tells_the_last_regions_is_closed_under_each_name(iva, reviewer):
    """All but two are open under one name; the country's sum under the other would tell one of the two the other's figure."""
    assert (country(PUBLIC, IVA), country(PUBLIC, SAME_ROWS)) == (True, True)
    decide(reviewer, view(iva), *REGIONS[2:])
    assert (country(PUBLIC, IVA), country(PUBLIC, SAME_ROWS)) == (False, False)


def test_the_sum_is_closed_where_another_recipient_has_nearly_all_regions(iva, second, other):
    """Its people read the country's sum in the table that is for everybody."""
    decide(other, theirs(second), *REGIONS[2:])
    assert not country(PUBLIC, IVA)
