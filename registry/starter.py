"""What every instance begins with: the organisations, then the content that the packages ship."""

from datetime import datetime

import click
from flask import current_app
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import SYSTEM, Actor
from registry.db import transaction
from registry.identity import services
from registry.locks import hold_name
from registry.plugin import StarterStep

STEWARD, RECIPIENT = "forvaltare", "nationell-uppfoljning"

# SCB's county codes with the regions' names. Source: the list of regions in SKR's XSD for waiting times (TillgangligVard 1.0),
# read 2026-08-20.
REGIONS = (
    ("01", "Region Stockholm"), ("03", "Region Uppsala"), ("04", "Region Sörmland"), ("05", "Region Östergötland"),
    ("06", "Region Jönköpings län"), ("07", "Region Kronoberg"), ("08", "Region Kalmar län"), ("09", "Region Gotland"),
    ("10", "Region Blekinge"), ("12", "Region Skåne"), ("13", "Region Halland"), ("14", "Västra Götalandsregionen"),
    ("17", "Region Värmland"), ("18", "Region Örebro län"), ("19", "Region Västmanland"), ("20", "Region Dalarna"),
    ("21", "Region Gävleborg"), ("22", "Region Västernorrland"), ("23", "Region Jämtland Härjedalen"),
    ("24", "Region Västerbotten"), ("25", "Region Norrbotten"),
)  # fmt: skip


def load_organisations(session: Session, actor: Actor, now: datetime) -> None:
    """The 21 regions, the steward of terms and models, and the national follow-up as recipient."""
    for code, name in REGIONS:
        services.create_organisation(session, actor, now, kind="region", code=code, name_sv=name, name_en=name)
    services.create_organisation(
        session,
        actor,
        now,
        kind="steward",
        code=STEWARD,
        name_sv="Registrets förvaltning",
        name_en="Registry stewardship",
    )
    services.create_organisation(
        session,
        actor,
        now,
        kind="recipient",
        code=RECIPIENT,
        name_sv="Nationell uppföljning",
        name_en="National follow-up",
    )


ORGANISATIONS = StarterStep(0, "organisations", load_organisations)


def load_starter_content() -> list[str]:
    """Run every step, each in a transaction of its own. What is there already is left alone."""
    names = []
    for step in current_app.extensions["registry"].starter_steps:
        with transaction() as session:
            hold_name(session, "starter")  # two servers of one database may start at the same moment
            step.load(session, SYSTEM, clock.now())
        names.append(step.name)
    return names


@click.command("starter")
def starter_command() -> None:
    """Load the content that ships with the registry. What is there already is left alone."""
    for name in load_starter_content():
        click.echo(name)
