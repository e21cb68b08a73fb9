"""What the events of consultations say, by type."""

from registry.findings import Text

TEXTS = {
    "ConsultationDrafted": Text("En remiss skrevs.", "A consultation was written."),
    "ConsultationRevised": Text("Ett utkast till remiss skrevs om.", "A draft of a consultation was revised."),
    "ConsultationRemoved": Text("Ett utkast till remiss togs bort.", "A draft of a consultation was removed."),
    "ConsultationOpened": Text("En remiss skickades ut.", "A consultation was sent out."),
    "ConsultationExtended": Text(
        "En remissinstans fick längre svarstid.", "An addressee of a consultation was given more time."
    ),
    "OpinionSaved": Text("Ett utkast till remissvar sparades.", "A draft of an answer to a consultation was kept."),
    "OpinionSent": Text("Ett remissvar lämnades.", "An answer to a consultation was sent."),
    "OpinionCorrected": Text(
        "Ett remissvar som kom som brev registrerades om; det tidigare står kvar.",
        "An answer that came as a letter was recorded anew; the earlier record stays.",
    ),
    "OpinionRecorded": Text(
        "Ett remissvar som kom som brev registrerades.",
        "An answer to a consultation that came as a letter was recorded.",
    ),
    "OpinionJudged": Text("Ett remissvar bemöttes.", "An answer to a consultation was responded to."),
    "ConsultationSettled": Text(
        "En remiss avslutades, och sammanställningen publicerades.",
        "A consultation was settled, and its compilation published.",
    ),
}
