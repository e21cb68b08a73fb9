"""What the events of the legal desk say, by type."""

from registry.findings import Text

TEXTS = {
    "TableDecided": Text("En rättsgranskare beslutade om en tabell.", "A legal reviewer decided on a table."),
    "HiddenValuesRead": Text("Någon läste värden som döljs i en tabell.", "Somebody read values that a table hides."),
}
