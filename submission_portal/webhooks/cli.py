"""`flask --app wsgi webhooks …`: list, make, change the secret of, turn off and on, withdraw, and send again.

Webhooks are a region's, made `--as` its administrator.
"""

import json
from collections.abc import Callable
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from registry import clock
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Text
from registry.identity.cli import acting, organisation_named
from registry.paging import SIZE
from registry.terminal.speech import fail, say
from submission_portal.webhooks import queries, services
from submission_portal.webhooks.signing import secret_of
from submission_portal.webhooks.tables import Webhook

webhooks = AppGroup("webhooks", help="Webhooks: systems that are told of what happens to a region's deliveries.")
AS = click.option("--as", "as_login", metavar="USER", required=True, help="The region's administrator.")
JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


@webhooks.command("list")
@click.option("--page", "number", default=1, show_default=True, help=f"Which page, of {SIZE} webhooks.")
@JSON
@AS
def list_webhooks(number: int, as_json: bool, as_login: str) -> None:
    """List a region's webhooks: where they lead, and whether they work."""
    rows = [_row(one) for one in queries.page_of_webhooks(db.session, acting(as_login), number).rows]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['organisation']}  {row['state']}  {row['url']}")
        click.echo(f"    {row['waiting']}  {row['given_up']}  {row['last_sent_at'] or '–'}")


@webhooks.command()
@click.argument("organisation", metavar="KIND:CODE")
@click.argument("url")
@JSON
@AS
def create(organisation: str, url: str, as_json: bool, as_login: str) -> None:
    """Make a webhook of a region (region:25). Its secret is shown once."""
    actor, place, judged = acting(as_login), organisation_named(organisation), services.judge(url)
    with transaction() as session:
        made = services.create_webhook(session, actor, clock.now(), organisation=session.merge(place), judged=judged)
        identifier = made.id
    _show_secret(identifier, as_json=as_json)


@webhooks.command()
@click.argument("webhook_id")
@JSON
@AS
def rotate(webhook_id: str, as_json: bool, as_login: str) -> None:
    """Give a webhook another secret, shown once. For a day messages are signed with both."""
    _change(webhook_id, as_login, services.rotate_secret)
    _show_secret(webhook_id, as_json=as_json)


@webhooks.command("turn-off")
@click.argument("webhook_id")
@AS
def turn_off(webhook_id: str, as_login: str) -> None:
    """Send nothing more to a webhook until it is turned on."""
    _change(webhook_id, as_login, services.turn_off)
    say(Text("Webhooken är avstängd.", "The webhook is turned off."))


@webhooks.command("turn-on")
@click.argument("webhook_id")
@AS
def turn_on(webhook_id: str, as_login: str) -> None:
    """Send to a webhook again what happens from now on."""
    _change(webhook_id, as_login, services.turn_on)
    say(Text("Webhooken är på.", "The webhook is on."))


@webhooks.command()
@click.argument("webhook_id")
@AS
def withdraw(webhook_id: str, as_login: str) -> None:
    """End a webhook for good."""
    _change(webhook_id, as_login, services.withdraw)
    say(Text("Webhooken är borttagen.", "The webhook is withdrawn."))


@webhooks.command("send-again")
@click.argument("webhook_id")
@click.option("--message", "message_id", default="", help="This message (msg_…); without, all that were given up.")
@AS
def send_again(webhook_id: str, message_id: str, as_login: str) -> None:
    """Send once more what a webhook did not take."""
    sent = _change(
        webhook_id,
        as_login,
        lambda session, actor, now, webhook: services.send_again(
            session, actor, now, webhook=webhook, message_id=message_id
        ),
    )
    say(Text(f"Meddelanden som skickas på nytt: {sent}.", f"Messages that are sent again: {sent}."))


def _change(webhook_id: str, as_login: str, act: Callable[..., Any]) -> Any:
    actor = acting(as_login)
    with transaction() as session:
        return act(session, actor, clock.now(), webhook=_webhook(actor, webhook_id))


def _webhook(actor: Actor, webhook_id: str) -> Webhook:
    try:
        return queries.webhook_seen_by(db.session, actor, webhook_id)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen webhook {webhook_id} som du administrerar. `flask --app wsgi webhooks list --as …` räknar upp dem.",
                f"There is no webhook {webhook_id} that you administer. `flask --app wsgi webhooks list --as …` lists them.",
            )
        )


def _show_secret(webhook_id: str, *, as_json: bool) -> None:
    webhook = db.session.get_one(Webhook, webhook_id)
    secret = secret_of(str(current_app.secret_key), webhook.id, webhook.secret_number)
    if as_json:
        click.echo(json.dumps({"id": webhook_id, "secret": secret}, indent=2))
        return
    click.echo(f"id      {webhook_id}")
    click.echo(f"secret  {secret}")
    say(Text("Hemligheten visas bara nu.", "The secret is shown only now."))


def _row(webhook: Webhook) -> dict[str, Any]:
    counts = queries.counts_of(db.session, webhook)
    is_failing = webhook.failing_since is not None
    state = (
        "withdrawn" if webhook.withdrawn_at else "off" if webhook.turned_off_at else "failing" if is_failing else "on"
    )
    return {
        "id": webhook.id,
        "url": webhook.url,
        "organisation": f"{webhook.organisation.kind}:{webhook.organisation.code}",
        "state": state,
        "waiting": counts.waiting,
        "given_up": counts.given_up,
        "last_sent_at": webhook.last_sent_at.isoformat() if webhook.last_sent_at else None,
    }
