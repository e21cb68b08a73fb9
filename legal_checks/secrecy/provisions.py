"""The provisions on secrecy that the control questions rest on, dated, in the project's own words.

Collected from the interim report on a national bed capacity follow-up (Socialstyrelsen, March 2024, annex 9) and from
the statutes and preparatory works named in ``source``. Each rendering says how it was checked.
"""

from datetime import date

from legal_checks.provisions import REPORT, Provision, Verification
from registry.findings import Text

PROVISIONS: tuple[Provision, ...] = (
    Provision(
        id="tf-2-1",
        citation=Text("TF 2 kap. 1–2 §§", "Freedom of the Press Act 2:1–2"),
        says=Text(
            "Var och en får ta del av allmänna handlingar. Rätten begränsas bara för vissa uppräknade intressen, bland dem "
            "rikets säkerhet och enskildas personliga förhållanden, och begränsningen ska stå i lag.",
            "Everyone may read public documents. Only certain listed interests limit that right, among them the security of "
            "the realm and the personal circumstances of individuals, and the limit has to stand in an act of law.",
        ),
        asks=Text(
            "Är handlingen inkommen eller upprättad, och vilket lagrum kan begränsa insynen?",
            "Has the document been received or drawn up, and which provision could limit access?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="osl-3-1",
        citation=Text("OSL 3:1 och 8:1", "Public Access and Secrecy Act (OSL) 3:1 and 8:1"),
        says=Text(
            "Sekretess är ett förbud att röja en uppgift. Förbudet gäller också mot andra myndigheter, om inte en "
            "bestämmelse bryter sekretessen.",
            "Secrecy forbids that something is disclosed. It holds towards other authorities as well, unless a provision "
            "lifts it.",
        ),
        asks=Text(
            "Är mottagaren en annan myndighet, och vad bryter i så fall sekretessen?",
            "Is the recipient another authority, and if so, what lifts the secrecy?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="osl-6",
        citation=Text("OSL 6 kap.", "OSL chapter 6"),
        says=Text(
            "Den myndighet som förvarar uppgiften prövar om den kan lämnas ut. Det regionen förvarar prövar alltså "
            "regionen, innan något förs över.",
            "The authority that holds the data decides whether it may be disclosed. What the region holds is therefore for "
            "the region to decide, before anything is transferred.",
        ),
        asks=Text(
            "Har regionen själv prövat utlämnandet, med datum, diarienummer och beslutsfattare?",
            "Has the region itself decided on disclosure, with date, registry number and who decided?",
        ),
        verification=Verification.REPORTED,
        source=f"{REPORT}, not 47",
    ),
    Provision(
        id="osl-6-5",
        citation=Text("OSL 6:5", "OSL 6:5"),
        says=Text(
            "På begäran av en annan myndighet lämnas en uppgift, om den inte omfattas av sekretess och det inte hindrar "
            "arbetet.",
            "On request of another authority data is handed out, unless it is under secrecy or that would hinder the work.",
        ),
        asks=Text(
            "Kan uppgiften lämnas utan att någon sekretess berörs?",
            "Can the data be handed out without touching any secrecy?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="osl-25-1",
        citation=Text("OSL 25:1", "OSL 25:1"),
        says=Text(
            "I hälso- och sjukvården gäller sekretess för uppgift om enskilds hälsotillstånd eller andra personliga "
            "förhållanden, om det inte står klart att den kan röjas utan men. Utgångspunkten är sekretess.",
            "In health care, secrecy covers the health and other personal circumstances of an individual, unless it is clear "
            "that disclosure does no harm. Secrecy is the starting point.",
        ),
        asks=Text(
            "Avser uppgiften en enskild, direkt eller genom småtal?",
            "Does the data concern an individual, directly or through small numbers?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="osl-24-8",
        citation=Text("OSL 24:8", "OSL 24:8"),
        says=Text(
            "I särskild verksamhet för statistik gäller sekretess för det som kan hänföras till en enskild. Huvudregeln är "
            "absolut, med vissa undantag.",
            "In an authority's separate statistical activity, secrecy covers whatever can be attributed to an individual. The "
            "main rule is absolute, with certain exceptions.",
        ),
        asks=Text(
            "Kan uppgiften hänföras till en enskild, och behandlas den i särskild statistikverksamhet?",
            "Can the data be attributed to an individual, and is it processed in a separate statistical activity?",
        ),
        verification=Verification.PREPARATORY_WORKS,
        source="Prop. 2013/14:162, https://lagen.nu/prop/2013/14:162",
    ),
    Provision(
        id="osl-21-1",
        citation=Text("OSL 21:1", "OSL 21:1"),
        says=Text(
            "Ett minimiskydd för uppgift om hälsa, var den än finns, om det måste antas att den enskilde lider betydande "
            "men.",
            "A minimum protection for data on health wherever it is found, where considerable harm to the individual must be "
            "assumed.",
        ),
        asks=Text("Pekar uppgiften ut en person?", "Does the data point out a person?"),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="osl-15-2",
        citation=Text("OSL 15:2", "OSL 15:2"),
        says=Text(
            "Försvarssekretess, hos alla myndigheter: uppgift som rör totalförsvaret, om det kan antas att ett röjande "
            "skadar landets försvar eller annars är till fara för rikets säkerhet. Utgångspunkten är offentlighet.",
            "Defence secrecy, for every authority: data concerning total defence, where it can be assumed that disclosure "
            "harms the defence or otherwise endangers the security of the realm. Openness is the starting point.",
        ),
        asks=Text(
            "Rör detaljnivån totalförsvarets vårdkapacitet, och vilken skada skulle det ge?",
            "Does the level of detail concern the care capacity of total defence, and what harm would follow?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="osl-18-13",
        citation=Text("OSL 18:13", "OSL 18:13"),
        says=Text(
            "Uppgift som hör till arbetet med risker, sårbarhet och kriser i fredstid, om det kan antas att möjligheterna "
            "att förebygga och hantera kriser motverkas. Utgångspunkten är offentlighet. Sekretessen följer med till en "
            "mottagande myndighet, och därför antas skada inte uppstå av att uppgiften lämnas dit; för alla andra är den "
            "stängd.",
            "Data from work on risks, vulnerability and peacetime crises, where it can be assumed that preventing and "
            "handling crises is counteracted. Openness is the starting point. The secrecy follows the data to a receiving "
            "authority, so harm is not assumed from handing it over there; everyone else is shut out.",
        ),
        asks=Text(
            "Beskriver uppgiften förmågan att ta emot patienter, ensam eller sammanställd, och till vem lämnas den?",
            "Does the data describe the ability to take patients, alone or compiled, and to whom is it given?",
        ),
        verification=Verification.REPORTED,
        source=f"{REPORT}; prop. 2004/05:5 s. 266; HFD 2021-12-22 mål 1208-1210-21; KR i Stockholm 2022-03-01 mål 9636-21",
    ),
    Provision(
        id="osl-10-28",
        citation=Text("OSL 10:28", "OSL 10:28"),
        says=Text(
            "En skyldighet i lag eller förordning att lämna uppgiften bryter sekretessen.",
            "A duty in an act or ordinance to hand over the data lifts the secrecy.",
        ),
        asks=Text(
            "Finns en uppgiftsskyldighet som omfattar just den här uppgiften, och är den i kraft?",
            "Is there a duty to report that covers this very data, and is it in force?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="osl-10-27",
        citation=Text("OSL 10:27", "OSL 10:27"),
        says=Text(
            "Generalklausulen: det ska vara uppenbart att intresset av att lämna uppgiften går före. Om mottagaren har "
            "samma sekretess vägs in. Den kan inte användas för bland annat 24:8 och 25:1.",
            "The general clause: it has to be obvious that the interest in handing over the data takes precedence. Whether the "
            "recipient has the same secrecy is weighed in. It cannot be used for among others 24:8 and 25:1.",
        ),
        asks=Text(
            "Är det uppenbart att intresset av att lämna uppgiften går före, och är avvägningen dokumenterad?",
            "Is it obvious that the interest in handing over the data takes precedence, and is the weighing recorded?",
        ),
        verification=Verification.REPORTED,
        source=f"{REPORT}; prop. 1979/80:2 s. 91",
    ),
    Provision(
        id="hsf-6-3",
        citation=Text(
            "HSL 9:3 och HSF 2017:80 6 kap. 3–4 §§ (2025:312)",
            "Health and Medical Services Act 9:3, ordinance 2017:80 6:3–4 (2025:312)",
        ),
        says=Text(
            "Regionerna rapporterar till den nationella väntetidsdatabasen hos Socialstyrelsen. Uppräkningen gäller "
            "väntetider; vårdplatser nämns inte. Namn och personnummer ingår inte.",
            "The regions report to the national waiting-time database at Socialstyrelsen. The list is about waiting times; "
            "beds are not mentioned. Names and identity numbers are not part of it.",
        ),
        asks=Text("Omfattas just den här uppgiften av uppräkningen?", "Is this very data covered by the list?"),
        verification=Verification.TEXT_READ,
        source="SFS 2017:80, ändring 2025:312",
        in_force_from=date(2025, 7, 1),
    ),
    Provision(
        id="hslf-fs-2023-33",
        citation=Text("HSLF-FS 2023:33", "HSLF-FS 2023:33"),
        says=Text(
            "Föreskrifter om vad som ska lämnas till patientregistret. Nämns i rapporten som exempel på var en skyldighet "
            "kan stå.",
            "Regulations on what is reported to the patient register. Mentioned in the report as an example of where a duty "
            "could stand.",
        ),
        asks=Text(
            "Vilken föreskrift bär en uppgiftsskyldighet, och från vilket datum?",
            "Which regulation carries a duty to report, and from which date?",
        ),
        verification=Verification.REPORTED,
        source="Socialstyrelsen, delredovisning mars 2024",
    ),
    Provision(
        id="lag-2018-585",
        citation=Text("Säkerhetsskyddslagen 2018:585", "Protective Security Act 2018:585"),
        says=Text(
            "Den som bedriver säkerhetskänslig verksamhet prövar vilka uppgifter som är säkerhetsskyddsklassificerade. Flera "
            "uppgifter tillsammans kan vara det fast ingen är det för sig.",
            "Whoever runs security-sensitive activities decides which data is security-classified. Data compiled can be, though "
            "no part of it is by itself.",
        ),
        asks=Text(
            "Är en säkerhetsskyddsanalys gjord, också för sammanställningen över flera regioner?",
            "Has a protective security analysis been made, for the compilation over several regions too?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
)

_BY_ID = {provision.id: provision for provision in PROVISIONS}


def provision(provision_id: str) -> Provision:
    """The provision with this id.

    >>> provision("osl-25-1").citation.sv
    'OSL 25:1'
    """
    return _BY_ID[provision_id]
