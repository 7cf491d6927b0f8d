"""The Dockerfile keeps to the rules that matter where no engine is at hand to build it.

They are those of hadolint with the same names, and what the issue of a small, harmless image asks.
"""

from __future__ import annotations

import re

import pytest

from tests.projects import ROOT


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction with its argument; lines that go on are one."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    return [
        (name.upper(), rest.strip())
        for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line.strip())
    ]


def problems(text: str) -> list[str]:
    """The names of the rules that a Dockerfile breaks."""
    steps = instructions(text)
    names = {name for name, _ in steps}
    users = [rest for name, rest in steps if name == "USER"]
    broken = {
        "DL3006": any(n == "FROM" and ":" not in r and r != "scratch" for n, r in steps),
        "DL3007": any(n == "FROM" and r.endswith(":latest") for n, r in steps),
        "DL3002": not users or users[-1] in ("root", "0"),
        "DL3020": "ADD" in names,
        "DL3000": any(n == "WORKDIR" and not r.startswith("/") for n, r in steps),
        "DL3025": any(n in ("CMD", "ENTRYPOINT") and not r.startswith("[") for n, r in steps),
        "DL4000": "MAINTAINER" in names,
        "DL3004": any(n == "RUN" and re.search(r"\bsudo\b", r) for n, r in steps),
        "DL3009": any(
            n == "RUN"
            and re.search(r"apt-get|script/bootstrap", r)
            and "/var/lib/apt/lists" not in r
            for n, r in steps
        ),
        "slim": not any(n == "FROM" and "slim" in r for n, r in steps),
    }
    return [name for name, is_broken in broken.items() if is_broken]


TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_ours_breaks_none() -> None:
    assert problems(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("python:3.12-slim-bookworm", "python", "DL3006"),
        ("python:3.12-slim-bookworm", "python:latest", "DL3007"),
        ("USER handouts", "USER root", "DL3002"),
        ("COPY requirements.lock", "ADD requirements.lock", "DL3020"),
        ("WORKDIR /handouts", "WORKDIR handouts", "DL3000"),
        ('CMD ["build"]', "CMD build", "DL3025"),
        (" && rm -rf /var/lib/apt/lists/*", "", "DL3009"),
        ("3.12-slim-bookworm", "3.12-bookworm", "slim"),
    ],
)
def test_each_rule_is_noticed(old: str, new: str, rule: str) -> None:
    assert old in TEXT
    assert rule in problems(TEXT.replace(old, new))


def test_what_it_needs_beside_it_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name, rest in instructions(TEXT):
        for source in rest.split()[:-1] if name == "COPY" else ():
            assert (ROOT / source).exists(), source
            assert source not in ignored
