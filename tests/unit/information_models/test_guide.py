"""The modellers' guide says what the code does."""

from pathlib import Path

import pytest

from information_models.finding_texts.all import TEXTS
from information_models.formats.all import FORMATS
from information_models.patterns import is_pattern
from information_models.rules import LONGEST, compile_rule
from information_models.starter.loading import starter_model

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "modeller.md").read_text("utf-8")


@pytest.mark.parametrize("code", [text.code for text in TEXTS])
def test_every_finding_is_documented(code):
    assert f"| {code} |" in GUIDE


def test_the_rule_in_the_guide_is_a_rule():
    model = starter_model("dagliga-vardplatser-per-avdelning").model
    rule = "belagda <= disponibla + overbelaggningar"
    assert f"    {rule}\n" in GUIDE
    compile_rule(rule, {element.name: element.variable() for element in model.elements})
    assert f"At most {LONGEST} characters" in GUIDE
    assert is_pattern("[A-Z0-9]{2,4}")


def test_every_format_is_documented():
    assert all(one.name in GUIDE for one in FORMATS)
