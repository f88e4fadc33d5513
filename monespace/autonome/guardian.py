"""Ends the portal's processes when their supervisor disappears without having done it.

Run as a script, on the standard library alone: it costs 10 ms and 10 MB. It is the leader of the
process group that every other process of the portal joins, and it reads a pipe whose other end
only the supervisor holds: a supervisor that dies, even by SIGKILL, closes it. No system call
that only Linux has is needed for that.
"""

import os
import signal
import sys
import time

# RQ's worker waits for its job at the first SIGTERM and kills it at a second one, if a full
# second separates them.
WARM_SECONDS = 1.2
COLD_SECONDS = 0.8


def main() -> None:
    """Wait for the supervisor to end, then end the group, this process included."""
    for unwanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(unwanted, signal.SIG_IGN)
    sys.stdin.buffer.read()
    for delay in (WARM_SECONDS, COLD_SECONDS):
        os.killpg(0, signal.SIGTERM)
        time.sleep(delay)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
