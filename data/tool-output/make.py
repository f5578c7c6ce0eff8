#!/usr/bin/python3
"""Writes the example files of this folder from three runs of affect4j over data/portraits.

No other tool is involved: the files show how the output of OpenFace and py-feat is laid out, and
hold numbers of affect4j's own. Run it in the project's folder after the three commands of README.md.
"""

import csv
import sys
from pathlib import Path

UNITS = [1, 2, 4, 5, 6, 7, 9, 10, 12, 15, 17, 20, 23, 25, 26]
EMOTIONS = ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"]


def rows(path):
    """The first face of each photo, the one with the highest score."""
    with open(path, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["face_id"] == "0"]


def open_face(measured, folder):
    """One file per photo, as FaceLandmarkImg -aus writes it."""
    folder.mkdir(exist_ok=True)
    header = ["face", "confidence"]
    header += [f"AU{unit:02d}_r" for unit in UNITS] + [f"AU{unit:02d}_c" for unit in UNITS]
    for row in measured:
        values = [float(row[f"au{unit:02d}"]) for unit in UNITS]
        cells = ["0", f"{float(row['score']):.3f}"]
        cells += [f"{5 * value:.2f}" for value in values]
        cells += [f"{float(value >= 0.5):.2f}" for value in values]
        name = Path(row["input"]).stem + ".csv"
        text = ", ".join(header) + "\n" + ", ".join(cells) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


def py_feat(measured, path):
    """One file for all photos."""
    header = ["", "frame", "FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore"]
    header += [f"AU{unit:02d}" for unit in UNITS] + EMOTIONS + ["input"]
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        for number, row in enumerate(measured):
            box = [row["box_x"], row["box_y"], row["box_width"], row["box_height"]]
            out.writerow(
                [number, number, *box, row["score"]]
                + [row[f"au{unit:02d}"] for unit in UNITS]
                + [row[f"p_{emotion}"] for emotion in EMOTIONS]
                + [row["input"]]
            )


def main():
    here = Path(__file__).parent
    open_face(rows(sys.argv[1]), here / "openface")
    py_feat(rows(sys.argv[2]), here / "py-feat.csv")


main()
