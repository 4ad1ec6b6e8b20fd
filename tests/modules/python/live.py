"""requests and httpx over real sockets, and the lines of schema/python.md.

live.py SCHEMA_DIR EXAMPLE_SERVER_URL LOCAL_SERVER_URL. The example server must be fresh: its rate
limit is 60.
"""

import contextlib
import io
import sys
import time
from pathlib import Path

import httpx
import requests
from server import PAGE

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from errors import ApiError, ErrorCode  # noqa: E402

EXAMPLE, local = sys.argv[2:]


class Slept(Exception):
    pass


def sleep(seconds):
    raise Slept(seconds)


def lines_of_the_page():
    page = Path(sys.argv[1], "python.md").read_text("utf-8")
    names = {}
    exec(page.split("```python\n")[1].split("```")[0], names)
    return names["list_prints"]


def failure(url, key="key_full"):
    """The exception and what is printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            list_prints(url, key)
        except (ApiError, Slept) as error:
            return error, printed.getvalue()
    raise AssertionError("no failure")


list_prints = lines_of_the_page()
time.sleep = sleep

# The page's lines.
assert list_prints(EXAMPLE, "key_full") == []
error, printed = failure(EXAMPLE, "key_wrong")
assert (error.status, error.code, printed) == (401, ErrorCode.INVALID_API_KEY, "")
assert error.request_id.startswith("req_"), error.request_id
error, printed = failure(f"{local}/proxy")
assert (error.code, error.body, error.retry) == (None, PAGE, "if_idempotent")
assert printed == f"Not from the API, but a proxy: {PAGE}\n", printed
error, printed = failure(f"{local}/unknown")
assert printed == "A newer code: quota_exhausted Too many prints\n", printed
error, printed = failure("http://127.0.0.1:9")
assert error.code is ErrorCode.NETWORK_ERROR and isinstance(error.__cause__, requests.ConnectionError)

# Both clients' own header types. requests joins equal names, httpx does not.
response = requests.get(f"{local}/unknown/v0/prints", timeout=9)
error = ApiError.from_response(response.status_code, response.headers, response.content)
assert (error.request_id, error.retry_after) == ("req_1, req_2", 7), vars(error)
assert ApiError.from_response(403, response.headers, response.text).body == response.text
reply = httpx.get(f"{local}/unknown/v0/prints")
for headers in [reply.headers, reply.headers.raw, dict(reply.headers.raw[::-1])]:
    error = ApiError.from_response(reply.status_code, headers, reply.content)
    assert error.request_id in ("req_1", "req_2") and error.retry_after == 7, vars(error)
error = ApiError.from_response(reply.status_code, reply.headers, reply.content)
assert error.request_id == "req_1", error.request_id

# The rate limit, last.
for _ in range(61):
    reply = httpx.get(f"{EXAMPLE}/v0/prints", headers={"Authorization": "Bearer key_full"})
assert reply.status_code == 429, reply
error, printed = failure(EXAMPLE)
assert isinstance(error, Slept) and 1 <= error.args[0] <= 60, error
print("requests, httpx and the page's lines pass")
