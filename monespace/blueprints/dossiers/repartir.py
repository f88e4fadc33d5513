"""Split a dossier into linked ones: who goes where, those who wait, and the making of the lot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.acteur import Acteur, Verbe
from monespace.blueprints.dossiers import bp
from monespace.blueprints.formulaire import new_token, received
from monespace.dossiers.actions import lots
from monespace.dossiers.choices import etablissements
from monespace.dossiers.completude import name_of
from monespace.dossiers.lots_projet import Projet, amounts, drawn, projet
from monespace.dossiers.models import Dossier, EnAttente, Lot
from monespace.dossiers.reading import values_of
from monespace.dossiers.repartition import FEWEST_PARTIES, Mode
from monespace.forms.validators import printable
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse
from monespace.typographie import siret

MODES = (
    (Mode.REMPLIR, "Remplir", "chaque dossier jusqu’au maximum, le reste dans le dernier"),
    (Mode.EQUILIBRER, "Équilibrer", "autant de salariés dans chaque dossier"),
    (Mode.ETABLISSEMENT, "Par établissement", "un dossier ou plusieurs pour chacun"),
)
# More choices than that in each line would make a page too heavy: the part is typed instead.
MOST_LISTED = 10
# More columns than that do not fit beside each other.
MOST_COLUMNS = 4


@bp.get("/<cle>/repartir")
@needs(Dossier, Can.EDIT)
def repartir(dossier: Dossier) -> ResponseReturnValue:
    return show(dossier)


@bp.post("/<cle>/repartir")
@needs(Dossier, Can.EDIT)
def enregistrer_repartition(dossier: Dossier) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    done = lots.already_split(acteur, envoi.jeton)
    if done is not None:
        return _created(done, len(done.dossiers))
    try:
        if envoi.suite == "reunir":
            return _gather(acteur, dossier)
        choix = _posted(acteur, dossier)
        lots.plan(dossier, choix.mode, choix.parties, choix.moves)
        if choix.fault:
            return show(dossier, choix.fault, "#parties")
        meant = drawn(
            acteur,
            dossier,
            services.config().max_stagiaires,
            choix.mode,
            choix.parties,
            choix.moves,
        )
        if envoi.suite == "creer" and meant.part_of == choix.places:
            return _create(acteur, dossier, meant, envoi.jeton)
    except Refuse as refusal:
        return show(dossier, refusal.message)
    flash(_told(meant, choix, envoi.suite), "ok")
    return redirect(url_for("dossiers.repartir", cle=dossier.cle), 303)


@bp.get("/<cle>/en-attente/retirer")
@needs(Dossier, Can.EDIT)
def confirmer_abandon(dossier: Dossier) -> ResponseReturnValue:
    chosen = _chosen(dossier, request.args.get("personne", ""))
    if not chosen:
        return _nobody_waits(dossier)
    one = name_of(chosen[0]) if len(chosen) == 1 else f"{len(chosen)} personnes en attente"
    return page(
        "dossiers/abandonner.html",
        titre=f"Retirer {one}",
        dossier=dossier,
        noms=[name_of(person) for person in chosen],
        personne=request.args.get("personne", ""),
    )


@bp.post("/<cle>/en-attente/retirer")
@needs(Dossier, Can.EDIT)
def abandonner(dossier: Dossier) -> ResponseReturnValue:
    received()
    chosen = _chosen(dossier, request.form.get("personne", ""))
    if not chosen:
        return _nobody_waits(dossier)
    told = (
        f"{name_of(chosen[0])} n’attend plus."
        if len(chosen) == 1
        else f"{len(chosen)} personnes n’attendent plus."
    )
    lots.drop_waiting(identite.acteur(), dossier, chosen)
    flash(told, "ok")
    return redirect(url_for("dossiers.repartir", cle=dossier.cle), 303)


@dataclass(frozen=True, slots=True)
class Choix:
    """What the form says: the choice, everybody's part as it stood on the screen, the moves.

    `fault` tells what is wrong with the number of parts: the rest is kept all the same.
    """

    mode: Mode
    parties: int
    places: Mapping[str, int]
    moves: Mapping[str, int]
    fault: str


def _posted(acteur: Acteur, dossier: Dossier) -> Choix:
    before = projet(acteur, dossier, services.config().max_stagiaires)
    typed = request.form.get("parties", "").strip()
    asked = request.form.get("mode", "")
    mode = Mode(asked) if asked in set(Mode) else before.mode
    fits = typed.isascii() and typed.isdigit() and int(typed[:9]) in _numbers(before)
    parties = int(typed) if fits else len(before.parties)
    if mode != before.mode and parties == len(before.parties):
        # Another way to split, and no number asked for: as few as it takes.
        parties = FEWEST_PARTIES
    shown = _shown(request.form.get("_places", ""))
    places = {cle: _part(request.form.get(f"partie_{cle}", ""), shown[cle]) for cle in shown}
    same = (mode, parties) == (before.mode, len(before.parties))
    moves = dict(before.moves) if same else {}
    moves |= {
        cle: part for cle, part in places.items() if cle in before.people and part != shown[cle]
    }
    numbers = _numbers(before)
    fault = f"Indiquez un nombre de dossiers entre {numbers[0]} et {numbers[-1]}."
    return Choix(mode, parties, places, moves, "" if fits else fault)


def _numbers(meant: Projet) -> range:
    """How many parts one may ask for."""
    return range(FEWEST_PARTIES, max(FEWEST_PARTIES, meant.highest) + 1)


def _shown(text: str) -> dict[str, int]:
    """Everybody's part when the form was drawn: «clé:part clé:part …»."""
    pairs = (one.partition(":") for one in text.split())
    return {cle: _part(part, 1) for cle, _, part in pairs}


