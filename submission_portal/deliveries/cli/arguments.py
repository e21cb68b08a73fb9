"""What the commands about deliveries are given: who acts, which delivery, whether a machine reads the answer."""

import click

from registry.actors import Actor
from registry.db import db
from registry.errors import NotFound
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.cli import no_user
from registry.terminal.speech import fail
from submission_portal.deliveries import queries
from submission_portal.deliveries.tables import Delivery

JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


def actor_named(login: str) -> Actor:
    """The person with a user name; ends the command where there is none."""
    actor = identity.actor_by_login(db.session, login)
    if actor is None:
        fail(no_user(login))
    return actor


def delivery_named(actor: Actor, reference: str) -> Delivery:
    """The delivery by its id or number; ends the command where the actor may see none."""
    try:
        return queries.delivery_for(db.session, actor, reference)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen leverans {reference} som användaren får se. "
                "`flask --app wsgi deliveries list --as ANVÄNDARE` räknar upp dem.",
                f"There is no delivery {reference} that this user may see. "
                "`flask --app wsgi deliveries list --as USER` lists them.",
            )
        )
