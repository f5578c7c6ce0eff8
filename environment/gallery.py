#!/usr/bin/env python3
"""Writes every executed notebook of a folder as a page, and an index with thumbnails."""

import html
import pathlib
import re
import shutil
import sys

import nbformat
import run_notebooks

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Debian's libjs-mathjax; without it formulas stay as they were typed.
MATHJAX = pathlib.Path("/usr/share/javascript/mathjax")
SCRIPT = '<script src="mathjax/MathJax.js?config=TeX-AMS_CHTML-full"></script>'
# Debian's templates name scripts of the machine that writes the page.
LOCAL_SCRIPT = re.compile(r'<script[^>]*src="file:[^"]*"[^>]*>\s*</script>')
STYLE = """body{font-family:sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:1.5rem;padding:0}
li{list-style:none}img{width:100%;height:11rem;object-fit:contain;border:1px solid #ddd}"""


def title(notebook):
    for cell in notebook.cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "markdown" and line.startswith("# "):
                return line[2:].strip()
    return "notebook"


def page(path, target, formulas):
    notebook = nbformat.read(path, as_version=4)
    written = target / (path.stem + ".html")
    run_notebooks.write_html(notebook, written)
    text = written.read_text(encoding="utf-8")
    text = text.replace("<html>", '<html lang="en">', 1)
    text = LOCAL_SCRIPT.sub("", text)
    if formulas:
        text = text.replace("</head>", SCRIPT + "</head>", 1)
    written.write_text(text, encoding="utf-8")
    return title(notebook)


def main(source, target):
    target = pathlib.Path(target)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    formulas = MATHJAX.is_dir()
    if formulas:
        shutil.copytree(MATHJAX, target / "mathjax")
    else:
        print("formulas stay as they were typed: libjs-mathjax is not installed", file=sys.stderr)
    items = []
    for path in sorted(pathlib.Path(source).glob("*.ipynb")):
        name = html.escape(page(path, target, formulas))
        thumbnail = ROOT / "notebooks" / "thumbnails" / (path.stem + ".png")
        shutil.copy(thumbnail, target / thumbnail.name)
        items.append(
            f'<li><a href="{path.stem}.html"><img src="{thumbnail.name}" alt="{name}"><br>{name}</a></li>'
        )
    (target / "index.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>affect4j notebooks</title>'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style></head><body><h1>affect4j: notebooks</h1>'
        f"<ul>{''.join(items)}</ul></body></html>",
        encoding="utf-8",
    )
    print(f"{len(items)} pages")
    return 0 if items else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
