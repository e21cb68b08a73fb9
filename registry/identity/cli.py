"""`flask --app wsgi users …`: create, list, give and take roles, make a link for choosing a password, close, erase.

What is a region's to give is given `--as` its administrator; without it a command acts for the registry, which gives the
roles of recipients and stewards. How a region gets its administrator is in `appointing_cli`.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from registry import clock
from registry.actors import SYSTEM, Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.finding_texts import FINDINGS
from registry.findings import Text
from registry.identity import authority, password_links, passwords, queries, services
from registry.identity.tables import Organisation, Person
from registry.terminal.speech import fail, read, say, these

users = AppGroup("users", help="People and the roles they hold.")
AS = click.option(
    "--as", "as_login", metavar="USER", help="The administrator who does it; a region's for a region's roles."
)


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
    help="ROLE@ORGANISATION, for example data_officer@region:25. Repeatable.",
)
@click.option("--password", help="Leave it out to have a link shown, once, with which the person chooses one.")
@AS
def create(login: str, name: str, roles: tuple[str, ...], password: str | None, as_login: str | None) -> None:
    """Create a person who holds roles; without one, somebody who is to be proposed as a region's administrator."""
    actor = acting(as_login)
    held = [_role(text) for text in roles]
    _refuse_nobody(actor, [place for _role_held, place in held])
    about = [login, name, *queries.REGISTRY_NAMES, *(place.name_sv for _role_held, place in held)]
    password_hash = passwords.hashed(password, about) if password is not None else passwords.NONE
    code = None
    with transaction() as session:
        person = services.create_person(
            session, actor, clock.now(), login=login, name=name, password_hash=password_hash
        )
        for role, organisation in held:
            services.give_role(
                session, actor, clock.now(), person=person, organisation=session.merge(organisation), role=role
            )
        session.refresh(person, ["memberships"])
        if password is None:
            code = password_links.make(session, actor, clock.now(), person=person)
        login = person.login
    if code is None:
        say(Text(f"{login} kan logga in.", f"{login} can sign in."))
    else:
        say_link(login, code)


@users.command()
@click.argument("login")
@click.option(
    "--at-once", is_flag=True, help="End the present password and every sign-in now, not when another is chosen."
)
@AS
def link(login: str, at_once: bool, as_login: str | None) -> None:
    """Show a link, once, with which a person chooses a new password; an older link stops working."""
    actor, person = acting(as_login), person_named(login)
    _refuse_nobody(actor, authority.places_of(person))
    with transaction() as session:
        code = password_links.make(session, actor, clock.now(), person=session.merge(person), at_once=at_once)
    say_link(login.strip().lower(), code)


@users.command()
@click.argument("login")
@click.argument("role", metavar="ROLE@ORGANISATION")
@AS
def give(login: str, role: str, as_login: str | None) -> None:
    """Give somebody a role."""
    _change(services.give_role, login, role, as_login)
    say(Text(f"{login} har rollen {role}.", f"{login} holds the role {role}."))


@users.command()
@click.argument("login")
@click.argument("role", metavar="ROLE@ORGANISATION")
@AS
def take(login: str, role: str, as_login: str | None) -> None:
    """Take a role away from somebody."""
    _change(services.take_role, login, role, as_login)
    say(Text(f"{login} har inte längre rollen {role}.", f"{login} no longer holds the role {role}."))


@users.command()
@click.argument("login")
def close(login: str) -> None:
    """Close an account; its sign-ins end at once."""
    with transaction() as session:
        services.disable_person(session, SYSTEM, clock.now(), person=person_named(login))
    say(Text(f"Kontot {login} är stängt.", f"The account {login} is closed."))


@users.command()
@click.argument("login")
@AS
def reopen(login: str, as_login: str | None) -> None:
    """Open a closed account again, with the roles that it has."""
    actor = acting(as_login)
    _refuse_nobody(actor, authority.places_of(person_named(login)))
    with transaction() as session:
        services.reopen_person(session, actor, clock.now(), person=person_named(login))
    say(Text(f"Kontot {login} är öppet igen.", f"The account {login} is open again."))


@users.command("erase-name")
@click.argument("login")
def erase_name(login: str) -> None:
    """Erase a person's name. The log keeps an id that names nobody."""
    with transaction() as session:
        services.erase_name(session, SYSTEM, clock.now(), person=person_named(login))
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


@users.command("add-recipient")
@click.argument("code")
@click.option("--name", "name_sv", required=True, help="Its name in Swedish.")
@click.option("--name-en", required=True, help="Its name in English.")
@AS
def add_recipient(code: str, name_sv: str, name_en: str, as_login: str | None) -> None:
    """Add an organisation that uses of delivery lines may name as recipient; its people get their roles with `users give`."""
    actor = acting(as_login)
    with transaction() as session:
        made = services.add_recipient(session, actor, clock.now(), code=code, name_sv=name_sv, name_en=name_en)
        place = f"{made.kind}:{made.code}"
    say(
        Text(
            f"{place} är tillagd. Ge dess granskare och mottagare roller med users give.",
            f"{place} is added. Give its reviewers and recipients their roles with users give.",
        )
    )


def acting(login: str | None) -> Actor:
    """Who does what a command does: the person named, or the registry itself."""
    if login is None:
        return SYSTEM
    return queries.actor_by_login(db.session, login) or fail(no_user(login))


def _refuse_nobody(actor: Actor, places: Iterable[Organisation]) -> None:
    """The registry itself gives no region's roles away, and lets nobody into them: whoever does is named."""
    if actor.is_system and (region := next((one for one in places if one.kind == authority.REGION), None)):
        raise Refused(FINDINGS.found("USER-021", {"name": region.name}))


def _change(act: Callable[..., None], login: str, role: str, as_login: str | None) -> None:
    actor, person, (name, organisation) = acting(as_login), person_named(login), _role(role)
    _refuse_nobody(actor, [organisation])
    with transaction() as session:
        act(
            session,
            actor,
            clock.now(),
            person=session.merge(person),
            organisation=session.merge(organisation),
            role=name,
        )


def say_link(login: str, code: str) -> None:
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
    if name not in set(Role):
        there = these(Role)
        fail(Text(f"Det finns ingen roll {name}. {there.sv}", f"There is no role {name}. {there.en}"))
    return Role(name), organisation_named(place)


def organisation_named(place: str) -> Organisation:
    """An organisation by its kind and code: ``region:25``. Ends the command where there is none."""
    kind, _, code = place.partition(":")
    organisation = queries.organisation_by_code(db.session, code, kind)
    if organisation is None:
        fail(
            Text(
                f"Det finns ingen organisation {place or '(ingen angiven)'}. "
                "`flask --app wsgi users organisations` räknar upp dem.",
                f"There is no organisation {place or '(none given)'}. "
                "`flask --app wsgi users organisations` lists them.",
            )
        )
    return organisation


def no_user(login: str) -> Text:
    """What to say of a login that nobody has, or whose account is closed."""
    return Text(
        f"Det finns ingen användare {login}, eller så är kontot stängt. `flask --app wsgi users list` räknar upp dem.",
        f"There is no user {login}, or the account is closed. `flask --app wsgi users list` lists them.",
    )


def person_named(login: str) -> Person:
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
