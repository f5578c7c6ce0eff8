#!/usr/bin/python3
"""Executes notebooks and keeps what they printed, also when a cell fails.

Each notebook runs in its own folder, so that relative paths mean what they mean in Jupyter. The
result is normalised: running a notebook twice changes nothing but what its cells really print
differently.
"""

import argparse
import html
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

START_ATTEMPTS = 3
ANSI = re.compile(r"\x1b\[[0-9;]*m")
EXTERNAL_SCRIPT = re.compile(r'<script[^>]*\bsrc="https?://[^"]*"[^>]*>\s*</script>', re.S)


def collapse_carriage_returns(text):
    """What a terminal shows after progress lines that overwrite themselves."""
    lines = []
    for line in text.split("\n"):
        shown = line.rstrip("\r").split("\r")[-1]
        lines.append(shown)
    return "\n".join(lines)


def merge_streams(outputs):
    """One output per run of the same stream: where a stream was cut is a matter of timing."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else None
        if (
            output.output_type == "stream"
            and last is not None
            and last.output_type == "stream"
            and last.name == output.name
        ):
            last.text += output.text
        else:
            merged.append(output)
    for output in merged:
        if output.output_type == "stream":
            output.text = collapse_carriage_returns(output.text)
    return merged


def normalise(notebook):
    """Removes what differs from run to run and from machine to machine."""
    notebook.metadata["kernelspec"] = {
        "display_name": "Java",
        "language": "java",
        "name": "java",
    }
    notebook.metadata["language_info"] = {
        "codemirror_mode": "java",
        "file_extension": ".jshell",
        "mimetype": "text/x-java-source",
        "name": "Java",
        "pygments_lexer": "java",
    }
    count = 0
    for number, cell in enumerate(notebook.cells, start=1):
        if (notebook.nbformat, notebook.nbformat_minor) >= (4, 5):
            cell.setdefault("id", f"cell-{number:02d}")
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        ran = cell.get("execution_count") is not None
        if ran:
            count += 1
        cell.execution_count = count if ran else None
        cell.outputs = merge_streams(cell.outputs)
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count
    return notebook


def clear(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None


def execute(notebook, folder, kernel, timeout):
    """Runs all cells; raises at the first that fails, and leaves the outputs so far."""
    for attempt in range(1, START_ATTEMPTS + 1):
        client = NotebookClient(
            notebook,
            timeout=timeout or None,
            startup_timeout=120,
            iopub_timeout=30,
            kernel_name=kernel,
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
        )
        try:
            client.execute()
            return
        except (RuntimeError, DeadKernelError) as error:
            # A kernel whose ports were taken by another process never ran a cell: start afresh.
            ran = any(c.get("execution_count") for c in notebook.cells if c.cell_type == "code")
            if ran or attempt == START_ATTEMPTS or isinstance(error, CellTimeoutError):
                raise


def failing_cell(notebook):
    """The last cell that was started, with the number that Jupyter shows beside it."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    started = [
        (number, cell)
        for number, cell in enumerate(code, start=1)
        if cell.get("execution_count") or cell.outputs
    ]
    return started[-1] if started else (0, None)


def describe(error, notebook):
    number, cell = failing_cell(notebook)
    lines = []
    if cell is not None:
        source = cell.source.strip().split("\n")
        lines.append(f"in cell {number}, which begins: {source[0]}")
        # A kernel that ends in the middle of a cell may still say that it was interrupted.
        for output in [] if isinstance(error, CellTimeoutError) else cell.outputs:
            if output.output_type == "error":
                lines += ANSI.sub("", "\n".join(output.traceback)).split("\n")
                return lines
    if isinstance(error, CellExecutionError):
        text = error.traceback
    else:
        text = f"{type(error).__name__}: {error}"
    return lines + ANSI.sub("", text).strip().split("\n")


def write_html(notebook, path):
    """A page that needs no network and no other file."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter()
    if exporter.has_trait("embed_images"):
        exporter.embed_images = True
    page, _ = exporter.from_notebook_node(
        notebook, resources={"metadata": {"name": path.stem, "path": str(path.parent)}}
    )
    for picture, alt in alt_texts(notebook):
        source = f'src="data:image/png;base64,{picture}"'
        page = page.replace(f"<img {source}", f'<img alt="{html.escape(alt)}" {source}', 1)
    path.write_text(EXTERNAL_SCRIPT.sub("", page), encoding="utf-8")


def alt_texts(notebook):
    """Pictures with what their metadata says of them, which nbconvert 6 leaves out."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            picture = output.get("data", {}).get("image/png")
            if picture:
                alt = output["metadata"].get("image/png", {}).get("alt")
                yield picture.strip(), alt or output["data"].get("text/plain", "picture")


def printed_lines(notebook, prefix):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                for line in output.text.split("\n"):
                    if line.startswith(prefix):
                        yield line


def run_one(path, arguments):
    """Returns whether all cells ran, the number of code cells that did, and the notebook."""
    notebook = nbformat.read(path, as_version=4)
    clear(notebook)
    error = None
    begin = time.monotonic()
    try:
        execute(notebook, path.resolve().parent, arguments.kernel, arguments.timeout)
    except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as problem:
        error = problem
    finally:
        seconds = time.monotonic() - begin
        report = describe(error, notebook) if error else []
        normalise(notebook)
        save(notebook, path, arguments)
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    ran = max(0, sum(1 for cell in code if cell.execution_count) - (1 if error else 0))
    verdict = "FAILED" if error else "ok"
    print(f"  {path.name:<44}{seconds:6.1f} s  {ran} of {len(code)} cells  {verdict}", flush=True)
    for line in report:
        print(f"    {line}", flush=True)
    if arguments.lines:
        for line in printed_lines(notebook, arguments.lines):
            print(f"  {line}", flush=True)
    return error is None, ran


def save(notebook, path, arguments):
    if arguments.inplace:
        nbformat.write(notebook, path)
    if arguments.output:
        arguments.output.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, arguments.output / path.name)
    if arguments.html:
        arguments.html.mkdir(parents=True, exist_ok=True)
        write_html(notebook, arguments.html / (path.stem + ".html"))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--inplace", action="store_true", help="write the outputs into the file")
    parser.add_argument("--output", type=Path, metavar="DIR", help="write executed copies here")
    parser.add_argument("--html", type=Path, metavar="DIR", help="write pages here")
    parser.add_argument(
        "--timeout", type=int, default=600, metavar="SECONDS", help="for each cell; 0 for no limit"
    )
    parser.add_argument("--kernel", default="java", metavar="NAME")
    parser.add_argument("--lines", metavar="PREFIX", help="print output lines that begin so")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="notebooks at a time; times grow with it"
    )
    arguments = parser.parse_args()
    for path in arguments.notebooks:
        if not path.is_file():
            parser.error(f"there is no notebook {path}")

    begin = time.monotonic()
    with ProcessPoolExecutor(max_workers=arguments.jobs) as jobs:
        results = list(jobs.map(partial(run_one, arguments=arguments), arguments.notebooks))
    good = sum(1 for ok, _ in results if ok)
    cells = sum(ran for _, ran in results)
    seconds = time.monotonic() - begin
    print(f"notebooks: {good} of {len(results)} ok, {cells} cells, {seconds:.1f} s", flush=True)
    return 0 if good == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
