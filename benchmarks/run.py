"""All benchmarks, one after the other: ``make bench`` or ``python -m benchmarks.run [NAME …]``. Compare ratios, not figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    found = sorted(p for p in HERE.glob("*.py") if p.name != "run.py" and (not names or p.stem in names))
    for path in found:
        print(f"── {path.stem}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{path.stem}"], cwd=HERE.parent, check=True)
    return 0 if found else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
