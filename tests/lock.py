"""Proves that the locks agree with what they are made from, or writes them anew (--write).

Resolving again with the pinned versions as preferences must change nothing.
"""

from __future__ import annotations

import difflib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "config" / "constraints.txt"
PEERS = (
    ROOT / "tests" / "bench" / "peers.txt"
)  # of the benchmarks' other programs, with our versions where we share them
HEADER = "# Exact versions of everything, made by `make lock`; do not edit by hand.\n"
COMMAND = "pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate"
SOURCES = {
    LOCK: ["--all-extras", "pyproject.toml"],
    PEERS: ["--constraints", "config/constraints.txt", "tests/bench/peers.in"],
}


def resolve(lock: Path, target: Path) -> None:
    """Resolve what a lock is made from into `target`, keeping the versions that already stand there."""
    uv = Path(sys.executable).parent / "uv"
    subprocess.run(  # noqa: S603 -- our own fixed command
        [str(uv), *COMMAND.split(), *SOURCES[lock], "--output-file", str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    target.write_text(HEADER + target.read_text())


def changes(lock: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(shutil.copy(lock, Path(folder) / lock.name))
        resolve(lock, fresh)
        old, new = lock.read_text().splitlines(), fresh.read_text().splitlines()
    return list(
        difflib.unified_diff(old, new, str(lock.relative_to(ROOT)), "what it is made from asks for", lineterm="")
    )


def main() -> int:
    if "--write" in sys.argv:
        for lock in SOURCES:
            resolve(lock, lock)
        return 0
    found = [line for lock in SOURCES for line in changes(lock)]
    sys.stdout.write("\n".join([*found, "run `make lock` and commit the result"] if found else ["locks agree"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
