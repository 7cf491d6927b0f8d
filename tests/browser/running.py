"""A preview as a user runs it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.projects import Project

HANDOUT = "default/en/her2climb-stops-working"

_PATIENCE_S = 60


@dataclass(frozen=True)
class Preview:
    """A preview that runs."""

    project: Project
    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        found = re.search(r":(\d+)/", self.address)
        assert found
        return int(found[1])

    def stop(self, number: int) -> int:
        """End it with a signal; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(_PATIENCE_S)


@contextmanager
def preview_of(project: Project, *arguments: str) -> Iterator[Preview]:
    # A shell ignores it for what runs in the background, and so would all that is started here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "handouts", "preview", "--port", "0", "--no-browser"]
    process = subprocess.Popen(
        [*command, *arguments],
        cwd=project.root,
        env=project.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = line.split()[-1]
        assert address.startswith("http://127.0.0.1:"), line
        yield Preview(project, address, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE_S)
        if process.stdout is not None:
            process.stdout.close()


def until(page: Any, condition: str) -> float:
    """Wait until a condition holds in a page and is painted; gives the time, in seconds."""
    script = f"""async () => {{
        const holds = () => {{ try {{ return {condition}; }} catch {{ return false; }} }};
        const frame = () => new Promise(requestAnimationFrame);
        const end = Date.now() + {_PATIENCE_S * 1000};
        while (!holds()) {{
            if (Date.now() > end) return 0;
            await frame();
        }}
        await frame();
        return Date.now() / 1000;
    }}"""
    when = float(page.evaluate(script))
    assert when, f"never came: {condition}"
    return when


TWIN = "document.querySelector('#frames iframe:not(.coming)').contentDocument"
"""The page for screens beside the printed pages."""

PICTURES = "JSON.stringify([...document.querySelectorAll('#pages img')].map((each) => each.src))"
"""The addresses of the printed pages; one is another where the page looks otherwise."""


def twin_says(words: str) -> str:
    return f"{TWIN}.body.innerText.includes({words!r})"


def shows_problem(words: str) -> str:
    return f"document.getElementById('problems').innerText.includes({words!r})"


NO_PROBLEMS = "document.querySelectorAll('#problems > li').length === 0"
GOOD = "document.querySelector('#state.state--good')"
