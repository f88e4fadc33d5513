"""Decisions on requests: what they change, whom they tell, what they never do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from monespace import horloge, policy
from monespace.acces import actions
from monespace.acces.actions import DejaDecidee
from monespace.acces.fiche import fiches
from monespace.acces.filtres import FiltreDemandes
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande, Invitation
from monespace.acces.queries import counts, oldest_waiting, page_of, waiting
from monespace.acteur import Acteur, Objet, Origine
from monespace.comptes.models import Utilisateur
from monespace.courriels.models import Courriel
from monespace.journal import history
from monespace.notifications.models import Notification
from monespace.organisations.models import EtatRattachement, Rattachement
from monespace.organisations.octrois import Octrois
from monespace.policy import Can
from monespace.refus import Conflit, Interdit, Introuvable, Refus, Refuse
from tests.acces.entreprise import Entreprise, demander, octroi
from tests.dossiers.bureau import at_once

ALL = frozenset({octroi("CS")})


@contextmanager
def loading(chez: Entreprise, acteur: Acteur, cle: str) -> Iterator[DemandeAcces]:
    """The request, as the page of `acteur` loads it before it acts."""
    with chez.database.transaction():
        yield policy.load(acteur, DemandeAcces, cle, Can.VIEW)


def approving(chez: Entreprise, acteur: Acteur, cle: str, wanted: Octrois = ALL) -> None:
    with loading(chez, acteur, cle) as demande:
        actions.approve(acteur, demande, wanted)


def refusing(chez: Entreprise, acteur: Acteur, cle: str, motif: str = "Pas cette année") -> None:
    with loading(chez, acteur, cle) as demande:
        actions.refuse(acteur, demande, motif)


def undoing(chez: Entreprise, acteur: Acteur, cle: str) -> None:
    with loading(chez, acteur, cle) as demande:
        actions.undo(acteur, demande)


@contextmanager
def seen(chez: Entreprise, cle: str) -> Iterator[DemandeAcces]:
    with chez.database.reading() as reading:
        yield reading.scalars(select(DemandeAcces).where(DemandeAcces.cle == cle)).one()


def asker(chez: Entreprise, cle: str) -> Acteur:
    with seen(chez, cle) as demande:
        return policy.acteur_of(demande.utilisateur, chez.organisation_id)


def told(chez: Entreprise, courriels: bool = False) -> list[str]:
    with chez.database.reading() as reading:
        column = Courriel.sujet if courriels else Notification.titre
        return list(reading.scalars(select(column).order_by(column)))


def test_an_approval_lets_in_with_these_rights_and_tells(entreprise: Entreprise) -> None:
    other = entreprise.person("Autre", administrateur=True)
    cle = demander(entreprise, "Benali", octroi("C"))
    approving(entreprise, entreprise.administrateur, cle, frozenset({octroi("CS")}))

    acteur = asker(entreprise, cle)
    assert entreprise.tenus(acteur) == {octroi("CS")}
    with entreprise.reading(acteur) as row:
        assert row.etat is EtatRattachement.ACTIF
        assert row.accorde_par == "Camille Martin"
        assert row.habilitations[0].accorde_par == "Camille Martin"
    with seen(entreprise, cle) as demande:
        assert demande.etat is EtatDemande.APPROUVEE
        assert demande.decideur == "Camille Martin"
        assert history(demande)[0].acte == "approuver la demande"
    assert told(entreprise) == [
        "Accès approuvé par Les Halles d’Ajaccio",
        "Accès de Camille Benali approuvé par Camille Martin",
    ]
    assert told(entreprise, courriels=True) == ["Accès approuvé par Les Halles d’Ajaccio"]
    with entreprise.database.reading() as reading:
        text = reading.scalars(select(Courriel.texte)).one()
        to_whom = reading.scalars(
            select(Notification.utilisateur_id).where(Notification.titre.contains("Benali"))
        ).all()
    assert "Camille Martin a approuvé votre demande." in text
    assert "Gagne\u00a0: Consulter et saisir les dossiers" in text
    assert to_whom == [other.utilisateur_id]


def test_a_refusal_needs_a_reason_and_sends_it(entreprise: Entreprise) -> None:
    cle = demander(entreprise, "Benali", octroi("C"))
    for motif in ("", "  \n", "x" * 1001):
        with pytest.raises(Refuse):
            refusing(entreprise, entreprise.administrateur, cle, motif)
    refusing(entreprise, entreprise.administrateur, cle, " Voyez le siège. ")

    assert asker(entreprise, cle).organisation_id is None
    with entreprise.database.reading() as reading:
        assert "Motif\u00a0: Voyez le siège." in reading.scalars(select(Courriel.texte)).one()
    with seen(entreprise, cle) as demande:
        assert demande.rattachement.etat is EtatRattachement.REFUSE


def test_an_empty_grid_approves_nothing(entreprise: Entreprise) -> None:
    cle = demander(entreprise, "Benali", octroi("C"))
    with pytest.raises(Refuse, match="Aucun droit n’est coché"):
        approving(entreprise, entreprise.administrateur, cle, frozenset())
    with seen(entreprise, cle) as demande:
        assert demande.etat is EtatDemande.A_TRAITER


def test_nobody_decides_for_themselves(entreprise: Entreprise) -> None:
    cle = demander(
        entreprise,
        "Chef",
        octroi("CSTX"),
        genre=GenreDemande.HABILITATION,
        tenus=[octroi("CSX", Objet.RATTACHEMENTS), octroi("CS")],
    )
    chef = entreprise.now(asker(entreprise, cle))
    for act in (approving, refusing):
        with pytest.raises(Interdit):
            act(entreprise, chef, cle)
    assert entreprise.tenus(chef) == {octroi("CSX", Objet.RATTACHEMENTS), octroi("CS")}


def test_nobody_gives_what_they_do_not_hold(entreprise: Entreprise) -> None:
    chef = entreprise.personne("Chef", octroi("CS", Objet.RATTACHEMENTS), octroi("C"))
    cle = demander(entreprise, "Benali", octroi("CS"))
    with pytest.raises(Interdit):
        approving(entreprise, chef, cle, frozenset({octroi("CS")}))
    with seen(entreprise, cle) as demande:
        assert demande.etat is EtatDemande.A_TRAITER
        assert demande.rattachement.etat is EtatRattachement.DEMANDE
    approving(entreprise, chef, cle, frozenset({octroi("C")}))
    assert entreprise.tenus(asker(entreprise, cle)) == {octroi("C")}


def test_only_an_administrateur_makes_an_administrateur(entreprise: Entreprise) -> None:
    chef = entreprise.personne("Chef", octroi("CSX", Objet.RATTACHEMENTS), octroi("CSTX"))
    cle = demander(entreprise, "Benali", genre=GenreDemande.ADMINISTRATION, tenus=[octroi("C")])
    with pytest.raises(Interdit):
        approving(entreprise, chef, cle, frozenset())
    approving(entreprise, entreprise.administrateur, cle, frozenset())
    assert asker(entreprise, cle).administrateur

    undoing(entreprise, entreprise.administrateur, cle)
    former = asker(entreprise, cle)
    assert not former.administrateur
    assert entreprise.tenus(former) == {octroi("C")}


def test_who_lost_the_power_between_page_and_click_decides_nothing(entreprise: Entreprise) -> None:
    chef = entreprise.personne("Chef", octroi("CS", Objet.RATTACHEMENTS), octroi("CS"))
    cle = demander(entreprise, "Benali", octroi("C"))
    with entreprise.database.transaction():
        row = entreprise._of(chef)
        row.habilitations.clear()
    with pytest.raises((Interdit, Introuvable)):
        approving(entreprise, chef, cle)
    with seen(entreprise, cle) as demande:
        assert demande.etat is EtatDemande.A_TRAITER


def test_what_is_undone_is_as_before_and_waits_again(entreprise: Entreprise) -> None:
    held = frozenset({octroi("C", Objet.SALARIES)})
    cle = demander(entreprise, "Benali", octroi("CS"), genre=GenreDemande.HABILITATION, tenus=held)
    approving(entreprise, entreprise.administrateur, cle, held | ALL)
    undoing(entreprise, entreprise.administrateur, cle)

    assert entreprise.tenus(asker(entreprise, cle)) == held
    with seen(entreprise, cle) as demande:
        assert demande.etat is EtatDemande.A_TRAITER
        assert (demande.decideur_id, demande.decideur, demande.decide_le) == (None, "", None)
    assert "Votre demande d’accès à Les Halles d’Ajaccio est de nouveau à l’étude" in told(
        entreprise
    )
    undoing(entreprise, entreprise.administrateur, cle)
    assert len([one for one in told(entreprise) if "à l’étude" in one]) == 1
    refusing(entreprise, entreprise.administrateur, cle)
    undoing(entreprise, entreprise.administrateur, cle)
    approving(entreprise, entreprise.administrateur, cle)


def test_what_changed_since_is_not_undone(entreprise: Entreprise) -> None:
    cle = demander(entreprise, "Benali", octroi("CS"))
    approving(entreprise, entreprise.administrateur, cle)
    acteur = asker(entreprise, cle)
    with entreprise.database.transaction():
        row = entreprise._of(acteur)
        actions.replace_rights(
            entreprise.administrateur, row, frozenset({octroi("C")}), row.origine
        )
    with pytest.raises(Conflit, match="ont changé depuis"):
        undoing(entreprise, entreprise.administrateur, cle)
    assert entreprise.tenus(acteur) == {octroi("C")}


def test_a_colleague_undoes_only_what_they_decided(entreprise: Entreprise) -> None:
    chef = entreprise.personne("Chef", octroi("CS", Objet.RATTACHEMENTS), octroi("CS"))
    cle = demander(entreprise, "Benali", octroi("C"))
    approving(entreprise, entreprise.administrateur, cle, frozenset({octroi("C")}))
    with pytest.raises(Interdit):
        undoing(entreprise, chef, cle)


def test_who_does_not_administer_any_more_dismisses_nobody(entreprise: Entreprise) -> None:
    """By taking back what they decided when they did."""
    former = entreprise.person("Ancien", administrateur=True)
    cle = demander(entreprise, "Benali", genre=GenreDemande.ADMINISTRATION)
    approving(entreprise, former, cle, frozenset())
    with entreprise.loading(entreprise.administrateur, former, Can.APPOINT) as one:
        every = frozenset({octroi("CS", Objet.RATTACHEMENTS), octroi("CS")})
        actions.dismiss(entreprise.administrateur, one, every)
    former = entreprise.now(former)

    with pytest.raises(Interdit):
        undoing(entreprise, former, cle)
    assert asker(entreprise, cle).administrateur
    undoing(entreprise, entreprise.administrateur, cle)
    assert not asker(entreprise, cle).administrateur


@pytest.mark.parametrize("role", [True, False])
def test_what_is_over_does_not_come_back_with_an_approval(
    entreprise: Entreprise, role: bool
) -> None:
    """The role, or rights beyond the power of who decides, of somebody past their dates."""
    chef = entreprise.personne("Chef", octroi("CS", Objet.RATTACHEMENTS), octroi("C"))
    cle = demander(entreprise, "Benali", octroi("C"), tenus=[octroi("CS")])
    with seen(entreprise, cle) as demande:
        rattachement_id = demande.rattachement_id
    with entreprise.database.transaction() as writing:
        row = writing.get_one(Rattachement, rattachement_id)
        row.etat, row.administrateur = EtatRattachement.ACTIF, role
        row.fin = horloge.today() - timedelta(days=1)

    with pytest.raises(Interdit):
        approving(entreprise, chef, cle, frozenset({octroi("CS")}))
    with entreprise.database.reading() as reading:
        assert reading.get_one(Rattachement, rattachement_id).fin is not None
    approving(entreprise, entreprise.administrateur, cle, frozenset({octroi("C")}))
    back = asker(entreprise, cle)
    assert not back.administrateur
    assert entreprise.tenus(back) == {octroi("C")}


def test_what_is_refused_half_way_changes_nothing(entreprise: Entreprise) -> None:
    """A view that tells the refusal in its page keeps the transaction."""
    cle = demander(entreprise, "Benali", octroi("C"))
    nowhere = frozenset({octroi("C", siret="99999999999999")})
    with loading(entreprise, entreprise.administrateur, cle) as demande:
        with pytest.raises(Refuse):
            actions.approve(entreprise.administrateur, demande, nowhere)
        assert demande.rattachement.etat is EtatRattachement.DEMANDE


@pytest.mark.parametrize("rounds", range(3))
def test_two_administrateurs_at_once_decide_once(entreprise: Entreprise, rounds: int) -> None:
    other = entreprise.person("Autre", administrateur=True)
    cle = demander(entreprise, "Benali", octroi("C"))

    def tried(act: str, who: Acteur) -> str:
        try:
            if act == "approve":
                approving(entreprise, who, cle)
            else:
                refusing(entreprise, who, cle)
        except DejaDecidee as late:
            return late.message
        return act

    done = at_once(
        [lambda: tried("approve", entreprise.administrateur), lambda: tried("refuse", other)]
    )
    [first] = [one for one in done if one in ("approve", "refuse")]
    [late] = [one for one in done if one not in ("approve", "refuse")]
    who = "Camille Martin" if first == "approve" else "Camille Autre"
    verb = "approuvée" if first == "approve" else "refusée"
    assert late.startswith(f"Cette demande a déjà été {verb} par {who}.")
    with seen(entreprise, cle) as demande:
        assert demande.decideur == who
        expected = EtatRattachement.ACTIF if first == "approve" else EtatRattachement.REFUSE
        assert demande.rattachement.etat is expected
        assert len(history(demande)) == 1
    assert len(told(entreprise)) == 2


def test_a_removal_and_a_decision_at_once_never_block_each_other(entreprise: Entreprise) -> None:
    other = entreprise.person("Autre", administrateur=True)
    for rank in range(5):
        cle = demander(entreprise, f"Benali {rank}", octroi("CS"), genre=GenreDemande.HABILITATION)
        acteur = asker(entreprise, cle)

        def approve(cle: str = cle) -> bool:
            try:
                approving(entreprise, other, cle)
            except Refus:
                return False
            return True

        decided, removed = at_once(
            [approve, entreprise.removing(entreprise.administrateur, acteur)]
        )
        assert removed
        assert entreprise.tenus(acteur) == frozenset()
        with seen(entreprise, cle) as demande:
            assert demande.etat is (EtatDemande.APPROUVEE if decided else EtatDemande.RETIREE)


def test_several_at_once_are_each_decided(entreprise: Entreprise) -> None:
    chef = entreprise.personne("Chef", octroi("CS", Objet.RATTACHEMENTS), octroi("CS"))
    cles = [demander(entreprise, nom, octroi("C")) for nom in ("Un", "Deux", "Trois")]
    boss = demander(entreprise, "Quatre", genre=GenreDemande.ADMINISTRATION)
    beyond = demander(entreprise, "Cinq", octroi("C", Objet.FACTURES))
    refusing(entreprise, entreprise.administrateur, cles[1])
    with entreprise.database.transaction():
        rows = [policy.load(chef, DemandeAcces, cle, Can.VIEW) for cle in (*cles, boss, beyond)]
        issues = actions.approve_several(chef, rows)

    assert [bool(one.refus) for one in issues] == [False, True, False, True, True]
    assert "déjà été refusée par Camille Martin" in issues[1].refus
    assert "Aucun droit" in issues[4].refus
    for cle in (cles[0], cles[2]):
        assert entreprise.tenus(asker(entreprise, cle)) == {octroi("C")}
    with entreprise.database.transaction():
        rows = [policy.load(entreprise.administrateur, DemandeAcces, boss, Can.VIEW)]
        assert not actions.refuse_several(entreprise.administrateur, rows, "Non")[0].refus


def test_the_inbox_is_in_the_order_of_waiting_and_counts_what_can_be_decided(
    entreprise: Entreprise,
) -> None:
    chef = entreprise.personne("Chef", octroi("CS", Objet.RATTACHEMENTS))
    reader = entreprise.personne("Lecteur", octroi("C", Objet.RATTACHEMENTS))
    late = demander(entreprise, "Lefèvre", octroi("C"), depuis=timedelta(days=6))
    new = demander(entreprise, "Benali", octroi("C", siret="00572078400015"))
    demander(entreprise, "Chefaillon", genre=GenreDemande.ADMINISTRATION)
    with entreprise.database.reading():
        everything = page_of(entreprise.administrateur, FiltreDemandes())
        assert [one.cle for one in everything.rows][:2] == [late, new]
        shown = fiches(everything.rows)
        assert shown[0].tag == ("Attend depuis 6\u00a0jours", "warn", "diamond")
        assert shown[1].tag == ("Nouvelle", "info", "ring")
        assert ("Périmètre", "Le siège") in shown[1].faits
        assert counts(entreprise.administrateur) == {EtatDemande.A_TRAITER: 3}
        assert waiting(entreprise.administrateur) == 3
        assert waiting(chef) == 2
        assert len(oldest_waiting(chef, 5)) == 2
        for q, found in (("lefevre", 1), ("CAMILLE", 3), ("personne", 0)):
            assert page_of(entreprise.administrateur, FiltreDemandes(q)).count == found, q
        by_genre = FiltreDemandes(genre=GenreDemande.ADMINISTRATION)
        assert page_of(entreprise.administrateur, by_genre).count == 1
        assert waiting(reader) == 0


def test_a_first_sign_in_and_a_decision_at_once_never_block_each_other(
    entreprise: Entreprise,
) -> None:
    for rank in range(5):
        cle = demander(entreprise, f"Benali {rank}", octroi("C"))
        with entreprise.database.transaction() as writing:
            demande = writing.scalars(select(DemandeAcces).where(DemandeAcces.cle == cle)).one()
            person = demande.utilisateur
            person.confirme_le = horloge.now()
            writing.add(
                Invitation(
                    jeton=f"prevu{rank}",
                    organisation_id=entreprise.organisation_id,
                    courriel=person.courriel,
                    origine=Origine.PREDESIGNATION,
                    droits=demande.droits,
                    auteur_id=entreprise.administrateur.utilisateur_id,
                    auteur="Dominique Aef",
                    cree_le=horloge.now(),
                )
            )

        def decide(cle: str = cle) -> bool:
            try:
                approving(entreprise, entreprise.administrateur, cle, frozenset({octroi("C")}))
            except Refus:
                return False
            return True

        def sign_in(person: Utilisateur = person) -> bool:
            with entreprise.database.transaction():
                actions.welcome(person)
            return True

        both: list[Callable[[], bool]] = [decide, sign_in]
        at_once(both)
        assert entreprise.tenus(asker(entreprise, cle)) == {octroi("C")}
