"""Runs the cases against errors.py: conformance.py SCHEMA_DIR CASES. Python 3.9 and newer."""

import base64
import json
import sys
from datetime import timezone

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import errors  # noqa: E402


def seen(status, headers, body):
    error = errors.ApiError.from_response(status, headers, body)
    found = error.error_object
    if error.status != status or error.body is not body:
        raise AssertionError("the status or the body is lost")
    after = error.retry_after
    if after is not None and not isinstance(after, int):
        assert after.tzinfo is timezone.utc
        after = after.strftime("%Y-%m-%dT%H:%M:%SZ")
    known_type = errors.ErrorType.known(found.type) if found else None
    assert "\n" not in str(error) and len(str(error)) <= 1_100
    return {
        "object": vars(found) if found else None,
        "code": error.code and error.code.value,
        "type": known_type and known_type.value,
        "request_id": error.request_id,
        "retry_after": after,
        "retry": error.retry,
        "line": str(error),
    }


def expanded(case):
    """The case with each mark of `repeat` replaced by its text, repeated."""
    text = json.dumps(case)
    for repeat in case.get("repeat", []):
        # Without the quotes around it.
        text = text.replace(repeat["mark"], json.dumps(repeat["text"] * repeat["times"])[1:-1])
    return json.loads(text)


def bodies(case):
    """The body as bytes, and as text if it is text."""
    raw = base64.b64decode(case["body_base64"]) if "body_base64" in case else case["body"].encode()
    yield raw
    try:
        yield raw.decode()
    except UnicodeDecodeError:
        pass


def header_forms(pairs):
    yield pairs
    yield iter(pairs)
    yield [(name.encode(), value.encode()) for name, value in pairs]
    names = [name.lower() for name, _ in pairs]
    if len(set(names)) == len(names):
        yield dict(pairs)
    if not pairs:
        yield None


def failures(cases):
    for case in map(expanded, cases):
        for body in bodies(case):
            for headers in header_forms(case["headers"]):
                try:
                    got = seen(case["status"], headers, body)
                except Exception as error:  # Decoding is total: nothing may be raised.
                    got = {"raised": repr(error)[:200]}
                if not any(want.items() <= got.items() for want in case["allowed"]):
                    yield f"{case['name']}: {case['reason']} Got {str(got)[:600]}"
                    break


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    assert len(cases) >= 150, len(cases)
    failed = list(failures(cases))
    print("\n".join(failed) or f"{len(cases)} cases pass")
    sys.exit(bool(failed))
