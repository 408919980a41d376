"""Requests that are refused with a sentence for the user, which is no failure of the server."""

from __future__ import annotations

import logging

from pygls.exceptions import JsonRpcException

_REQUEST_FAILED = -32803


class Refusal(JsonRpcException):
    """Ends a request with a message that the editor shows (LSP 3.17, `RequestFailed`)."""

    CODE = _REQUEST_FAILED


def quietly() -> None:
    """Keep pygls from logging refusals as if something had crashed."""
    log = logging.getLogger("pygls.protocol.json_rpc")
    if _is_worth_a_line not in log.filters:
        log.addFilter(_is_worth_a_line)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], Refusal))
