"""`flask --app wsgi users …`: create, list, make a link for choosing a password, close, erase."""

import json
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from registry import clock
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.findings import Text
from registry.identity import password_links, passwords, queries, services
from registry.identity.tables import Organisation, Person
from registry.terminal.speech import fail, read, say, these

users = AppGroup("users", help="People and the roles they hold.")


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_people(as_json: bool) -> None:
    """List people with their roles."""
    rows = [_row(person) for person in queries.people(db.session)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "  " + read(Text("(stängt)", "(closed)")) if row["disabled"] else ""
        click.echo(f"{row['login']}  {row['name']}{state}")
        for held in row["roles"]:
            click.echo(f"    {held['role']}  {held['organisation']}")


@users.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name; kept apart so that it can be erased.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help="ROLE@ORGANISATION, for example data_officer@region:25. Repeatable.",
)
@click.option("--password", help="Leave it out to have a link shown, once, with which the person chooses one.")
def create(login: str, name: str, roles: tuple[str, ...], password: str | None) -> None:
    """Create a person who holds one or more roles."""
    held = [_role(text) for text in roles]
    about = [login, name, *queries.REGISTRY_NAMES, *(place.name_sv for _role_held, place in held)]
    password_hash = passwords.hashed(password, about) if password is not None else passwords.NONE
    code = None
    with transaction() as session:
        person = services.create_person(
            session, SYSTEM, clock.now(), login=login, name=name, password_hash=password_hash
        )
        for role, organisation in held:
            services.give_role(
                session, SYSTEM, clock.now(), person=person, organisation=session.merge(organisation), role=role
            )
        if password is None:
            code = password_links.make(session, SYSTEM, clock.now(), person=person)
        login = person.login
    if code is None:
        say(Text(f"{login} kan logga in.", f"{login} can sign in."))
    else:
        _say_link(login, code)


@users.command()
@click.argument("login")
@click.option(
    "--at-once", is_flag=True, help="End the present password and every sign-in now, not when another is chosen."
)
def link(login: str, at_once: bool) -> None:
    """Show a link, once, with which a person chooses a new password; an older link stops working."""
    person = _person(login)
    with transaction() as session:
        code = password_links.make(session, SYSTEM, clock.now(), person=session.merge(person), at_once=at_once)
    _say_link(login.strip().lower(), code)


@users.command()
@click.argument("login")
def close(login: str) -> None:
    """Close an account; its sign-ins end at once."""
    with transaction() as session:
        services.disable_person(session, SYSTEM, clock.now(), person=_person(login))
    say(Text(f"Kontot {login} är stängt.", f"The account {login} is closed."))


@users.command()
@click.argument("login")
def reopen(login: str) -> None:
    """Open a closed account again, with the roles that it has."""
    with transaction() as session:
        services.reopen_person(session, SYSTEM, clock.now(), person=_person(login))
    say(Text(f"Kontot {login} är öppet igen.", f"The account {login} is open again."))


@users.command("erase-name")
@click.argument("login")
def erase_name(login: str) -> None:
    """Erase a person's name. The log keeps an id that names nobody."""
    with transaction() as session:
        services.erase_name(session, SYSTEM, clock.now(), person=_person(login))
    say(Text(f"Namnet bakom {login} är raderat.", f"The name of {login} is erased."))


@users.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def organisations(as_json: bool) -> None:
    """List organisations, as ROLE@ORGANISATION wants them."""
    rows = [
        {"organisation": f"{one.kind}:{one.code}", "name": one.name_sv} for one in queries.organisations(db.session)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        width = max((len(row["organisation"]) for row in rows), default=0)
        for row in rows:
            click.echo(f"{row['organisation']:{width}}  {row['name']}")


def _say_link(login: str, code: str) -> None:
    address, hours = password_links.address(current_app.config["BASE_ADDRESS"], code), password_links.HOURS
    say(
        Text(
            f"{login} väljer själv lösenord med länken. Den visas bara nu, går att använda en gång och gäller i {hours} timmar:",
            f"{login} chooses a password with the link. It is shown only now, works once and lasts for {hours} hours:",
        )
    )
    click.echo(address)


def _role(text: str) -> tuple[Role, Organisation]:
    name, _, place = text.partition("@")
    kind, _, code = place.partition(":")
    if name not in set(Role):
        there = these(Role)
        fail(Text(f"Det finns ingen roll {name}. {there.sv}", f"There is no role {name}. {there.en}"))
    organisation = queries.organisation_by_code(db.session, code, kind)
    if organisation is None:
        fail(
            Text(
                f"Det finns ingen organisation {place or '(ingen angiven)'}. Skriv ROLL@ORGANISATION; "
                "`flask --app wsgi users organisations` räknar upp dem.",
                f"There is no organisation {place or '(none given)'}. Write ROLE@ORGANISATION; "
                "`flask --app wsgi users organisations` lists them.",
            )
        )
    return Role(name), organisation


def no_user(login: str) -> Text:
    """What to say of a login that nobody has, or whose account is closed."""
    return Text(
        f"Det finns ingen användare {login}, eller så är kontot stängt. `flask --app wsgi users list` räknar upp dem.",
        f"There is no user {login}, or the account is closed. `flask --app wsgi users list` lists them.",
    )


def _person(login: str) -> Person:
    person = queries.person_by_login(db.session, login)
    if person is None:
        fail(no_user(login))
    return person


def _row(person: Person) -> dict[str, Any]:
    return {
        "login": person.login,
        "name": person.named.name if person.named else None,
        "disabled": person.disabled_at is not None,
        "demonstration": person.is_demonstration,
        "roles": [
            {"role": str(held.role), "organisation": f"{held.organisation.kind}:{held.organisation.code}"}
            for held in person.memberships
        ],
    }
