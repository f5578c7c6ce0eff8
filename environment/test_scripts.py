"""Tests of the scripts in this folder; run by test.sh."""

import csv
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from urllib.parse import unquote_to_bytes

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import run_notebooks

HERE = Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3" if os.access("/usr/bin/python3", os.X_OK) else "python3"


def run(*command, **options):
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
        **options,
    )


class Normalising(unittest.TestCase):
    def test_streams_are_merged_whatever_their_cuts(self):
        outputs = [
            new_output("stream", name="stdout", text="a"),
            new_output("stream", name="stdout", text="b\n"),
            new_output("stream", name="stderr", text="c"),
            new_output("stream", name="stdout", text="d"),
        ]
        merged = run_notebooks.merge_streams(outputs)
        self.assertEqual(
            [(o.name, o.text) for o in merged], [("stdout", "ab\n"), ("stderr", "c"), ("stdout", "d")]
        )

    def test_progress_lines_show_their_end(self):
        text = run_notebooks.collapse_carriage_returns("10 %\r50 %\r100 %\ndone\r\n")
        self.assertEqual(text, "100 %\ndone\n")

    def test_counts_begin_at_one_and_skip_empty_cells(self):
        book = new_notebook(
            cells=[
                new_code_cell("1", execution_count=7),
                new_markdown_cell("words"),
                new_code_cell(""),
                new_code_cell(
                    "2",
                    execution_count=9,
                    outputs=[
                        new_output("execute_result", data={"text/plain": "2"}, execution_count=9)
                    ],
                ),
            ]
        )
        book.cells[0].metadata["execution"] = {"iopub.status.busy": "2026-01-01"}
        run_notebooks.normalise(book)
        self.assertEqual([c.get("execution_count") for c in book.cells], [1, None, None, 2])
        self.assertEqual(book.cells[3].outputs[0].execution_count, 2)
        self.assertEqual(book.cells[0].metadata, {})
        self.assertNotIn("version", book.metadata.language_info)


class Notebooks(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)

    def notebook(self, *sources):
        file = self.path / "book.ipynb"
        nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), file)
        return file

    def execute(self, file, *options):
        out = self.path / "out"
        result = run(
            PYTHON, HERE / "run_notebooks.py", "--output", out, "--html", out, *options, file
        )
        return result, nbformat.read(out / file.name, as_version=4), out / "book.html"

    def test_a_notebook_runs_in_its_own_folder_and_twice_the_same(self):
        (self.path / "data.txt").write_text("from beside the notebook")
        file = self.notebook(
            'String text = java.nio.file.Files.readString(java.nio.file.Path.of("data.txt"));\n'
            'System.out.println("summary: " + text);',
            "new java.awt.image.BufferedImage(2, 2, 1)",
        )
        before = file.read_bytes()
        result, book, page = self.execute(file, "--lines", "summary:")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("  summary: from beside the notebook", result.stdout)
        self.assertIn("notebooks: 1 of 1 ok, 2 cells", result.stdout)
        self.assertIn("image/png", book.cells[1].outputs[0].data)
        self.assertEqual(file.read_bytes(), before)
        text = page.read_text()
        self.assertIn("data:image/png;base64,", text)
        self.assertNotRegex(text, r'src="https?:')
        _, again, _ = self.execute(file)
        self.assertEqual([c.outputs for c in again.cells], [c.outputs for c in book.cells])

    def test_values_of_the_library_end_a_cell_as_pictures_and_tables(self):
        file = self.notebook(
            f"%classpath {HERE.parent}/build/lib/*.jar",
            "org.affect4j.image.FaceImage.plain(5, 4, 0)",
            "org.affect4j.table.FaceTable.of(List.of())",
        )
        result, book, _ = self.execute(file)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        picture, table = (cell.outputs[0] for cell in book.cells[1:])
        self.assertEqual(picture.output_type, "execute_result")
        self.assertIn("image/png", picture.data)
        self.assertIn("5 x 4 pixels", picture.metadata["image/png"]["alt"])
        self.assertIn("<table>", table.data["text/html"])

    def test_a_failing_cell_is_named_and_earlier_output_kept(self):
        file = self.notebook('System.out.print("kept");', "int a = 1;\nint b = a / 0;", "2")
        result, book, page = self.execute(file)
        self.assertEqual(result.returncode, 1)
        self.assertIn("in cell 2, which begins: int a = 1;", result.stdout)
        self.assertIn("cell 2, line 2", result.stdout)
        self.assertIn("/ by zero", result.stdout)
        self.assertEqual(book.cells[0].outputs[0].text, "kept")
        self.assertEqual(book.cells[1].outputs[0].ename, "ArithmeticException")
        self.assertIsNone(book.cells[2].execution_count)
        self.assertTrue(page.is_file())

    def test_a_cell_that_takes_too_long_fails(self):
        file = self.notebook("while (true) {}")
        result, _, _ = self.execute(file, "--timeout", "2")
        self.assertEqual(result.returncode, 1)
        self.assertIn("CellTimeoutError", result.stdout)


