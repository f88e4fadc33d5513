"""Decide on a request: approve it, refuse it, take the decision back."""

from datetime import date, datetime

from sqlalchemy import select

from monespace import horloge, journal, policy
from monespace.acces.actions.annonces_demandes import tell_decision, tell_undone
from monespace.acces.actions.octroyer import check_power, replace_rights
from monespace.acces.actions.ouverture import is_over, open_access
from monespace.acces.actions.verrou import as_of_now, hold_organisation, keep_one
from monespace.acces.difference import difference
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Acteur, Origine
from monespace.db import Json, session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import EtatRattachement, Rattachement
from monespace.organisations.octrois import Octrois
from monespace.policy import Can
from monespace.refus import Conflit, Refuse

NO_RIGHT = (
    "Aucun droit n’est coché. Cochez au moins un droit dans la grille, ou refusez la demande."
)
NO_REASON = "Indiquez pourquoi vous refusez\u00a0: ce motif est envoyé à la personne."
LONGEST_REASON = 1000
TOO_LONG = f"Ce motif compte plus de {LONGEST_REASON} caractères. Raccourcissez-le."
CHANGED_SINCE = (
    "Les droits de cette personne ont changé depuis cette décision\u00a0: elle ne peut plus être "
    "annulée. Rien n’a été modifié. Changez ses droits sur sa fiche, dans «\u00a0Personnes\u00a0»."
)
ASKED_AGAIN = (
    "Cette personne a fait une nouvelle demande depuis\u00a0: traitez celle-ci. "
    "Rien n’a été modifié."
)
# What a decision opens again; a suspended access stays so.
CLOSED = (EtatRattachement.DEMANDE, EtatRattachement.REFUSE, EtatRattachement.RETIRE)


class DejaDecidee(Conflit):
    """Somebody decided before; it may be the same person, by a second click."""

    def __init__(self, demande: DemandeAcces) -> None:
        verb = {
            EtatDemande.APPROUVEE: "approuvée",
            EtatDemande.REFUSEE: "refusée",
        }.get(demande.etat, "retirée")
        by = f" par {demande.decideur}" if demande.decideur else ""
        super().__init__(f"Cette demande a déjà été {verb}{by}. Votre décision n’a rien changé.")
        self.demande = demande


def hold(acteur: Acteur, demande: DemandeAcces) -> Acteur:
    """Hold the request until the end of the transaction. Return the acteur as of now.

    Raise DejaDecidee for a request that does not wait any more, Introuvable or Interdit for who
    may not decide.
    """
    now = _held(acteur, demande)
    policy.load(now, DemandeAcces, demande.cle, Can.VIEW)
    if demande.etat is not EtatDemande.A_TRAITER:
        raise DejaDecidee(demande)
    policy.load(now, DemandeAcces, demande.cle, Can.DECIDE)
    return now


def approve(acteur: Acteur, demande: DemandeAcces, wanted: Octrois) -> None:
    """Let the person in, with `wanted` as all that they may do; or make them an administrateur.

    Raise what `hold` raises, Refuse when `wanted` is empty or not of the company, Interdit for
    rights beyond the acteur's power.
    """
    now, rattachement = hold(acteur, demande), demande.rattachement
    administers = demande.genre is GenreDemande.ADMINISTRATION
    if not wanted and not administers:
        raise Refuse(NO_RIGHT)
    held = ecrits.of(rattachement.habilitations)
    avant = _state(rattachement)
    reopened = rattachement.etat in CLOSED or is_over(rattachement)
    if not administers:
        # Rights and role of a time that is over count for nothing: all of it is given now.
        before = frozenset() if reopened else held
        check_power(now, demande.organisation_id, wanted - before, held - wanted)
    if reopened:
        open_access(rattachement, Origine.ADMINISTRATEUR, now.nom)
    if administers:
        rattachement.administrateur = True
    else:
        replace_rights(now, rattachement, wanted, Origine.ADMINISTRATEUR)
    demande.avant = {**avant, "laisse": _left(rattachement)}
    _decide(now, demande, EtatDemande.APPROUVEE)
    journal.record(now, "approuver la demande", demande, droits=ecrits.to_json(wanted))
    tell_decision(now, demande, difference(held, wanted).texte if not administers else "")


def refuse(acteur: Acteur, demande: DemandeAcces, motif: str) -> None:
    """Say no, and why. Raise what `hold` raises, Refuse without a reason."""
    now, rattachement = hold(acteur, demande), demande.rattachement
    motif = check_reason(motif)
    avant = _state(rattachement)
    if rattachement.etat is EtatRattachement.DEMANDE:
        rattachement.etat = EtatRattachement.REFUSE
    demande.avant = {**avant, "laisse": _left(rattachement)}
    demande.motif = motif
    _decide(now, demande, EtatDemande.REFUSEE)
    journal.record(now, "refuser la demande", demande, motif=motif)
    tell_decision(now, demande, f"Motif\u00a0: {motif}")


