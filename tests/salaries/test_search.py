"""Finding people: words, filters, pages that follow each other."""

from uuid import uuid4

import pytest

from monespace.refus import Introuvable
from monespace.salaries import actions, queries
from monespace.salaries.actions import Arrivee
from monespace.salaries.filtres import Filtre
from tests.salaries.annuaire import Annuaire, fiche


def test_words_are_found_whatever_their_accents_and_place(annuaire: Annuaire) -> None:
    annuaire.ajouter(
        nom_naissance="L’Hénaff", nom_usage="Cœurdoux", prenom="Zoé", matricule="00 042"
    )
    annuaire.ajouter(prenom="Lou", matricule="100%")

    for q in ("henaff", "L'HENAFF", "coeurdoux zoé", "zoe", "00042", "00 042", "042"):
        assert annuaire.trouver(q=q) == ["Zoé Cœurdoux"], q
    assert annuaire.trouver(q="100%") == annuaire.trouver(q="%") == ["Lou Benali"]
    for q in ("zoe benali", "_", "1994"):
        assert annuaire.trouver(q=q) == [], q


def test_filters_add_up(annuaire: Annuaire) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    annuaire.ajouter(prenom="Ana")
    annuaire.ajouter(prenom="Lou", at=annexe)

    assert annuaire.trouver(etablissement=siege.siret) == ["Ana Benali"]
    assert annuaire.trouver(etablissement=annexe.siret, q="ana") == []
    assert annuaire.trouver(presence="partis") == []
    assert len(annuaire.trouver(presence="tous")) == 2


def test_pages_follow_each_other_by_name(annuaire: Annuaire) -> None:
    arrivees = [
        Arrivee(uuid4().hex, fiche(annuaire.societe.siege, nom_naissance=f"Nom {rank:03}"))
        for rank in range(60)
    ]
    with annuaire.database.transaction():
        actions.take_in(annuaire.rh, arrivees, update=False)

    with annuaire.database.reading():
        read, after = [], ""
        while True:
            page = queries.page_of(annuaire.rh, Filtre(), after)
            read += [one.nom for one in page.rows]
            if page.following is None:
                break
            after = page.following
        assert read == [f"Nora Nom {rank:03}" for rank in range(60)]
        back = queries.page_of(annuaire.rh, Filtre(), before=page.previous or "")
        assert [one.nom for one in back.rows] == read[25:50]
        assert len(queries.everyone(annuaire.rh, Filtre(), 40)) == 40
        with pytest.raises(Introuvable):
            queries.page_of(annuaire.rh, Filtre(), "hostile")
