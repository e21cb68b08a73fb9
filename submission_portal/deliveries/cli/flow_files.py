"""`flask --app wsgi deliveries flow-file FLOW`: what a region checks its files with on a machine of its own."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from registry import clock
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Text
from registry.items.tables import Version
from registry.terminal.files import write_file
from registry.terminal.speech import fail, say
from submission_portal.deliveries.cli.arguments import actor_named
from submission_portal.deliveries.flow_exports.gathering import gather
from submission_portal.deliveries.flow_exports.services import READERS, hand_out
from submission_portal.units.lines import line_of


@click.command("flow-file")
@with_appcontext
@click.argument("flow")
@click.option("--as", "login", required=True, help="User name of an officer of the region.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
def flow_file(flow: str, login: str, output: Path) -> None:
    """Write the signed flow file of the line FLOW: for `kontrollera`, which checks files without the portal."""
    actor, now = actor_named(login), clock.now()
    try:
        item, version = line_of(db.session, flow)
    except NotFound:
        item = None
    if item is None or not actor.has_role(*READERS, organisation_id=item.organisation_id):
        fail(
            Text(
                f"Det finns ingen linje {flow} som {login} får läsa.", f"There is no line {flow} that {login} may read."
            )
        )
    file = gather(db.session, version, now, str(current_app.config["BASE_ADDRESS"]))
    with transaction() as session:
        kept = session.get_one(Version, version.id)
        data = hand_out(session, actor, now, kept, file, Path(current_app.config["INSTANCE"]))
    write_file(output, data)
    say(Text(f"{output}: {len(data)} byte.", f"{output}: {len(data)} bytes."))
