#!/bin/sh
# Usage: scripts/venv.sh run|dev
# Makes .venv hold what requirements/$1.txt lists; does nothing when it already does.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
wanted=requirements/$1.txt
recent='import sys; sys.exit(sys.version_info < (3, 11))'

newest_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        # Run it: a pyenv shim exists for versions that are not there.
        if "$name" -c "$recent" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo "Il faut Python 3.11 ou plus récent, et aucun n’a été trouvé." >&2
    echo "Sous Debian ou Ubuntu : apt install python3 python3-venv. Sous macOS : brew install python@3.13." >&2
    exit 1
}

# Debian and Ubuntu ship a python3 whose venv has no pip until python3-venv is installed:
# the pip of the system, or uv, can still fill it.
make_venv() {
    base=$(newest_python)
    echo "Création de .venv avec $("$base" --version)…"
    rm -rf .venv
    if "$base" -m venv .venv >/dev/null 2>&1; then
        return
    fi
    rm -rf .venv
    if "$base" -m venv --without-pip .venv >/dev/null 2>&1 \
        && "$base" -m pip --python "$python" install --quiet pip >/dev/null 2>&1; then
        return
    fi
    rm -rf .venv
    if command -v uv >/dev/null 2>&1 && uv venv --quiet --seed --python "$base" .venv; then
        return
    fi
    rm -rf .venv
    echo "« $base -m venv .venv » a échoué : il manque le module venv." >&2
    echo "Sous Debian ou Ubuntu, tapez : apt install python3-venv (ou installez uv), puis recommencez." >&2
    exit 1
}

"$python" -c "$recent; import pip" >/dev/null 2>&1 || make_venv

if ! cmp -s "$wanted" ".venv/installed-$1"; then
    echo "Installation de $wanted…"
    # Python compiles what is imported when it is: half of what is here never will be.
    "$python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile \
        --no-deps --require-hashes --only-binary :all: -r "$wanted"
    cp "$wanted" ".venv/installed-$1"
    # What tests need includes, version for version, what running needs.
    if [ "$1" = dev ]; then
        cp requirements/run.txt .venv/installed-run
    fi
fi
