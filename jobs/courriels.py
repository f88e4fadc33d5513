"""Send one mail: at least once, once as far as can be.

A run takes the row in a short transaction, so that two workers never hold it together. What
remains: a worker that dies between the «250» of the mail server and the mark of the row has the
mail sent again three minutes later, under the same Message-ID. A mail sent twice is better than a
link that never comes.
"""

import logging
import ssl
from smtplib import SMTP, SMTP_SSL, SMTPException
from urllib.parse import SplitResult, unquote, urlsplit

from monespace.coffre import Coffre
from monespace.config import Config
from monespace.courriels import actions, queries
from monespace.courriels.message import message
from monespace.courriels.models import Courriel
from monespace.db import Database

logger = logging.getLogger(__name__)

PATIENCE_S = 10
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class InClear(SMTPException):
    """The mail server offers no encryption: the password is not sent."""


def envoyer(database: Database, config: Config, courriel_id: int) -> bool:
    """Send that mail if it is due. True once it is sent, given up, or gone."""
    with database.transaction():
        claimed = actions.claim(courriel_id)
    if claimed is None:
        with database.reading():
            return queries.at_rest(courriel_id)
    try:
        if config.mail_url:
            _deliver(config, claimed)
    except Exception as error:
        return _put_off(database, claimed, error)
    with database.transaction():
        actions.mark_sent(courriel_id)
    return True


def _put_off(database: Database, claimed: Courriel, error: Exception) -> bool:
    # Neither the address nor what the server said of it.
    logger.warning("mail %s not sent: %s", claimed.cle, type(error).__name__)
    with database.transaction():
        given_up = actions.put_off(claimed)
    if given_up:
        logger.error("mail %s given up after %d tries", claimed.cle, claimed.essais)
    return given_up


def _deliver(config: Config, courriel: Courriel) -> None:
    """Hand it to the mail server. Raise OSError, SMTPException, or ValueError for the address."""
    written = message(courriel, config, Coffre.of(config))
    server = urlsplit(config.mail_url)
    with _connect(server) as link:
        if server.username:
            if server.scheme == "smtp" and not _is_safe(link, server):
                raise InClear()
            link.login(unquote(server.username), unquote(server.password or ""))
        link.send_message(written, config.mail_from, [courriel.destinataire])


def _connect(server: SplitResult) -> SMTP:
    """A conversation, encrypted if the server can."""
    host = server.hostname or "localhost"
    if server.scheme == "smtps":
        trust = ssl.create_default_context()
        return SMTP_SSL(host, server.port or 465, timeout=PATIENCE_S, context=trust)
    link = SMTP(host, server.port or (587 if server.username else 25), timeout=PATIENCE_S)
    try:
        link.ehlo()
        if link.has_extn("starttls"):
            link.starttls(context=ssl.create_default_context())
            link.ehlo()
    except BaseException:
        link.close()
        raise
    return link


def _is_safe(link: SMTP, server: SplitResult) -> bool:
    return isinstance(link.sock, ssl.SSLSocket) or server.hostname in LOOPBACK
