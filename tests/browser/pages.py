"""Pages in a browser, and what is looked for in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

PHONE, DESK = 320, 1280


@dataclass(frozen=True)
class Browser:
    """A browser that runs."""

    chromium: Any

    def open(
        self, address: str | Path, *, width: int = DESK, dark: bool = False, script: bool = True
    ) -> Any:
        """A page in a session of its own. An error in its script fails the test that reads it."""
        context = self.chromium.new_context(
            locale="en-GB",
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address.as_uri() if isinstance(address, Path) else address)
        return page


@dataclass(frozen=True)
class Axe:
    """axe-core as text. It is run outside of what a page's policy allows."""

    source: str

    def violations(self, page: Any) -> list[str]:
        """The barriers in a page and the frames of its site, each with the first place."""
        for frame in page.frames:
            frame.evaluate(self.source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']} ({each['impact']}): {each['nodes'][0]['target']}"
            f" {each['nodes'][0]['failureSummary']}"
            for each in found["violations"]
        ]


def runs_over(page: Any) -> bool:
    """Whether a page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
