"""What a package gives to the house: one frozen plug-in, read by `wsgi.py` alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import click
from flask import Blueprint, Flask
from sqlalchemy import Select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.api.guides import Guide
from registry.api.resources import Resources
from registry.auditing.verifying import Auditor
from registry.backup.kept import KeptStore
from registry.dependants import Listing
from registry.events import EventHandler
from registry.finding_catalogue import Catalogue, FindingEntry
from registry.findings import Finding, Text
from registry.foresight import Foresight
from registry.hands import ActOf, keeping
from registry.items.kinds import ItemKind
from registry.items.tables import Version
from registry.jobs import JobHandler
from registry.messages.telling import Whom, telling
from registry.powers import Powers
from registry.references import Resolver
from registry.stored.verifying import Examiner

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Task:
    """A line on somebody's start page. ``status`` is (kind, words); ``when`` the date that matters."""

    group: str  # "mine", "others" or "done"
    knot: str
    title: str
    url: str
    text: str
    status: tuple[str, str]
    when: date | datetime | None = None


Front = Callable[[Session], Mapping[str, object]]
"""What the public start page shows: variables for its template."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Something that holders of a role can begin from their start page."""

    roles: Sequence[Role]
    label: str
    endpoint: str
    text: str


ProcessStart = Callable[[Flask], None]
"""Something to start in each process that serves or works: once, in its main thread, before its first request or job."""
TextObjection = Callable[[str], Finding | None]
FileObjection = Callable[[str, Mapping[str, Sequence[str]]], Finding | None]
"""Takes the name of a file, and its texts by what they are said as."""
ClientObjection = Callable[[Session, Actor, str], Finding | None]
"""Takes who would administer the machine clients of an organisation, and its id; gives why they may not."""
Panel = Callable[[Session, Actor, datetime], list[Task]]
Aside = Callable[[Session, Actor, str], list[Task]]
"""Takes a reference; gives what waits for the reader on the page of what it names, as a package above knows it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A section of the page where a version is proposed and decided: a template, and what it shows (as ``facts``)."""

    template: str
    facts: Mapping[str, Any]


EvidenceOf = Callable[[Session, Actor, Version], Evidence | None]
"""Takes a version that is not published; gives what whoever proposes it and decides on it is to see, where there is something."""


@dataclass(frozen=True, slots=True)
class StarterStep:
    """Content that every instance begins with. Idempotent: what is there already is left alone."""

    order: int
    name: str
    load: Callable[[Session, Actor, datetime], None]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A word in the main menu. ``label`` is a msgid; ``signed_in`` hides it from the public."""

    label: str
    endpoint: str
    order: int
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class WayOn:
    """A link on another package's page, which knows nothing of where it leads: the pages by their endpoints."""

    page: str
    label: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Plugin:
    """A package's contribution. Everything is a tuple or a mapping; nothing is registered by import."""

    name: str
    blueprints: Sequence[Blueprint] = ()
    resources: Sequence[Resources] = ()
    """What machines read and write under `/api/v1` (`registry.api`)."""
    guides: Sequence[Guide] = ()
    """What the page about the interface tells a supplier's developer of the package's roads for machines."""
    commands: Sequence[click.Command] = ()
    item_kinds: Sequence[ItemKind] = ()
    job_handlers: Mapping[str, JobHandler] = field(default_factory=dict)
    daily_jobs: Sequence[str] = ()
    """Kinds of jobs that the worker asks for once a day."""
    examiners: Sequence[Examiner] = ()
    """What the package knows of stored objects: compared with what is there by `storage verify`."""
    auditors: Sequence[Auditor] = ()
    """What the package has handed out that rests on the log: held against it by `audit verify`."""
    event_handlers: Mapping[str, Sequence[EventHandler]] = field(default_factory=dict)
    acts: Mapping[str, ActOf] = field(default_factory=dict)
    """For which side of what a person acts who makes an event, by its type: each is kept as an act, in its transaction."""
    tells: Mapping[str, Sequence[Whom]] = field(default_factory=dict)
    """Whom to tell of an event in their inbox, by its type."""
    powers: Sequence[Powers] = ()
    """Who may do what, said for people to read; every act is among them."""
    panels: Sequence[Panel] = ()
    asides: Sequence[Aside] = ()
    evidence: Sequence[EvidenceOf] = ()
    """What the package knows of a version that is proposed, of whichever package's kind."""
    resolvers: Mapping[str, Resolver] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)
    """How what the package owns is counted and listed where it rests on a version, by the prefix of its references."""
    finding_texts: Sequence[FindingEntry] = ()
    event_texts: Mapping[str, Text] = field(default_factory=dict)
    """What happened, in a sentence, for every type of event that the package records."""
    starter_steps: Sequence[StarterStep] = ()
    menu: Sequence[MenuEntry] = ()
    ways_on: Sequence[WayOn] = ()
    templates: Sequence[str] = ()
    """Folders with templates beside those of the blueprints (sub-packages)."""
    front: Front | None = None
    begin: Sequence[Begin] = ()
    text_objections: Sequence[TextObjection] = ()
    """What must not stand in any text that people write beside items: each gives the finding that says so, or ``None``."""
    file_objections: Sequence[FileObjection] = ()
    """What must not stand in a file of concepts that is sent in."""
    client_objections: Sequence[ClientObjection] = ()
    """Why somebody may not administer an organisation's machine clients, who otherwise would."""
    kept: Sequence[KeptStore] = ()
    """Folders of the instance that the package keeps files in: what a backup copies beside the database."""
    public_state: Select[Any] | None = None
    """One value of what the public reads of the package that comes by the clock and not by an event: another whenever that
    is another. The moment is the parameter ``on``."""
    unseen_events: Sequence[str] = ()
    """Types of events after which everything that the public reads is as it was, or follows from ``public_state``."""
    foresights: Mapping[str, Foresight] = field(default_factory=dict)
    """What an act would change in what others read, by the prefix of the references that it is foreseen of."""
    process_starts: Sequence[ProcessStart] = ()
    """Run by each web process and each worker when it begins; commands and tests begin without."""


