"""Making, changing and ending machine clients, and giving them tokens.

Whoever gives an organisation's roles makes its clients (`authority`), unless a package objects: who decides what an
organisation hands out without being asked again does not administer the systems that hand it out (`Plugin.client_objections`).
A token is no act and no event: what is done with it is recorded under the client's id.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import Actor, Scope
from registry.db import insert_or_ignore
from registry.errors import Invalid, NotFound, Refused
from registry.findings import Finding
from registry.identity import authority
from registry.identity.client_tables import (
    KEY,
    MOST_CREDENTIALS,
    MOST_TOKENS,
    SECRET,
    TOKEN_LASTS,
    Assertion,
    Client,
    Credential,
    Token,
)
from registry.identity.clients.finding_texts import FINDINGS
from registry.identity.clients.keys import PrivateKeyGiven, UnusableKey, public_jwk
from registry.identity.clients.tokens import new_token
from registry.identity.services import token_hash
from registry.identity.tables import Organisation
from registry.locks import holding
from registry.text_objections import objection_to_text

LONGEST_NAME = 120
LONGEST_LIFE = timedelta(days=731)
OVERLAP = timedelta(days=30)
"""For so long the credential in use is valid beside the one that it is changed to, unless somebody ends it."""


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A credential that was made. ``secret`` is shown once and kept nowhere; ``None`` for a public key."""

    client_id: str
    credential_id: str
    secret: str | None


def create_client(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    organisation: Organisation,
    name: str,
    scopes: Collection[Scope],
    expires_on: date,
    public_key: str = "",
) -> NewCredential:
    """A machine client of an organisation, with a secret or, where ``public_key`` (PEM or JWK) is given, that key.

    Raises `Invalid` for what was written, `Refused` or `Forbidden` where its clients are not this actor's to make.
    """
    require_client_maker(session, actor, organisation)
    expires_at, name = clock.end_of(expires_on), name.strip()
    found = [*_of_name(name), *([] if scopes else [FINDINGS.found("CLIENT-002")]), *_of_end(now, expires_on)]
    jwk = None
    if public_key.strip():
        try:
            jwk = public_jwk(public_key)
        except UnusableKey as error:
            found.append(_of_key(error))
    if found:
        raise Invalid(found)
    client = Client(
        organisation_id=organisation.id,
        name=name,
        scopes=sorted(one.value for one in scopes),
        created_at=now,
        created_by=str(actor.person_id),
        expires_at=expires_at,
    )
    session.add(client)
    session.flush()
    _record(session, "ClientCreated", actor, now, client, {"scopes": client.scopes})
    return _add_credential(session, actor, now, client, jwk)


def add_credential(
    session: Session, actor: Actor, now: datetime, *, client: Client, public_key: str = ""
) -> NewCredential:
    """Another secret or key, to change to. The one in use ends after `OVERLAP` at the latest.

    Raises `Invalid` for an unusable key, `Refused` where the client has ended or has two already.
    """
    client = _held(session, actor, client)
    _require_open(client, now)
    jwk = None
    if public_key.strip():
        try:
            jwk = public_jwk(public_key)
        except UnusableKey as error:
            raise Invalid([_of_key(error)]) from error
    valid = client.valid_credentials(now)
    if len(valid) >= MOST_CREDENTIALS:
        raise Refused(FINDINGS.found("CLIENT-005"))
    for one in list(client.credentials):
        if one.is_valid(now):
            one.expires_at = min(one.expires_at, now + OVERLAP)
        else:
            session.delete(one)
    session.flush()
    return _add_credential(session, actor, now, client, jwk)


def end_credential(session: Session, actor: Actor, now: datetime, *, client: Client, credential_id: str) -> None:
    """End a secret or key at once, and the client's tokens with it: nobody can tell which it was that got them.

    Raises `NotFound` where the client has no such credential.
    """
    client = _held(session, actor, client)
    ended = next((one for one in client.valid_credentials(now) if one.id == credential_id), None)
    if ended is None:
        raise NotFound("credential")
    ended.expires_at = now
    session.execute(delete(Token).where(Token.client_id == client.id))
    session.flush()
    _record(session, "ClientCredentialEnded", actor, now, client, {"credential": credential_id, "kind": ended.kind})


def renew_client(session: Session, actor: Actor, now: datetime, *, client: Client, expires_on: date) -> None:
    """Let a client that has not ended be valid until another day. Its credentials end when they did."""
    client = _held(session, actor, client)
    _require_open(client, now)
    if found := _of_end(now, expires_on):
        raise Invalid(found)
    before, client.expires_at = client.expires_at, clock.end_of(expires_on)
    for one in client.valid_credentials(now):
        if one.expires_at == before:  # it was to last as long as the client
            one.expires_at = client.expires_at
    session.flush()
    _record(session, "ClientRenewed", actor, now, client, {"until": expires_on.isoformat()})


def revoke_client(session: Session, actor: Actor, now: datetime, *, client: Client) -> None:
    """End a client at once and for good, with its tokens. Ended already: nothing happens."""
    client = _held(session, actor, client)
    if client.revoked_at is not None:
        return
    client.revoked_at = now
    session.execute(delete(Token).where(Token.client_id == client.id))
    session.flush()
    _record(session, "ClientRevoked", actor, now, client, {})


