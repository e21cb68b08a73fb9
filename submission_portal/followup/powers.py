"""Who may do what with the tables of a measure."""

from registry.actors import Role
from registry.findings import Text
from registry.powers import THE_RECIPIENT, THE_REGION, Power, Powers

TABLES = Powers(
    Text("Tabeller och figurer", "Tables and figures"),
    40,
    (
        Power(
            Text(
                "Besluta vem som får en tabell, och från vilken minut", "Decide who gets a table, and from which minute"
            ),
            THE_RECIPIENT,
            (Role.LEGAL_REVIEWER,),
            Text(
                "Den som har agerat för en region i en linje som tabellen vilar på, eller för en region i måttets serie.",
                "Whoever has acted for a region in a line that the table rests on, or for a region in the measure's series.",
            ),
            ("TableDecided",),
        ),
        Power(
            Text("Flytta eller stoppa en tabell före sin minut", "Move or stop a table before its minute"),
            THE_RECIPIENT,
            (Role.LEGAL_REVIEWER,),
            Text("Som ovan.", "As above."),
            ("TableReleaseMoved", "TableReleaseStopped"),
        ),
        Power(
            Text(
                "Säga om regionen godtar att en tabell är öppen för alla utan beslut",
                "Say whether the region accepts that a table is open to everybody without a decision",
            ),
            THE_REGION,
            (Role.DISCLOSING_OFFICER,),
            Text(
                "Den som har agerat för mottagaren i måttets serie.",
                "Whoever has acted for the recipient in the measure's series.",
            ),
            ("TableStandpointStated",),
        ),
        Power(
            Text(
                "Öppna en sammanställning över flera regioner som en regel stänger, eller avsluta ett sådant beslut",
                "Open a compilation over several regions that a rule closes, or end such a decision",
            ),
            THE_RECIPIENT,
            (Role.LEGAL_REVIEWER,),
            Text(
                "Den som hör till en region som lämnar uppgifterna, eller har agerat för en i en linje eller i måttets serie.",
                "Whoever belongs to a region that delivers the figures, or has acted for one in a line or in the measure's series.",
            ),
            ("CompilationDecided", "CompilationEnded"),
        ),
        Power(
            Text("Anmäla att en uppgift kommer ur ett annat system", "Declare that data comes from another system"),
            THE_REGION,
            (Role.DATA_OFFICER,),
            Text(
                "Den som har agerat för mottagaren i måttets serie.",
                "Whoever has acted for the recipient in the measure's series.",
            ),
            ("SourceChangeDeclared", "SourceChangeWithdrawn"),
        ),
    ),
)
