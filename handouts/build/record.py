"""Records of earlier builds: from what each document was made, and what came of it.

A record says from which contents of which files it was made; it counts only while all of them are
the same, and what it made still lies in the output folder as it was made. Records are small files
in the project's cache, each with its own digest: one that is damaged is as good as none.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from handouts.build.generator import Generator
from handouts.build.inputs import Digests, Inputs, digest_of, file_digest
from handouts.build.lock import NAME as LOCK
from handouts.build.manifest import Entry
from handouts.build.report import Report, diagnostic_fields, diagnostics_from
from handouts.build.writing import note_use, write_whole
from handouts.diagnostics import Diagnostic

_MOST_RECORDS = 4
"""Of one edition: for some branches, or edits that are taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """One edition as it was built.

    Attributes:
        inputs: what it was made from.
        below: the files whose errors are this document's too.
        files: digest of each file that was made, by its path below the output folder.
        entry: its entry in the manifest.
        diagnostics: what is said about its words, the same in all its editions.
        page_diagnostics: what is said about its pages.
        until: last day on which it may be published, None if its review sets none.
        seconds: how long it took, so that the longest go first the next time.
    """

    inputs: Inputs
    below: tuple[str, ...]
    files: Mapping[str, str]
    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    page_diagnostics: tuple[Diagnostic, ...]
    until: date | None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRecord:
    """A whole build, so that an unchanged one needs to read nothing but bytes.

    Attributes:
        inputs: of all editions, and of what was not built.
        outputs: every file it published, below the output folder.
        since, until: first and last day on which it would have come out the same.
        report: its outcome.
    """

    inputs: Inputs
    outputs: Mapping[str, str]
    since: date
    until: date | None
    report: Report


@dataclass(slots=True)
class Records:
    """The records of a project, made by one generator.

    Attributes:
        folder: where they are kept.
        generator: what they were made with; records of another one do not count.
        stamp: of the generator, in short; empty if there is none yet.
    """

    folder: Path
    generator: Generator | None = None
    stamp: str = field(default="", init=False)

    def current_generator(self) -> Generator | None:
        """The generator of the last build, if it is still the same; it looks at bytes only."""
        fields = _load(self.folder / "generator.json")
        if fields is None:
            return None
        try:
            generator = Generator(**fields)
        except TypeError:
            return None
        if not generator.is_current:
            return None
        self.use(generator)
        return generator

    def use(self, generator: Generator) -> None:
        """Read and write records of this generator from now on."""
        self.generator = generator
        self.stamp = digest_of(json.dumps(asdict(generator), sort_keys=True).encode())

    def save_generator(self) -> None:
        """Keep the generator for ``current_generator``."""
        if self.generator is not None:
            _save(self.folder / "generator.json", asdict(self.generator))

    def build(self, key: str) -> BuildRecord | None:
        """The record of an earlier build of the same request."""
        fields = self._load(f"builds/{key}.json")
        if fields is None:
            return None
        report = fields["report"]
        return BuildRecord(
            inputs=Inputs(**fields["inputs"]),
            outputs=fields["outputs"],
            since=date.fromisoformat(fields["since"]),
            until=_day(fields["until"]),
            report=Report(
                cached=report["made"],
                failed=tuple(report["failed"]),
                diagnostics=diagnostics_from(report["diagnostics"]),
            ),
        )

    def save_build(self, key: str, record: BuildRecord) -> None:
        """Keep the record of a build."""
        report = record.report
        self._save(
            f"builds/{key}.json",
            {
                "inputs": asdict(record.inputs),
                "outputs": dict(record.outputs),
                "since": record.since.isoformat(),
                "until": record.until.isoformat() if record.until else None,
                "report": {
                    "made": report.built + report.cached,
                    "failed": list(report.failed),
                    "diagnostics": [diagnostic_fields(each) for each in report.diagnostics],
                },
            },
        )

    def editions(self, name: str) -> tuple[EditionRecord, ...]:
        """The last records of an edition, by the path of its PDF; the newest first.

        There are several, as one was made on each branch, or before and after an edit.
        """
        fields = self._load(_edition_file(name))
        return tuple(map(_edition, fields["made"])) if fields else ()

    def save_edition(self, name: str, record: EditionRecord) -> Path:
        """Keep a record of an edition, with some that were made of other inputs.

        Returns:
            The file it is in.
        """
        others = [each for each in self.editions(name) if each.inputs != record.inputs]
        kept = [record, *others][:_MOST_RECORDS]
        path = _edition_file(name)
        self._save(path, {"made": [_edition_fields(each) for each in kept]})
        return self.folder / path

    def edition_file(self, name: str) -> Path:
        """Where the records of an edition are, if there are any."""
        return self.folder / _edition_file(name)

    def words(self, key: str) -> dict[str, Any] | None:
        """What was found in some words, by a name for these."""
        return self._load(_words_file(key))

    def save_words(self, key: str, fields: dict[str, Any]) -> None:
        """Keep what was found in some words."""
        self._save(_words_file(key), fields)

    def forget(self) -> None:
        """Remove all records, but not the lock that others may wait for."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.name != LOCK:
                    path.unlink()

    def _load(self, name: str) -> dict[str, Any] | None:
        fields = _load(self.folder / name)
        if fields is None or fields.pop("generator", None) != self.stamp:
            return None
        return fields

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        _save(self.folder / name, {"generator": self.stamp, **fields})


def holds(inputs: Inputs, digests: Digests, outputs: Mapping[str, str], folder: Path) -> bool:
    """Whether everything that was read, and everything that was written, is as it was."""
    return inputs.are_current(digests) and are_there(outputs, folder)


def are_there(outputs: Mapping[str, str], folder: Path) -> bool:
    """Whether these files lie in the folder with these contents."""
    return all(file_digest(folder / path) == digest for path, digest in outputs.items())


def _words_file(key: str) -> str:
    return f"words/{key[:2]}/{key[2:]}.json"


def _edition_file(name: str) -> str:
    return f"editions/{name}.json"


def _edition(fields: dict[str, Any]) -> EditionRecord:
    entry = fields["entry"]
    return EditionRecord(
        inputs=Inputs(**fields["inputs"]),
        below=tuple(fields["below"]),
        files=fields["files"],
        entry=Entry(**{**entry, "sources": tuple(entry["sources"])}),
        diagnostics=diagnostics_from(fields["diagnostics"]),
        page_diagnostics=diagnostics_from(fields["page_diagnostics"]),
        until=_day(fields["until"]),
        seconds=fields["seconds"],
    )


def _edition_fields(record: EditionRecord) -> dict[str, Any]:
    return {
        "inputs": asdict(record.inputs),
        "below": list(record.below),
        "files": dict(record.files),
        "entry": asdict(record.entry),
        "diagnostics": [diagnostic_fields(each) for each in record.diagnostics],
        "page_diagnostics": [diagnostic_fields(each) for each in record.page_diagnostics],
        "until": record.until.isoformat() if record.until else None,
        "seconds": record.seconds,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _load(path: Path) -> dict[str, Any] | None:
    """The fields of a record; None if it is not there, cut off, or altered."""
    try:
        digest, _, text = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest.decode("ascii", "replace") != digest_of(text):
        return None
    note_use(path)
    fields: dict[str, Any] = json.loads(text)
    return fields


def _save(path: Path, fields: dict[str, Any]) -> None:
    """Write a record whole. What can't be kept is made again the next time: no error."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode(errors="backslashreplace")
    with suppress(OSError):
        write_whole(path, digest_of(text).encode() + b"\n" + text)
