"""`flask --app wsgi storage verify`: compare everything that is stored with everything that is known of it."""

import json

import click
from flask.cli import AppGroup

from registry import clock
from registry.db import db
from registry.findings import Text
from registry.stored.sweeping import Swept, sweep
from registry.stored.verifying import Difference, Fault, Verification
from registry.stored.verifying import verify as compare
from registry.terminal.speech import read, say

storage = AppGroup("storage", help="The files that are stored.")

_FAULTS = {
    Fault.BYTES_MISSING: Text("filen saknas", "the file is missing"),
    Fault.BYTES_DIFFER: Text("filens innehåll är inte det som skrevs", "the file does not hold what was written"),
    Fault.ROW_DIFFERS: Text(
        "raden i databasen stämmer inte med nyckeln", "its row in the database is not that of its key"
    ),
    Fault.ROW_MISSING: Text("raden i databasen saknas", "its row in the database is missing"),
    Fault.NOT_NAMED: Text("ingen fil är angiven, fast det ska finnas en", "no file is named, though there must be one"),
    Fault.HASH_DIFFERS: Text("filen är en annan än den som kvitterades", "the file is another one than was received"),
    Fault.CONTENT_DIFFERS: Text("raderna är andra än de som kvitterades", "the rows are others than were received"),
    Fault.LISTED_MISSING: Text(
        "filen saknades redan vid uppgraderingen", "the file was missing already when the instance was upgraded"
    ),
    Fault.NOBODYS: Text("ingenting hänvisar till filen", "nothing refers to the file"),
    Fault.NOBODYS_DRAFT: Text("ett utkasts fil som ingen använder", "a draft's file that nobody uses"),
    Fault.REMOVAL_UNFINISHED: Text("raderingen blev inte färdig", "its erasing was not finished"),
    Fault.FILE_WITHOUT_ROW: Text("en fil utan rad i databasen", "a file without a row in the database"),
    Fault.FILE_MISSED: Text(
        "en fil utan rad i databasen, som någon saknar; --sweep tar upp den igen",
        "a file without a row in the database, that somebody lacks; --sweep takes it up again",
    ),
    Fault.UNFINISHED_FILE: Text("en påbörjad fil som ingen skriver", "an unfinished file that nobody is writing"),
    Fault.STRANGE_FILE: Text(
        "en främmande fil; den raderas inte", "a file that is not the registry's; it is not erased"
    ),
    Fault.NOT_IN_NATIONAL_STORE: Text(
        "raderna saknas i det nationella lagret", "its rows are not in the national store"
    ),
    Fault.NATIONAL_STORE_DIFFERS: Text(
        "raderna i det nationella lagret är andra", "its rows in the national store are others"
    ),
    Fault.NATIONAL_STORE_UNKNOWN: Text(
        "det nationella lagret har rader för en frisläppning som inte finns",
        "the national store has rows of a release that does not exist",
    ),
}


@storage.command()
@click.option(
    "--sweep", "is_sweeping", is_flag=True, help="First erase what nobody owns: remains of what was interrupted."
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def verify(is_sweeping: bool, as_json: bool) -> None:
    """Compare files, rows, hashes and owners; exit status 1 where anything differs."""
    swept = sweep(clock.now()) if is_sweeping else None
    found = compare(db.session)
    if as_json:
        click.echo(json.dumps(_as_dict(found, swept)))
    else:
        _tell(found, swept)
    if not found.is_whole:
        raise SystemExit(1)


def _tell(found: Verification, swept: Swept | None) -> None:
    if swept is not None and swept.held_until is not None:
        until = swept.held_until.isoformat(timespec="minutes")
        say(
            Text(
                f"Ingenting raderades: en kopia görs, till {until} som längst.",
                f"Nothing was erased: a copy is being made, until {until} at the latest.",
            )
        )
    elif swept is not None:
        say(
            Text(
                f"Raderade: {swept.drafts} utkasts filer, {swept.removals} påbörjade raderingar, {swept.unfinished} påbörjade filer, {swept.rowless} filer utan rad. Återfunna: {swept.found_again}.",
                f"Erased: {swept.drafts} drafts' files, {swept.removals} begun removals, {swept.unfinished} unfinished files, {swept.rowless} files without a row. Found again: {swept.found_again}.",
            )
        )
    for one in found.differences:
        click.echo(_line(one))
    size = f"{found.size / 1e6:.1f} MB"
    if found.is_whole:
        say(
            Text(
                f"Allt stämmer: {found.objects} filer, {size}.",
                f"Everything is as it should be: {found.objects} files, {size}.",
            )
        )
    else:
        count = len(found.differences)
        say(
            Text(
                f"Avvikelser: {count}. Jämförda filer: {found.objects}, {size}.",
                f"Differences: {count}. Files compared: {found.objects}, {size}.",
            )
        )


def _line(one: Difference) -> str:
    return "  ".join(part for part in (f"{read(_FAULTS[one.fault])}:", one.key, one.owner) if part)


def _as_dict(found: Verification, swept: Swept | None) -> dict[str, object]:
    erased = None
    if swept is not None:
        erased = {
            "drafts": swept.drafts,
            "removals": swept.removals,
            "unfinished": swept.unfinished,
            "rowless": swept.rowless,
            "found_again": swept.found_again,
            "held_until": swept.held_until.isoformat() if swept.held_until else None,
        }
    return {
        "whole": found.is_whole,
        "objects": found.objects,
        "size": found.size,
        "differences": [one.as_dict() for one in found.differences],
        "erased": erased,
    }
