"""`flask --app wsgi administrators …`: two central administrators together appoint a region's first administrator."""

import json

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from registry import clock
from registry.db import db, transaction
from registry.findings import Text
from registry.identity import appointing, authority, queries
from registry.identity.cli import acting, person_named, say_link
from registry.identity.tables import Appointment, Organisation
from registry.terminal.speech import fail, read, say

administrators = AppGroup("administrators", help="The regions' administrators, whom two central ones appoint.")
AS = click.option("--as", "as_login", metavar="USER", required=True, help="The administrator who does it.")


@administrators.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_administrators(as_json: bool) -> None:
    """List the regions with their administrators, and open proposals."""
    regions = queries.organisations(db.session, authority.REGION)
    found = queries.administrators_of(db.session, [one.id for one in regions])
    proposed = {one.organisation_id: one.person.login for one in appointing.open_ones(db.session, clock.now())}
    people = {one.id: [person.login for person in found.get(one.id, ())] for one in regions}
    if as_json:
        rows = [
            {
                "region": one.code,
                "name": one.name_sv,
                "administrators": people[one.id],
                "proposed": proposed.get(one.id),
            }
            for one in regions
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in regions:
        who = ", ".join(people[one.id]) or read(Text("saknas", "missing"))
        waits = f"  ({read(Text('föreslagen', 'proposed'))}: {proposed[one.id]})" if one.id in proposed else ""
        click.echo(f"{one.code}  {one.name_sv}: {who}{waits}")


@administrators.command()
@click.argument("region")
@click.argument("login")
@click.option("--reason", required=True, help="Why this person, and how it is known that the region wants it.")
@AS
def propose(region: str, login: str, reason: str, as_login: str) -> None:
    """Propose somebody as a region's administrator."""
    actor, person, place = acting(as_login), person_named(login), _region(region)
    with transaction() as session:
        code = appointing.propose(
            session, actor, clock.now(), organisation=session.merge(place), person=session.merge(person), reason=reason
        ).code
    say(
        Text(
            f"{login} är föreslagen. En annan administratör bekräftar: flask --app wsgi administrators confirm {region} --as …",
            f"{login} is proposed. Another administrator confirms: flask --app wsgi administrators confirm {region} --as …",
        )
    )
    if code is not None:
        say(
            Text(
                f"{login} väljer lösenord med en länk, som bara den som bekräftar får se, och med den här koden, som bara visas nu. "
                "Ge den till personen själv, inte till den som bekräftar:",
                f"{login} chooses a password with a link, which only whoever confirms is shown, and with this code, which is shown "
                "only now. Give it to the person, not to whoever confirms:",
            )
        )
        click.echo(code)


@administrators.command()
@click.argument("region")
@AS
def confirm(region: str, as_login: str) -> None:
    """Confirm what another administrator has proposed."""
    actor, place = acting(as_login), _region(region)
    with transaction() as session:
        proposal = _open(session, place)
        login = proposal.person.login
        code = appointing.confirm(session, actor, clock.now(), proposal)
    say(Text(f"{login} är administratör för {place.name_sv}.", f"{login} is administrator of {place.name_en}."))
    if code is not None:
        say_link(login, code)
        say(
            Text(
                "Personen behöver också koden som visades för den som föreslog.",
                "The person also needs the code that was shown to whoever proposed.",
            )
        )


@administrators.command()
@click.argument("region")
@AS
def withdraw(region: str, as_login: str) -> None:
    """Take a proposal back, or object to it for the region."""
    actor, place = acting(as_login), _region(region)
    with transaction() as session:
        appointing.withdraw(session, actor, clock.now(), _open(session, place))
    say(Text("Förslaget är taget tillbaka.", "The proposal is taken back."))


def _region(code: str) -> Organisation:
    return queries.organisation_by_code(db.session, code) or fail(
        Text(
            f"Det finns ingen region {code}. `flask --app wsgi administrators list` räknar upp dem.",
            f"There is no region {code}. `flask --app wsgi administrators list` lists them.",
        )
    )


def _open(session: Session, place: Organisation) -> Appointment:
    return appointing.open_for(session, place) or fail(
        Text(
            f"Ingen är föreslagen för {place.name_sv}.",
            f"Nobody is proposed for {place.name_en}.",
        )
    )
