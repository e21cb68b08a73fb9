"""The blueprint that every page of the calendar belongs to. What it shows follows the clock: nothing of it is kept by browsers."""

from flask import Blueprint

blueprint = Blueprint("calendar", __name__, template_folder="../templates")
