"""Table versions as references: each may know of what their audience has, the recipient also of what waits."""

from collections.abc import Mapping

from flask import url_for
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from information_models import measures
from registry.actors import Actor
from registry.dependants import Kind, Listing, Rows
from registry.findings import Language, Text
from registry.items.queries import versions_by_hash
from registry.references import Described
from submission_portal.flows.audiences import Audience
from submission_portal.followup.gateway import nameable, readable
from submission_portal.followup.tables import TableVersion

KIND = Text("Publicerad tabell", "Published table")
WAITING = Text("Tabell som väntar på beslut", "Table that waits for a decision")


def describe_tables(session: Session, actor: Actor, ids: list[str]) -> Mapping[str, Described]:
    wanted = (
        TableVersion.measure_slug,
        TableVersion.measure_version_hash,
        TableVersion.number,
        TableVersion.audience,
        readable(actor).label("is_shown"),
    )
    rows = session.execute(select(TableVersion.id, *wanted).where(TableVersion.id.in_(ids), nameable(actor))).all()
    versions = versions_by_hash(session, sorted({row.measure_version_hash for row in rows}))
    described = {}
    for row in rows:
        version = versions.get(row.measure_version_hash)
        title = measures.read(version.content).title if version else Text(row.measure_slug, row.measure_slug)
        described[row.id] = Described(
            KIND if row.is_shown else WAITING,
            Text(
                f"{title.sv}, tabellversion {row.number}{_for(row.audience, 'sv')}",
                f"{title.en}, table version {row.number}{_for(row.audience, 'en')}",
            ),
            url_for("followup.version", slug=row.measure_slug, number=row.number) if row.is_shown else None,
            "figure",
        )
    return described


def _for(audience: str, language: Language) -> str:
    """Who else than the public a version is for."""
    if audience == Audience.PUBLIC:
        return ""
    return {"sv": ", för ", "en": ", for "}[language] + Audience(audience).label.in_language(language)


def _rows(actor: Actor) -> Rows:
    kind = case((readable(actor), "table"), else_="waiting_table")
    at = func.coalesce(TableVersion.release_at, TableVersion.composed_at)
    return select(TableVersion.id.label("id"), kind.label("kind"), at.label("at")).where(nameable(actor))


LISTING = Listing(_rows, lambda: {"table": Kind(KIND, "figure"), "waiting_table": Kind(WAITING, "figure")})
