"""Reading machine clients, and whose token a request carries."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from registry.actors import Actor, MachineClient, Role, Scope
from registry.identity import authority, queries
from registry.identity.client_tables import Client, Token
from registry.identity.services import token_hash
from registry.paging import Page, page_of

_CLIENT, _TOKEN = Client.__table__.c, Token.__table__.c
_OF_TOKEN = (
    select(_CLIENT.id, _CLIENT.organisation_id, _CLIENT.scopes, _TOKEN.scopes.label("allowed"), _TOKEN.expires_at)
    .join_from(Client.__table__, Token.__table__, _CLIENT.id == _TOKEN.client_id)
    .where(
        _TOKEN.token_hash == bindparam("token_hash"),
        _TOKEN.expires_at > bindparam("now"),
        _CLIENT.revoked_at.is_(None),
        _CLIENT.expires_at > bindparam("now"),
    )
)
"""Made once: putting a statement together takes longer than running it."""


def client_of_token(session: Session, now: datetime, token: str) -> tuple[MachineClient, datetime] | None:
    """Who carries a token, with what it allows and when it ends; ``None`` where it has ended or never was. One statement,
    of columns: it is asked at every request."""
    row = session.execute(_OF_TOKEN, {"token_hash": token_hash(token), "now": now}).one_or_none()
    if row is None:
        return None
    scopes = frozenset(Scope(one) for one in row.allowed if one in row.scopes)
    return MachineClient(row.id, row.organisation_id, scopes), row.expires_at


def page_of_clients(session: Session, actor: Actor, number: int) -> Page[Client]:
    """A page of the clients that an administrator sees to, those that are closed last."""
    found = select(Client).where(Client.organisation_id.in_(administered(session, actor)))
    closed_last = Client.revoked_at.is_not(None), Client.organisation_id, Client.created_at, Client.id
    return page_of(session, found.order_by(*closed_last), number)


def client_seen_by(session: Session, actor: Actor, client_id: str) -> Client | None:
    """A client, where it is this administrator's business."""
    client = session.get(Client, client_id)
    if client is None or client.organisation_id not in administered(session, actor):
        return None
    return client


def administered(session: Session, actor: Actor) -> set[str]:
    """The organisations whose clients the actor makes: those whose roles it gives."""
    if not (actor.is_system or actor.has_role(Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR)):
        return set()
    return {one.id for one in queries.organisations(session) if authority.may_give_roles(actor, one)}
