"""Explanations beside a figure: those that concern its rows, for who reads the rows anyway, and never of a hidden figure."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from registry.actors import Role
from registry.db import db
from registry.starter import RECIPIENT
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.explained import explained_of
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.gateway import current_table
from submission_portal.followup.plans import planned_by_slug
from submission_portal.followup.queries import figures_of
from tests.by_hand import by_hand
from tests.pages import read

SLUG, KEY = "faststallda-vardplatser", "25/2018-03-01"
SAID = "En avdelning är stängd (påhittat)."


@pytest.fixture
def explained(norrbotten) -> Delivery:
    """The delivery behind the figure, with a warning that the region explained."""
    return about("HIS-002|faststallda||2018-03-01")


def about(*told: str) -> Delivery:
    with by_hand() as session:
        delivery = session.scalars(select(Delivery).where(Delivery.period == "2018-03-01")).one()
        finding = FINDINGS.found("HIS-002")
        delivery.assessment = Assessment(findings=(finding,), stored_keys=("HIS-002",), about={"HIS-002": told})
        delivery.explanations = {"HIS-002": SAID}
        delivery.number = delivery.number or "L-2026-0901"
    db.session.rollback()
    return db.session.get_one(Delivery, delivery.id)


def figure(actor) -> Figure:
    table = current_table(db.session, SLUG, actor, about="25")
    shown = shown_to(db.session, planned_by_slug(db.session, SLUG), table, actor)
    return next(one for one in figures_of(shown) if one.key == KEY)


def said_to(actor, of: Figure | None = None) -> list[str]:
    db.session.rollback()
    with_words = explained_of(db.session, actor, planned_by_slug(db.session, SLUG), of or figure(actor))
    return [one.text for one in with_words]


@pytest.fixture
def officer(actor):
    return actor("norrbotten", (Role.DATA_OFFICER, "25"))


@pytest.fixture
def within_request(app):
    with app.test_request_context():
        yield


def test_who_reads_the_rows_reads_the_explanation_and_nobody_else(explained, actor, officer, signed_in, client):
    people = {
        officer: True,
        actor("granskare", (Role.QUALITY_REVIEWER, RECIPIENT)): True,
        actor("mottagare", (Role.RECIPIENT, RECIPIENT)): False,
        actor("skane", (Role.DATA_OFFICER, "12")): False,
    }
    for person, reads in people.items():
        assert (SAID in read(signed_in(person).get(f"/uppfoljning/{SLUG}/siffra/{KEY}")).text) is reads
    assert SAID not in read(client.get(f"/uppfoljning/{SLUG}/siffra/{KEY}")).text


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.NEEDS_DECISION])
def test_nothing_is_said_beside_a_figure_that_is_hidden(explained, officer, within_request, status):
    assert said_to(officer) == [SAID]
    assert said_to(officer, replace(figure(officer), status=status, value=None)) == []


@pytest.mark.parametrize(
    ("told", "concerns"),
    [
        ("HIS-002|||", True),
        ("HIS-002|faststallda|65013|2018-03-01", True),
        ("HIS-002|varav_tekniska||2018-03-01", False),
        ("HIS-002|faststallda||2018-04-01", False),
        ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", False),
    ],
)
def test_an_explanation_stands_beside_the_figures_whose_rows_it_is_about(
    norrbotten, officer, within_request, told, concerns
):
    about(told)
    assert said_to(officer) == ([SAID] if concerns else [])
