# Generated from src/catalogue.rs by `cargo run --features cli -- emit`: do not edit.
"""The errors of the Intelliprint API: every type and code, a decoder and an exception.

Needs Python 3.9 and no other package. ``ApiError.from_response`` takes any failed response.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime, parsedate_to_datetime
from enum import Enum
from typing import Any, Literal, Union

Headers = Union[Mapping[Any, Any], Iterable[tuple[Any, Any]], None]
"""The headers of requests or httpx, a mapping, or pairs. Names and values may be bytes."""
Retry = Literal["never", "after_delay", "if_idempotent"]
Origin = Literal["api", "sdk"]

_TYPE_DESCRIPTIONS: dict[str, str] = {
    "invalid_request_error": "A parameter provided in the request was invalid, missing, or unknown. The param field will contain the name of the parameter that caused the error.",
    "authentication_error": "The API key provided was invalid or missing.",
    "payment_error": "The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit.",
    "rate_limited": "The IP address has exceeded the rate limit.",
    "internal_error": "An internal server error occurred on Intelliprint’s side.",
    "network_error": "This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.",
}

# Type, HTTP status (None if only SDKs raise the code) and retry rule.
_FACTS: dict[str, tuple[str, int | None, Retry]] = {
    "parameter_invalid": ("invalid_request_error", 400, "never"),
    "parameter_missing": ("invalid_request_error", 400, "never"),
    "parameter_unknown": ("invalid_request_error", 400, "never"),
    "body_too_large": ("invalid_request_error", 413, "never"),
    "body_incorrect_format": ("invalid_request_error", 422, "never"),
    "no_api_key": ("authentication_error", 401, "never"),
    "invalid_api_key": ("authentication_error", 401, "never"),
    "payment_error": ("payment_error", 402, "never"),
    "not_found": ("invalid_request_error", 404, "never"),
    "rate_limited": ("rate_limited", 429, "after_delay"),
    "internal_error": ("internal_error", 500, "if_idempotent"),
    "network_error": ("network_error", None, "if_idempotent"),
    "forbidden": ("authentication_error", 403, "never"),
    "refused": ("invalid_request_error", 403, "never"),
}

_DESCRIPTIONS: dict[str, str] = {
    "parameter_invalid": "The value provided for a parameter was invalid.",
    "parameter_missing": "A required parameter was missing from the request.",
    "parameter_unknown": "An unknown parameter was provided in the request.",
    "body_too_large": "The request body was too large (> 100 MiB).",
    "body_incorrect_format": "The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request).",
    "no_api_key": "No API key was provided in the request.",
    "invalid_api_key": "The API key provided was invalid or expired.",
    "payment_error": "The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit.",
    "not_found": "The requested resource was not found.",
    "rate_limited": "The IP address has exceeded the rate limit.",
    "internal_error": "An internal server error occurred on Intelliprint’s side.",
    "network_error": "This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.",
    "forbidden": "The API key provided was not authorised to access the requested resource.",
    "refused": "The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource.",
}

_REMEDIES: dict[str, str] = {
    "parameter_invalid": "Correct the value of the parameter that param names, then send the request again.",
    "parameter_missing": "Add the parameter that param names, then send the request again.",
    "parameter_unknown": "Remove the parameter that param names, or correct its spelling. The message may suggest the name that was meant.",
    "body_too_large": "Send less in one request: compress the files, or split the job into several requests.",
    "body_incorrect_format": "Send one valid JSON object or a multipart/form-data request, and set the Content-Type header to match.",
    "no_api_key": "Send the API key with the request. If it is sent, check that no proxy removes it.",
    "invalid_api_key": "Check that the key is complete and has not expired, or create a new one.",
    "payment_error": "Top up the account’s balance or have its credit limit raised, then send the request again.",
    "not_found": "Check the method, the path and the ID. Check that the resource belongs to the account of the API key.",
    "rate_limited": "Wait, then send the request again. Wait longer after each further failure, and spread requests out.",
    "internal_error": "Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice. If the error persists, contact support.",
    "network_error": "Check the connection. Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice.",
    "forbidden": "Use a key that is authorised to access the resource, or have this one authorised.",
    "refused": "Delete resources of this kind that are no longer needed, or have the account’s limit raised.",
}


class ErrorType(str, Enum):
    """The general category of an error. A newer server may send other names."""

    INVALID_REQUEST_ERROR = "invalid_request_error"
    """A parameter provided in the request was invalid, missing, or unknown. The param field will contain the name of the parameter that caused the error."""
    AUTHENTICATION_ERROR = "authentication_error"
    """The API key provided was invalid or missing."""
    PAYMENT_ERROR = "payment_error"
    """The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit."""
    RATE_LIMITED = "rate_limited"
    """The IP address has exceeded the rate limit."""
    INTERNAL_ERROR = "internal_error"
    """An internal server error occurred on Intelliprint’s side."""
    NETWORK_ERROR = "network_error"
    """This is only triggered by the SDKs when they are unable to connect to the Intelliprint API."""

    description: str

    def __init__(self, name: str) -> None:
        self.description = _TYPE_DESCRIPTIONS[name]

    __str__ = str.__str__

    @classmethod
    def known(cls, name: str) -> ErrorType | None:
        """Return the type with this name, or None if this version does not know it."""
        return cls(name) if name in _TYPE_DESCRIPTIONS else None


class ErrorCode(str, Enum):
    """The specific error that occurred. A newer server may send other names."""

    PARAMETER_INVALID = "parameter_invalid"
    """The value provided for a parameter was invalid."""
    PARAMETER_MISSING = "parameter_missing"
    """A required parameter was missing from the request."""
    PARAMETER_UNKNOWN = "parameter_unknown"
    """An unknown parameter was provided in the request."""
    BODY_TOO_LARGE = "body_too_large"
    """The request body was too large (> 100 MiB)."""
    BODY_INCORRECT_FORMAT = "body_incorrect_format"
    """The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request)."""
    NO_API_KEY = "no_api_key"
    """No API key was provided in the request."""
    INVALID_API_KEY = "invalid_api_key"
    """The API key provided was invalid or expired."""
    PAYMENT_ERROR = "payment_error"
    """The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit."""
    NOT_FOUND = "not_found"
    """The requested resource was not found."""
    RATE_LIMITED = "rate_limited"
    """The IP address has exceeded the rate limit."""
    INTERNAL_ERROR = "internal_error"
    """An internal server error occurred on Intelliprint’s side."""
    NETWORK_ERROR = "network_error"
    """This is only triggered by the SDKs when they are unable to connect to the Intelliprint API."""
    FORBIDDEN = "forbidden"
    """The API key provided was not authorised to access the requested resource."""
    REFUSED = "refused"
    """The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource."""

    error_type: ErrorType
    http_status: int | None
    """The status of a response with this code, or None if only SDKs raise it."""
    retry: Retry
    origin: Origin
    description: str
    remedy: str
    """How to fix the error."""

    def __init__(self, name: str) -> None:
        type_name, self.http_status, self.retry = _FACTS[name]
        self.error_type = ErrorType(type_name)
        self.origin = "sdk" if self.http_status is None else "api"
        self.description = _DESCRIPTIONS[name]
        self.remedy = _REMEDIES[name]

    __str__ = str.__str__

    @classmethod
    def known(cls, name: str) -> ErrorCode | None:
        """Return the code with this name, or None if this version does not know it."""
        return cls(name) if name in _FACTS else None


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
        # Objects become tuples of pairs and arrays lists, so neither passes for the other. No
        # number is read, so none may fail. int() rejects NaN and Infinity, which are not JSON.
        document = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=tuple,
            parse_int=float,
            parse_constant=int,
        )
        error = ErrorObject(
            **_members(_members(document, "error")["error"], "message", "type", "code", "param")
        )
        texts = [error.message, error.type, error.code]
        texts += [] if error.param is None else [error.param]
        # join() rejects what is not a string, and encode() a lone surrogate.
        "".join(texts).encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return error


def _members(value: Any, *names: str) -> dict[str, Any]:
    """Return the members with these names. Readers would disagree on a duplicate."""
    if not isinstance(value, tuple):
        raise TypeError("not an object")
    known = [(name, member) for name, member in value if name in names]
    if len(dict(known)) < len(known):
        raise ValueError("duplicate member")
    return dict(known)


class ApiError(Exception):
    """A failed call: what the response said, also if a proxy sent it, or that none came."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        request_id: str | None = None,
        retry_after: int | datetime | None = None,
        error_object: ErrorObject | None = None,
        body: bytes | str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, or None if no response came."""
        self.request_id = request_id
        """The header ``Request-Id``. Support asks for it."""
        self.retry_after = retry_after
        """The header ``Retry-After``: seconds, at most 86,400, or a date in UTC."""
        self.error_object = error_object
        """The error object, or None if the body is not one."""
        self.body = body
        """The body as it was given, or None if no response came."""

    @classmethod
    def from_response(cls, status: int, headers: Headers, body: bytes | str) -> ApiError:
        """Make the error of a response. This never fails, whatever the response holds."""
        error_object = parse_error_response(body)
        values = _first_values(headers)
        request_id = values.get("request-id") or None
        return cls(
            _message(status, request_id, error_object, body),
            status=status,
            request_id=request_id,
            retry_after=_retry_after(values.get("retry-after", "")),
            error_object=error_object,
            body=body,
        )

    @classmethod
    def network(cls, cause: BaseException | None = None) -> ApiError:
        """Make the error of a call to which no response came."""
        error_object = ErrorObject(
            "No response came from the Intelliprint API", "network_error", "network_error"
        )
        error = cls(_message(None, None, error_object, b""), error_object=error_object)
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
        if self.status == 429:
            return "after_delay"
        if self.status is not None and (self.status == 408 or 500 <= self.status <= 599):
            return "if_idempotent"
        return "never"

    def may_retry(self, idempotent: bool) -> bool:
        """Return True if the request may be sent again. After ``internal_error`` the letter
        may already be on its way, so a POST must not be repeated."""
        return self.retry == "after_delay" or (idempotent and self.retry == "if_idempotent")


def _first_values(headers: Headers) -> dict[str, str]:
    """Return the first value of each header, by its name in lower case."""
    # httpx joins the values of one name in items(), but not in multi_items().
    items = getattr(headers, "multi_items", None) or getattr(headers, "items", None)
    values: dict[str, str] = {}
    for name, value in (items() if items else headers) or ():
        values.setdefault(_text(name).lower(), _text(value).strip(" \t"))
    return values


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = next(iter(value), None)
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
    return date if text in (fixed, rfc850, time.asctime(date.timetuple())) else None


def _message(
    status: int | None, request_id: str | None, error: ErrorObject | None, body: bytes | str
) -> str:
    """Return one line of at most about 1,000 characters with what support asks for."""
    if error:
        names = f"{_excerpt(error.code, 64)} ({_excerpt(error.type, 64)})"
        what = f"{names}: {_excerpt(error.message, 400)}"
    elif body:
        what = f"a body of {len(_bytes(body))} bytes: {_excerpt(body, 400)}"
        what = f"not an Intelliprint error, but {what}"
    else:
        what = "not an Intelliprint error, but an empty body"
    labels = {"param": error.param if error else None, "request id": request_id}
    shown = [f"{name}: {_excerpt(text, 120)}" for name, text in labels.items() if text is not None]
    prefix = "" if status is None else f"HTTP {status}: "
    return prefix + what + (f" [{'; '.join(shown)}]" if shown else "")


# Controls, and what reorders text or shows nothing. The last range is a byte that is not UTF-8.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\udc80-\udcff]"
)


def _excerpt(text: bytes | str, limit: int) -> str:
    """Return the text's first characters on one line, and a count of the omitted bytes."""
    data = _bytes(text)
    shown, used = "", 0
    for char in data[: limit * 4].decode(errors="surrogateescape"):
        piece = _escape(char) if _HIDDEN.match(char) else char
        if len(shown) + len(piece) > limit:
            break
        shown += piece
        used += len(char.encode(errors="surrogateescape"))
    return f"{shown}… (+{len(data) - used} bytes)" if used < len(data) else shown


def _escape(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    return {"\t": r"\t", "\r": r"\r", "\n": r"\n"}.get(char, f"\\u{{{ord(char):x}}}")


def _bytes(text: bytes | str) -> bytes:
    return text.encode(errors="surrogatepass") if isinstance(text, str) else bytes(text)
