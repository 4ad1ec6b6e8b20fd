"""Random responses, of which none may raise: fuzz.py SCHEMA_DIR SEEDS_DIR COUNT SEED FILE.

Writes each response and what errors.py makes of it to FILE, as a line of JSON, for fuzz.mjs and
fuzz.php. Equal SEEDs make equal responses.
"""

import base64
import json
import random
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from errors import ApiError  # noqa: E402

RANDOM = random.Random(sys.argv[4])
SEEDS = [seed.read_bytes()[:2_000] for seed in sorted(Path(sys.argv[2]).iterdir())]
WORDS = [b'"', b"\\", b"\\u", b"{", b"}", b"[", b"]", b",", b":", b"null", b"NaN", b"\0", b"\xef\xbb\xbf", b"9" * 5_000]
WORDS += [b"error", b"message", b"type", b"code", b"param", b"\xed\xa0\x80", "\u202e\U000e0041😀é".encode()]
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
DATES = [DATE, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "86400", "0"]
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\ufeff\U000e0000-\U000e0fff]")


def changed(data, words):
    """The bytes with some of them cut out, replaced or repeated, or with a word put in."""
    data = bytearray(data)
    for _ in range(RANDOM.choice([0, 1, 1, 2, 8])):
        at, end = sorted(RANDOM.randint(0, len(data)) for _ in range(2))
        word = RANDOM.choice(words) if RANDOM.random() < 0.7 else RANDOM.randbytes(RANDOM.randint(0, 4))
        data[at : RANDOM.choice([at, at + len(word), end])] = RANDOM.choice([word, data[at:end]])
    return bytes(data)


def response():
    body = changed(RANDOM.choice([*SEEDS, RANDOM.randbytes(RANDOM.randint(0, 2_000))]), WORDS)
    # Bytes of a header are Latin-1 in requests, so any of them may come.
    after = changed(RANDOM.choice(DATES).encode(), [b"GMT", b"0", b" ", b"\0", b"Mon"]).decode("latin-1")
    request_id = changed(b"req_1", WORDS).decode("latin-1")
    status = RANDOM.choice([400, 404, 408, 429, 500, 502, 599, 600, 0, -1, 2**31])
    return status, {"Request-Id": request_id, "retry-after": after}, body


def seen(status, headers, body):
    error = ApiError.from_response(status, headers, body)
    line, after = str(error), error.retry_after
    if error.body is not body or len(line) > 1_100 or HIDDEN.search(line):
        raise AssertionError(line)
    return {
        "object": error.error_object and vars(error.error_object),
        "code": error.code and error.code.value,
        "request_id": error.request_id,
        "retry_after": after.strftime("%Y-%m-%dT%H:%M:%SZ") if hasattr(after, "strftime") else after,
        "retry": error.retry,
        "line": line,
    }


with open(sys.argv[5], "w", encoding="utf-8") as file:
    for _ in range(int(sys.argv[3])):
        status, headers, body = response()
        try:
            found = seen(status, headers, body)
        except Exception:
            print(f"{(status, headers, body)!r:.5000}")
            raise
        line = {"status": status, "headers": headers, "body": base64.b64encode(body).decode()}
        print(json.dumps({**line, "seen": found}), file=file)
print(f"{sys.argv[3]} random responses pass")