def check_reason(motif: str) -> str:
    """The reason as it is kept. Raise Refuse."""
    kept = motif.strip()
    if not kept:
        raise Refuse(NO_REASON)
    if len(kept) > LONGEST_REASON:
        raise Refuse(TOO_LONG)
    return kept


def undo(acteur: Acteur, demande: DemandeAcces) -> None:
    """Take the decision back: the request waits again, everything is as it was before.

    Done twice, it is done once. Raise Introuvable or Interdit for who may not, Conflit when
    something changed since.
    """
    now, rattachement = _held(acteur, demande), demande.rattachement
    policy.load(now, DemandeAcces, demande.cle, Can.VIEW)
    if demande.etat is EtatDemande.A_TRAITER:
        return
    policy.load(now, DemandeAcces, demande.cle, Can.UNDO)
    if _left(rattachement) != demande.avant.get("laisse"):
        raise Conflit(CHANGED_SINCE)
    if _asked_again(demande):
        raise Conflit(ASKED_AGAIN)
    undone = demande.etat
    _put_back(now, demande)
    demande.etat, demande.avant, demande.motif = EtatDemande.A_TRAITER, {}, ""
    demande.decideur_id, demande.decideur, demande.decide_le = None, "", None
    session().flush()
    journal.record(now, "annuler la décision", demande, decision=undone)
    tell_undone(now, demande, undone)


def _held(acteur: Acteur, demande: DemandeAcces) -> Acteur:
    # In the order of everybody who changes accesses: the rattachement, the organisation, the rest.
    session().scalars(
        select(Rattachement)
        .where(Rattachement.id == demande.rattachement_id)
        .with_for_update(of=Rattachement)
        .execution_options(populate_existing=True)
    ).one()
    hold_organisation(demande.organisation_id)
    session().scalars(
        select(DemandeAcces)
        .where(DemandeAcces.id == demande.id)
        .with_for_update(of=DemandeAcces)
        .execution_options(populate_existing=True)
    ).one()
    return as_of_now(acteur)


def _decide(acteur: Acteur, demande: DemandeAcces, etat: EtatDemande) -> None:
    demande.etat = etat
    demande.decideur_id, demande.decideur = acteur.utilisateur_id, acteur.nom
    demande.decide_le = horloge.now()
    session().flush()


def _state(rattachement: Rattachement) -> dict[str, Json]:
    """What a decision may change of a rattachement."""
    return {
        "droits": ecrits.to_json(ecrits.of(rattachement.habilitations)),
        "etat": rattachement.etat,
        "administrateur": rattachement.administrateur,
        "debut": _day(rattachement.debut),
        "fin": _day(rattachement.fin),
        "origine": rattachement.origine,
        "accorde_par": rattachement.accorde_par,
        "accorde_le": rattachement.accorde_le.isoformat() if rattachement.accorde_le else None,
    }


def _left(rattachement: Rattachement) -> list[Json]:
    """What must still be so for the decision to be taken back."""
    state = _state(rattachement)
    return [state[name] for name in ("droits", "etat", "administrateur", "debut", "fin")]


def _put_back(acteur: Acteur, demande: DemandeAcces) -> None:
    avant, rattachement = demande.avant, demande.rattachement
    if rattachement.administrateur and not avant["administrateur"]:
        keep_one(rattachement)
    droits = avant["droits"]
    assert isinstance(droits, list)
    replace_rights(acteur, rattachement, ecrits.from_json(droits), Origine.ADMINISTRATEUR)
    rattachement.etat = EtatRattachement(str(avant["etat"]))
    rattachement.administrateur = bool(avant["administrateur"])
    rattachement.debut, rattachement.fin = _read_day(avant["debut"]), _read_day(avant["fin"])
    rattachement.origine = Origine(str(avant["origine"]))
    rattachement.accorde_par = str(avant["accorde_par"])
    given = avant["accorde_le"]
    rattachement.accorde_le = datetime.fromisoformat(str(given)) if given else None


def _asked_again(demande: DemandeAcces) -> bool:
    return bool(
        session().scalar(
            select(DemandeAcces.id).where(
                DemandeAcces.rattachement_id == demande.rattachement_id,
                DemandeAcces.etat == EtatDemande.A_TRAITER,
                DemandeAcces.id != demande.id,
            )
        )
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read_day(written: Json) -> date | None:
    return date.fromisoformat(str(written)) if written else None
