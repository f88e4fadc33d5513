"""Headers of every answer, and one log line per request."""

import logging
import secrets
import time

from flask import Flask, Response, g, has_request_context, request, session

logger = logging.getLogger("monespace.requetes")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not «no-referrer»: the protection against forged forms reads it over https.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class RequestId(logging.Filter):
    """Every line written during a request bears its id."""

    def filter(self, record: logging.LogRecord) -> bool:
        if has_request_context() and "request_id" in g:
            record.request_id = g.request_id
        return True


def init(app: Flask, https: bool) -> None:
    """Add them to every answer of the app, whatever its status."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(RequestId())
    extra = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if https else {}

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        g.request_id = secrets.token_hex(8)
        g.announced = len(session.get("_flashes", []))

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in (HEADERS | extra).items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-ID"] = g.request_id
        _log(response)
        return response


def _log(response: Response) -> None:
    logger.info(
        "requête",
        extra={
            "method": request.method,
            "endpoint": request.endpoint,
            "status": response.status_code,
            "ms": round(1000 * (time.perf_counter() - g.started), 1),
            "utilisateur": g.get("utilisateur_id"),
        },
    )
