"""`flask --app wsgi keys …`: what this instance signs with."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from registry import clock
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.findings import Text
from registry.signing import private_files, services
from registry.signing.queries import key_ring
from registry.terminal.files import write_file
from registry.terminal.speech import read, say

keys = AppGroup("keys", help="The keys that this instance signs with: list, export, rotate.")


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_(as_json: bool) -> None:
    """List the keys, the newest first, and since when each is not used any more."""
    jwks = key_ring(db.session).as_jwks()
    if as_json:
        click.echo(json.dumps(jwks, indent=2))
        return
    if not jwks["keys"]:
        say(Text("Det finns ingen nyckel ännu: den görs när något först signeras.",
                 "There is no key yet: it is made when something is first signed."))  # fmt: skip
    for key in key_ring(db.session).by_kid.values():
        word = Text("i bruk", "in use")
        if key.retired_at is not None:
            day = clock.local(key.retired_at).date()
            word = Text(f"inte i bruk sedan {day}", f"not in use since {day}")
        click.echo(f"{key.kid}  {read(word)}")


@keys.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; standard output if not given.")
def export(output: Path | None) -> None:
    """Write the public keys as a JSON Web Key Set: what whoever verifies keeps a copy of."""
    text = json.dumps(key_ring(db.session).as_jwks(), indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode())


@keys.command("rotate")
def rotate() -> None:
    """Take a new key into use. What the earlier one signed can still be verified; its private half is erased."""
    instance = Path(current_app.config["INSTANCE"])
    with transaction() as session:
        made, before = services.rotate(session, SYSTEM, clock.now(), instance)
    if before is not None:
        private_files.forget(instance, before)
    say(Text(f"Nyckeln {made} är i bruk.", f"The key {made} is in use."))
    if before is not None:
        say(Text(f"Nyckeln {before} signerar inget mer. Säg till dem som har en kopia av nycklarna att hämta dem på nytt.",
                 f"The key {before} signs nothing more. Tell those who have a copy of the keys to fetch them again."))  # fmt: skip
