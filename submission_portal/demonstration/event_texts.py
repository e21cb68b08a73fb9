"""What the demonstration’s own event says."""

from registry.findings import Text

TEXTS = {
    "DemonstrationPerformed": Text("Demonstrationen utfördes.", "The demonstration was performed."),
}
