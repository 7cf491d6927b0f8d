"""Files of the content as they were read and found to be good, kept by what they hold.

They are kept as pickles, and reading a pickle can do anything. So each is signed with a key that
only this user has: what came from elsewhere with a cache, or was altered, is not looked into.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from handouts.build.folders import Folders
from handouts.build.writing import note_use, write_whole

T = TypeVar("T")

_SIGNATURE = 32
"""Bytes of a signature, and of a key."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded before.

    Attributes:
        folder: where it is kept.
        stamp: of the program that loaded it.
        key: of this user.
    """

    folder: Path
    stamp: str
    key: bytes

    def get(self, path: Path, what: str, load: Callable[[], T]) -> T:
        """What a file holds.

        Args:
            path: the file.
            what: as what it is loaded, and whatever else but its bytes has a say in that.
            load: does it; what it raises is not kept.
        """
        digest = _digest(path)
        if digest is None:
            return load()
        name = hashlib.sha256(f"{self.stamp}\n{what}\n{digest}".encode()).hexdigest()
        kept = self.folder / name[:2] / name[2:]
        with suppress(OSError):
            data = kept.read_bytes()
            if hmac.compare_digest(data[:_SIGNATURE], self._signature(name, data[_SIGNATURE:])):
                found: T = pickle.loads(data[_SIGNATURE:])  # noqa: S301  (we have signed it)
                note_use(kept)
                return found
        value = load()
        if _digest(path) == digest:  # nobody has changed it meanwhile
            body = pickle.dumps(value, protocol=5)
            with suppress(OSError):
                write_whole(kept, self._signature(name, body) + body)
        return value

    def _signature(self, name: str, body: bytes) -> bytes:
        return hmac.digest(self.key, name.encode() + body, "sha256")


def loaded_for(folders: Folders, stamp: str | None) -> Loaded | None:
    """What was loaded before of a project; None where this user can't have a key.

    Args:
        folders: of the project.
        stamp: of the program; None keeps nothing.
    """
    key = _own_key() if stamp else None
    return Loaded(folders.cache / "loaded", stamp, key) if stamp and key else None


def _digest(path: Path) -> str | None:
    with suppress(OSError, ValueError):
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return None


def _own_key() -> bytes | None:
    """A random key, made once for each user, which nobody else can read."""
    home: Any = os.environ.get("XDG_STATE_HOME") or None
    path = (Path(home) if home else Path("~/.local/state").expanduser()) / "handouts" / "key"
    with suppress(OSError, RuntimeError):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = path.with_name(f".key.{os.getpid()}")
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_SIGNATURE))
            with suppress(FileExistsError):
                os.link(part, path)  # the first one stays
            part.unlink()
        found = path.stat()
        key = path.read_bytes()
        if found.st_uid == os.getuid() and not found.st_mode & 0o077 and len(key) == _SIGNATURE:
            return key
    return None
