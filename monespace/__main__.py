"""`python -m monespace`: the self-contained portal, until Ctrl-C."""

import os
import signal
import sys

from monespace.autonome.portal import CannotStart, Portal, tell
from monespace.autonome.valkey import NoServer
from monespace.config import BadConfig, Config
from monespace.demo import COMPTES


def main() -> int:
    """Start the portal and watch it. Return the status for the shell."""
    for wanted in (signal.SIGTERM, signal.SIGHUP):
        # nohup ignores SIGHUP for whoever wants the portal to outlive the terminal.
        if signal.getsignal(wanted) is not signal.SIG_IGN:
            signal.signal(wanted, signal.default_int_handler)
    try:
        config = Config.from_env(os.environ)
        with Portal(config, os.environ) as portal:
            portal.start()
            announce(config)
            portal.watch()
    except (BadConfig, CannotStart, NoServer) as refusal:
        print(f"Mon Espace ne démarre pas : {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        tell("Mon Espace est arrêté.")
    return 0


def announce(config: Config) -> None:
    """Tell where the portal is, and who may sign in."""
    tell(f"\nMon Espace est prêt : {config.base_url}\n")
    if config.mode == "demo":
        tell("Comptes de démonstration :\n")
        for compte in COMPTES:
            tell(f"  {compte.courriel}  {compte.mot_de_passe}")
            tell(f"    {compte.description}")
    tell(f"\nCtrl-C arrête tout. Données et journaux : {config.data_dir}")


if __name__ == "__main__":
    sys.exit(main())
