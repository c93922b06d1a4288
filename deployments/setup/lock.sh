#!/bin/sh
# Resolve the dependencies again for every supported Python and write them with hashes.
set -eu
cd "$(dirname "$0")/../.."
resolve() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --upgrade "$@"
}
for set in runtime development; do
    extra=
    [ "$set" = runtime ] || extra="--extra development"
    # shellcheck disable=SC2086  # two words
    resolve $extra pyproject.toml deployments/locks/build.in --output-file "deployments/locks/$set.txt"
done
resolve --constraint deployments/locks/runtime.txt deployments/locks/shared.in \
    --output-file deployments/locks/shared.txt
