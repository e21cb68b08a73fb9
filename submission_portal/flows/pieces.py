"""The pieces that the contents of lines and uses are made of: their shapes, and how each is normalised. Pure."""

from collections.abc import Mapping
from typing import Any

from registry.content import shapes
from registry.content.values import day_of, written_day
from submission_portal.flows.policy import NO_THRESHOLD, Zeros

LONGEST_TITLE = 160
LONGEST_TEXT = 4000


def text_up_to(longest: int) -> shapes.Shape:
    return {"type": "string", "maxLength": longest}


def both_up_to(longest: int) -> shapes.Shape:
    """A text in both languages, either of which a draft may leave out."""
    return shapes.record({}, {"sv": text_up_to(longest), "en": text_up_to(longest)})


def ground_shape() -> shapes.Shape:
    """A legal ground with its end."""
    return shapes.record(
        {},
        {
            "title": both_up_to(LONGEST_TEXT),
            "reference": text_up_to(LONGEST_TEXT),
            "valid_to": shapes.DAY_OR_NONE,
        },
    )


def policy_shape() -> shapes.Shape:
    """How small numbers are treated, and where the threshold comes from."""
    return shapes.record(
        {},
        {
            "threshold": {"type": ["integer", "null"]},
            "zeros": shapes.optional(shapes.one_of(Zeros)),
            "source": text_up_to(LONGEST_TEXT),
            "source_en": text_up_to(LONGEST_TEXT),
            "open_reason": text_up_to(LONGEST_TEXT),
            "open_reason_en": text_up_to(LONGEST_TEXT),
        },
    )


def normal_ground(content: Mapping[str, Any]) -> dict[str, Any]:
    """``legal_ground`` as it is kept."""
    ground = part(content, "legal_ground")
    return {
        "title": text_with_stand_in(ground.get("title"), LONGEST_TEXT),
        "reference": line(ground.get("reference")),
        "valid_to": day_that_exists(ground.get("valid_to")),
    }


def normal_policy(content: Mapping[str, Any]) -> dict[str, Any]:
    """``policy`` as it is kept. Nothing that is not stated is guessed."""
    policy = part(content, "policy")
    return {
        "threshold": policy.get("threshold") if type(policy.get("threshold")) is int else NO_THRESHOLD,
        "zeros": policy.get("zeros") if policy.get("zeros") in list(Zeros) else None,
        "source": line(policy.get("source")),
        **{name: said for name in ("source_en", "open_reason", "open_reason_en") if (said := line(policy.get(name)))},
    }


def part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object within content, or an empty one."""
    found = content.get(name)
    return found if isinstance(found, Mapping) else {}


def line(value: object) -> str:
    """Text on one line.

    >>> line("  S2023/1  "), line(None)
    ('S2023/1', '')
    """
    return " ".join(value.split())[:LONGEST_TEXT] if isinstance(value, str) else ""


def text_with_stand_in(value: object, longest: int) -> dict[str, str]:
    """A text in both languages; where English is missing the Swedish stands in for it.

    >>> text_with_stand_in({"sv": "Vård"}, 10)
    {'sv': 'Vård', 'en': 'Vård'}
    """
    both = value if isinstance(value, Mapping) else {}
    sv = str(both.get("sv") or "").strip()[:longest]
    return {"sv": sv, "en": str(both.get("en") or "").strip()[:longest] or sv}


def day_that_exists(value: object) -> str | None:
    """A day as it is stored; ``None`` for what is none, which the schema reports.

    >>> day_that_exists("2026-02-28"), day_that_exists("2026-02-30"), day_that_exists("")
    ('2026-02-28', None, None)
    """
    if not isinstance(value, str) or len(value) != len("2026-01-31"):
        return None
    try:
        return written_day(day_of(value))
    except ValueError:
        return None
