"""Start a brouillon, save answers in it, delete it."""

import secrets
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import horloge, journal
from monespace.acteur import Acteur, Objet, Verbe
from monespace.comptes.models import Utilisateur
from monespace.db import KEY_ALPHABET, session
from monespace.dossiers.actions.revision import NO_FORM, Posted, Saved, touch, write
from monespace.dossiers.declaration import Dispositif
from monespace.dossiers.models import Dossier, Statut
from monespace.dossiers.reading import declaration, values
from monespace.forms.fields import Lists
from monespace.forms.questionnaire import Raw, Step
from monespace.organisations.models import Etablissement
from monespace.refus import DejaServi, Interdit, Refuse


def start(
    acteur: Acteur, dispositif: Dispositif, etablissement: Etablissement, jeton: str, lists: Lists
) -> Dossier:
    """A new brouillon, with what is known of its author filled in. One `jeton` makes one.

    Raise Interdit without the right to enter data there, Refuse for a closed dispositif.
    """
    if not dispositif.open_to_new:
        raise Refuse(f"Le dispositif «\u00a0{dispositif.nom}\u00a0» n’accepte plus de demandes.")
    if not acteur.may(Objet.DOSSIERS, Verbe.SAISIR, etablissement.id, dispositif.code):
        raise Interdit(
            "Vous n’avez pas le droit de saisir ce dispositif pour cet établissement. "
            "Demandez-le à un administrateur de votre entreprise."
        )
    dossier = blank(acteur, dispositif, etablissement, jeton)
    try:
        with session().begin_nested():
            session().add(dossier)
    except IntegrityError:
        return _already_started(acteur, jeton)
    _prefill(acteur, dossier, lists)
    journal.record(acteur, "commencer", dossier)
    return dossier


def _already_started(acteur: Acteur, jeton: str) -> Dossier:
    dossier = session().scalars(select(Dossier).where(Dossier.jeton == jeton)).one()
    if dossier.auteur_id != acteur.utilisateur_id:
        raise DejaServi()
    return dossier


def blank(
    acteur: Acteur, dispositif: Dispositif, etablissement: Etablissement, jeton: str
) -> Dossier:
    """A brouillon without any answer, not in the session yet."""
    instant = horloge.now()
    return Dossier(
        jeton=jeton,
        reference="B-" + "".join(secrets.choice(KEY_ALPHABET) for _ in range(8)).upper(),
        organisation_id=acteur.organisation_id,
        etablissement=etablissement,
        dispositif=dispositif.code,
        version_formulaire=dispositif.version,
        statut=Statut.BROUILLON,
        auteur_id=acteur.utilisateur_id,
        cree_le=instant,
        maj_le=instant,
        statut_le=instant,
        stagiaires=[],
        lignes=[],
        pieces=[],
        demandes=[],
        reponses={},
        saisies={},
        revision=0,
    )


def _prefill(acteur: Acteur, dossier: Dossier, lists: Lists) -> None:
    auteur = session().get_one(Utilisateur, acteur.utilisateur_id)
    known: Mapping[str, Raw] = {
        "etablissement": (dossier.etablissement.siret,),
        "contact_nom": (auteur.nom_complet,),
        "contact_courriel": (auteur.courriel,),
        "contact_telephone": (auteur.telephone,),
    }
    questions = [one for one in declaration(dossier).questions if one.name in known]
    typed = {question.name: known[question.name] for question in questions}
    write(acteur, dossier, dossier, "", questions, typed, 0, lists)


def save(
    acteur: Acteur,
    dossier: Dossier,
    step: Step,
    typed: Mapping[str, Raw],
    shown_revision: int,
    lists: Lists,
    posted: Posted = NO_FORM,
) -> Saved:
    """Keep what was typed in one step, whatever it is worth."""
    saved = write(
        acteur, dossier, dossier, "", step.questions, typed, shown_revision, lists, posted
    )
    follow_etablissement(dossier)
    return saved


def follow_etablissement(dossier: Dossier) -> None:
    """Put the dossier where the answer for its établissement says."""
    siret = declared_siret(dossier)
    if siret and siret != dossier.etablissement.siret:
        dossier.etablissement = (
            session().scalars(select(Etablissement).where(Etablissement.siret == siret)).one()
        )
        touch(dossier)


def declared_siret(dossier: Dossier) -> str:
    """The SIRET answered for the établissement, or ""."""
    for question in declaration(dossier).questions:
        if question.projected_to == "etablissement":
            return str(values(dossier)[question.name] or "")
    return ""


def delete(acteur: Acteur, dossier: Dossier) -> None:
    """Delete a brouillon and everything typed in it. The journal keeps that it existed."""
    journal.record(acteur, "supprimer", dossier, reference=dossier.reference)
    session().delete(dossier)
