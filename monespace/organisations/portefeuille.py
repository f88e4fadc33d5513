"""The companies that somebody of the OPCO looks after."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from monespace import pages, policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.organisations.models import Entreprise, Organisation
from monespace.pages import Page, Sort
from monespace.policy import Can
from monespace.recherche import terms

SORT = Sort("Entreprise", Entreprise.recherche, False)


def page_of(acteur: Acteur, typed: str, after: str = "", before: str = "") -> Page[Entreprise]:
    """The companies of the portfolio whose name or SIREN holds what was typed, by name."""
    seen = policy.visible(acteur, Organisation).with_only_columns(Organisation.entreprise_id)
    chosen = select(Entreprise).where(Entreprise.id.in_(seen))
    for term in terms(typed):
        column = Entreprise.siren if term.isdigit() else Entreprise.recherche
        chosen = chosen.where(column.contains(term, autoescape=True))
    return pages.page_of(chosen, SORT, after, before)


def espaces(acteur: Acteur, shown: Page[Entreprise]) -> Mapping[int, Sequence[Organisation]]:
    """The spaces of the companies of that page, by company: adhérent, prestataire or both."""
    wanted = [one.id for one in shown.rows]
    found: dict[int, list[Organisation]] = {one: [] for one in wanted}
    for organisation in session().scalars(
        policy.visible(acteur, Organisation)
        .where(Organisation.entreprise_id.in_(wanted))
        .order_by(Organisation.profil)
    ):
        found[organisation.entreprise_id].append(organisation)
    return found


def may_pre_appoint(acteur: Acteur, organisation: Organisation) -> bool:
    """Is it before opening: does nobody administer that space yet?"""
    return Can.PRE_APPOINT in policy.permitted(acteur, organisation)
