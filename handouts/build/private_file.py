"""A file that nobody but its owner reads, from its first byte; it leaves no trace if it fails.

Where the system can (Linux), it has no name while it is written, so that nothing is left of it
even when the process is killed; elsewhere it has a name of its own beside the target.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR
_NO_SUCH_FILE_SYSTEM = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL})


def write_private(path: Path, data: bytes) -> None:
    """Write a file with permissions 0600; whoever opens it sees the old or the new one, whole.

    Raises:
        OSError: it can't be written, or something that is no file has its name.
    """
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "it is there, and no regular file")
    nameless = getattr(os, "O_TMPFILE", None)
    if nameless is not None:
        try:
            file = os.open(path.parent, nameless | os.O_WRONLY | os.O_CLOEXEC, _OWNER_ONLY)
        except OSError as problem:
            if problem.errno not in _NO_SUCH_FILE_SYSTEM or not path.parent.is_dir():
                raise
        else:
            with os.fdopen(file, "wb") as stream:
                _fill(stream.fileno(), data)
                _name(stream.fileno(), path)
            return
    _by_name(path, data)


def _fill(file: int, data: bytes) -> None:
    os.fchmod(file, _OWNER_ONLY)  # whatever the umask leaves out
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    os.fsync(file)


def _name(file: int, path: Path) -> None:
    """Give a nameless file its name; a link can't replace one, so that takes a name in between."""

    def link(target: Path) -> None:
        # A folder is given, which an absolute path has no need of, or Python would call `link`,
        # which takes the entry below /proc for the file.
        os.link(f"/proc/self/fd/{file}", target, src_dir_fd=file, follow_symlinks=True)

    try:
        link(path)
    except FileExistsError:
        _replace(path, link)


def _by_name(path: Path, data: bytes) -> None:
    def write(between: Path) -> None:
        file = os.open(between, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _OWNER_ONLY)
        with os.fdopen(file, "wb") as stream:
            _fill(stream.fileno(), data)

    _replace(path, write)


def _replace(path: Path, make: Callable[[Path], None]) -> None:
    between = path.with_name(f".{secrets.token_hex(8)}")
    try:
        make(between)
        between.replace(path)
    except BaseException:
        with suppress(OSError):
            between.unlink()
        raise
