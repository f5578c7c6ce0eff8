#!/usr/bin/env python3
"""Writes the first picture of each notebook's cell tagged "thumbnail" to notebooks/thumbnails/."""

import base64
import json
import pathlib
import sys

NOTEBOOKS = pathlib.Path(__file__).resolve().parent.parent / "notebooks"


def picture(notebook):
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if "thumbnail" in cell["metadata"].get("tags", []):
            for output in cell["outputs"]:
                data = output.get("data", {}).get("image/png")
                if data:
                    return base64.b64decode("".join(data))
    return None


def main():
    target = NOTEBOOKS / "thumbnails"
    target.mkdir(exist_ok=True)
    missing = []
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        data = picture(notebook)
        if data is None:
            missing.append(notebook.name)
        else:
            (target / (notebook.stem + ".png")).write_bytes(data)
    for name in missing:
        print(f"{name} has no cell tagged 'thumbnail' with a picture", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
