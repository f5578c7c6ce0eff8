#!/usr/bin/env bash
# Makes a behaviour network from random numbers, in two commands:
#   environment/train_behaviour.sh train DATA OUT
#   environment/train_behaviour.sh finish DATA OUT   exported, calibrated, in 8 bits, measured
#
# DATA holds fer2013/ (the folders or fer2013.csv), ferplus/votes.csv, photos/ (labels.csv and pictures),
# blendshapes/ (fer2013.csv.gz, photos.csv.gz), and au-set/, which is drawn by the first command if DATA
# has geometry/ instead (lib/synthesis/README.md). Stopped at any time, the same command goes on: from
# OUT/STAGE/last.checkpoint, the one file that a stage needs to be moved to another machine.
set -euo pipefail
: "${OMP_NUM_THREADS:=2}"
export OMP_NUM_THREADS
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

[ $# -eq 3 ] || fail "give train or finish, the folder of the data and one for what is made"
DATA="$2" OUT="$3"
NAME=behaviour-v7
mkdir -p "$OUT"
affect4j_train() { "$ROOT/environment/affect4j-train" "$@"; }

# stage NAME FIRST... -- COMMON...: a training; FIRST are the options that a resumed run is without.
stage() {
  local name="$1" first=()
  shift
  while [ "$1" != "--" ]; do first+=("$1"); shift; done
  shift
  [ -f "$OUT/$name/behaviour.onnx" ] && { say "$name: done"; return; }
  [ -f "$OUT/$name/last.checkpoint" ] && first=(--resume)
  say "$name: begun $(date +%T)"
  affect4j_train behaviour --seed 1 --batch 96 --cache "$OUT/crops" --out "$OUT/$name" \
    --rendered "$DATA/au-set" "$@" ${first[@]+"${first[@]}"}
  say "$name: done $(date +%T)"
}

train() {
  [ -f "$DATA/au-set/labels.csv" ] || "$ROOT/environment/affect4j-synth" au-set --count 40000 --seed 7001 --format JPEG \
    --geometry "$DATA/geometry" -o "$DATA/au-set"
  # What raters see in photographs, beside rendered faces.
  local photos=(--network wide --fer "$DATA/fer2013" --votes "$DATA/ferplus/votes.csv" --contempt
    --photos "$DATA/photos" --photo-passes .5
    --blendshapes "$DATA/blendshapes/fer2013.csv.gz,$DATA/blendshapes/photos.csv.gz"
    --smoothing .05 --even-odds --hold-out .12)
  stage first -- "${photos[@]}" --resolution 64 --epochs 30 --rate 2e-3 --dropout .2 \
    --rendered-passes .4 --rendered-variation .5
  stage second --from "$OUT/first/weights.safetensors" -- "${photos[@]}" --resolution 112 --epochs 8 \
    --rate 1.2e-3 --dropout .1 --rendered-passes .5 --rendered-variation .35
  stage third --from "$OUT/second/weights.safetensors" -- "${photos[@]}" --resolution 112 --epochs 12 \
    --rate 1.2e-3 --dropout .1 --rendered-passes .7 --rendered-variation .35
}

finish() {
  local faces=(--rendered "$DATA/au-set" --seed 1 --cache "$OUT/crops")
  local votes=(--fer "$DATA/fer2013" --votes "$DATA/ferplus/votes.csv")
  rm -rf "$OUT/raw" "$OUT/models" "$OUT/report"
  affect4j_train export --weights "$OUT/third/weights.safetensors" --name "$NAME" --prior even -o "$OUT/raw"
  affect4j_train calibrate --model "$NAME" --models "$OUT/raw" "${faces[@]}" "${votes[@]}" --hold-out .12 \
    --unit-photos -o "$OUT/models"
  affect4j_train quantise --model "$NAME" --models "$OUT/models" --count 600 --seed 1 --byte-input \
    --calibration "$ROOT/data/portraits" "$ROOT/data/groups" "$ROOT/data/compound" -o "$OUT/models"
  affect4j_train behaviour-report --model "$NAME,$NAME-int8" --models "$OUT/models" "${faces[@]}" \
    "${votes[@]}" -o "$OUT/report"
}

case "$1" in
  train | finish) "$1" ;;
  *) fail "give train or finish, got $1" ;;
esac
