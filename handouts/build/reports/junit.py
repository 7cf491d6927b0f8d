"""JUnit XML, as Jenkins, GitLab and others read it: one test case for each document.

There is no standard; the file keeps to the schema of Jenkins' xUnit plugin (junit-10.xsd).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree

from handouts.build.reports.documents import DocumentReport, LibraryReport
from handouts.build.reports.legible import legible
from handouts.diagnostics import Diagnostic, Severity

LIBRARY = "library"


def junit_of(library: LibraryReport) -> str:
    """The documents of a library as test cases, in a suite for each kind.

    Errors are a failure, warnings and notes its output. What lies below no document is a case of
    its own.
    """
    suites = ElementTree.Element("testsuites", name=legible(library.title))
    for kind, documents in groupby(library.documents, key=lambda each: each.edition.kind):
        _add_suite(suites, str(kind), [_document_case(each) for each in documents])
    _add_suite(suites, LIBRARY, [_case(LIBRARY, LIBRARY, library.others, failed=False)])
    for count in ("tests", "failures", "errors"):
        suites.set(count, str(sum(int(each.get(count, 0)) for each in suites)))
    ElementTree.indent(suites)
    text = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add_suite(
    suites: ElementTree.Element, name: str, cases: Iterable[ElementTree.Element]
) -> None:
    suite = ElementTree.SubElement(suites, "testsuite", name=name)
    suite.extend(cases)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")


def _document_case(document: DocumentReport) -> ElementTree.Element:
    edition = document.edition
    return _case(
        f"{edition.id}.{edition.language}: {document.title}",
        f"{edition.clinic}.{edition.kind}",
        (each.diagnostic for each in document.findings),
        failed=document.has_failed,
    )


def _case(
    name: str, group: str, diagnostics: Iterable[Diagnostic], *, failed: bool
) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name=legible(name), classname=legible(group))
    found = tuple(diagnostics)
    errors = [each for each in found if each.severity is Severity.ERROR]
    if errors or failed:
        message = str(errors[0]).partition("\n")[0] if errors else "it could not be made"
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        code = errors[0].code if errors else "failed"
        failure = ElementTree.SubElement(
            case, "failure", type=code, message=legible(f"{message}{more}")
        )
        failure.text = legible("\n".join(map(str, errors)))
    if rest := [each for each in found if each.severity is not Severity.ERROR]:
        ElementTree.SubElement(case, "system-out").text = legible("\n".join(map(str, rest)))
    return case
