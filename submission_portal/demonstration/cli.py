"""`flask --app wsgi demonstration`: accounts, then the main job once, told step by step; then how to sign in."""

import click
from flask import current_app

from registry import clock
from registry.db import db, transaction
from registry.findings import Text
from registry.identity import passwords
from registry.identity import queries as identity
from registry.terminal.speech import read, say
from submission_portal.demonstration import people, thread
from submission_portal.demonstration.thread import Told


@click.command("demonstration")
@click.option("--port", default=8000, help="Where the pages that are told of will be served.")
def demonstration(port: int) -> None:
    """Make this instance a demonstration and perform the main job on the bundled figures. Performed once."""
    base = f"http://127.0.0.1:{port}"
    instance = current_app.config["INSTANCE"]
    is_new = not people.has_password(instance)
    password = people.password(instance)
    if not thread.is_performed(db.session):
        _perform(base, password)
    elif is_new:
        password_hash = passwords.hashed(password)
        with transaction() as session:
            people.renew_passwords(session, clock.now(), password_hash)
    _how_to_sign_in(base, password)


def _perform(base: str, password: str) -> None:
    """Make the accounts and do the main job, telling each step."""
    say(
        Text(
            "Huvuduppgiften utförs en gång på de medföljande siffrorna:",
            "The main job is performed once on the bundled figures:",
        )
    )
    password_hash = passwords.hashed(password)
    with transaction() as session:
        people.load(session, clock.now(), password_hash)
    count = 0

    def tell(told: Told) -> None:
        nonlocal count
        count += 1
        click.echo(f"{count:3}. {read(told.what)}" + (f"\n     {base}{told.path}" if told.path else ""))

    thread.perform(tell)


def _how_to_sign_in(base: str, password: str) -> None:
    regions = identity.organisations(db.session, "region")
    say(
        Text(
            f"\nLogga in på {base}/logga-in med lösenordet {password}",
            f"\nSign in at {base}/logga-in with the password {password}",
        )
    )
    for account in people.accounts(regions):
        if account.is_shown and identity.actor_by_login(db.session, account.login) is not None:
            click.echo(f"  {account.login:24}{account.name}")
    say(Text("  uppgiftslamnare-NN och utlamnare-NN finns för varje region, med länskoden som NN.",
              "  uppgiftslamnare-NN and utlamnare-NN exist for every region, with the county code as NN."))  # fmt: skip
