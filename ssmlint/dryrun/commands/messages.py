"""What the kernel says, in the language of the caller (glibc's own translations)."""

from __future__ import annotations

_GERMAN = {
    "Device or resource busy": "Das Gerät oder die Ressource ist belegt",
    "Invalid argument": "Das Argument ist ungültig",
    "Operation not supported": "Die Operation wird nicht unterstützt",
    "No such file or directory": "Datei oder Verzeichnis nicht gefunden",
    "mount point is busy": "Einhängepunkt ist beschäftigt",
    "freeze failed": "Einfrieren ist fehlgeschlagen",
    "unfreeze failed": "Auftauen ist fehlgeschlagen",
}


def translated(text: str, language: str) -> str:
    """A message in the caller's language; English where there is no translation."""
    return _GERMAN.get(text, text) if language == "de" else text
