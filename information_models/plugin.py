"""What the information models give to the house."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from information_models import api, evidence
from information_models.cli import models
from information_models.finding_texts.all import TEXTS
from information_models.gravity import graver
from information_models.kinds import code_list_kind, measure_kind, model_kind
from information_models.panels import outdated_bindings
from information_models.services import check_version
from information_models.starter.load import load_code_lists, load_measures, load_models
from information_models.views.pages import blueprint
from registry.actors import Role
from registry.plugin import Begin, MenuEntry, Plugin, StarterStep

plugin = Plugin(
    name="information_models",
    blueprints=(blueprint,),
    resources=(api.models, api.code_lists),
    commands=(models,),
    item_kinds=(
        replace(code_list_kind, graver=graver),
        replace(model_kind, graver=graver),
        replace(measure_kind, graver=graver),
    ),
    event_handlers={"VersionSubmitted": (check_version,)},
    panels=(outdated_bindings,),
    evidence=(evidence.of_version,),
    begin=(
        Begin(
            (Role.MODELLER,),
            _l("New model or file"),
            "information_models.create",
            _l("Upload content as a draft, or copy a published model."),
        ),
        Begin(
            (Role.MODELLER,),
            _l("New code list"),
            "information_models.create_code_list",
            _l("Write codes in a form, one on each line."),
        ),
    ),
    finding_texts=TEXTS,
    starter_steps=(
        StarterStep(200, "information models: code lists", load_code_lists),
        StarterStep(210, "information models: models", load_models),
        StarterStep(220, "information models: measures", load_measures),
    ),
    menu=(MenuEntry(_l("Models"), "information_models.index", 20),),
)