class House:
    """All plug-ins merged; kept as ``app.extensions["registry"]``.

    Raises ``ValueError``, naming both plug-ins, where two give what there can be only one of: the same item kind, job
    handler, resolver, listing, act or text of an event, or the front page.
    """

    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self.plugins = tuple(plugins)
        self.item_kinds = _only_once(
            "item kind", ((plugin, kind.name, kind) for plugin in plugins for kind in plugin.item_kinds)
        )
        self.job_handlers = _only_once(
            "job handler", ((plugin, *given) for plugin in plugins for given in plugin.job_handlers.items())
        )
        self.resolvers = _only_once(
            "resolver", ((plugin, *given) for plugin in plugins for given in plugin.resolvers.items())
        )
        self.listings = _only_once(
            "listing", ((plugin, *given) for plugin in plugins for given in plugin.listings.items())
        )
        self.event_texts = _only_once(
            "event text", ((plugin, *given) for plugin in plugins for given in plugin.event_texts.items())
        )
        self.acts = _only_once("act", ((plugin, *given) for plugin in plugins for given in plugin.acts.items()))
        self.foresights = _only_once(
            "foresight", ((plugin, *given) for plugin in plugins for given in plugin.foresights.items())
        )
        self.front = _only_once(
            "front page", ((plugin, "start", plugin.front) for plugin in plugins if plugin.front)
        ).get("start")
        self.powers = sorted((one for plugin in plugins for one in plugin.powers), key=lambda one: one.order)
        self.daily_jobs = tuple(kind for plugin in plugins for kind in plugin.daily_jobs)
        self.auditors = tuple(auditor for plugin in plugins for auditor in plugin.auditors)
        self.examiners = tuple(examine for plugin in plugins for examine in plugin.examiners)
        self.guides = tuple(guide for plugin in plugins for guide in plugin.guides)
        self.panels = tuple(panel for plugin in plugins for panel in plugin.panels)
        self.asides = tuple(aside for plugin in plugins for aside in plugin.asides)
        self.evidence = tuple(give for plugin in plugins for give in plugin.evidence)
        self.catalogue = Catalogue(text for plugin in plugins for text in plugin.finding_texts)
        self.starter_steps = sorted(
            (step for plugin in plugins for step in plugin.starter_steps), key=lambda step: step.order
        )
        self.menu = sorted((entry for plugin in plugins for entry in plugin.menu), key=lambda entry: entry.order)
        self.ways_on = tuple(way for plugin in plugins for way in plugin.ways_on)
        self.kept = tuple(store for plugin in plugins for store in plugin.kept)
        self.begin = [begin for plugin in plugins for begin in plugin.begin]
        self.text_objections = tuple(objection for plugin in plugins for objection in plugin.text_objections)
        self.file_objections = tuple(objection for plugin in plugins for objection in plugin.file_objections)
        self.client_objections = tuple(objection for plugin in plugins for objection in plugin.client_objections)
        self.resources = tuple(one for plugin in plugins for one in plugin.resources)
        self.process_starts = [start for plugin in plugins for start in plugin.process_starts]
        self.public_states = [plugin.public_state for plugin in plugins if plugin.public_state is not None]
        self.unseen_events = tuple(type_ for plugin in plugins for type_ in plugin.unseen_events)
        self.kept_statements: dict[str, Select[Any]] = {}
        handlers: dict[str, tuple[EventHandler, ...]] = {}
        for plugin in plugins:
            for type_, run in plugin.event_handlers.items():
                handlers[type_] = handlers.get(type_, ()) + tuple(run)
        self.own_event_handlers = handlers
        self.tells: dict[str, tuple[Whom, ...]] = {}
        for plugin in plugins:
            for type_, whom in plugin.tells.items():
                self.tells[type_] = self.tells.get(type_, ()) + tuple(whom)
        self.event_handlers = {
            type_: (
                *((keeping(self.acts[type_]),) if type_ in self.acts else ()),
                *handlers.get(type_, ()),
                *((telling(self.tells[type_]),) if type_ in self.tells else ()),
            )
            for type_ in {**handlers, **self.acts, **self.tells}
        }


