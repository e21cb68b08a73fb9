"""A field for a whole number, and what people and programs put into it."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import NumberRange

from registry.web.forms import WholeNumberField


class Threshold(Form):
    least = WholeNumberField("Least", [NumberRange(0, 100)])


@pytest.mark.parametrize("text", ["9" * 400, "9" * 5000, "1e3", "٣", "", "1_0"])
def test_what_is_no_number_that_a_column_holds_is_told_at_the_field(text):
    form = Threshold(MultiDict({"least": text}))
    assert not form.validate() and form.least.errors


def test_a_number_within_its_bounds_is_taken():
    form = Threshold(MultiDict({"least": " 5 "}))
    assert form.validate() and form.least.data == 5
