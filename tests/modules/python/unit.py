"""What the cases do not show of errors.py: unit.py SCHEMA_DIR. Python 3.9 and newer."""

import ast
import copy
import json
import pickle
import sys
import unittest
from email.message import Message
from http import HTTPStatus
from pathlib import Path

sys.dont_write_bytecode = True
FOLDER = Path(sys.argv.pop(1))
sys.path.insert(0, str(FOLDER))
from errors import ApiError, ErrorCode, ErrorObject, ErrorType, parse_error_response  # noqa: E402

BODY = b'{"error":{"message":"m","type":"rate_limited","code":"rate_limited","param":"p"}}'
CATALOGUE = json.loads((FOLDER / "errors.json").read_text("utf-8"))


def docstrings(name):
    """The text under each member of an enum, as editors show it."""
    module = ast.parse((FOLDER / "errors.py").read_text("utf-8"), feature_version=(3, 9))
    body = next(node.body for node in module.body if getattr(node, "name", "") == name)
    for member, text in zip(body, body[1:]):
        if isinstance(member, ast.Assign) and isinstance(text, ast.Expr):
            yield member.targets[0].id, text.value.value


class Names(unittest.TestCase):
    def test_types_have_the_names_of_the_catalogue(self):
        self.assertEqual([t.value for t in ErrorType], [row["name"] for row in CATALOGUE["types"]])

    def test_codes_have_the_facts_of_the_catalogue(self):
        self.assertEqual([c.value for c in ErrorCode], [row["name"] for row in CATALOGUE["codes"]])
        for row in CATALOGUE["codes"]:
            code = ErrorCode(row["name"])
            facts = [code.error_type, code.http_status, code.retry, code.origin, code.remedy]
            keys = ["type", "status", "retry", "origin", "remedy"]
            self.assertEqual(facts, [row[key]["value"] for key in keys])
            self.assertIsInstance(code.error_type, ErrorType)
            self.assertEqual((code.description, code.name), (row["description"], str(code).upper()))

    def test_every_name_has_its_description_where_an_editor_shows_it(self):
        for name, kind in [("ErrorType", "types"), ("ErrorCode", "codes")]:
            texts = dict(docstrings(name))
            self.assertEqual(len(texts), len(CATALOGUE[kind]))
            for row in CATALOGUE[kind]:
                text = texts[row["name"].upper()]
                self.assertEqual(text.split("\n\n")[0], row["description"])
                mark = f".. deprecated:: {row['withdrawn']}\n"
                self.assertEqual(mark in text, row["withdrawn"] is not None)

    def test_a_name_is_a_string_and_an_unknown_one_is_none(self):
        self.assertIs(ErrorCode.known("not_found"), ErrorCode.NOT_FOUND)
        self.assertIs(ErrorType.known("rate_limited"), ErrorType.RATE_LIMITED)
        for name in ["", "NOT_FOUND", "invalid_request_error", "__class__", "not_found\n"]:
            self.assertIsNone(ErrorCode.known(name))
        self.assertIsNone(ErrorType.known("not_found"))
        self.assertEqual(ErrorCode.NOT_FOUND, "not_found")
        self.assertEqual(f"{ErrorCode.NOT_FOUND} {ErrorCode.NOT_FOUND!s}", "not_found not_found")
        self.assertEqual(json.dumps([ErrorCode.NOT_FOUND]), '["not_found"]')
        self.assertEqual({ErrorCode.NOT_FOUND: 1}["not_found"], 1)
        self.assertIs(type(ErrorCode.NOT_FOUND.value), str)

    def test_a_name_survives_pickle_and_copies(self):
        for name in [*ErrorType, *ErrorCode]:
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                self.assertIs(pickle.loads(pickle.dumps(name, protocol)), name)
            self.assertIs(copy.deepcopy(name), name)


