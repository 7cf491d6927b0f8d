"""Text that is kept: what a page says today is compared with what it said when it was accepted.

``pytest tests/golden --update-golden`` accepts what it says now; the difference is then in the
commit, for people to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Golden:
    """The kept texts of a folder.

    Attributes:
        folder: where they are.
        update: whether to accept what is said now.
    """

    folder: Path
    update: bool

    def check(self, name: str, text: str) -> None:
        """Compare a text with the kept one; where its lines end does not matter.

        Raises:
            AssertionError: there is no kept text of that name, or it says something else.
        """
        path = self.folder / name
        if self.update:
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path.name} is not kept yet: run with --update-golden"
        kept = path.read_text(encoding="utf-8")
        changes = unified_diff(
            kept.splitlines(), text.splitlines(), "kept", "now", n=0, lineterm=""
        )
        assert text.split() == kept.split(), (
            f"{path.name} says something else now; if that is right, run with --update-golden\n"
            + "\n".join(changes)
        )

    def check_names(self, names: list[str]) -> None:
        """No text is kept that nothing is compared with any more.

        Raises:
            AssertionError: there is one.
        """
        stale = sorted({path.name for path in self.folder.glob("*.txt")} - set(names))
        if self.update:
            for name in stale:
                (self.folder / name).unlink()
            stale = []
        assert not stale, f"no test names {', '.join(stale)}: delete it or run with --update-golden"
