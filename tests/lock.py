"""Proves that the lock agrees with pyproject.toml, or writes it anew (--write).

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
HEADER = "# Exact versions of everything, made by `make lock`; used with pip's -c. Do not edit by hand.\n"
COMMAND = "pip compile --quiet --universal --all-extras --python-version 3.11 --no-header --no-annotate"


def resolve(target: Path) -> None:
    """Resolve pyproject.toml into `target`, keeping the versions that already stand there."""
    uv = Path(sys.executable).parent / "uv"
    subprocess.run(  # noqa: S603 -- our own fixed command
        [str(uv), *COMMAND.split(), str(ROOT / "pyproject.toml"), "--output-file", str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    target.write_text(HEADER + target.read_text())


def main() -> int:
    if "--write" in sys.argv:
        resolve(LOCK)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(shutil.copy(LOCK, Path(folder) / LOCK.name))
        resolve(fresh)
        old, new = LOCK.read_text().splitlines(), fresh.read_text().splitlines()
    changes = list(
        difflib.unified_diff(old, new, "config/constraints.txt", "what pyproject.toml asks for", lineterm="")
    )
    sys.stdout.write(
        "\n".join([*changes, "run `make lock` and commit the result"]) + "\n" if changes else "lock agrees\n"
    )
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
