"""Forms of the register of units: a unit's names and dates, and for a new one what tells it apart."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from information_models.definitions import LoadedModel
from registry.i18n import read
from registry.web.forms import Form
from submission_portal.units.lines import Line
from submission_portal.units.services import LONGEST_NAME
from submission_portal.units.unit import RegisteredUnit, unit_elements_of

VALUE = "value_"
"""Before the name of an element, the name of its field."""


class UnitForm(Form):
    """What a unit is called, and from when to when it exists."""

    last = ("revision",)
    name = StringField(
        _l("Name"), [Optional(), Length(max=LONGEST_NAME)], description=_l("What people call it, if not as above.")
    )
    aliases = TextAreaField(
        _l("Also written"),
        [Optional()],
        description=_l("Other ways in which your files write it, one on each line. They are read as this unit."),
    )
    opened = DateField(_l("First day"), [Optional()], description=_l("Empty: it has always been there."))
    closed = DateField(_l("Last day"), [Optional()], description=_l("Empty: it is open."))
    revision = HiddenField()

    def unit(self, values: Mapping[str, str]) -> RegisteredUnit:
        """The unit that the form states."""
        aliases = tuple(line.strip() for line in (self.aliases.data or "").splitlines() if line.strip())
        return RegisteredUnit(values, self.name.data or "", aliases, self.opened.data, self.closed.data)

    def values(self) -> dict[str, str]:
        """Element → value, of a form that asks for them (`new_unit_form`)."""
        return {
            name.removeprefix(VALUE): " ".join((field.data or "").split())
            for name, field in self._fields.items()
            if name.startswith(VALUE)
        }


def new_unit_form(kept: Line) -> UnitForm:
    """A form with a field for each element that tells units apart; a list where it has codes."""
    fields: dict[str, object] = {}
    for element in unit_elements_of(kept.loaded):
        checks = [InputRequired(_l("Fill in this field."))] if element.required else [Optional()]
        if element.code_list:
            fields[VALUE + element.name] = SelectField(read(element.label), checks)
        else:
            length = Length(max=LONGEST_NAME)
            fields[VALUE + element.name] = StringField(read(element.label), [*checks, length])
    made: type[UnitForm] = type(UnitForm.__name__, (UnitForm,), {"first": tuple(fields), **fields})
    form = made()
    for element in unit_elements_of(kept.loaded):
        if element.code_list:
            form[VALUE + element.name].choices = [("", ""), *_codes(kept, element.name)]
    return form


def _codes(kept: Line, name: str) -> list[tuple[str, str]]:
    loaded: LoadedModel = kept.loaded
    codes = loaded.code_list(loaded.model.element(name)).codes
    is_placed = name == loaded.model.region_element and kept.region is not None
    return [
        (one.code, read(one.label)) for one in codes if not is_placed or loaded.regions.get(one.code) == kept.region
    ]
