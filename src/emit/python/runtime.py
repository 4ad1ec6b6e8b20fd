# {{header}}
"""The errors of the Intelliprint API: every type and code, a decoder and an exception.

Needs Python 3.9 and no other package. ``ApiError.from_response`` takes any failed response.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime, parsedate_to_datetime
from enum import Enum
from typing import Any, Literal, Union

Headers = Union[Mapping[Any, Any], Iterable[tuple[Any, Any]], None]
"""The headers of requests or httpx, a mapping, or pairs. Names and values may be bytes."""
Retry = Literal["never", "after_delay", "if_idempotent"]

# Type, HTTP status (None if only SDKs raise the code), retry rule, description and remedy.
_FACTS: dict[str, tuple[str, int | None, Retry, str, str]] = {
    # {{facts}}
}  # fmt: skip


class ErrorType(str, Enum):
    """The general category of an error. A newer server may send other names."""

    # {{types}}

    __str__ = str.__str__

    @classmethod
    def known(cls, name: str) -> ErrorType | None:
        """Return the type with this name, or None if this version does not know it."""
        return cls(name) if name in cls._value2member_map_ else None


class ErrorCode(str, Enum):
    """The specific error that occurred. A newer server may send other names."""

    # {{codes}}

    error_type: ErrorType
    http_status: int | None
    """The status of a response with this code, or None if only SDKs raise it."""
    retry: Retry
    origin: Literal["api", "sdk"]
    description: str
    remedy: str
    """How to fix the error."""

    def __init__(self, name: str) -> None:
        type_name, self.http_status, self.retry, self.description, self.remedy = _FACTS[name]
        self.error_type = ErrorType(type_name)
        self.origin = "sdk" if self.http_status is None else "api"

    __str__ = str.__str__

    @classmethod
    def known(cls, name: str) -> ErrorCode | None:
        """Return the code with this name, or None if this version does not know it."""
        return cls(name) if name in cls._value2member_map_ else None


@dataclass(frozen=True)
class ErrorObject:
    """The error object of a response, with the names as sent."""

    message: str
    type: str
    code: str
    param: str | None = None


def parse_error_response(body: bytes | str) -> ErrorObject | None:
    """Return the error object of a response body, or None if the body is not one."""
    try:
        text = body if isinstance(body, str) else bytes(body).decode()
        # No number is read, so none is too long. int() rejects NaN and Infinity: not JSON.
        document = json.loads(text.removeprefix("\ufeff"), parse_int=float, parse_constant=int)
        found = document["error"]
        error = ErrorObject(found["message"], found["type"], found["code"], found.get("param"))
        texts = [error.message, error.type, error.code, "" if error.param is None else error.param]
        # join() rejects what is not a string, and encode() a lone surrogate.
        "".join(texts).encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return error


@dataclass(eq=False)
class ApiError(Exception):
    """A failed call: what the response said, also if a proxy sent it, or that none came."""

    status: int | None = None
    """The HTTP status, or None if no response came."""
    request_id: str | None = None
    """The header ``Request-Id``. Support asks for it."""
    retry_after: int | datetime | None = None
    """The header ``Retry-After``: seconds, at most 86,400, or a date in UTC."""
    error_object: ErrorObject | None = None
    """The error object, or None if the body is not one."""
    body: bytes | str | None = field(default=None, repr=False)
    """The body as it was given, or None if no response came."""

    @classmethod
    def from_response(cls, status: int, headers: Headers, body: bytes | str) -> ApiError:
        """Make the error of a response. This never fails, whatever the response holds."""
        values = _first_values(headers)
        request_id = values.get("request-id") or None
        retry_after = _retry_after(values.get("retry-after", ""))
        return cls(status, request_id, retry_after, parse_error_response(body), body)

    @classmethod
    def network(cls, cause: BaseException | None = None) -> ApiError:
        """Make the error of a call to which no response came."""
        message = "No response came from the Intelliprint API"
        error = cls(error_object=ErrorObject(message, "network_error", "network_error"))
        error.__cause__ = cause
        return error

    @property
    def code(self) -> ErrorCode | None:
        """The code if this version knows it. ``error_object.code`` has every name as sent."""
        return ErrorCode.known(self.error_object.code) if self.error_object else None

    @property
    def retry(self) -> Retry:
        """Whether the request may be sent again: by the code if known, else by the status."""
        if self.code:
            return self.code.retry
        if self.status == 408 or (self.status or 0) // 100 == 5:
            return "if_idempotent"
        return "after_delay" if self.status == 429 else "never"

    def may_retry(self, idempotent: bool) -> bool:
        """Return True if the request may be sent again. After ``internal_error`` the letter
        may already be on its way, so a POST must not be repeated."""
        return self.retry == "after_delay" or (idempotent and self.retry == "if_idempotent")

    def __str__(self) -> str:
        """Return one line of at most about 1,000 characters with what support asks for."""
        line = "" if self.status is None else f"HTTP {self.status}: "
        error, body = self.error_object, _bytes(self.body or b"")
        if error:
            line += f"{_cut(error.code, 64)} ({_cut(error.type, 64)}): {_cut(error.message, 400)}"
        else:
            text = f"a body of {len(body)} bytes: {_cut(body, 400)}" if body else "an empty body"
            line += f"not an Intelliprint error, but {text}"
        labels = {"param": error.param if error else None, "request id": self.request_id}
        shown = [f"{name}: {_cut(text, 120)}" for name, text in labels.items() if text is not None]
        return f"{line} [{'; '.join(shown)}]" if shown else line


def _first_values(headers: Headers) -> dict[str, str]:
    """Return the first value of each header, by its name in lower case."""
    # httpx joins the values of one name in items(), but not in multi_items().
    items = getattr(headers, "multi_items", None) or getattr(headers, "items", None)
    values: dict[str, str] = {}
    for name, value in (items() if items else headers) or ():
        values.setdefault(_text(name).lower(), _text(value).strip(" \t"))
    return values


def _text(value: Any) -> str:
    value = next(iter(value), None) if isinstance(value, (list, tuple)) else value
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)


def _retry_after(text: str) -> int | datetime | None:
    if re.fullmatch("[0-9]+", text):
        return int(min(float(text), 86_400))
    try:
        date = parsedate_to_datetime(text).replace(tzinfo=timezone.utc)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # The three formats of RFC 9110. The parser alone would accept many more.
    fixed = format_datetime(date, usegmt=True)
    days = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
    rfc850 = f"{days[date.weekday()]}day, {fixed[5:11].replace(' ', '-')}-{fixed[14:]}"
    asctime = date.ctime()
    return date if text in (fixed, rfc850, asctime, asctime.replace("  ", " 0")) else None


# Controls, and what reorders text or shows nothing.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def _cut(text: bytes | str, limit: int) -> str:
    """Return the text's first characters on one line, and a count of the omitted bytes."""
    data = _bytes(text)
    shown, used = "", 0
    for char in data[: limit * 4].decode(errors="surrogateescape"):
        raw = char.encode(errors="surrogateescape")
        piece = raw.decode(errors="backslashreplace")
        if _HIDDEN.match(piece):
            piece = repr(char)[1:-1] if char in "\t\r\n" else f"\\u{{{ord(char):x}}}"
        if len(shown) + len(piece) > limit:
            break
        shown += piece
        used += len(raw)
    return f"{shown}… (+{len(data) - used} bytes)" if used < len(data) else shown


def _bytes(text: bytes | str) -> bytes:
    return text.encode(errors="surrogatepass") if isinstance(text, str) else bytes(text)
