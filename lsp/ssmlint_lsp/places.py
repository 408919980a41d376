"""URIs of the protocol as paths, and back."""

from __future__ import annotations

import os

from pygls.uris import from_fs_path, to_fs_path, urlparse


def path_of(uri: str) -> str:
    """The path of a document.

    A document that is in no file (`untitled:Untitled-1`) goes by the last part of its URI,
    as if it lay in the current directory.
    """
    path = to_fs_path(uri)
    if path:
        return os.path.normpath(path)
    return os.path.basename(urlparse(uri)[2]) or "untitled"


def uri_of(path: str) -> str:
    """The URI of a file."""
    return str(from_fs_path(os.path.abspath(path)))


def is_file(uri: str) -> bool:
    """Whether a URI names a file of this machine."""
    return bool(to_fs_path(uri))
