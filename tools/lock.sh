#!/bin/sh
# Recreates requirements.lock from pyproject.toml: one version of each package for every system,
# with hashes and without addresses. Versions stay unless pyproject asks for more, or with --upgrade.
set -eu
cd "$(dirname "$0")/.."
if ! command -v uv >/dev/null 2>&1; then
    apart=$(mktemp -d)
    trap 'rm -rf "$apart"' EXIT
    "${PYTHON:-python3}" -m venv "$apart"
    "$apart/bin/python" -m pip install --quiet uv
    PATH="$apart/bin:$PATH"
fi
sed -n 's/^requires = \["\(.*\)"\]$/\1/p' pyproject.toml |  # the build backend is locked too
    uv pip compile pyproject.toml - --extra test --extra scale --extra pages "$@" \
        --universal --fork-strategy fewest --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet \
        --output-file requirements.lock >/dev/null
echo "requirements.lock holds $(grep -c == requirements.lock) packages."
