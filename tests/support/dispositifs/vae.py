"""A whole dispositif in one file, as the portal finds them."""

from collections.abc import Iterable

from monespace.dossiers.declaration import Dispositif, Personnes, PieceAttendue, Poste, forfait
from monespace.dossiers.etapes.entreprise import ENTREPRISE
from monespace.forms.kinds import Choice, Date, Money, Siret, Text, YesNo
from monespace.forms.questionnaire import Probleme, Question, Step, Values, when


def jury_after_start(values: Values) -> Iterable[Probleme]:
    """The jury meets once the coaching has begun."""
    debut, jury = values["debut"], values["jury"]
    if debut and jury and jury < debut:
        yield Probleme("jury", "Indiquez une date de jury postérieure au début.")


PROJET = Step(
    "projet",
    "Projet de validation",
    (
        Question("diplome_vise", "Diplôme visé", Text(255), required=True, projected_to="intitule"),
        Question("debut", "Début de l’accompagnement", Date(), required=True,
                 projected_to="date_debut"),
        Question("jury", "Date du jury", Date()),
        Question(
            "voie", "Voie", Choice(("seul", "Seul"), ("accompagne", "Avec accompagnement")),
            required=True,
        ),
        Question(
            "certificateur", "Organisme accompagnateur", Text(200), required=True,
            asked_if=when("voie", "accompagne"), projected_to="prestataire_nom",
        ),
        Question("certificateur_siret", "SIRET de l’organisme accompagnateur", Siret(),
                 asked_if=when("voie", "accompagne"), projected_to="prestataire_siret"),
        Question("financement", "Financement", Money(), required=True),
        Question("subrogation", "Subrogation de paiement", YesNo(), required=True,
                 projected_to="subrogation"),
    ),
    checks=(jury_after_start,),
)  # fmt: skip

DISPOSITIF = Dispositif(
    code="VAE",
    nom="Validation des acquis",
    version="essai",
    prefixe="V",
    description="Obtenir un diplôme par l’expérience.",
    steps=(ENTREPRISE, PROJET, Step("candidats", "Candidats")),
    personnes=Personnes(
        step="candidats",
        questions=(
            Question("nom_naissance", "Nom de naissance", Text(100), required=True),
            Question("nom_usage", "Nom d’usage", Text(100)),
            Question("prenom", "Prénom", Text(100), required=True),
            Question("naissance", "Date de naissance", Date(past=True)),
            Question("tuteur", "Nom du tuteur", Text(100), required=True,
                     asked_if=when("voie", "accompagne")),
        ),
        shown=("tuteur",),
    ),
    pieces=(
        PieceAttendue("livret", "Livret de recevabilité", "Celui que le certificateur a signé."),
        PieceAttendue("contrat", "Contrat d’accompagnement", "Signé des deux parties.",
                      asked_if=when("voie", "accompagne")),
    ),
    postes=(Poste("ACCOMP", "Accompagnement", forfait("financement"), family="pedagogique"),),
    guide="Déposez la demande avant le début de l’accompagnement.",
)  # fmt: skip