class Start(unittest.TestCase):
    def start(self, *options):
        return run(HERE / "start.sh", *options)

    def test_help(self):
        result = self.start("--help")
        self.assertEqual(result.returncode, 0)
        self.assertIn("--photos DIR", result.stdout)

    def test_wrong_options_are_refused_at_once(self):
        for options in (["--bogus"], ["--kernel", "python"], ["--photos"], ["--port", "x"]):
            result = self.start(*options)
            self.assertEqual(result.returncode, 64, options)
            self.assertIn("usage:", result.stderr)

    def test_photos_must_be_a_folder_with_files(self):
        result = self.start("--photos", "/no/such/folder")
        self.assertEqual(result.returncode, 1)
        self.assertIn("is not a folder", result.stderr)
        with tempfile.TemporaryDirectory() as empty:
            result = self.start("--photos", empty)
            self.assertEqual(result.returncode, 1)
            self.assertIn("no readable file", result.stderr)


class CommandLine(unittest.TestCase):
    PORTRAIT = HERE.parent / "data" / "portraits" / "001.jpg"
    NAMES = [
        b'a"b.jpg',
        b"one, two.jpg",
        b"line\nbreak\r.jpg",
        b"=1+2.jpg",
        b"#1.jpg",
        b" blanks .jpg ",
        b"caf%E9.jpg",
        b"caf\xe9.jpg",
        "caf\u00e9.jpg".encode(),
        "cafe\u0301.jpg".encode(),
        "\U0001f600.jpg".encode(),
        ("\u00e9" * 125).encode() + b"x.jpg",
        (b"d" * 99 + b"/") * 10 + b"x.jpg",
    ]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def analyze(self, *arguments, **options):
        return run(HERE / "affect4j", "analyze", *arguments, **options)

    def test_every_name_in_a_bare_locale_and_twice_the_same(self):
        photos = os.fsencode(self.folder / "photos")
        for name in self.NAMES:
            path = os.path.join(photos, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            Path(os.fsdecode(path)).write_bytes(self.PORTRAIT.read_bytes())
        table = self.folder / "faces.csv"
        tables = []
        blanks = os.fsdecode(os.path.join(photos, b" blanks .jpg "))
        for locale in ("C", "POSIX", "C.UTF-8"):
            result = self.analyze(
                os.fsdecode(photos), blanks, "-o", table, env={**os.environ, "LC_ALL": locale}
            )
            self.assertEqual(result.returncode, 0, result.stderr)
            with open(table, newline="", encoding="utf-8") as file:
                inputs = [row["input"] for row in csv.DictReader(file)]
            found = {
                unquote_to_bytes(name[len("file://") :])
                if name.startswith("file:///")
                else name.encode()
                for name in inputs
            }
            self.assertEqual(found, {os.path.join(photos, name) for name in self.NAMES})
            self.assertEqual(len(inputs), len(self.NAMES))
            tables.append(table.read_bytes())
        self.assertEqual(len(set(tables)), 1)

    def test_a_pipe_that_nobody_reads_ends_it(self):
        analyze = f"'{HERE}/affect4j' analyze '{self.PORTRAIT.parent}' -o -"
        command = analyze + " | head -n 2; exit ${PIPESTATUS[0]}"
        result = run("bash", "-c", command)
        self.assertEqual(result.returncode, 141, result.stderr)
        self.assertEqual(result.stdout.count("\n"), 2)


class Kernelspec(unittest.TestCase):
    def test_it_names_this_folder_and_interrupts_by_message(self):
        with tempfile.TemporaryDirectory() as folder:
            classes = Path(folder, "classes with space")
            classes.mkdir()
            (classes / "affect4j-kernel-1.jar").touch()
            into = Path(folder, "kernels", "java")
            command = [PYTHON, HERE / "kernelspec.py", "--into", into, "--classes"]
            self.assertEqual(run(*command, classes).returncode, 0)
            spec = json.loads((into / "kernel.json").read_text())
            self.assertIn(f"{classes.resolve()}/*", spec["argv"])
            self.assertEqual(spec["interrupt_mode"], "message")
            self.assertEqual(run(*command, folder).returncode, 1)

    def test_a_rehearsed_kernel_starts_also_with_other_jars_than_it_was_rehearsed_with(self):
        with tempfile.TemporaryDirectory() as folder:
            classes = Path(folder, "kernel")
            shutil.copytree(HERE.parent / "build" / "kernel", classes)
            (classes / "classes.jsa").unlink(missing_ok=True)
            into = Path(folder, "kernels", "rehearsed")
            command = [PYTHON, HERE / "kernelspec.py", "--into", into, "--rehearse", "--classes"]
            result = run(*command, classes)
            self.assertEqual(result.returncode, 0, result.stderr)
            archive = classes / "classes.jsa"
            self.assertGreater(archive.stat().st_size, 1 << 20)
            book = Path(folder, "book.ipynb")
            nbformat.write(new_notebook(cells=[new_code_cell("1 + 1")]), book)
            start = [PYTHON, HERE / "run_notebooks.py", "--kernel", "rehearsed", book]
            there = {**os.environ, "JUPYTER_PATH": folder}
            for damage in (lambda: None, next(classes.glob("*.jar")).touch, archive.unlink):
                damage()
                result = run(*start, env=there)
                self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
