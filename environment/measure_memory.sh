#!/usr/bin/env bash
# Resident memory of "affect4j analyze" while it works through a folder of photos or videos, or one long video.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

[ $# -ge 1 ] && [ -e "$1" ] || {
  echo "usage: environment/measure_memory.sh FOLDER|VIDEO [ROWS [OPTIONS OF analyze]]" >&2
  exit 64
}
input="$1"
step="${2:-500}"
shift $(($# > 1 ? 2 : 1))
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
"$root/environment/affect4j" analyze "$input" -o "$out/faces.csv" "$@" >"$out/log" 2>&1 &
pid=$!
next="$step"
echo "  rows  resident MiB"
while kill -0 "$pid" 2>/dev/null; do
  rows=0
  [ ! -f "$out/faces.csv" ] || rows="$(wc -l <"$out/faces.csv")"
  if [ "$rows" -gt "$next" ]; then
    awk -v n="$next" '/VmRSS/ { printf "%6d  %.0f\n", n, $2 / 1024 }' "/proc/$pid/status" |
      tee -a "$out/memory" || true
    next=$((next + step * ((rows - next) / step + 1)))
  fi
  sleep 0.1
done
wait "$pid" || { cat "$out/log" >&2; exit 1; }
tail -n 1 "$out/log"
# The line of least squares through the second half, over that half.
[ ! -f "$out/memory" ] || awk '
  { rows[NR] = $1; mib[NR] = $2 }
  END {
    for (i = int(NR / 2) + 1; i <= NR; i++) { n++; x += rows[i]; y += mib[i]; xx += rows[i] ^ 2; xy += rows[i] * mib[i] }
    if (n > 2) {
      slope = (n * xy - x * y) / (n * xx - x ^ 2)
      printf "second half: %+.1f %% of %.0f MiB\n", 100 * slope * (rows[NR] - rows[int(NR / 2) + 1]) / (y / n), y / n
    }
  }' "$out/memory"
