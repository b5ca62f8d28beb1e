"""A real browser before the real pages: ``zhengmai ui`` on a free port of loopback, Chromium, and what a visitor does."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WAITS_MS = 180_000  # of a machine that does other things as well
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def find_chromium() -> str | None:
    """Return the browser of this machine: ZHENGMAI_CHROMIUM, else the first that is installed."""
    return os.environ.get("ZHENGMAI_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


# Nothing is computed or drawn, and has not been for as long as a table waits before it sends what was typed into it.
QUIET = """(wait) => {
  const app = document.querySelector("[data-testid='stApp']");
  const quiet = app && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]');
  if (!quiet || window.waitNumber !== wait) { window.waitNumber = wait; window.quietSince = performance.now(); return false; }
  return performance.now() - window.quietSince > 200;
}"""


def free_port() -> int:
    """Return a port of loopback at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_pages(workspace: Path, *, started_in: Path | None = None) -> Iterator[str]:
    """Run ``zhengmai ui`` over a workspace, started in a folder (this one without it); yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "zhengmai", "ui", "--port", str(port), "--workspace", str(workspace)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=started_in)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).read()
                break
            except (OSError, urllib.error.URLError):
                assert process.poll() is None, process.stderr and process.stderr.read().decode()
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stderr:
            process.stderr.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser; it is closed at the end, whatever happens."""
    path = find_chromium()
    assert path, "no Chromium on this machine: make programs installs it, or set ZHENGMAI_CHROMIUM"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, headless=True, args=["--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """One person with a browser window of their own, on one machine that is allowed no other address."""

    def __init__(self, browser: Browser, address: str, *, phone: bool = False, dark: bool = False) -> None:
        self.address = address
        self.asked: list[str] = []
        self._waits = 0
        self.context: BrowserContext = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(WAITS_MS)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def opens(self, path: str, **link: str) -> Page:
        """Open a page by its link and wait until it is drawn."""
        self.starts(path, **link)
        self.settled()
        return self.page

    def starts(self, path: str, **link: str) -> None:
        """Ask for a page by its link, and do not wait."""
        self.page.goto(f"{self.address}/{path}" + (f"?{urlencode(link)}" if link else ""), wait_until="commit")

    def settled(self) -> None:
        """Wait until nothing is being computed or drawn."""
        self._waits += 1
        self.page.wait_for_function(QUIET, arg=self._waits, polling=50)

    def words(self) -> str:
        """Return what stands on the page."""
        return self.page.locator("[data-testid='stMain']").inner_text()

    def strangers(self) -> list[str]:
        """Return every address asked that is not this machine's own."""
        return sorted({url for url in self.asked if urlsplit(url).scheme in ("http", "https", "ws", "wss")} - self._own())

    def _own(self) -> set[str]:
        return {url for url in self.asked if urlsplit(url).netloc == urlsplit(self.address).netloc}

    def leaves(self) -> None:
        self.context.close()