def _part(text: str, otherwise: int) -> int:
    known = text.isascii() and text.isdigit() and len(text) < 4
    return int(text) if known else otherwise


def _create(acteur: Acteur, dossier: Dossier, meant: Projet, jeton: str) -> ResponseReturnValue:
    lot = lots.split(acteur, dossier, meant.parties, jeton, services.config().max_stagiaires)
    return _created(lot, len(meant.parties))


def _created(lot: Lot, parts: int) -> ResponseReturnValue:
    """Told for a button pressed twice too: the answer to its first press may never be seen."""
    flash(
        f"{parts} dossiers liés sont créés. Chacun se complète et se transmet à part, "
        "ou tous ensemble depuis cette page.",
        "ok",
    )
    return redirect(url_for("lots.lot", cle=lot.cle), 303)


def _gather(acteur: Acteur, dossier: Dossier) -> ResponseReturnValue:
    lots.gather(acteur, dossier, services.config().max_stagiaires)
    flash("Un seul dossier. Toutes les personnes y sont.", "ok")
    return redirect(url_for("dossiers.salaries", cle=dossier.cle), 303)


def _told(meant: Projet, choix: Choix, suite: str) -> str:
    """What became of the form: kept, and who could not stay where they were."""
    if suite == "creer":
        return "La répartition a changé. Vérifiez-la, puis créez les dossiers."
    pushed = [
        f"{name_of(meant.people[cle])} passe dans la partie {part}"
        for cle, part in meant.part_of.items()
        if cle not in choix.moves and choix.places.get(cle, part) != part
    ]
    if pushed and len(pushed) <= len(choix.moves):
        return f"Répartition enregistrée. Une partie était pleine\u00a0: {', '.join(pushed)}."
    return "Répartition enregistrée."


def _chosen(dossier: Dossier, cle: str) -> Sequence[EnAttente]:
    return [one for one in dossier.en_attente if cle in ("", one.cle)]


def _nobody_waits(dossier: Dossier) -> ResponseReturnValue:
    flash("Cette personne n’attend plus de place. Rien n’a été modifié.", "info")
    return redirect(url_for("dossiers.repartir", cle=dossier.cle), 303)


def show(dossier: Dossier, message: str = "", anchor: str = "#mode") -> ResponseReturnValue:
    """The page of the split; after a refusal, with its reason and what was chosen."""
    acteur, most = identite.acteur(), services.config().max_stagiaires
    meant = projet(acteur, dossier, most)
    weights = [len(part.cles) for part in meant.parties]
    return page(
        "dossiers/repartir.html",
        titre="Répartir les salariés" if dossier.en_attente else "Scinder ce dossier",
        status=422 if message else 200,
        errors=[(message, anchor)] if message else [],
        wrong_number=anchor == "#parties",
        typed=printable(request.form.get("parties", "")) or str(len(meant.parties)),
        dossier=dossier,
        projet=meant,
        most=most,
        modes=MODES,
        fits=len(meant.people) <= most,
        parties=_parties(acteur, dossier, meant),
        montants=_montants(dossier, weights) if any(weights) else [],
        columns=len(meant.parties) <= MOST_COLUMNS,
        listed=len(meant.parties) <= MOST_LISTED,
        places=" ".join(f"{cle}:{part}" for cle, part in meant.part_of.items()),
        highest=_numbers(meant)[-1],
        jeton=new_token(),
    )


def _parties(acteur: Acteur, dossier: Dossier, meant: Projet) -> list[dict[str, object]]:
    """Each part with its place and its people, as the page lists them."""
    known = {one.siret: one for one in etablissements(acteur, Verbe.CONSULTER)}
    allowed = {one.siret for one in etablissements(acteur, Verbe.SAISIR, dossier.dispositif)}

    names = Counter(name_of(one) for one in meant.people.values())

    def named(place: str) -> str:
        at = known.get(place) if place else dossier.etablissement
        return f"{at.enseigne}, {at.commune}" if at else siret(place)

    return [
        {
            "rang": rank,
            "nombre": len(part.cles),
            "lieu": named(part.etablissement) if meant.mode is Mode.ETABLISSEMENT else "",
            "kept": part.etablissement and part.etablissement not in allowed,
            "people": [
                {
                    "cle": cle,
                    "nom": name_of(meant.people[cle]),
                    "homonyme": names[name_of(meant.people[cle])] > 1,
                    "naissance": values_of(meant.people[cle]).get("naissance"),
                    "lieu": named(meant.places[cle]),
                    "attend": isinstance(meant.people[cle], EnAttente),
                }
                for cle in part.cles
            ],
        }
        for rank, part in enumerate(meant.parties, start=1)
    ]


def _montants(dossier: Dossier, weights: Sequence[int]) -> list[tuple[str, list[str]]]:
    """What the parts share: the whole, then each part's."""
    return [
        (
            one.question.label,
            [
                one.question.kind.text(one.question.kind.from_json(value))
                for value in (one.total, *one.parts)
            ],
        )
        for one in amounts(dossier, weights)
    ]
