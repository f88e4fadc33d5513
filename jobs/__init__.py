"""What the RQ workers run. RQ knows one name, `jobs.run`; the outbox row tells the rest."""

from jobs.execution import execute
from monespace.config import Config


def run(travail_id: int) -> None:
    """Do the work of that row of the outbox, with the configuration of the environment."""
    execute(Config.from_env(), travail_id)
