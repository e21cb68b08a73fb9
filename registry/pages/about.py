"""The pages about the registry itself: what it is, where its figures come from, accessibility, security."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, current_app, render_template

from registry.findings import Text
from registry.plugin import House
from registry.powers import Power
from registry.web.guards import access
from registry.web.revalidation import revalidate

blueprint = Blueprint("pages", __name__)
revalidate(blueprint)

STATEMENT_WRITTEN = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Source:
    """Something that the bundled content was taken from."""

    title: Text
    what: Text
    origin: Text
    url: str | None = None


FIGURES = (
    Source(
        Text("Fastställda vårdplatser i Norrbotten 2018", "Established beds in Norrbotten 2018"),
        Text(
            "Fem sjukhus före och efter den 1 mars 2018, och hur många av platserna som var tekniska.",
            "Five hospitals before and after 1 March 2018, and how many of the beds were technical.",
        ),
        Text(
            "Region Norrbotten, regionfullmäktige § 8, dnr 3754-2017.",
            "Region Norrbotten, regional council § 8, reg. no. 3754-2017.",
        ),
        "https://9lib.net/document/z1d5xwoe-korrigering-av-fastst%C3%A4llda-v%C3%A5rdplatser-dnr.html",
    ),
    Source(
        Text("Disponibla vårdplatser per region 2014 och 2015", "Available beds per region 2014 and 2015"),
        Text(
            "Årsgenomsnitt, avrundade i källan. Regionernas summa skiljer sig därför från det publicerade talet för riket.",
            "Yearly means, rounded in the source. The sum of the regions therefore differs from the published figure for the country.",
        ),
        Text(
            "SKL, Verksamhetstabeller 2015, tabell 32, så som Läkartidningen återgav dem i juni 2016.",
            "SALAR, Verksamhetstabeller 2015, table 32, as reproduced by Läkartidningen in June 2016.",
        ),
        "https://lakartidningen.se/aktuellt/nyheter/2016/06/vardplatserna-annu-farre/",
    ),
    Source(
        Text(
            "Överbeläggningar per 100 vårdplatser, första halvåren 2013–2016",
            "Overcrowding per 100 beds, first half-years 2013–2016",
        ),
        Text("Per region och för riket, med en decimal.", "Per region and for the country, with one decimal."),
        Text(
            "vantetider.se, så som Läkartidningen återgav dem i juli 2016.",
            "vantetider.se, as reproduced by Läkartidningen in July 2016.",
        ),
        "https://lakartidningen.se/aktuellt/nyheter/2016/07/overbelaggningarna-okade-under-forsta-halvaret/",
    ),
    Source(
        Text(
            "Överbeläggningar och utlokaliserade per månad 2017–2018, riket och Stockholm",
            "Overcrowded and outplaced per month 2017–2018, the country and Stockholm",
        ),
        Text("Somatisk vård; sex sjukhus i Stockholm.", "Somatic care; six hospitals in Stockholm."),
        Text("vantetider.se, kontaktkortet för Stockholm.", "vantetider.se, the page about Stockholm."),
        "http://www.vantetider.se/Kontaktkort/Stockholms/Overbelaggning/",
    ),
)
TEXTS = (
    Source(
        Text("Termerna", "The terms"),
        Text(
            "Definitioner och anmärkningar, återgivna i registrets egna ord. Varje begrepp anger sin egen källa och hur väl den kunde läsas.",
            "Definitions and notes, rendered in the registry's own words. Each concept gives its own source and how well it could be read.",
        ),
        Text("Främst Socialstyrelsens termbank.", "Mainly the term bank of the National Board of Health and Welfare."),
        "http://termbank.socialstyrelsen.se/",
    ),
    Source(
        Text("Tolkningsproblem och behov", "Problems of interpretation, and needs"),
        Text(
            "Var orden läses olika, och vilka uppgifter som regeringsuppdragen behöver.",
            "Where the words are read differently, and which data the government assignments need.",
        ),
        Text(
            "Socialstyrelsens delredovisning om vårdplatser, mars 2024.",
            "Interim report on hospital beds by the National Board of Health and Welfare, March 2024.",
        ),
    ),
    Source(
        Text("Lagrummen", "The provisions"),
        Text(
            "Frågorna som ställs före ett utlämnande och ett mottagande, med det lagrum de kommer ur. De är hjälp att resonera, inte rättslig rådgivning.",
            "The questions asked before disclosing and receiving, with the provision each comes from. They help in reasoning; they are no legal advice.",
        ),
        Text(
            "Offentlighets- och sekretesslagen, dataskyddsförordningen, säkerhetsskyddslagen; i urval enligt delredovisningens bilaga 9.",
            "The Public Access to Information and Secrecy Act, the GDPR, the Protective Security Act; selected as in annex 9 of the interim report.",
        ),
    ),
    Source(
        Text("Gränsen för småtal", "The threshold for small numbers"),
        Text(
            "Ingen svensk bestämmelse anger ett tal. Exempelanvändningens gräns, att värden över 0 och under 5 inte visas, följer praxis på annat håll.",
            "No Swedish provision gives a number. The threshold of the example use, that values above 0 and below 5 are not shown, follows practice elsewhere.",
        ),
        Text(
            "Australian Institute of Health and Welfare (AIHW).", "Australian Institute of Health and Welfare (AIHW)."
        ),
    ),
)


@blueprint.get("/om/")
@access.public
def about() -> str:
    return render_template("pages/about.html")


@blueprint.get("/om/kallor")
@access.public
def sources() -> str:
    return render_template("pages/sources.html", figures=FIGURES, texts=TEXTS)


@dataclass(frozen=True, slots=True)
class PowerRow:
    """One act as a row of the page."""

    what: Text
    side: Text
    roles: Text
    never: Text


@blueprint.get("/om/vem-gor-vad")
@access.public
def powers() -> str:
    """Who may do what, for whom, and who never may."""
    house: House = current_app.extensions["registry"]
    groups = [(group.title, [_row(one) for one in group.powers]) for group in house.powers]
    return render_template("pages/powers.html", groups=groups)


def _row(power: Power) -> PowerRow:
    roles = [one.label for one in power.by]
    named = Text(", ".join(one.sv for one in roles), ", ".join(one.en for one in roles))
    return PowerRow(power.what, power.side, named, power.never)


@blueprint.get("/om/tillganglighet")
@access.public
def accessibility() -> str:
    return render_template("pages/accessibility.html", written=STATEMENT_WRITTEN)


@blueprint.get("/om/sakerhet")
@access.public
def security() -> str:
    return render_template("pages/security.html")
