#!/usr/bin/env bash
# Every network that reads faces: trained a step by its command on a few bundled crops, exported, and
# run by 'affect4j analyze' on a photo, or over time on a clip. A line each with seconds and memory.
# usage: environment/walk_networks.sh [NAME...]
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT" || exit
walk="$BUILD/walk"
mkdir -p "$walk"

frames="facebehaviour-compact facebehaviour-compact-smooth facebehaviour-compact-wide facebehaviour-paper
  facebehaviornet-vggface mt-vgg hse-efficientnet-b0"
pictures="affwildnet-vgg affwildnet-r50 vgg-face-lstm mt-vgg-gru cnn-1rnn cnn-3rnn av-mt-vgg-gru"

# Twelve crops with made-up labels, eight to learn from; as three videos of four of them, with landmarks and sound.
"$PYTHON" - "$walk" <<'PYTHON' || exit
import csv, math, os, struct, sys, wave
walk = sys.argv[1]
rows = list(csv.DictReader(open("data/compound/labels.csv")))
classes = "neutral anger disgust fear happiness sadness surprise contempt".split()
units = [c for c in rows[0] if c[:2] == "au" and c not in
         ("au14", "au16", "au18", "au22", "au27", "au43", "au45")]
points = ["p%02d_%s" % (i, a) for i in range(68) for a in "xy"]
with wave.open(walk + "/tone.wav", "wb") as w:
    w.setparams((1, 2, 44100, 0, "NONE", ""))
    w.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(t / 7))) for t in range(44100)))
def write(name, count, more):
    with open(walk + "/" + name, "w") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["file", "expression", "valence", "arousal", "person", "split"] + units + list(more(0)))
        for i in range(count):
            r = rows[(i * 7) % len(rows)]
            out.writerow([os.path.abspath("data/compound/" + r["file"]), classes[i % 8], round(.8 * math.sin(i), 2),
                          round(.8 * math.cos(i), 2), "p%d" % (i // 4), "train" if i < 8 else "validation"]
                         + [r[u] for u in units] + list(more(i).values()))
write("faces.csv", 12, lambda i: {})
write("clips.csv", 12, lambda i: {"video": "clip%d" % (i // 4), "frame": i % 4, "timestamp_s": .04 * (i % 4),
      "sound": walk + "/tone.wav", **{p: rows[(i * 7) % len(rows)][p] for p in points}})
PYTHON

failed=0
# line NAME -- COMMAND...: trains, then reads; what both say goes into a log.
line() {
  local name="$1" kind="$2" out="$walk/$1" begin=$SECONDS input
  rm -rf "$out" && mkdir -p "$out"
  input="data/portraits/012.jpg"
  local common=(--network "$name" --epochs 1 --average 0 -o "$out/run")
  if [ "$kind" = frames ]; then
    set -- behaviour --set "mini=$walk/faces.csv" --batch 4 --cache "$walk/crops" "${common[@]}"
  else
    set -- sequence --set "mini=$walk/clips.csv" --length 4 --batch 1 --cache "$walk/clip-crops" "${common[@]}"
    input="data/clips/joke.mp4"
  fi
  local onnx="$out/run/behaviour.onnx"
  [ "$kind" = frames ] || onnx="$out/run/sequence.onnx"
  if /usr/bin/time -f "%M" -o "$out/memory" environment/affect4j-train "$@" >"$out/log" 2>&1 &&
    environment/affect4j analyze "$input" --to .2 --model "$onnx" -o "$out/rows.csv" >>"$out/log" 2>&1 &&
    [ "$(wc -l <"$out/rows.csv")" -gt 1 ]; then
    printf '  %-30s %4d s, training %5d MB, rows %3d, columns %3d\n' "$name" $((SECONDS - begin)) \
      $(($(tail -n 1 "$out/memory") / 1024)) $(($(wc -l <"$out/rows.csv") - 1)) \
      "$(head -n 1 "$out/rows.csv" | tr ',' '\n' | wc -l)"
    rm -rf "$out/run"
  else
    printf '  %-30s failed, see %s\n' "$name" "$out/log"
    failed=1
  fi
}

# The one on embeddings learns from what 'analyze' reads of two bundled clips.
embeddings() {
  local name="$1" out="$walk/$1" begin=$SECONDS clip
  rm -rf "$out" && mkdir -p "$out/labels"
  for clip in joke tasting; do head -n 51 "data/clips/$clip.csv" >"$out/labels/$clip.csv"; done
  { environment/affect4j analyze data/clips/joke.mp4 data/clips/tasting.mp4 --to 2 --faces largest --embeddings -o "$out/frames.csv" &&
    environment/affect4j-train sequence --network "$name" --rows "$out/frames.csv" --labels "$out/labels" --length 10 \
      --hold-out .5 --epochs 1 -o "$out/run" &&
    environment/affect4j analyze data/clips/joke.mp4 --to .2 --over-time "$out/run/sequence.onnx" -o "$out/rows.csv"; } \
    >"$out/log" 2>&1 || { printf '  %-30s failed, see %s\n' "$name" "$out/log"; failed=1; return; }
  printf '  %-30s %4d s, rows %3d\n' "$name" $((SECONDS - begin)) $(($(wc -l <"$out/rows.csv") - 1))
}

for name in ${*:-$frames $pictures compact-gru}; do
  case " $(echo $frames) " in *" $name "*) line "$name" frames; continue ;; esac
  case "$name" in compact-gru) embeddings "$name" ;; *) line "$name" pictures ;; esac
done
exit $failed
