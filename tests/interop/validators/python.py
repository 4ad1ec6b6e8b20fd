"""Every example and every body of the corpus, by python-jsonschema."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

HERE = Path(__file__).parent
SCHEMA = HERE.parents[2] / "schema"
FILES = {"strict": "error.schema.json", "open": "error.open.schema.json"}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def reasons(validator, body):
    return sorted(reason(error) for error in validator.iter_errors(body))


def reason(error: ValidationError):
    pointer = "".join(f"/{part}" for part in error.absolute_path)
    if error.validator != "required":
        return f"{pointer}: {error.validator}"
    # Only the message has the field's name: 'code' is a required property
    return f"{pointer}: required {error.message.split(chr(39))[1]}"


def faults(kind, examples, corpus):
    schema = read(SCHEMA / FILES[kind])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for example in examples:
        if found := reasons(validator, example):
            yield f"{kind}: {example['error']['code']}: {found}"
    for case in corpus:
        if (found := reasons(validator, case["body"])) != case[kind]:
            yield f"{kind}: {case['name']}: {found}, not {case[kind]}"


def main():
    examples = [code["example"]["value"] for code in read(SCHEMA / "errors.json")["codes"]]
    corpus = read(HERE.parent / "corpus.json")
    found = [fault for kind in FILES for fault in faults(kind, examples, corpus)]
    if found:
        sys.exit("\n".join(found))
    differ = sum(case["strict"] != case["open"] for case in corpus)
    print(f"{len(examples)} examples and {len(corpus)} bodies, strict and open, which differ in {differ}")


main()
