"""What a package gives to the house: one frozen plug-in, read by `wsgi.py` alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

import click
from flask import Blueprint, Flask
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.events import EventHandler
from registry.findings import Catalogue, Finding, FindingText, Text
from registry.references import Resolver

if TYPE_CHECKING:
    from registry.backup.kept import KeptStore
    from registry.dependants import Listing
    from registry.items.kinds import ItemKind
    from registry.jobs import JobHandler
    from registry.stored.verifying import Examiner


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
Panel = Callable[[Session, Actor, datetime], list[Task]]


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
class Plugin:
    """A package's contribution. Everything is a tuple or a mapping; nothing is registered by import."""

    name: str
    blueprints: Sequence[Blueprint] = ()
    commands: Sequence[click.Command] = ()
    item_kinds: "Sequence[ItemKind]" = ()
    job_handlers: "Mapping[str, JobHandler]" = field(default_factory=dict)
    daily_jobs: Sequence[str] = ()
    """Kinds of jobs that the worker asks for once a day."""
    examiners: "Sequence[Examiner]" = ()
    """What the package knows of stored objects: compared with what is there by `storage verify`."""
    event_handlers: Mapping[str, Sequence[EventHandler]] = field(default_factory=dict)
    panels: Sequence[Panel] = ()
    resolvers: Mapping[str, Resolver] = field(default_factory=dict)
    listings: "Mapping[str, Listing]" = field(default_factory=dict)
    """How what the package owns is counted and listed where it rests on a version, by the prefix of its references."""
    finding_texts: Sequence[FindingText] = ()
    event_texts: Mapping[str, Text] = field(default_factory=dict)
    """What happened, in a sentence, for every type of event that the package records."""
    starter_steps: Sequence[StarterStep] = ()
    menu: Sequence[MenuEntry] = ()
    templates: Sequence[str] = ()
    """Folders with templates beside those of the blueprints (sub-packages)."""
    front: "Front | None" = None
    begin: "Sequence[Begin]" = ()
    text_objection: "TextObjection | None" = None
    """What must not stand in any text that people write beside items: the finding that says so, or ``None``."""
    kept: "Sequence[KeptStore]" = ()
    """Folders of the instance that the package keeps files in: what a backup copies beside the database."""
    process_starts: Sequence[ProcessStart] = ()
    """Run by each web process and each worker when it begins; commands and tests begin without."""


class House:
    """All plug-ins merged; kept as ``app.extensions["registry"]``."""

    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self.plugins = tuple(plugins)
        self.item_kinds = {kind.name: kind for plugin in plugins for kind in plugin.item_kinds}
        self.job_handlers = {name: run for plugin in plugins for name, run in plugin.job_handlers.items()}
        self.daily_jobs = tuple(kind for plugin in plugins for kind in plugin.daily_jobs)
        self.examiners = tuple(examine for plugin in plugins for examine in plugin.examiners)
        self.resolvers = {prefix: resolve for plugin in plugins for prefix, resolve in plugin.resolvers.items()}
        self.listings = {prefix: listing for plugin in plugins for prefix, listing in plugin.listings.items()}
        self.panels = tuple(panel for plugin in plugins for panel in plugin.panels)
        self.catalogue = Catalogue(text for plugin in plugins for text in plugin.finding_texts)
        self.event_texts = _event_texts(plugins)
        self.starter_steps = sorted(
            (step for plugin in plugins for step in plugin.starter_steps), key=lambda step: step.order
        )
        self.menu = sorted((entry for plugin in plugins for entry in plugin.menu), key=lambda entry: entry.order)
        self.kept = tuple(store for plugin in plugins for store in plugin.kept)
        self.begin = [begin for plugin in plugins for begin in plugin.begin]
        self.text_objection = next((plugin.text_objection for plugin in plugins if plugin.text_objection), None)
        self.process_starts = [start for plugin in plugins for start in plugin.process_starts]
        self.front = next((plugin.front for plugin in plugins if plugin.front), None)
        handlers: dict[str, tuple[EventHandler, ...]] = {}
        for plugin in plugins:
            for type_, run in plugin.event_handlers.items():
                handlers[type_] = handlers.get(type_, ()) + tuple(run)
        self.event_handlers = handlers


def _event_texts(plugins: Sequence[Plugin]) -> dict[str, Text]:
    texts: dict[str, Text] = {}
    for plugin in plugins:
        if twice := texts.keys() & plugin.event_texts:
            raise ValueError(f"events have two texts: {', '.join(sorted(twice))}")
        texts |= plugin.event_texts
    return texts


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
        event_handlers=house.event_handlers,
        panels=house.panels,
        resolvers=house.resolvers,
        listings=house.listings,
        finding_texts=list(house.catalogue),
        event_texts=house.event_texts,
        starter_steps=house.starter_steps,
        menu=house.menu,
        templates=[folder for plugin in plugins for folder in plugin.templates],
        front=house.front,
        begin=house.begin,
        text_objection=house.text_objection,
        kept=house.kept,
        process_starts=house.process_starts,
    )


def begin_process(app: Flask) -> None:
    """Tell all packages that this process has begun to serve or to work. Called once, before the first request or job."""
    house: House = app.extensions["registry"]
    for start in house.process_starts:
        start(app)
