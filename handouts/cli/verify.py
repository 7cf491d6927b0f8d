"""``handouts verify``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.build.manifest import NAME, Manifest, manifest_at
from handouts.build.request import InvalidRequest
from handouts.cli import options
from handouts.cli.printing import on_one_line
from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from handouts.build.verification import Finding

STALE = 5

_MANIFEST = click.option(
    "--manifest", metavar="FILE", help="Compare with this one.  [default: the one in the output]"
)


@click.command()
@click.argument("subjects", metavar="FILE... | REFERENCE FINGERPRINT", nargs=-1, required=True)
@options.options(options.CONTENT, options.OUTPUT, _MANIFEST, options.JSON)
def verify(
    subjects: tuple[str, ...],
    content: str | None,
    output: str | None,
    manifest: str | None,
    *,
    as_json: bool,
) -> int:
    """Say whether sheets are ours, unaltered and current.

    A PDF is compared, byte by byte, with what was published; for a sheet of paper, give the
    reference and the fingerprint printed in its footer.

    \b
    current     what was published last, and its review has not ended
    superseded  an earlier version, or other words and numbers than now
    expired     its review has ended
    altered     says it is current, but is not the file that was published
    unknown     not ours, or not in the manifest

    The exit code is 0 if all are current, and 5 if not.
    """  # noqa: D301  (click wants the backspace itself)
    from handouts.build.report import as_json as written
    from handouts.build.verification import Verdict, Verifier, sheet_in_hand

    paths = [Path(each) for each in subjects]
    sheet = None if any(map(options.is_there, paths)) else sheet_in_hand(subjects)
    if sheet is None and (problems := [each for path in paths if (each := _no_file(path))]):
        raise InvalidRequest(tuple(problems))
    verifier = Verifier(_manifest(manifest, content, output), date.today())  # noqa: DTZ011
    found: list[tuple[str, Finding]]
    if sheet is not None:
        found = [(" ".join(subjects), verifier.sheet(*sheet))]
    else:
        found = [(str(path), verifier.file(path)) for path in paths]
    if as_json:
        click.echo(written([_fields(*each) for each in found]), nl=False)
    else:
        for subject, finding in found:
            click.echo(f"{finding.words}: {on_one_line(subject)}: {finding.why}")
    return 0 if all(each.verdict is Verdict.CURRENT for _, each in found) else STALE


def _no_file(path: Path) -> Diagnostic | None:
    """Why a file can't be looked at."""
    name = on_one_line(str(path))
    if not options.is_there(path):
        return error(
            "missing-file",
            "there is no such file",
            path=name,
            hint="for a sheet of paper give its reference and the eight signs of its fingerprint,"
            " such as HER2-PT-02-EN 9NA1-Z7CR",
        )
    if not path.is_file():
        return error("not-a-file", "this is no regular file", path=name)
    try:
        path.open("rb").close()
    except OSError as problem:
        return error("unreadable-file", problem.strerror or str(problem), path=name)
    return None


def _manifest(manifest: str | None, content: str | None, output: str | None) -> Manifest:
    """What was published; a project is needed only where no place is named.

    Raises:
        InvalidRequest: ``no-manifest``, ``damaged-manifest``; there is no project.
    """
    if manifest:
        path = Path(manifest)
    elif output:
        path = Path(output) / NAME
    else:
        path = options.folders_of(content).output / NAME
    return manifest_at(path, on_one_line(str(path)))


def _fields(subject: str, finding: Finding) -> dict[str, Any]:
    current = finding.current
    return {
        "subject": subject,
        "verdict": str(finding.verdict),
        "why": finding.why,
        "reference": finding.reference,
        "version": finding.version,
        "fingerprint": finding.fingerprint,
        "edition": finding.edition,
        "current_version": current and current.content_version,
        "current_fingerprint": current and current.fingerprint,
        "review_state": current and current.review_state,
        "next_review": current and current.next_review,
    }
