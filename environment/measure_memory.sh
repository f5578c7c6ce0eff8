#!/usr/bin/env bash
# Resident memory of "affect4j analyze" while it works through a folder of photos.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

[ $# -eq 1 ] && [ -d "$1" ] || { echo "usage: environment/measure_memory.sh FOLDER" >&2; exit 64; }
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
"$root/environment/affect4j" analyze "$1" -o "$out/faces.csv" >"$out/log" 2>&1 &
pid=$!
next=500
echo "photos  resident MiB"
while kill -0 "$pid" 2>/dev/null; do
  rows=0
  [ ! -f "$out/faces.csv" ] || rows="$(wc -l <"$out/faces.csv")"
  if [ "$rows" -gt "$next" ]; then
    awk -v n="$next" '/VmRSS/ { printf "%6d  %.0f\n", n, $2 / 1024 }' "/proc/$pid/status" || true
    next=$((next + 500))
  fi
  sleep 0.1
done
wait "$pid" || { cat "$out/log" >&2; exit 1; }
tail -n 1 "$out/log"
