"""The term bank's blueprint, by itself so that every module of views can add to it."""

from flask import Blueprint

from registry.web.revalidation import revalidate

blueprint = Blueprint("termbank", __name__, url_prefix="/termbank", template_folder="../templates")
revalidate(blueprint)
