"""What people are written about their account. Never a password, a code, or a name that whoever
typed the address made up."""

from datetime import datetime

from monespace.courriels.rendu import inert, link, signed_link
from monespace.typographie import moment_of

Texte = tuple[str, str]
"""The subject and the text of a mail; who signs it is added as it leaves."""


def confirm(cle: str) -> Texte:
    """To an address for which an account was just asked."""
    return (
        "Confirmez votre adresse e-mail",
        "Bonjour,\n\nUn compte Mon Espace vient d’être demandé avec cette adresse. Pour le mettre "
        "en service, ouvrez ce lien, puis appuyez sur «\u00a0Confirmer mon adresse\u00a0»\u00a0:"
        f"\n\n{signed_link(f'/confirmer/{cle}')}\n\nIl est valable 24\u00a0heures et ne sert "
        "qu’une fois.\n\nVous n’avez rien demandé\u00a0? N’ouvrez pas ce lien\u00a0: sans lui, ce "
        "compte ne donne accès à rien.",
    )


def already_there() -> Texte:
    """To somebody whose address was given to make an account that exists."""
    return (
        "Vous avez déjà un compte",
        "Bonjour,\n\nUn compte Mon Espace vient d’être demandé avec cette adresse, mais vous en "
        f"avez déjà un. Connectez-vous\u00a0:\n\n{link('/connexion')}\n\nVous ne savez plus votre "
        f"mot de passe\u00a0? Choisissez-en un nouveau\u00a0:\n\n{link('/mot-de-passe-oublie')}"
        "\n\nVous n’avez rien demandé\u00a0? Il n’y a rien à faire\u00a0: votre compte n’a pas "
        "changé.",
    )


def reset(cle: str) -> Texte:
    """To somebody who forgot their password."""
    return (
        "Choisissez un nouveau mot de passe",
        "Bonjour,\n\nPour choisir un nouveau mot de passe, ouvrez ce lien\u00a0:\n\n"
        f"{signed_link(f'/mot-de-passe/{cle}')}\n\nIl est valable une heure et ne sert qu’une "
        "fois. Si vous en avez demandé plusieurs, seul le dernier reçu fonctionne.\n\nVous n’avez "
        "rien demandé\u00a0? N’ouvrez pas ce lien\u00a0: votre mot de passe n’a pas changé.",
    )


def password_changed(prenom: str, instant: datetime) -> Texte:
    """To the owner of an account whose password is no longer the same."""
    return (
        "Votre mot de passe a été changé",
        f"Bonjour {inert(prenom)},\n\nLe mot de passe de votre compte Mon Espace a été changé le "
        f"{moment_of(instant)}. Les autres appareils où vous étiez connecté ont été déconnectés."
        f"\n\n{_not_you()}",
    )


def new_address(cle: str) -> Texte:
    """To the address that somebody wants to use from now on."""
    return (
        "Confirmez votre nouvelle adresse e-mail",
        "Bonjour,\n\nVous souhaitez utiliser cette adresse pour votre compte Mon Espace. Ouvrez ce "
        "lien, puis appuyez sur «\u00a0Utiliser cette adresse\u00a0»\u00a0:\n\n"
        f"{signed_link(f'/compte/adresse/{cle}')}\n\nIl est valable 24\u00a0heures et ne sert "
        "qu’une fois. D’ici là, rien ne change.\n\nVous n’avez rien demandé\u00a0? N’ouvrez pas ce "
        "lien.",
    )


def address_taken() -> Texte:
    """To an address that somebody wants to use, and that is the one of another account."""
    return (
        "Cette adresse a déjà un compte",
        "Bonjour,\n\nCette adresse vient d’être demandée pour un compte Mon Espace, mais elle est "
        f"déjà celle d’un autre compte. Pour l’ouvrir, connectez-vous\u00a0:\n\n"
        f"{link('/connexion')}\n\nVous n’avez rien demandé\u00a0? Il n’y a rien à faire\u00a0: "
        "votre compte n’a pas changé.",
    )


def address_asked(prenom: str, instant: datetime) -> Texte:
    """To the present address, when another one is asked for: it may be a thief who asks."""
    return (
        "Votre adresse e-mail va changer",
        f"Bonjour {inert(prenom)},\n\nUne autre adresse a été demandée pour votre compte Mon "
        f"Espace le {moment_of(instant)}. Elle remplacera celle-ci dès que son lien de "
        f"confirmation sera ouvert.\n\n{_not_you()}",
    )


def address_changed(prenom: str, instant: datetime) -> Texte:
    """To the former address, once another one is in force."""
    return (
        "Votre adresse e-mail a changé",
        f"Bonjour {inert(prenom)},\n\nDepuis le {moment_of(instant)}, votre compte Mon Espace "
        "s’ouvre avec une autre adresse. Vous ne recevrez plus rien à celle-ci.\n\n"
        "Ce n’est pas vous\u00a0? Appelez-nous tout de suite, au numéro ci-dessous.",
    )


def _not_you() -> str:
    return (
        "Ce n’est pas vous\u00a0? Choisissez tout de suite un nouveau mot de passe, puis "
        f"appelez-nous au numéro ci-dessous\u00a0:\n\n{link('/mot-de-passe-oublie')}"
    )
