#!/usr/bin/env bash
# Every check of the project: build, unit tests, script tests, all notebooks.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ $# -eq 0 ] || { echo "usage: environment/test.sh" >&2; exit 64; }
begin=$SECONDS
failed=()
mkdir -p "$LOGS"

say "affect4j: all checks"
install_missing
forget_stale_jars

say "mvn verify"
part=$SECONDS
mvn -B -ntp -f "$ROOT/pom.xml" verify </dev/null 2>&1 | tee "$LOGS/verify.log" |
  grep --line-buffered -E 'Tests run:|BUILD|SUCCESS|FAILURE|ERROR|NOT RUN|ran no test'
[ "${PIPESTATUS[0]}" -eq 0 ] || failed+=("mvn verify")
say "  $((SECONDS - part)) s; all of the output is in build/log/verify.log"
total="$(sed 's/\x1b\[[0-9;]*m//g' "$LOGS/verify.log" |
  awk '/Tests run:.*[0-9]$/ && !/Time elapsed/ { gsub(",", ""); r += $4; f += $6; e += $8; s += $10 }
       END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d", r, f, e, s }')"

not_run="$(grep -c 'NOT RUN' "$LOGS/verify.log")"

say "scripts and notebooks, side by side"
use_project_jupyter
shopt -s nullglob
notebooks=("$ROOT"/notebooks/*.ipynb)
if [ -d "$BUILD/kernel" ] && install_kernelspec && install_strict_kernelspec; then
  "$PYTHON" -m unittest discover -s "$ROOT/environment" -p 'test_*.py' </dev/null \
    >"$LOGS/scripts.log" 2>&1 &
  scripts=$!
  "$PYTHON" "$ROOT/environment/run_notebooks.py" --kernel java-strict --jobs 2 \
    --output "$BUILD/notebooks-executed" "${notebooks[@]}" </dev/null || failed+=("notebooks")
  wait "$scripts" || { cat "$LOGS/scripts.log"; failed+=("scripts"); }
  grep -E '^Ran ' "$LOGS/scripts.log" || failed+=("scripts ran no test")
else
  failed+=("kernelspec")
fi

say "gallery"
bash "$ROOT/environment/gallery.sh" || failed+=("gallery")

say "$total"
[ "$not_run" -eq 0 ] ||
  say "NOT RUN: the tests named above, whose material is absent here; 'grep \"NOT RUN\" build/log/verify.log'"
say "all checks: $((SECONDS - begin)) s"
if [ "${#failed[@]}" -gt 0 ]; then
  printf 'FAILED: %s\n' "${failed[@]}" >&2
  exit 1
fi
say "all passed"
