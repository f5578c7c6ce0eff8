"""Affine transforms of five landmarks to the template at 96 pixels, by numpy's least squares (independent of the library).

Run: python3 make_affine.py   (Debian: python3-numpy), beside similarity.json, whose faces it takes. Writes affine.json.
"""
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
similarity = json.loads((HERE / "similarity.json").read_text())
# Edges of first pixels coincide: centres at integers move by half a pixel's growth.
template = (np.array(similarity["template"]).reshape(5, 2) + .5) * 96 / 112 - .5
cases = []
for case in similarity["cases"]:
    points = np.array(case["source"], float).reshape(5, 2)
    matrix, *_ = np.linalg.lstsq(np.hstack([points, np.ones((5, 1))]), template, rcond=None)
    cases.append({"source": points.ravel().tolist(), "matrix": matrix.T.ravel().tolist()})
(HERE / "affine.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")
print(len(cases))
