#!/usr/bin/python3
"""Writes the kernelspec of our kernel, or checks that another Java kernel is installed."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ARCHIVE = "classes.jsa"
CONNECTION = {
    "ip": "127.0.0.1",
    "transport": "tcp",
    "signature_scheme": "hmac-sha256",
    "key": "rehearsal",
    **dict.fromkeys(["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"], 0),
}
REHEARSAL = """
import java.util.stream.IntStream;
record Point(int x) {}
int twice(int n) { return 2 * n; }
List<Point> points = IntStream.range(0, 3).mapToObj(n -> new Point(twice(n))).toList();
for (Point point : points) { System.out.println(point); }
System.exit(0);
"""


def java_command():
    home = os.environ.get("JAVA_HOME")
    candidate = Path(home, "bin", "java") if home else None
    if candidate and candidate.is_file():
        return str(candidate)
    return shutil.which("java") or "java"


def write(classes, into, memory, front=None):
    classes = Path(classes).resolve()
    if not any(classes.glob("affect4j-kernel-*.jar")):
        sys.exit(f"error: no kernel in {classes}; build the project first")
    path = f"{classes}/*"
    if front:
        if not any(Path(front).glob("*.jar")):
            sys.exit(f"error: no jar files in {front}; build the project first")
        path = f"{Path(front).resolve()}/*{os.pathsep}{path}"
    spec = {
        "argv": [
            java_command(),
            # One collector thread starts faster than the default collector, and both compilers
            # stay on: with the quick one alone, heavy cells are several times slower.
            "-XX:+UseSerialGC",
            # Classes that rehearse() kept; where the file is missing, or belongs to other jar files
            # or to another Java, they come from the jar files as ever.
            "-Xshare:auto",
            *([] if front else [f"-XX:SharedArchiveFile={classes / ARCHIVE}"]),
            f"-Xmx{memory}",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-cp",
            path,
            "org.affect4j.kernel.Main",
            "{connection_file}",
        ],
        "display_name": "Java (affect4j, strict)" if front else "Java (affect4j)",
        "language": "java",
        "interrupt_mode": "message",
    }
    into = Path(into)
    into.mkdir(parents=True, exist_ok=True)
    # A front end may read the file at this moment, so it is replaced in one step.
    draft = into / "kernel.json.new"
    draft.write_text(json.dumps(spec, indent=2) + "\n")
    draft.replace(into / "kernel.json")


def rehearse(classes, into):
    """Starts the kernel once, so that later starts find its classes and the compiler's prepared."""
    archive = Path(classes).resolve() / ARCHIVE
    jars = [jar.stat().st_mtime for jar in archive.parent.glob("*.jar")]
    if archive.exists() and archive.stat().st_mtime > max(jars):
        return
    argv = json.loads((Path(into) / "kernel.json").read_text())["argv"]
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        # Unfinished, an archive would end the JVM that opens it.
        draft = Path(folder, ARCHIVE)
        connection = Path(folder, "connection.json")
        connection.write_text(json.dumps(CONNECTION))
        options = [f"-XX:ArchiveClassesAtExit={draft}", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"]
        rest = [word for word in argv[1:-1] if "SharedArchiveFile" not in word]
        subprocess.run(
            [argv[0], *options, *rest, str(connection)],
            env={**os.environ, "IJAVA_STARTUP_SCRIPT": REHEARSAL},
            stdin=subprocess.DEVNULL,
            timeout=300,
            check=True,
        )
        draft.replace(archive)


def find(wanted, name):
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        return False
    return wanted in " ".join(spec.argv + [spec.display_name, spec.resource_dir]).lower()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classes", metavar="DIR", help="folder with the kernel's jar files")
    parser.add_argument("--into", metavar="DIR", help="folder of the kernelspec to write")
    parser.add_argument(
        "--strict", metavar="DIR", help="put the jar files of DIR first, as IJava does with its own"
    )
    parser.add_argument("--rehearse", action="store_true", help="make later starts faster")
    parser.add_argument("--memory", default=os.environ.get("AFFECT4J_KERNEL_MEMORY", "4g"))
    parser.add_argument("--find", metavar="WORD", help="check for a kernel that is called so")
    parser.add_argument("--name", default="java", help="name of the kernelspec to look for")
    arguments = parser.parse_args()
    if arguments.find:
        sys.exit(0 if find(arguments.find, arguments.name) else 1)
    if not (arguments.classes and arguments.into):
        parser.error("--classes and --into belong together")
    write(arguments.classes, arguments.into, arguments.memory, arguments.strict)
    if arguments.rehearse:
        rehearse(arguments.classes, arguments.into)


if __name__ == "__main__":
    main()
