"""The page of the law as questions, which anybody may read."""

from flask import Blueprint, render_template

from legal_checks.secrecy.named_provisions import PROVISIONS
from registry.db import db
from registry.web.guards import access
from registry.web.revalidation import revalidate
from submission_portal.legal_questions.question_pages import question_rows, rule_rows

blueprint = Blueprint("legal_questions", __name__, template_folder="templates")
revalidate(blueprint)


@blueprint.get("/rattsfragor/")
@access.public
def questions() -> str:
    """The control questions, the order that they come in, what is asked or stopped where answers do not go together, and the
    provisions behind them."""
    return render_template(
        "legal_questions/law.html", rows=question_rows(db.session, []), rules=rule_rows(), provisions=PROVISIONS
    )
