#!/usr/bin/env bash
# Writes executed notebooks as pages, with an index: gallery.sh [FOLDER]; by default those that
# environment/test.sh executed, or else those that are kept with their outputs.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ $# -le 1 ] || { echo "usage: environment/gallery.sh [FOLDER]" >&2; exit 64; }
from="${1:-$BUILD/notebooks-executed}"
compgen -G "$from/*.ipynb" >/dev/null || from="$ROOT/notebooks"
"$PYTHON" "$ROOT/environment/gallery.py" "$from" "$BUILD/gallery"
say "$BUILD/gallery/index.html"
