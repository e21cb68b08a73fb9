"""Releases as references: what people may see of them, and where a link goes."""

from collections.abc import Mapping

from flask import url_for
from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.dependants import Kind, Listing, Rows
from registry.findings import Text
from registry.period import Period
from registry.references import Described, Edge, is_of
from submission_portal.deliveries.tables import Delivery
from submission_portal.forwarding.tables import Release

KIND = Text("Frisläppning", "Release")


def describe_releases(session: Session, actor: Actor, ids: list[str]) -> Mapping[str, Described]:
    """Releases of the actor's own organisations, those made to them, and those that something published rests on."""
    query = select(Release, Delivery.number).join(Delivery, Delivery.id == Release.delivery_id)
    query = query.where(Release.id.in_(ids), _may_be_named(actor))
    described = {}
    for release, number in session.execute(query):
        day = Period.day(clock.local(release.released_at).date())
        described[release.id] = Described(
            KIND,
            Text(f"{number}, frisläppt {day.label('sv')}", f"{number}, released {day.label('en')}"),
            url_for("followup.trace", ref=f"release:{release.id}"),
            "decision",
        )
    return described


def _may_be_named(actor: Actor) -> ColumnElement[bool]:
    if actor.is_system:
        return Release.id.is_not(None)
    rests = exists().where(Edge.to_ref == "release:" + Release.id, is_of(Edge.from_ref, "table"))
    return or_(Release.organisation_id.in_(actor.organisations()), rests)


def _rows(actor: Actor) -> Rows:
    named = select(Release.id.label("id"), literal("release").label("kind"), Release.released_at.label("at"))
    return named.where(_may_be_named(actor))


LISTING = Listing(_rows, lambda: {"release": Kind(KIND, "decision")}, over="delivery", is_implied=True)
