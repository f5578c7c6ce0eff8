#!/usr/bin/python3
"""Writes the kernelspec of our kernel, or checks that another Java kernel is installed."""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path


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
            "-Xshare:auto",
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
    parser.add_argument("--memory", default=os.environ.get("AFFECT4J_KERNEL_MEMORY", "4g"))
    parser.add_argument("--find", metavar="WORD", help="check for a kernel that is called so")
    parser.add_argument("--name", default="java", help="name of the kernelspec to look for")
    arguments = parser.parse_args()
    if arguments.find:
        sys.exit(0 if find(arguments.find, arguments.name) else 1)
    if not (arguments.classes and arguments.into):
        parser.error("--classes and --into belong together")
    write(arguments.classes, arguments.into, arguments.memory, arguments.strict)


if __name__ == "__main__":
    main()
