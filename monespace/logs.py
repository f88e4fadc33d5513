"""Logs as JSON lines: fields are allowed one by one, so that nothing personal slips in."""

import json
import logging
import sys
from datetime import UTC, datetime

ALLOWED = ("request_id", "method", "endpoint", "status", "ms", "utilisateur", "travail", "etat")


class JsonLines(logging.Formatter):
    """One line per event; exceptions by their type and place, never by their values."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "instant": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "niveau": record.levelname,
            "service": self._service,
            "message": record.getMessage(),
        }
        line |= {name: record.__dict__[name] for name in ALLOWED if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["pile"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


def configure(service: str) -> None:
    """Have every logger of this process write JSON lines on its standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # RQ and Alembic tell at INFO what their arguments were.
    for chatty in ("rq", "alembic", "werkzeug"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _places(record: logging.LogRecord) -> list[str]:
    places = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places
