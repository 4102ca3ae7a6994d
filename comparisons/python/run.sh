#!/usr/bin/env bash
# Starts the baselines that live in Python, in a virtual environment of their own that the first run makes (several
# gigabytes, because torch brings what it would need on a GPU). Nothing of Mineral needs Python.
# Exit 3: skipped, and the last line of standard error says why.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
environment=${MINERAL_COMPARISONS_VENV:-${here%/*}/target/python}

skip() {
  echo "skipped: $1" >&2
  exit 3
}

command -v python3 >/dev/null 2>&1 || skip "there is no python3."
if ! cmp -s "$here/requirements.txt" "$environment/requirements.txt"; then
  python3 -m venv "$environment" >&2 || skip "python3 cannot make a virtual environment (Debian, Ubuntu: apt install python3-venv)."
  "$environment/bin/pip" install -q -r "$here/requirements.txt" >&2 \
    || skip "the packages of requirements.txt could not be installed; is the package index reachable?"
  cp "$here/requirements.txt" "$environment/requirements.txt"
fi
exec "$environment/bin/python" "$here/baselines.py" "$@"
