"""Putting a new text in a file's place: at once or not at all, and with nothing else changed."""

from __future__ import annotations

import os
import stat

from ssmlint.errors import UserError
from ssmlint.source import Source


def replace_text(source: Source, text: str) -> None:
    """Write a new text into the file that a source was read from, in its encoding.

    The file is never there in half: another one is put in its place, with its mode and owner,
    behind its symbolic links.  Raises `UserError` where it cannot be written, and where it is
    not any more what was read.
    """
    try:
        data = source.to_bytes(text)
        path = os.path.realpath(source.path)
        _require_unchanged(source, path)
        _replace(path, data)
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"cannot write `{source.path}`: {reason}") from error


def _require_unchanged(source: Source, path: str) -> None:
    with open(path, "rb") as file:
        if file.read() != source.to_bytes(source.text):
            raise UserError(f"`{source.path}` has changed since it was read, nothing is written")


def _replace(path: str, data: bytes) -> None:
    known = os.stat(path)
    if not os.access(path, os.W_OK):
        # Another file could be put in its place all the same, but somebody said no.
        raise PermissionError(0, "it is not writable")
    if known.st_nlink > 1 or not stat.S_ISREG(known.st_mode) or not _put(path, known, data):
        # Its other names, or what we may not give a new file, would be lost.
        with open(path, "wb") as file:
            file.write(data)


def _put(path: str, known: os.stat_result, data: bytes) -> bool:
    """Put a new file in the place of one; False where it would not be like the old one."""
    # Not at the top: most runs write nothing.
    import tempfile

    folder, name = os.path.split(path)
    try:
        descriptor, made = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    except OSError:
        return False
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not _is_alike(made, path, known):
            return False
        os.replace(made, path)
    finally:
        if os.path.exists(made):
            os.unlink(made)
    return True


def _is_alike(made: str, path: str, known: os.stat_result) -> bool:
    """Give a new file the owner, mode and attributes of an old one, and tell if that was possible."""
    try:
        new = os.stat(made)
        if (new.st_uid, new.st_gid) != (known.st_uid, known.st_gid):
            os.chown(made, known.st_uid, known.st_gid)
        os.chmod(made, stat.S_IMODE(known.st_mode))
        if hasattr(os, "listxattr"):
            for name in os.listxattr(path):
                os.setxattr(made, name, os.getxattr(path, name))
    except OSError:
        return False
    return True
