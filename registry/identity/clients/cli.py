"""`flask --app wsgi clients …`: list, create, change to another secret or key, renew and revoke machine clients.

A region's are made `--as` its administrator; without it a command acts for the registry, which makes those of recipients and
stewards.
"""

import json
from datetime import datetime
from typing import IO, Any

import click
from flask.cli import AppGroup

from registry import clock
from registry.actors import Actor, Scope
from registry.db import db, transaction
from registry.findings import Text
from registry.identity.cli import AS, acting, organisation_named
from registry.identity.client_tables import Client
from registry.identity.clients import queries, services
from registry.paging import SIZE
from registry.terminal.speech import fail, say, these

clients = AppGroup("clients", help="Machine clients: systems that deliver for an organisation.")
DAY = click.DateTime(["%Y-%m-%d"])
KEY = click.option("--key", type=click.File("r"), help="A file with a public key (PEM or JWK), instead of a secret.")
JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


@clients.command("list")
@click.option("--page", "number", default=1, show_default=True, help=f"Which page, of {SIZE} clients.")
@JSON
@AS
def list_clients(number: int, as_json: bool, as_login: str | None) -> None:
    """List the clients that one administers: their id, organisation, scopes, last day and last use."""
    rows = [_row(one) for one in queries.page_of_clients(db.session, acting(as_login), number).rows]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['client_id']}  {row['organisation']}  {row['state']}  {row['name']}")
        click.echo(f"    {' '.join(row['scopes'])}  – {row['expires_on']}")


@clients.command()
@click.argument("organisation", metavar="KIND:CODE")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help="What it may do. Repeatable.")
@click.option("--until", type=DAY, required=True, help="Its last day, YYYY-MM-DD.")
@KEY
@JSON
@AS
def create(
    organisation: str,
    name: str,
    scopes: tuple[str, ...],
    until: datetime,
    key: IO[str] | None,
    as_json: bool,
    as_login: str | None,
) -> None:
    """Make a client of an organisation (region:25). Its secret is shown once."""
    actor, held = acting(as_login), [_scope(one) for one in scopes]
    with transaction() as session:
        made = services.create_client(
            session,
            actor,
            clock.now(),
            organisation=session.merge(organisation_named(organisation)),
            name=name,
            scopes=held,
            expires_on=until.date(),
            public_key=_text(key),
        )
    _show(made, as_json)


@clients.command()
@click.argument("client_id")
@KEY
@JSON
@AS
def rotate(client_id: str, key: IO[str] | None, as_json: bool, as_login: str | None) -> None:
    """Make another secret, or add another key. The one in use goes on meanwhile; end it when the system has changed."""
    actor = acting(as_login)
    with transaction() as session:
        made = services.add_credential(
            session, actor, clock.now(), client=_client(actor, client_id), public_key=_text(key)
        )
    _show(made, as_json)


@clients.command("end-credential")
@click.argument("client_id")
@click.argument("credential_id")
@AS
def end_credential(client_id: str, credential_id: str, as_login: str | None) -> None:
    """End a secret or key at once, and the client's tokens."""
    actor = acting(as_login)
    with transaction() as session:
        client = _client(actor, client_id)
        services.end_credential(session, actor, clock.now(), client=client, credential_id=credential_id)
    say(Text("Den är avslutad.", "It is ended."))


@clients.command()
@click.argument("client_id")
@click.option("--until", type=DAY, required=True, help="The new last day, YYYY-MM-DD.")
@AS
def renew(client_id: str, until: datetime, as_login: str | None) -> None:
    """Let a client be valid until another day."""
    actor = acting(as_login)
    with transaction() as session:
        services.renew_client(session, actor, clock.now(), client=_client(actor, client_id), expires_on=until.date())
    say(Text(f"Klienten gäller till och med {until.date()}.", f"The client is valid until {until.date()}."))


@clients.command()
@click.argument("client_id")
@AS
def revoke(client_id: str, as_login: str | None) -> None:
    """End a client for good, at once."""
    actor = acting(as_login)
    with transaction() as session:
        services.revoke_client(session, actor, clock.now(), client=_client(actor, client_id))
    say(Text("Klienten är spärrad.", "The client is revoked."))


def _client(actor: Actor, client_id: str) -> Client:
    found = queries.client_seen_by(db.session, actor, client_id)
    if found is None:
        fail(
            Text(
                f"Det finns ingen klient {client_id} som du administrerar. `flask --app wsgi clients list --as …` räknar upp dem.",
                f"There is no client {client_id} that you administer. `flask --app wsgi clients list --as …` lists them.",
            )
        )
    return found


def _scope(text: str) -> Scope:
    if text not in set(Scope):
        there = these(Scope)
        fail(Text(f"Det finns ingen behörighet {text}. {there.sv}", f"There is no scope {text}. {there.en}"))
    return Scope(text)


def _text(key: IO[str] | None) -> str:
    return key.read(2**16) if key is not None else ""


def _show(made: services.NewCredential, as_json: bool) -> None:
    if as_json:
        told = {"client_id": made.client_id, "credential_id": made.credential_id, "client_secret": made.secret}
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(f"client_id      {made.client_id}")
    if made.secret is not None:
        click.echo(f"client_secret  {made.secret}")
        say(Text("Hemligheten visas bara nu.", "The secret is shown only now."))


def _row(client: Client) -> dict[str, Any]:
    now = clock.now()
    state = "revoked" if client.revoked_at else "valid" if client.is_open(now) else "ended"
    return {
        "client_id": client.id,
        "name": client.name,
        "organisation": f"{client.organisation.kind}:{client.organisation.code}",
        "scopes": list(client.scopes),
        "state": state,
        "expires_on": client.last_day.isoformat(),
        "last_used_at": client.last_used_at.isoformat() if client.last_used_at else None,
        "credentials": [{"id": one.id, "kind": one.kind} for one in client.valid_credentials(now)],
    }
