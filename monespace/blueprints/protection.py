"""Tries of the views, counted apart from their own transaction: a refusal must not undo it."""

import ipaddress
import logging
from datetime import timedelta

from flask import request

from monespace import services
from monespace.comptes import essais

logger = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
# Failures, from one network and from everywhere.
MOST_OF_A_NETWORK = 100
ALARM = 1000


def count(nom: str, limite: int, fenetre: timedelta) -> int:
    """Count a try before anything is compared. Return how many the window has with it."""
    with services.database().transaction():
        return essais.count(nom, limite, fenetre)


def allowed(nom: str, limite: int, fenetre: timedelta) -> bool:
    """Count a try before anything is compared: may this one be?"""
    return count(nom, limite, fenetre) <= limite


def network_allowed(what: str) -> bool:
    """Count a try at `what` from this network, and in all: may this one be compared?"""
    with services.database().transaction():
        here = essais.count(of_network(what), MOST_OF_A_NETWORK, HOUR)
        everywhere = essais.count(what, ALARM, HOUR)
    if everywhere == ALARM:
        logger.warning("%d failures within an hour: %s", ALARM, what)
    return here <= MOST_OF_A_NETWORK


def of_network(what: str) -> str:
    """The name under which the tries at `what` from this network are counted."""
    return f"{what} {network()}"


def network() -> str:
    """Whom one subscriber’s addresses belong to: a /24, or a /56 of IPv6."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "?"
    address = getattr(address, "ipv4_mapped", None) or address
    size = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network(f"{address}/{size}", strict=False))
