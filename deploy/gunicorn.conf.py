"""gunicorn's settings, the same for `make run` and for production. See `make help`, README."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# The code is loaded once and shared: half the memory, half the start.
preload_app = True
# A page that takes longer has failed; an upload is read by a thread, which this does not bound.
timeout = 60
graceful_timeout = 20
keepalive = 5
# Growth of memory is cut short; the jitter keeps workers from stopping together.
max_requests = 5000
max_requests_jitter = 500
# A filtered list carries its filters in its address.
limit_request_line = 8190
# Its default path is one per user: two portals would fight for it.
control_socket_disable = True
# Heartbeats on a disk that stalls get healthy workers killed.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
