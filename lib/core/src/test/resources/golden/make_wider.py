"""A miniature of WIDER FACE and its average precisions, in plain Python (independent of the library).

Run: python3 make_wider.py   (Debian: python3-scipy, which only writes the .mat files). Writes wider/ beside itself.

Each threshold is judged on its own and from the beginning, as the rule's words have it: scores are scaled by the least and
the highest of all pictures; at 1,000 thresholds the detections from there on count; each, highest score first, goes to the
face it overlaps most; from an overlap of .5 on it finds that face, or is left out if the face is not of the subset; all others
and further ones of a found face are false. Pictures without faces, or without detections, add no detection.
"""
import json
import pathlib
import random

import numpy as np
from scipy.io import savemat

OUT = pathlib.Path(__file__).parent / "wider"
LEVELS = ("easy", "medium", "hard")
random.seed(5)


def overlap(a, b):
    """Boxes are x, y, width, height; as in the rule, a box covers the pixel of its last corner, too."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]) + 1
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]) + 1
    if w <= 0 or h <= 0:
        return 0
    both = w * h
    return both / ((a[2] + 1) * (a[3] + 1) + (b[2] + 1) * (b[3] + 1) - both)


def counts(picture, level, threshold):
    """Detections that count and faces that they find."""
    found, proposals = set(), 0
    boxes = [face["box"] for face in picture["faces"]]
    for d in sorted(picture["found"], key=lambda d: -d["scaled"]):
        if d["scaled"] < threshold or not boxes:
            continue
        overlaps = [overlap(d["box"], box) for box in boxes]
        best = overlaps.index(max(overlaps))
        if overlaps[best] >= .5 and not picture["faces"][best][level]:
            continue
        proposals += 1
        if overlaps[best] >= .5:
            found.add(best)
    return proposals, len(found)


def average_precision(pictures, level):
    faces = sum(face[level] for p in pictures for face in p["faces"])
    points = []
    for t in range(1000):
        sums = [counts(p, level, 1 - (t + 1) / 1000) for p in pictures]
        proposals, found = sum(s[0] for s in sums), sum(s[1] for s in sums)
        points.append((found / faces, found / proposals if proposals else 0))
    area, before = 0, 0
    for i, (recall, _) in enumerate(points):
        area += (recall - before) * max(p for _, p in points[i:])
        before = recall
    return area


def picture(event, name, faces):
    p = {"event": event, "name": name, "faces": [], "found": []}
    for _ in range(faces):
        size = random.choice([9, 14, 30, 60, 90])
        box = [random.randrange(300), random.randrange(200), size, size + random.randrange(9)]
        hard = random.random() < .85
        medium = hard and size >= 14
        p["faces"].append({"box": box, "easy": medium and size >= 50, "medium": medium, "hard": hard})
        for _ in range(random.choice([0, 1, 1, 1, 2])):
            moved = [v + random.uniform(-.12, .12) * size for v in box]
            p["found"].append({"box": moved, "score": min(1, random.uniform(.2, .7) + size / 200)})
    for _ in range(random.randrange(4)):
        box = [random.randrange(300), random.randrange(200), 25, 30]
        p["found"].append({"box": box, "score": random.uniform(.05, .8)})
    return p


pictures = [
    picture("0--Parade", "0_Parade_marchingband_1_20", 9), picture("0--Parade", "0_Parade_Parade_0_3", 4),
    picture("12--Group", "12_Group_Group_12_5", 14), picture("12--Group", "12_Group_Group_12_6", 0),
    picture("12--Group", "12_Group_Group_12_7", 6)]
pictures[1]["found"] = []
scores = [d["score"] for p in pictures for d in p["found"]]
for p in pictures:
    for d in p["found"]:
        d["scaled"] = (d["score"] - min(scores)) / (max(scores) - min(scores))

OUT.mkdir(exist_ok=True)
golden = {
    level: {"average_precision": average_precision(pictures, level),
            "faces": sum(f[level] for p in pictures for f in p["faces"])} for level in LEVELS}
golden["found"] = {f"{p['event']}/{p['name']}.jpg": [d["box"] + [d["score"]] for d in p["found"]] for p in pictures}
(OUT / "wider.json").write_text(json.dumps(golden, indent=1) + "\n")

# The text list has another order than the .mat files; an event stands in a cell of the .mat files.
lines = []
for p in pictures[::-1]:
    lines += [f"{p['event']}/{p['name']}.jpg", str(len(p["faces"]))]
    lines += [" ".join(map(str, f["box"])) + " 1 0 2 0 1 0 " for f in p["faces"]] or ["0 0 0 0 0 0 0 0 0 0 "]
(OUT / "wider_face_val_bbx_gt.txt").write_text("\n".join(lines) + "\n")


def cell(values):
    out = np.empty((len(values), 1), object)
    for i, value in enumerate(values):
        out[i, 0] = value
    return out


events = ["0--Parade", "12--Group"]
for level in LEVELS:
    of = [[p for p in pictures if p["event"] == e] for e in events]
    savemat(OUT / f"wider_{level}_val.mat", {
        "event_list": cell(events),
        "file_list": cell([cell([p["name"] for p in ps]) for ps in of]),
        "gt_list": cell([
            cell([np.array([[i + 1.0] for i, f in enumerate(p["faces"]) if f[level]]).reshape(-1, 1) for p in ps])
            for ps in of])}, do_compression=True)
print({level: golden[level] for level in LEVELS})
