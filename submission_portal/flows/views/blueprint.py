"""The blueprint that every page about flows belongs to."""

from pathlib import Path

from flask import Blueprint

from registry.web.revalidation import revalidate

blueprint = Blueprint("flows", __name__, template_folder=str(Path(__file__).parent.parent / "templates"))
revalidate(blueprint)
