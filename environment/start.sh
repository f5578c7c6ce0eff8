#!/usr/bin/env bash
# From a fresh clone to a running notebook.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
usage: environment/start.sh [options]

Installs what is missing, builds the project, runs the first notebook and
starts Jupyter on this machine.

  --photos DIR    look at the photos in DIR, not at the bundled ones
  --no-serve      stop after the first notebook
  --port NUMBER   the port of Jupyter (8888, or the next free one)
  --training      build the training too, for notebooks 5 to 7 (downloads PyTorch)
  --kernel NAME   ours (default), ijava or jjava; the last two must be installed
  --help          this text
TEXT
}

serve=yes
training=
kernel=ours
port=8888
photos=
refuse() { printf 'error: %s\n\n' "$1" >&2; usage >&2; exit 64; }
while [ $# -gt 0 ]; do
  case "$1" in
    --photos) [ $# -ge 2 ] || refuse "--photos needs a folder"; photos="$2"; shift 2 ;;
    --photos=*) photos="${1#*=}"; shift
      [ -n "$photos" ] || refuse "--photos needs a folder" ;;
    --kernel) [ $# -ge 2 ] || refuse "--kernel needs a name"; kernel="$2"; shift 2 ;;
    --kernel=*) kernel="${1#*=}"; shift ;;
    --port) [ $# -ge 2 ] || refuse "--port needs a number"; port="$2"; shift 2 ;;
    --port=*) port="${1#*=}"; shift ;;
    --no-serve) serve=no; shift ;;
    --training) training=training; shift ;;
    --help|-h) usage; exit 0 ;;
    *) refuse "unknown option '$1'" ;;
  esac
done
case "$kernel" in ours|ijava|jjava) ;; *) refuse "there is no kernel '$kernel'" ;; esac
case "$port" in ''|*[!0-9]*) refuse "'$port' is not a port" ;; esac

if [ -n "$photos" ]; then
  [ -d "$photos" ] || fail "--photos: '$photos' is not a folder"
  AFFECT4J_PHOTOS="$(cd "$photos" && pwd)" || fail "--photos: '$photos' cannot be opened"
  export AFFECT4J_PHOTOS
  [ -n "$(find -L "$AFFECT4J_PHOTOS" -type f -readable -print -quit 2>/dev/null)" ] ||
    fail "--photos: there is no readable file in '$photos'"
fi

first="$ROOT/notebooks/01-first-look.ipynb"
say "affect4j"
if [ "$serve" = yes ]; then install_missing serve; else install_missing; fi
# Another kernel must be there already; ours comes out of the build.
[ "$kernel" = ours ] || use_kernel "$kernel"
build_project "$training"
if [ "$kernel" = ours ]; then
  use_kernel ours
  rehearse_kernel
fi

[ -f "$first" ] || fail "there is no notebook notebooks/01-first-look.ipynb"
# The executed copy and the page go into build/; the notebook itself stays as it is.
"$PYTHON" "$ROOT/environment/run_notebooks.py" --kernel "$KERNEL_NAME" --lines "summary:" \
  --output "$BUILD" --html "$BUILD" "$first" </dev/null ||
  fail "the first notebook failed; what it printed is in build/01-first-look.html"
say "the result, with pictures: build/01-first-look.html"
[ "$serve" = yes ] || exit 0

# Unsigned, they would open untrusted: without scripts and styles until they are run.
step "sign the notebooks" -- "$PYTHON" -c \
  'from nbformat.sign import TrustNotebookApp; TrustNotebookApp.launch_instance()' \
  "$ROOT"/notebooks/*.ipynb

say "Jupyter starts now; end it with Ctrl-C"
options=(--ip=127.0.0.1 "--port=$port" "--notebook-dir=$ROOT/notebooks")
# Without a screen there is no browser to open: the address is printed instead.
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || options+=(--no-browser)
[ "$(id -u)" -ne 0 ] || options+=(--allow-root)
exec "$PYTHON" -m notebook "${options[@]}"
