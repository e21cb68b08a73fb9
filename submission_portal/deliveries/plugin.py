"""What this sub-package gives to the house."""

from threading import Thread

from flask import Flask
from flask_babel import lazy_gettext as _l

from registry.actors import Role
from registry.plugin import Begin, MenuEntry, Plugin
from submission_portal.deliveries import acts, event_texts, examining, listing, panels, queries, tidying
from submission_portal.deliveries.api import resources
from submission_portal.deliveries.checking import jobs
from submission_portal.deliveries.cli.layouts import layouts as layout_commands
from submission_portal.deliveries.cli.units import units as unit_commands
from submission_portal.deliveries.finding_texts.all import TEXTS
from submission_portal.deliveries.pages import standing_tasks
from submission_portal.deliveries.powers import DELIVERIES
from submission_portal.deliveries.reading.caged import POOL
from submission_portal.deliveries.standing_disclosures.separation import objection_to_client_maker
from submission_portal.deliveries.views import (
    delivery,
    disclosing,
    flow_files,
    found_cells,
    kept_explanations,
    layouts,
    matching,
    periods,
    reading_otherwise,
    refused,
    standing_disclosures,
    units,
    uploading,
)
from submission_portal.deliveries.views.blueprint import blueprint

ROUTES = (
    delivery,
    found_cells,
    kept_explanations,
    uploading,
    matching,
    reading_otherwise,
    layouts,
    refused,
    disclosing,
    periods,
    units,
    flow_files,
    standing_disclosures,
)
"""The modules that give the blueprint its pages."""


def start_readers(_app: Flask) -> None:
    """Have a child ready that reads files before the first file comes, and what the system does not permit it in the log."""
    Thread(target=POOL.missing, name="readers", daemon=True).start()


plugin = Plugin(
    name="deliveries",
    blueprints=(blueprint,),
    resources=(resources,),
    commands=(unit_commands, layout_commands),
    job_handlers={tidying.TIDY: tidying.tidy, queries.CHECK: jobs.check},
    examiners=(examining.EXAMINER,),
    acts=acts.ACTS,
    powers=(DELIVERIES,),
    client_objections=(objection_to_client_maker,),
    panels=(panels.tasks, standing_tasks.reminders),
    resolvers={"delivery": panels.describe, "standing_disclosure": standing_tasks.describe},
    listings={"delivery": listing.LISTING},
    finding_texts=TEXTS,
    process_starts=(start_readers,),
    event_texts=event_texts.TEXTS,
    menu=(MenuEntry(_l("Deliveries"), "deliveries.index", 35),),
    begin=(
        Begin(
            (Role.DATA_OFFICER,),
            _l("Check a file"),
            "deliveries.choose_flow",
            _l(
                "Before anything leaves the region: read it in, see what remains, and send it when the region has decided."
            ),
        ),
    ),
)
