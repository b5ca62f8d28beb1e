"""Comunica from npm, run by node. ``make programs`` installs it below .venv, where that can be done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from seeds import ROOT

_SCRIPT = """
const {QueryEngine} = require('@comunica/query-sparql');
const [query, ...sources] = process.argv.slice(1);
(async () => {
  const engine = new QueryEngine();
  const found = await engine.query(query, {sources: sources.map(said => JSON.parse(said))});
  if (found.resultType === 'boolean') return console.log(JSON.stringify(await found.execute()));
  const rows = [];
  for await (const row of await found.execute())
    rows.push(found.resultType === 'bindings'
      ? Object.fromEntries([...row].map(([name, term]) => [name.value, term.value]))
      : [row.subject.value, row.predicate.value, row.object.value]);
  console.log(JSON.stringify(rows));
})().catch(error => { console.error(error); process.exit(1); });
"""


def find_comunica() -> Path | None:
    """Return the folder of its packages, None where there are none or no node to run them."""
    folder = Path(os.environ.get("ZHENGMAI_COMUNICA", ROOT / ".venv" / "comunica" / "node_modules"))
    return folder if shutil.which("node") and (folder / "@comunica" / "query-sparql").is_dir() else None


def query(text: str, *sources: dict[str, str]) -> Any:
    """Ask its engine over some sources, and return rows, triples or a truth value."""
    done = subprocess.run(
        ["node", "-e", _SCRIPT, "--", text, *map(json.dumps, sources)],
        capture_output=True, text=True, timeout=120, env={**os.environ, "NODE_PATH": str(find_comunica())}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
