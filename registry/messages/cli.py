"""`flask --app wsgi messages …`: what the operator of the mail server tells the registry."""

import click
from flask.cli import AppGroup

from registry import clock
from registry.db import transaction
from registry.findings import Text
from registry.messages.choosing import bounced
from registry.terminal.speech import fail, say

messages = AppGroup("messages", help="Letters about messages.")


@messages.command("bounced")
@click.argument("address")
@click.option("--reason", default="550", show_default=True, help="What the mail server said; the person reads it.")
def bounced_command(address: str, reason: str) -> None:
    """Switch an address off whose letters came back later (from the mail server's handling of bounces)."""
    with transaction(bookkeeping=True) as session:
        count = bounced(session, clock.now(), address, reason)
    if not count:
        fail(Text("Ingen får e-post till den adressen.", "Nobody gets letters at that address."))
    say(Text("Adressen är avstängd.", "The address is switched off."))
