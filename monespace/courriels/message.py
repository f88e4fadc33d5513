"""A mail as its reader gets it: headers, text, whom to call."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from monespace.coffre import Coffre
from monespace.config import Config
from monespace.courriels.models import Courriel
from monespace.courriels.rendu import rendered


def body(courriel: Courriel, config: Config, coffre: Coffre) -> str:
    """The text with its links, and how to reach somebody."""
    opco = config.opco
    text = rendered(courriel.texte, config.base_url, coffre).strip()
    return (
        f"{text}\n\n-- \nMon Espace, {opco.nom}\n"
        f"Besoin d’aide\u00a0? {opco.telephone}, {opco.horaires}.\n"
        "Ce message est envoyé automatiquement\u00a0: personne ne lit les réponses.\n"
    )


def message(courriel: Courriel, config: Config, coffre: Coffre) -> EmailMessage:
    """What is handed to the mail server. Raise ValueError for an address that is none.

    The same row makes the same Message-ID and the same date: who gets it twice can see it.
    """
    written = EmailMessage(policy=SMTP)
    written["From"] = Address("Mon Espace", addr_spec=config.mail_from)
    # One address and nothing else, whatever was typed.
    written["To"] = Address(addr_spec=courriel.destinataire)
    written["Subject"] = courriel.sujet
    written["Date"] = format_datetime(courriel.cree_le)
    written["Message-ID"] = f"<{courriel.cle}@{config.mail_from.rpartition('@')[2]}>"
    # No machine answers it.
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(body(courriel, config, coffre))
    return written