def give_token(session: Session, now: datetime, *, client_id: str, scopes: Collection[Scope]) -> str:
    """A token of `TOKEN_LASTS` for a client that has shown who it is. Returns it; only its hash is kept.

    Those that have ended are removed, and the oldest where there are `MOST_TOKENS`. Raises `NotFound` where the client was
    ended meanwhile.
    """
    client = session.scalars(holding(select(Client).where(Client.id == client_id), of=Client)).unique().one()
    if not client.is_open(now):
        raise NotFound("client")
    token = new_token(str(current_app.secret_key))
    session.execute(delete(Token).where(Token.client_id == client.id, Token.expires_at <= now))
    valid = select(Token.token_hash).where(Token.client_id == client.id)
    newest_first = list(session.scalars(valid.order_by(Token.created_at.desc(), Token.token_hash)))
    session.execute(delete(Token).where(Token.token_hash.in_(newest_first[MOST_TOKENS - 1 :])))
    session.add(
        Token(
            token_hash=token_hash(token),
            client_id=client.id,
            scopes=sorted(one.value for one in scopes),
            created_at=now,
            expires_at=min(now + TOKEN_LASTS, client.expires_at),
        )
    )
    client.last_used_at = now
    session.flush()
    return token


def take_assertion(session: Session, now: datetime, *, client_id: str, jti: str, expires_at: datetime) -> bool:
    """Keep that an assertion was shown; whether it was for the first time. Those that have ended are removed."""
    session.execute(delete(Assertion).where(Assertion.expires_at <= now))
    return insert_or_ignore(
        session,
        Assertion,
        client_id=client_id,
        jti_hash=sha256(jti.encode("utf-8", "surrogatepass")).hexdigest(),
        expires_at=expires_at,
    )


def revoke_token(session: Session, *, client_id: str, token: str) -> None:
    """End a token of a client (RFC 7009); another client's, or none, is left as it is."""
    session.execute(delete(Token).where(Token.token_hash == token_hash(token), Token.client_id == client_id))


def secret_fits(client: Client, now: datetime, secret: str) -> bool:
    """Whether a secret is one of the client's that are valid."""
    shown = token_hash(secret)
    fits = [
        secrets.compare_digest(one.secret_hash or "", shown)
        for one in client.valid_credentials(now)
        if one.kind == SECRET
    ]
    return any(fits)


def require_client_maker(session: Session, actor: Actor, organisation: Organisation) -> None:
    """See that the organisation's clients are this actor's to make and end. Raises `Refused` or `Forbidden`."""
    authority.require_role_giver(actor, organisation)
    if actor.is_system and organisation.kind == authority.REGION:
        raise Refused(FINDINGS.found("CLIENT-008", {"name": organisation.name}))
    for objection in current_app.extensions["registry"].client_objections:
        if (finding := objection(session, actor, organisation.id)) is not None:
            raise Refused(finding)


def _held(session: Session, actor: Actor, client: Client) -> Client:
    """The client, held until the transaction ends, where it is this actor's to change."""
    require_client_maker(session, actor, session.get_one(Organisation, client.organisation_id))
    held = session.scalars(holding(select(Client).where(Client.id == client.id), of=Client)).unique().one()
    session.refresh(held, ["credentials"])
    return held


def _add_credential(session: Session, actor: Actor, now: datetime, client: Client, jwk: str | None) -> NewCredential:
    secret = None if jwk is not None else secrets.token_urlsafe(32)
    made = Credential(
        client_id=client.id,
        kind=SECRET if jwk is None else KEY,
        secret_hash=token_hash(secret) if secret is not None else None,
        public_key=jwk,
        created_at=now,
        expires_at=client.expires_at,
    )
    session.add(made)
    session.flush()
    _record(session, "ClientCredentialAdded", actor, now, client, {"credential": made.id, "kind": made.kind})
    return NewCredential(client.id, made.id, secret)


def _require_open(client: Client, now: datetime) -> None:
    if not client.is_open(now):
        raise Refused(FINDINGS.found("CLIENT-006"))


def _of_name(name: str) -> list[Finding]:
    if not name or len(name) > LONGEST_NAME:
        return [FINDINGS.found("CLIENT-001")]
    objection = objection_to_text((name,))
    return [] if objection is None else [objection]


def _of_end(now: datetime, expires_on: date) -> list[Finding]:
    latest = clock.today(now) + LONGEST_LIFE
    if clock.today(now) < expires_on <= latest:
        return []
    return [FINDINGS.found("CLIENT-003", {"latest": latest.isoformat()})]


def _of_key(error: UnusableKey) -> Finding:
    return FINDINGS.found("CLIENT-007" if isinstance(error, PrivateKeyGiven) else "CLIENT-004")


def _record(session: Session, type_: str, actor: Actor, now: datetime, client: Client, data: dict[str, object]) -> None:
    events.record(
        session, type_, actor=actor, now=now, subject=client.ref, organisation_id=client.organisation_id, data=data
    )
