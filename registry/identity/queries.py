"""Reading organisations and people."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry import actors
from registry.actors import SYSTEM_IDS, Actor, Held, Role
from registry.findings import Text
from registry.identity.client_tables import Client
from registry.identity.tables import InstanceMark, Membership, Organisation, Person, PersonName
from registry.paging import Page, page_of
from registry.swedish import sort_key

NAMELESS = Text("namnet är borttaget", "the name has been erased")
REGISTRY_NAMES = ("Vårdplatsregistret", "vårdplatser")
REGISTRY_ITSELF = Text("registret", "the registry")


def organisation(session: Session, organisation_id: str) -> Organisation | None:
    return session.get(Organisation, organisation_id)


def organisation_by_code(session: Session, code: str, kind: str = "region") -> Organisation | None:
    """A region by its county code, or another organisation by its kind and code."""
    return session.scalar(select(Organisation).where(Organisation.kind == kind, Organisation.code == code))


def organisations(session: Session, kind: str | None = None) -> list[Organisation]:
    """All organisations (of one kind), in Swedish order."""
    query = select(Organisation)
    if kind:
        query = query.where(Organisation.kind == kind)
    return sorted(session.scalars(query), key=lambda one: sort_key(one.name_sv))


def person_by_login(session: Session, login: str) -> Person | None:
    return session.scalar(select(Person).where(Person.login == login.strip().lower()))


def words_about(session: Session, person: Person) -> list[str]:
    """What a guesser may know of somebody, and a password must not be made of: their user name and name, where they
    work, and the registry's own name."""
    places = session.scalars(
        select(Organisation).join(Membership, Membership.organisation_id == Organisation.id).where(Membership.person_id == person.id)
    ).all()  # fmt: skip
    own = [person.login, person.named.name if person.named else "", *REGISTRY_NAMES]
    return own + [text for place in places for text in (place.name_sv, place.name_en)]


def actor_of(person: Person) -> Actor:
    """What a person may do, now."""
    return actors.Person(
        person.id, frozenset(Held(held.organisation_id, Role(held.role)) for held in person.memberships)
    )


def actor_by_id(session: Session, person_id: str) -> Actor | None:
    """The actor with this id as they are now, or ``None`` where there is none or the account is closed."""
    person = session.get(Person, person_id)
    return actor_of(person) if person and person.disabled_at is None else None


def actor_by_login(session: Session, login: str) -> Actor | None:
    """The actor with this user name, or ``None`` where there is none or the account is closed."""
    person = person_by_login(session, login)
    return actor_of(person) if person and person.disabled_at is None else None


def person_labels(session: Session, person_ids: Iterable[str | None]) -> dict[str, Text]:
    """Names of who acted by id: of people their name, or that it has been erased; of machine clients that they are one. One
    statement, and another where not all of them are people with names."""
    wanted = {identifier for identifier in person_ids if identifier}
    found = {
        row.person_id: Text(row.name, row.name)
        for row in session.scalars(select(PersonName).where(PersonName.person_id.in_(wanted)))
    }
    if others := wanted - set(found) - SYSTEM_IDS:
        clients = session.execute(select(Client.id, Client.name).where(Client.id.in_(others)))
        found |= {row.id: Text(f"klienten {row.name}", f"the client {row.name}") for row in clients}
    return {one: REGISTRY_ITSELF if one in SYSTEM_IDS else found.get(one, NAMELESS) for one in wanted}


def people(session: Session) -> list[Person]:
    return list(session.scalars(select(Person).order_by(Person.login)))


def page_of_people(
    session: Session, number: int, sought: str = "", places: Collection[str] | None = None
) -> Page[Person]:
    """A page of the accounts by user name, with the roles that each holds: all, or those with ``sought`` in their user
    name or name, and of those who hold a role in one of ``places`` (ids), where it is given."""
    found = select(Person)
    if places is not None:
        found = found.where(Person.memberships.any(Membership.organisation_id.in_(places)))
    if sought:
        # SQLite knows no capitals but those of ASCII: Å is looked for as å, Å and both ways at the beginning of words.
        written = {sought, sought.lower(), sought.upper(), sought.capitalize(), sought.title()}
        named = Person.named.has(or_(*(PersonName.name.icontains(one, autoescape=True) for one in sorted(written))))
        found = found.where(or_(Person.login.icontains(sought, autoescape=True), named))
    return page_of(session, found.order_by(Person.login), number)


def members_of(session: Session, organisation_id: str) -> list[Person]:
    """Everybody who holds a role in an organisation, by user name."""
    holds = Person.memberships.any(Membership.organisation_id == organisation_id)
    return list(session.scalars(select(Person).where(holds).order_by(Person.login)))


def administrators_of(session: Session, organisation_ids: Collection[str]) -> dict[str, list[Person]]:
    """The administrators with open accounts of each of some regions that have any; one statement."""
    rows = session.execute(
        select(Membership.organisation_id, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.role == Role.REGION_ADMINISTRATOR,
            Membership.organisation_id.in_(organisation_ids),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.login)
    ).all()
    found: dict[str, list[Person]] = {}
    for organisation_id, person in rows:
        found.setdefault(organisation_id, []).append(person)
    return found


def had_administrator(session: Session, organisation_id: str, since: datetime) -> bool:
    """Whether a region has an administrator whose account is open, or was closed after a moment."""
    query = select(Membership.person_id).join(Person, Person.id == Membership.person_id)
    is_here = (Membership.role == Role.REGION_ADMINISTRATOR, Membership.organisation_id == organisation_id)
    was_open = or_(Person.disabled_at.is_(None), Person.disabled_at > since)
    return session.scalar(query.where(*is_here, was_open).limit(1)) is not None


def is_demonstration(session: Session) -> bool:
    mark = session.get(InstanceMark, "demonstration")
    return mark is not None and mark.value == "yes"
