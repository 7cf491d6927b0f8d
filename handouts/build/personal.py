"""The sheet of one patient, made in this process and kept nowhere.

It goes around plan, pool, cache, records and reports: none of them ever sees the details. The gate
runs twice, on the sheet with empty slots and on the filled-in one. What it finds the first time is
said in full; what only the details bring about is said by its code, for its message may hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handouts.build.dependencies import own_file
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.limits import Limits, TookTooLong, memory_limit, time_limit
from handouts.build.native import check_native_libraries
from handouts.build.plan import plan_for
from handouts.build.problems import Problems
from handouts.build.request import InvalidRequest, Request
from handouts.build.result import Setup, too_hungry, too_slow
from handouts.build.severities import judged
from handouts.diagnostics import Diagnostic, InvalidInput, Severity, error, in_order
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind
from handouts.models.patient import PatientDetails

if TYPE_CHECKING:
    from handouts.build.job import Press
    from handouts.loading.library import Library


@dataclass(frozen=True, slots=True)
class PersonalSheet:
    """What has come of it.

    Attributes:
        edition: what was asked for.
        diagnostics: all that was found; nothing in them is of the patient.
        pdf: the sheet; None if something is an error.
    """

    edition: Edition
    diagnostics: tuple[Diagnostic, ...]
    pdf: bytes | None


def make_personal(
    folders: Folders,
    request: Request,
    details: PatientDetails,
    *,
    today: date,
    limits: Limits | None = None,
) -> PersonalSheet:
    """Make the sheet of one patient.

    Args:
        folders: of the project; nothing is written to any of them.
        request: selects one edition. Without a format it is the standard one, without a paper the
            first that the project builds.
        details: what goes into the slots.
        today: decides whether a review has ended.
        limits: what it may take.

    Raises:
        InvalidRequest: not one edition of a patient handout is selected.
        InvalidInput: the content can't be used.
        UnusableEnvironment: a library of the system is missing.
    """
    check_native_libraries()
    use_fonts(folders)
    from handouts.build.job import Press  # noqa: PLC0415  (comes after the fonts)

    library = load_library(folders.content, folders.root)
    edition = _edition(request, library)
    setup = Setup(folders, today, limits=limits or Limits())
    press = Press(setup, library)
    try:
        with time_limit(setup.limits.seconds), memory_limit(setup.limits.memory):
            return _made(press, edition, details)
    except MemoryError:
        return PersonalSheet(
            edition, (too_hungry(edition, setup, own_file(edition, folders)),), None
        )
    except TookTooLong:
        return PersonalSheet(edition, (too_slow(edition, setup),), None)


def _edition(request: Request, library: Library) -> Edition:
    """The one edition of a request.

    Raises:
        InvalidRequest: there are several, or it is not for patients.
    """
    settings = library.project.value.editions.get(Kind.PATIENT)
    papers = request.papers or (settings.papers[:1] if settings else ())
    one = Request(
        ids=request.ids,
        languages=request.languages,
        formats=request.formats or (str(Format.STANDARD),),
        papers=papers,
        clinics=request.clinics,
        publish=False,
    )
    editions = plan_for(one, library).editions
    if len(editions) == 1 and editions[0].kind is Kind.PATIENT:
        return editions[0]
    if any(each.kind is not Kind.PATIENT for each in editions):
        raise _refused("--for is for patient handouts: pages for clinicians have no slots")
    choices = {
        "ID": {each.id for each in editions},
        "--lang": {each.language for each in editions},
        "--format": {str(each.format) for each in editions},
        "--paper": {str(each.paper) for each in editions},
        "--clinic": {each.clinic for each in editions},
    }
    several = "; ".join(
        f"{name} ({', '.join(sorted(each))})" for name, each in choices.items() if len(each) > 1
    )
    raise _refused("--for makes one sheet, and several are meant", f"choose one {several}")


def _made(press: Press, edition: Edition, details: PatientDetails) -> PersonalSheet:
    empty = PatientDetails()
    try:
        blank = press.sheet(edition, empty)
    except InvalidInput as invalid:
        return PersonalSheet(edition, invalid.diagnostics, None)
    severities = press.library.project.value.severities
    below = judged(Problems(press.library.problems).of(blank.below), severities)
    said = in_order((*below, *blank.diagnostics))
    if _has_error(said):
        return PersonalSheet(edition, said, None)
    if details == empty:
        return PersonalSheet(edition, said, blank.pdf.data)
    from handouts.checks.slots import check_elsewhere, check_slots  # noqa: PLC0415  (as above)

    path = blank.document.source
    try:
        filled = press.sheet(edition, details)
        wrong = (
            *check_slots(filled.pdf.layout, details, path=path),
            *check_elsewhere(filled.pdf.root, blank.pdf.root, path=path),
        )
        new = [each for each in filled.diagnostics if each not in frozenset(blank.diagnostics)]
    except MemoryError:
        raise  # the details may have a part in it, the message has none
    except Exception as problem:
        codes = (
            [each.code for each in problem.diagnostics]
            if isinstance(problem, InvalidInput)
            else ["internal-error"]
        )
        failed = tuple(_withheld(code, Severity.ERROR, path) for code in codes)
        return PersonalSheet(edition, in_order((*said, *failed)), None)
    # What does not fit also brings about whatever else the gate finds.
    said = in_order(
        (*said, *(wrong or (_withheld(each.code, each.severity, path) for each in new)))
    )
    return PersonalSheet(edition, said, None if _has_error(said) else filled.pdf.data)


def _withheld(code: str, severity: Severity, path: str) -> Diagnostic:
    return Diagnostic(
        severity,
        code,
        "with the patient's details in it the sheet has this problem, which it has not without",
        path=path,
        hint="codes.yaml says what the code means; letters that no font of ours has are one cause",
    )


def _has_error(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(each.severity is Severity.ERROR for each in diagnostics)


def _refused(message: str, hint: str | None = None) -> InvalidRequest:
    return InvalidRequest((error("not-one-sheet", message, hint=hint),))
