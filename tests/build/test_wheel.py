"""The program as people install it: from a wheel, away from its repository.

No package is fetched: the new environment finds those that the program needs in this one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import page as page_validation
import pytest

from tests.projects import ROOT

_PARTS = ("handouts", "templates", "styles", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Installed:
    """The command as it is installed.

    Attributes:
        command: its file.
        home: a home of its own.
    """

    command: Path
    home: Path

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return subprocess.run(
            [self.command, *arguments],
            cwd=folder,
            env={**kept, "HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel of this repository in a fresh environment."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in _PARTS:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    subprocess.run(
        [*pip, "wheel", *offline, "--no-build-isolation", "-w", str(folder), str(source)],
        check=True,
    )
    (wheel,) = folder.glob("handouts-*.whl")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (packages,) = environment.glob("lib/python3*/site-packages")
    subprocess.run(
        [*pip, "--python", str(environment / "bin" / "python"), "install", *offline, str(wheel)],
        check=True,
    )
    # Added behind the environment's own packages, and without what our own .pth files add.
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return Installed(environment / "bin" / "handouts", folder / "home")


@pytest.fixture(scope="module")
def project(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was started with it, and built."""
    folder = tmp_path_factory.mktemp("clinic")
    done = installed.run(folder, "init", "mine")
    assert done.returncode == 0, done.stderr
    for arguments in (["new", "patient", "my-sheet"], ["schema"], ["build", "--strict"]):
        done = installed.run(folder / "mine", *arguments)
        assert done.returncode == 0, done.stderr
    return folder / "mine"


def test_it_runs_from_the_wheel(installed: Installed, tmp_path: Path) -> None:
    code = "import handouts; print(handouts.__file__)"
    python = installed.command.with_name("python")
    where = subprocess.check_output([python, "-c", code], cwd=tmp_path, text=True)
    assert str(ROOT) not in where
    assert installed.run(tmp_path, "--version").stdout.startswith("handouts ")


def test_the_starter_makes_its_pdfs(project: Path) -> None:
    pdfs = sorted((project / "output").rglob("*.pdf"))
    assert {path.parent.name for path in pdfs} == {"keeping-well", "made-up", "my-sheet"}
    assert len(pdfs) == 10
    for path in pdfs[::4]:
        assert_accessible(path)


def assert_accessible(path: Path) -> None:
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(str(path), profile=profile)
    assert report.is_compliant, path


def test_the_list_and_what_was_printed_can_be_asked_for(
    installed: Installed, project: Path
) -> None:
    listed = installed.run(project, "list", "--json")
    assert {each["id"] for each in json.loads(listed.stdout)} >= {"my-sheet"}
    pdf = next((project / "output").rglob("my-sheet.en.standard.a4.pdf"))
    verified = installed.run(project, "verify", str(pdf))
    assert verified.returncode == 0, verified.stderr


def test_a_template_a_style_and_a_colour_of_ones_own_are_used(
    installed: Installed, project: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shutil.copytree(project, own, ignore=shutil.ignore_patterns("output", ".cache"))
    template = ROOT / "templates/components/questions.html.jinja"
    (own / "templates/components").mkdir(parents=True)
    text = template.read_text(encoding="utf-8")
    (own / "templates/components/questions.html.jinja").write_text(
        text.replace("<section", '<section data-own="yes"', 1)
    )
    (own / "styles/components").mkdir(parents=True)
    style = (ROOT / "styles/components/questions.css").read_text(encoding="utf-8")
    (own / "styles/components/questions.css").write_text(
        f"{style}\n.questions {{ color: #123456 }}\n"
    )
    clinic = own / "content/clinics/my-clinic.yaml"
    clinic.write_text(f'{clinic.read_text(encoding="utf-8")}brand: "#5a2a82"\n')
    done = installed.run(own, "build", "keeping-well")
    assert done.returncode == 0, done.stderr
    twin = next((own / "output").rglob("keeping-well/index.html")).read_text(encoding="utf-8")
    assert 'data-own="yes"' in twin
    assert "#5a2a82" in twin
    assert "#123456" in (own / "output/assets/components/questions.css").read_text("utf-8")
    pdf = next((own / "output").rglob("keeping-well.en.standard.a4.pdf"))
    before = next((project / "output").rglob("keeping-well.en.standard.a4.pdf"))
    assert pdf.read_bytes() != before.read_bytes()
    assert_accessible(pdf)
