"""Pages about the law as questions, and about small numbers: what the registry asks, after what, and from where."""

from flask import Blueprint, render_template

from legal_checks.catalogue import PROVISIONS
from registry.web.guards import access
from submission_portal.legal_desk.practice import PRACTICES
from submission_portal.legal_desk.question_pages import question_rows

blueprint = Blueprint("legal_desk", __name__, template_folder="templates")


@blueprint.get("/rattsfragor/")
@access.public
def questions() -> str:
    """The control questions, the order that they come in, and the provisions behind them."""
    return render_template("legal_desk/law.html", rows=question_rows([]), provisions=PROVISIONS)


@blueprint.get("/rattsfragor/smatal/")
@access.public
def small_numbers() -> str:
    """What small numbers are, how they are protected here, and what is known about practice elsewhere."""
    return render_template("legal_desk/small_numbers.html", practices=PRACTICES)
