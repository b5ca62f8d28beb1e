"""Old Word files and .odt to .docx by LibreOffice, run by itself in a corner: own profile, no macros, no links, a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from loaders.blocks import Remark
from zhengmai.errors import UnreadableSource

CONVERTED = Remark("converted", "info", "由 LibreOffice 转换为 .docx 后读取。", "Read after LibreOffice converted it to .docx.")
PROGRAMS = ("soffice", "libreoffice")
MOST_SECONDS = 120
MOST_KILOBYTES = 8_000_000
"""Address space of the program; it maps far more than it uses."""

_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
)


def to_docx(data: bytes, where: str, suffix: str) -> bytes:
    """Return the file as .docx; ``suffix`` (.doc, .rtf, .xml, .odt) says what it is.

    :raises UnreadableSource: when LibreOffice is not installed, takes too long, or cannot read the file.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnreadableSource(
            where=where,
            found=f"a {suffix} file, which only LibreOffice can read, and no LibreOffice",
            expected="LibreOffice on the PATH, or the file as .docx",
            fix="install it (on Debian and Ubuntu: apt install libreoffice-writer), or open the file in Word or WPS and save it as .docx",
            zh=f"{suffix} 文件需借助 LibreOffice 读取：请安装 libreoffice-writer，或用 Word/WPS 另存为 .docx。",
        )
    with tempfile.TemporaryDirectory(prefix="zhengmai-") as folder:
        source, out = Path(folder) / f"source{suffix}", Path(folder) / "out"
        source.write_bytes(data)
        _write_profile(Path(folder) / "profile" / "user")
        ended = _run(program, Path(folder), source, out)
        written = out / "source.docx"
        if ended and written.is_file():
            return written.read_bytes()
    raise UnreadableSource(
        where=where,
        found="a file LibreOffice cannot read" if ended else f"a file LibreOffice did not read within {MOST_SECONDS} seconds",
        expected="a Word document",
        fix="open it in Word or WPS and save it as .docx",
        zh="LibreOffice 无法转换该文件，请用 Word/WPS 打开后另存为 .docx。",
    )


def _write_profile(user: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(program: str, folder: Path, source: Path, out: Path) -> bool:
    """Convert; return False when it took too long (then the program and its children are ended)."""
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo", "--nolockcheck"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(source)]
    settings = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    shell = shutil.which("sh")
    if shell:
        command = [shell, "-c", f'ulimit -v {MOST_KILOBYTES} 2>/dev/null; exec "$0" "$@"', *command]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)  # our own group, begun by start_new_session
    except ProcessLookupError:
        return
    finally:
        process.wait()
