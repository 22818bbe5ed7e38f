#!/bin/sh
# Makes .venv: the packages of requirements.lock, checked by hash, and wbkit from this folder.
# It runs before anything is installed, so it needs no more than a shell and a Python.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd -P)
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$@" >&2; }

# Print the first Python that is new enough; an old one or a shim that leads nowhere is passed over.
find_python() {
    seen=
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"
    else set -- python3.13 python3.12 python3.11 python3 python; fi
    for candidate do
        version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
        if "$candidate" -c "$new_enough"; then printf '%s' "$candidate"; return; fi
        seen="$seen${seen:+, }$candidate is Python $version"
    done
    say "wbkit needs Python 3.11 or newer. Found: ${seen:-no Python called $*}." \
        "Install one, then run make again, or point to it: make run PYTHON=/path/to/python3.12"
    return 1
}

need_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    say "$1 has no venv module, which wbkit needs to keep its packages apart from yours." \
        "On Debian or Ubuntu: sudo apt install python3-venv. Elsewhere: install Python from its own" \
        "site, or install uv. Then run make again."
    return 1
}

# A .venv can be kept when it was made here, with a Python that is still there and new enough.
usable() {
    .venv/bin/python -c "$new_enough" 2>/dev/null || return 1
    [ ! -e .venv/ready ] || [ "$(cat .venv/ready)" = "$here" ] || return 1
    [ -n "$uv" ] || .venv/bin/python -m pip --version >/dev/null 2>&1
}

make_venv() {
    python=$(find_python)
    rm -rf .venv
    if [ -n "$uv" ]; then uv venv --quiet --python "$python" .venv
    else need_venv "$python" && "$python" -m venv .venv; fi
}

install() {
    if [ -n "$uv" ]; then uv pip install --quiet --python .venv/bin/python "$@"
    else .venv/bin/python -m pip install --quiet "$@"; fi
}

uv=
if [ "${UV:-}" != no ] && command -v uv >/dev/null 2>&1; then uv=uv; fi
say "Setting up wbkit in .venv with ${uv:-pip}. This happens once and takes two to six minutes."
usable || make_venv
rm -f .venv/ready
if ! install --require-hashes -r requirements.lock ||
    ! install --no-index --no-build-isolation --no-deps -e .; then
    say "The packages could not be installed; the lines above say why." \
        "Installing needs the internet. Run make again when it is there${uv:+, or try pip: make run UV=no}."
    exit 1
fi
printf '%s\n' "$here" > .venv/ready
say "Set-up done."
