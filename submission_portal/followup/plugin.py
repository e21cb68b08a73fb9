"""What this sub-package gives to the house."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from registry.plugin import MenuEntry, Plugin, StarterStep
from submission_portal.followup import acts, event_texts, examining
from submission_portal.followup.cli import followup, trace
from submission_portal.followup.compilations import acts as compilation_acts
from submission_portal.followup.compilations.finding_texts import TEXTS as COMPILATION_TEXTS
from submission_portal.followup.explaining import EXPLAIN, explain_hidden, on_table_composed
from submission_portal.followup.finding_texts import TEXTS
from submission_portal.followup.following_uses import (
    FOLLOW,
    follow_uses,
    on_use_published,
    on_use_suspended,
    on_use_withdrawn,
)
from submission_portal.followup.foresight import FORESIGHT
from submission_portal.followup.gateway import PUBLIC_STATE
from submission_portal.followup.jobs import on_version_published, on_version_withdrawn, publish_tables
from submission_portal.followup.panels import recipients_tasks, undecided_openings, undeclared_change
from submission_portal.followup.powers import TABLES
from submission_portal.followup.recomposing import ask_for_outdated
from submission_portal.followup.releasing import on_release_withdrawn
from submission_portal.followup.resolvers import LISTING, describe_tables
from submission_portal.followup.story import front
from submission_portal.followup.views import breaks, measures, standpoints, tables, traces
from submission_portal.followup.views.blueprint import blueprint
from submission_portal.forwarding.services import PUBLISH

VIEWS = (breaks, measures, standpoints, tables, traces)
"""Read so that their routes are on the blueprint."""

plugin = Plugin(
    name="followup",
    blueprints=(blueprint,),
    commands=(followup, trace),
    job_handlers={PUBLISH: publish_tables, FOLLOW: follow_uses, EXPLAIN: explain_hidden},
    daily_jobs=(FOLLOW,),
    event_handlers={
        "VersionPublished": (on_version_published, on_use_published),
        "VersionWithdrawn": (on_version_withdrawn, on_use_withdrawn),
        "FlowSuspended": (on_use_suspended,),
        "FlowResumed": (on_use_suspended,),
        "ReleaseWithdrawn": (on_release_withdrawn,),
        "TableComposed": (on_table_composed,),
        "TableFoundUnchanged": (on_table_composed,),
    },
    acts={**acts.ACTS, **compilation_acts.ACTS},
    powers=(TABLES,),
    public_state=PUBLIC_STATE,
    unseen_events=event_texts.UNSEEN,
    examiners=(examining.EXAMINER,),
    panels=(recipients_tasks, undecided_openings),
    asides=(undeclared_change,),
    starter_steps=(StarterStep(950, "follow-up: tables of an older method", ask_for_outdated),),
    resolvers={"table": describe_tables},
    listings={"table": LISTING},
    finding_texts=(*TEXTS, *COMPILATION_TEXTS),
    event_texts=event_texts.TEXTS,
    menu=(MenuEntry(_l("Follow-up"), "followup.index", 50),),
    front=front,
    foresights={"delivery": FORESIGHT},
    templates=(str(Path(__file__).parent / "templates"),),
)