def _only_once(what: str, given: Iterable[tuple[Plugin, str, Given]]) -> dict[str, Given]:
    """Everything that the plug-ins give, by name. Raises ``ValueError`` where two give the same."""
    found: dict[str, Given] = {}
    givers: dict[str, str] = {}
    for plugin, name, one in given:
        if name in found:
            raise ValueError(f"the {what} {name!r} is given by two plug-ins: {givers[name]} and {plugin.name}")
        found[name], givers[name] = one, plugin.name
    return found


def _only_one(states: Sequence[Select[Any]]) -> Select[Any] | None:
    """Of sub-packages, one at most has something that comes by the clock. Raises ``ValueError`` where several do."""
    if len(states) > 1:
        raise ValueError("two sub-packages give a public state")
    return states[0] if states else None


def merge(name: str, plugins: Sequence[Plugin]) -> Plugin:
    """The plug-ins of sub-packages as one."""
    house = House(plugins)
    return Plugin(
        name,
        blueprints=[blueprint for plugin in plugins for blueprint in plugin.blueprints],
        commands=[command for plugin in plugins for command in plugin.commands],
        item_kinds=list(house.item_kinds.values()),
        job_handlers=house.job_handlers,
        daily_jobs=house.daily_jobs,
        examiners=house.examiners,
        auditors=house.auditors,
        event_handlers=house.own_event_handlers,
        acts=house.acts,
        tells=house.tells,
        powers=house.powers,
        panels=house.panels,
        asides=house.asides,
        evidence=house.evidence,
        resolvers=house.resolvers,
        foresights=house.foresights,
        listings=house.listings,
        finding_texts=list(house.catalogue),
        event_texts=house.event_texts,
        starter_steps=house.starter_steps,
        menu=house.menu,
        ways_on=house.ways_on,
        templates=[folder for plugin in plugins for folder in plugin.templates],
        front=house.front,
        begin=house.begin,
        text_objections=house.text_objections,
        file_objections=house.file_objections,
        client_objections=house.client_objections,
        resources=house.resources,
        guides=house.guides,
        kept=house.kept,
        public_state=_only_one(house.public_states),
        unseen_events=house.unseen_events,
        process_starts=house.process_starts,
    )


def begin_process(app: Flask) -> None:
    """Tell all packages that this process has begun to serve or to work. Called once, before the first request or job."""
    house: House = app.extensions["registry"]
    for start in house.process_starts:
        start(app)
