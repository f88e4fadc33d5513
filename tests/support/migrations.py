"""`python -m tests.support.migrations`: do the migrations make what the models declare?"""

import sys
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from monespace import migration
from tests.support.postgres import server


def main() -> int:
    """Upgrade an empty database of each kind and compare. Return the status for the shell."""
    wrong = 0
    with TemporaryDirectory() as folder, server() as postgres:
        for url in (f"sqlite:///{folder}/monespace.sqlite3", postgres.create()):
            migration.upgrade(url)
            for difference in migration.differences(url):
                print(f"{make_url(url).get_backend_name()}: {difference}")
                wrong += 1
    print(f"Migrations: {wrong or 'no'} difference(s) from the models.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
