#!/bin/sh
# Make the virtual environment and install what is locked, checked by hash. Usage: venv.sh PYTHON VENV SET
set -eu
python=$1 venv=$2 set=$3
here=$(cd "$(dirname "$0")/../.." && pwd)

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
    echo "baosong needs Python 3.11, 3.12 or 3.13; $python is $("$python" -V). Try: make PYTHON=python3.12 ..." >&2
    exit 1
}
if [ ! -x "$venv/bin/pip" ]; then
    # Debian and Ubuntu keep ensurepip in a package of its own.
    "$python" -c 'import ensurepip' 2>/dev/null || "$here/deployments/setup/packages.sh" python3-venv
    "$python" -m venv --clear "$venv"
fi
"$venv/bin/pip" install --quiet --require-hashes --requirement "$here/deployments/locks/$set.txt"
"$venv/bin/pip" install --quiet --no-deps --no-build-isolation --editable "$here"
if [ "$set" = development ]; then touch "$venv/.runtime"; fi
touch "$venv/.$set"
