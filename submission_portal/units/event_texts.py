"""What the events of the register of units say, by type."""

from registry.findings import Text

TEXTS = {
    "UnitsAdded": Text("Enheter lades till i linjens enhetsregister.", "Units were added to the line's register."),
    "UnitChanged": Text(
        "En enhets namn eller datum ändrades i linjens enhetsregister.",
        "The names or dates of a unit were changed in the line's register.",
    ),
    "UnitRemoved": Text(
        "En enhet som lagts till av misstag togs bort ur linjens enhetsregister.",
        "A unit that was added by mistake was removed from the line's register.",
    ),
    "UnitsConfirmed": Text(
        "Regionen bekräftade linjens enheter: de väntas i varje leverans.",
        "The region confirmed the line's units: they are expected in each delivery.",
    ),
    "UnitsUnconfirmed": Text(
        "Regionen tog tillbaka bekräftelsen av linjens enheter: de senaste leveranserna säger vilka som väntas.",
        "The region took back its confirmation of the line's units: the latest deliveries say which are expected.",
    ),
}
