"""What the information models give to the house."""

from information_models.finding_texts import TEXTS
from information_models.kinds import code_list_kind, measure_kind, model_kind
from information_models.starter.load import load_code_lists, load_measures, load_models
from registry.plugin import Plugin, StarterStep

plugin = Plugin(
    name="information_models",
    item_kinds=(code_list_kind, model_kind, measure_kind),
    finding_texts=TEXTS,
    starter_steps=(
        StarterStep(200, "information models: code lists", load_code_lists),
        StarterStep(210, "information models: models", load_models),
        StarterStep(220, "information models: measures", load_measures),
    ),
)
