#!/bin/sh
# Resolve the dependencies again for every supported Python and write them with hashes.
set -eu
cd "$(dirname "$0")/../.."
for set in runtime development; do
    extra=
    [ "$set" = runtime ] || extra="--extra development"
    # shellcheck disable=SC2086  # two words
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --upgrade $extra pyproject.toml deployments/locks/build.in --output-file "deployments/locks/$set.txt"
done
