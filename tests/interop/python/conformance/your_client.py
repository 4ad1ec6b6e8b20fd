"""The decoder that the runner of schema/conformance.md asks for, on top of errors.py."""

import os

import errors


def decode(status, headers, body):
    error = errors.ApiError.from_response(status, headers, body)
    found, after = error.error_object, error.retry_after
    known_type = errors.ErrorType.known(found.type) if found else None
    return {
        "object": vars(found) if found else None,
        "code": error.code,
        "type": known_type,
        "request_id": error.request_id,
        "retry_after": after if after is None or isinstance(after, int) else f"{after:%Y-%m-%dT%H:%M:%SZ}",
        "retry": error.retry,
        "line": str(error),
        # So that the run can show that the runner notices.
        "body": error.body[:9] if os.environ.get("LOSE_THE_BODY") else error.body,
    }
