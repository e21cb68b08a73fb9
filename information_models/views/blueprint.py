"""The blueprint of models, code lists and measures, by itself so that every module of views can add to it."""

from flask import Blueprint

from registry.web.revalidation import revalidate

blueprint = Blueprint("information_models", __name__, url_prefix="/modeller", template_folder="../templates")
revalidate(blueprint)
