"""A request as the inbox shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monespace import horloge
from monespace.acces.lignes import titles_of
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.calendrier import working_days_since
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS, Qualite
from monespace.organisations.octrois import Octrois
from monespace.typographie import NBSP, date_long, plural, siren

PLACES_NAMED = 3
# From the day of the first reminder on.
LONG_WAIT = 3
GENRES: Mapping[GenreDemande, str] = {
    GenreDemande.RATTACHEMENT: "Rattachement",
    GenreDemande.HABILITATION: "Droits supplémentaires",
    GenreDemande.ADMINISTRATION: "Devenir administrateur",
}
# Label, tone and shape of the tag of what is decided.
DECIDED: Mapping[EtatDemande, tuple[str, str, str]] = {
    EtatDemande.APPROUVEE: ("Approuvée", "ok", "dot"),
    EtatDemande.REFUSEE: ("Refusée", "err", "square"),
    EtatDemande.RETIREE: ("Retirée", "neutral", "bar"),
}


@dataclass(frozen=True, slots=True)
class Fiche:
    """What is read of a request before it is opened. `faits`: (label, value) pairs."""

    demande: DemandeAcces
    nom: str
    courriel: str
    faits: tuple[tuple[str, str], ...]
    tag: tuple[str, str, str]

    @property
    def cle(self) -> str:
        return self.demande.cle

    @property
    def waits(self) -> bool:
        return self.demande.etat is EtatDemande.A_TRAITER


def asked_for(demande: DemandeAcces) -> Octrois:
    """The rights that are asked."""
    return ecrits.from_json(demande.droits)


def fiches(demandes: Iterable[DemandeAcces]) -> list[Fiche]:
    """The same, with the names of the places read once."""
    rows = list(demandes)
    sirets = {one.id: _sirets(one) for one in rows}
    names = titles_of({siret for some in sirets.values() for siret in some[:PLACES_NAMED]})
    return [_fiche(one, sirets[one.id], names) for one in rows]


def _fiche(demande: DemandeAcces, sirets: Sequence[str], names: Mapping[str, str]) -> Fiche:
    person = demande.utilisateur
    return Fiche(
        demande,
        person.nom_complet,
        person.courriel,
        tuple(_facts(demande, sirets, names)),
        _tag(demande),
    )


def _facts(
    demande: DemandeAcces, sirets: Sequence[str], names: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    mandataire = demande.rattachement.qualite is Qualite.MANDATAIRE
    joins = demande.genre is GenreDemande.RATTACHEMENT
    yield (
        "Demande",
        "Rattachement d’un mandataire" if joins and mandataire else GENRES[demande.genre],
    )
    if mandataire and demande.rattachement.siren_mandataire:
        yield "SIREN du mandataire", siren(demande.rattachement.siren_mandataire)
    if demande.genre is not GenreDemande.ADMINISTRATION:
        yield "Périmètre", _perimeter(sirets, names)
    yield "Reçue", f"{date_long(demande.cree_le)}, {_ago(_day(demande))}"
    if demande.decide_le and demande.decideur:
        yield "Décidée", f"{date_long(demande.decide_le)} par {demande.decideur}"


def _sirets(demande: DemandeAcces) -> list[str]:
    return sorted({one.siret for one in asked_for(demande)})


def _perimeter(sirets: Sequence[str], names: Mapping[str, str]) -> str:
    if not sirets:
        return "à définir"
    if TOUS in sirets:
        return "Toute l’entreprise"
    named = ", ".join(names.get(one, one) for one in sirets[:PLACES_NAMED])
    more = len(sirets) - PLACES_NAMED
    return f"{named} et {more}{NBSP}autre{'s' if more > 1 else ''}" if more > 0 else named


def _tag(demande: DemandeAcces) -> tuple[str, str, str]:
    if demande.etat in DECIDED:
        return DECIDED[demande.etat]
    day, today = _day(demande), horloge.today()
    if working_days_since(day, today) < LONG_WAIT:
        return "Nouvelle", "info", "ring"
    return f"Attend depuis {plural((today - day).days, 'jour', 'jours')}", "warn", "diamond"


def _day(demande: DemandeAcces) -> date:
    return horloge.paris(demande.cree_le).date()


def _ago(day: date) -> str:
    days = (horloge.today() - day).days
    if days < 1:
        return "aujourd’hui"
    return "hier" if days == 1 else f"il y a {plural(days, 'jour', 'jours')}"
