"""What openapi-python-client's client reads: a known code, an unknown one, and names to compare with."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from generated.client import Client
from generated.client.api.prints import list_prints
from generated.client.models import ErrorCode, ErrorResponse

HERE = Path(__file__).parent
UNKNOWN = {"error": {"message": "No more prints today", "type": "quota_error", "code": "quota_exhausted", "param": None}}


def call(status: int, body: object) -> object:
    """Calls the operation of a server whose response is this one."""
    client = Client(base_url="https://example.org")
    transport = httpx.MockTransport(lambda _: httpx.Response(status, json=body))
    client.set_httpx_client(httpx.Client(transport=transport, base_url="https://example.org"))
    return list_prints.sync(client=client)


def faults(codes: list[Any]) -> Iterator[str]:
    bodies = [(code["status"]["value"], code["example"]["value"]) for code in codes if code["status"]["value"]]
    for status, body in [*bodies, (429, UNKNOWN)]:
        parsed = call(status, body)
        if not isinstance(parsed, ErrorResponse) or parsed.to_dict() != body:
            yield f"{body} is read as {parsed}"
    names = [code["name"] for code in codes]
    if sorted(ErrorCode) != sorted(names):
        yield f"the known codes are {sorted(ErrorCode)}"
    not_found = ErrorResponse.from_dict(next(body for status, body in bodies if status == 404))
    if not_found.error.code != ErrorCode.NOT_FOUND:
        yield f"{not_found.error.code!r} does not equal {ErrorCode.NOT_FOUND!r}"


def main() -> None:
    codes = json.loads((HERE.parents[2] / "schema" / "errors.json").read_text(encoding="utf-8"))["codes"]
    if found := list(faults(codes)):
        sys.exit("\n".join(found))
    print("a client reads the example of each code that a response can have, and an unknown code")


main()