class Failures(unittest.TestCase):
    def test_repr_has_the_object_and_not_the_body(self):
        error = ApiError.from_response(429, {"request-id": "r", "retry-after": "3"}, BODY)
        self.assertEqual(
            repr(error),
            "ApiError(status=429, request_id='r', retry_after=3, error_object=ErrorObject("
            "message='m', type='rate_limited', code='rate_limited', param='p'))",
        )

    def test_it_survives_pickle_and_copies(self):
        error = ApiError.from_response(429, {"request-id": "r", "retry-after": "3"}, BODY)
        date = ApiError.from_response(
            503, {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}, "\ud800"
        )
        network = ApiError.network(OSError("reset"))
        for original in [error, date, network]:
            copies = [copy.copy(original), copy.deepcopy(original)]
            protocols = range(pickle.HIGHEST_PROTOCOL + 1)
            copies += [pickle.loads(pickle.dumps(original, p)) for p in protocols]
            for twin in copies:
                self.assertIs(type(twin), ApiError)
                self.assertEqual((str(twin), vars(twin)), (str(original), vars(original)))
                self.assertEqual((twin.code, twin.retry), (original.code, original.retry))

        class Own(ApiError):
            pass

        own = pickle.loads(pickle.dumps(error))
        self.assertIsInstance(Own.from_response(429, None, BODY), Own)
        self.assertEqual(own.retry_after, 3)

    def test_no_response_is_a_network_error_with_its_cause(self):
        cause = OSError("reset")
        error = ApiError.network(cause)
        self.assertIs(error.__cause__, cause)
        self.assertIs(error.code, ErrorCode.NETWORK_ERROR)
        self.assertEqual([error.status, error.body, error.request_id, error.retry_after], [None] * 4)
        self.assertEqual(
            str(error), "network_error (network_error): No response came from the Intelliprint API"
        )
        self.assertTrue(error.may_retry(idempotent=True))
        self.assertFalse(error.may_retry(idempotent=False))
        self.assertIsNone(ApiError.network().__cause__)

    def test_a_letter_is_posted_again_only_if_the_first_was_turned_away(self):
        for status, idempotent, other in [(429, True, True), (500, True, False), (403, False, False)]:
            error = ApiError.from_response(status, None, b"")
            self.assertEqual((error.may_retry(True), error.may_retry(False)), (idempotent, other))

    def test_bodies_of_any_size_and_depth(self):
        large = b'{"error":{"message":"' + b"m" * (1 << 20) + b'","type":"t","code":"c"}}'
        self.assertEqual(len(parse_error_response(large).message), 1 << 20)
        for body in [b"[" * 1_000_000, b'{"a":' * 1_000_000, b'{"x":' + b"[" * 100_000 + b"]" * 100_000]:
            self.assertIsNone(ApiError.from_response(500, None, body).error_object)
        digits = b'{"x":' + b"9" * 1_000_000 + b"," + BODY[1:]
        self.assertEqual(parse_error_response(digits), parse_error_response(BODY))

        def at_the_limit():
            try:
                at_the_limit()
            except RecursionError:
                pass
            parse_error_response(b"[" * 100)

        at_the_limit()

    def test_every_cut_and_every_changed_byte_keeps_the_bytes(self):
        for at in range(len(BODY)):
            for byte in [b"", b"\0", b'"', b"\\", b"{", b"\x80", b"\xff"]:
                body = BODY[:at] + byte + BODY[at + 1 :]
                error = ApiError.from_response(400, None, body)
                self.assertIs(error.body, body)
                self.assertLess(len(str(error)), 500)
            self.assertIsNone(parse_error_response(BODY[:at]))

    def test_bodies_and_statuses_of_other_kinds(self):
        for body in [bytearray(BODY), memoryview(BODY)]:
            self.assertEqual(parse_error_response(body), parse_error_response(BODY))
        text = ApiError.from_response(400, None, "\ud800" + "x")
        self.assertEqual((text.body, text.error_object), ("\ud800x", None))
        self.assertIn("a body of 4 bytes: \\xed\\xa0\\x80x", str(text))
        error = ApiError.from_response(HTTPStatus.NOT_FOUND, None, b"")
        self.assertTrue(str(error).startswith("HTTP 404: "), str(error))
        for status in [-1, 499, 600, 10**30]:
            self.assertEqual(ApiError.from_response(status, None, b"").retry, "never")

    def test_headers_of_other_kinds(self):
        message = Message()
        message["Request-Id"] = "a"
        message["Request-Id"] = "b"
        forms = [message, {"REQUEST-ID": ["a", "b"]}, {b"request-id": b"a"}, [("Request-Id", " a ")]]
        for headers in forms:
            self.assertEqual(ApiError.from_response(400, headers, b"").request_id, "a")
        for headers in [{"Request-Id": None}, {"Request-Id": []}, {"": ""}, {1: 2}, [], {}, ()]:
            self.assertIsNone(ApiError.from_response(400, headers, b"").request_id)
        self.assertEqual(ApiError.from_response(400, {"Retry-After": 7}, b"").retry_after, 7)
        bad = ApiError.from_response(400, {"request-id": b"\xff", "retry-after": b"\xff"}, b"")
        self.assertEqual((bad.request_id, bad.retry_after), ("\ufffd", None))
        nul = ApiError.from_response(400, {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT\0"}, b"")
        self.assertIsNone(nul.retry_after)

    def test_a_day_of_a_date_has_two_digits_or_a_space_and_one(self):
        dates = ["Sun Nov 06 08:49:37 1994", "Sun Nov  6 08:49:37 1994"]
        wrong = ["Sun Nov 6 08:49:37 1994", "Wed Nov  16 08:49:37 1994", "Sun,  6 Nov 1994 08:49:37 GMT"]
        for text in [*dates, *wrong]:
            error = ApiError.from_response(503, {"retry-after": text}, b"")
            self.assertEqual(error.retry_after is not None, text in dates, text)

    def test_objects_are_values(self):
        same = ErrorObject("m", "rate_limited", "rate_limited", "p")
        self.assertEqual(parse_error_response(BODY), same)
        self.assertEqual(len({same, parse_error_response(BODY)}), 1)
        with self.assertRaises(AttributeError):
            same.code = "other"


if __name__ == "__main__":
    unittest.main()
