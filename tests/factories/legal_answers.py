"""Complete sets of made-up answers to the control questions."""

from legal_checks.secrecy.rules import Answer
from legal_checks.secrecy.scenarios import COUNTING_PATIENTS, PLAIN


def example_answers(*, counts_persons: bool) -> dict[str, Answer]:
    """Answers that let a flow or a delivery through: about beds only, or about patients too."""
    answers = {
        **PLAIN,
        "defence_and_crisis": Answer(
            "no_harm",
            "Uppgifterna är gamla, allmänt hållna och redan publicerade. / Old, general, and published already.",
        ),
    }
    return {**answers, **COUNTING_PATIENTS} if counts_persons else answers
