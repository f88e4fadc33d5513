"""What the demo shows that nobody else may see: codes of the moment, mails that were sent."""

import ipaddress

from flask import request

from monespace import services

# Of a proxy that the portal was not told about: who asks is then somebody else.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def visible() -> bool:
    """Is this the demo, looked at from the very machine that it runs on?"""
    config = services.config()
    if config.mode != "demo" or config.proxies:
        return False
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
