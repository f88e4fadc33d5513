"""Runs a module of `apart` alone: what it opens can exhaust neither our memory nor our time."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_BOOT = """
import sys
sys.path.append(sys.argv[1])
from monespace.tableur.apart.{} import main
main()
"""


class Epuise(Exception):
    """It ended with an error, or went beyond its memory or its time."""


def run(module: str, contenu: bytes, seconds: int) -> bytes:
    """What `main()` of that module writes for `contenu`. Raise Epuise.

    Isolated (`-I`): neither the environment nor the current folder decides what is imported.
    """
    command = [sys.executable, "-I", "-c", _BOOT.format(module), str(_ROOT)]
    try:
        done = subprocess.run(
            command, input=contenu, capture_output=True, timeout=seconds, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Epuise from error
    return done.stdout
