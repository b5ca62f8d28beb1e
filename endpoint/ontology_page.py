"""The ontology as a page, made by pyLODE once for each ontology (it takes seconds) and kept in a file.

Run as ``python -m endpoint.ontology_page`` in a process of its own: it is no query, and no query's limits are for it.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory

_PATIENCE_S = 600  # it goes behind everything else


class OntologyPage:
    """The page, kept in ``folder`` (None: in memory only) under a name made of what it is made from."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._page = b""
        self._turn = asyncio.Lock()

    async def get(self) -> bytes:
        """Return the page, made now if it must be.

        :raises OSError: when it cannot be made.
        """
        if self._page:
            return self._page
        async with self._turn:
            if not self._page:
                self._page = await self._made()
        return self._page

    async def _made(self) -> bytes:
        file = self._folder / f"ontology-{_key()}.html" if self._folder else None
        if file:
            with suppress(OSError):
                return file.read_bytes()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", __name__, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment
        )
        try:
            page, _ = await asyncio.wait_for(process.communicate(), _PATIENCE_S)
        finally:
            if process.returncode is None:
                process.kill()
        if process.returncode or not page:
            raise OSError("pyLODE made no page")
        if file:
            with suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)
                fresh = file.with_suffix(".new")
                fresh.write_bytes(page)
                fresh.replace(file)
        return page


def cache_folder() -> Path | None:
    """Return where programs of this user keep what they can make again; None where there is no such place."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhengmai"
    except RuntimeError:
        return None


def make() -> bytes:
    """Return the page pyLODE makes of the ontology; the same ontology gives the same bytes."""
    import pylode.utils
    from pylode import OntPub

    from ontology.load import load_ontology

    with TemporaryDirectory() as folder:  # pyLODE writes beside what it reads, which in its own package only who installed it may
        pylode.utils.RDF_FOLDER = Path(copytree(pylode.utils.RDF_FOLDER, Path(folder) / "rdf", ignore=ignore_patterns("*.pickle")))
        return str(OntPub(ontology=load_ontology(), sort_subjects=True).make_html()).encode()


def _key() -> str:
    from ontology.load import ontology_files

    digest = hashlib.sha256(version("pylode").encode())
    for path in ontology_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    os.nice(10)
    sys.stdout.buffer.write(make())
