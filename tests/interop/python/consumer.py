"""A Python program that uses the generated models. `main` is the test, and mypy checks the file."""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from generated import error_open_schema as open_models
from generated import error_schema as strict_models

HERE = Path(__file__).parent


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def wait(error: strict_models.ErrorObject) -> int:
    """Strict: the code is an enum."""
    return 1 if error.code is strict_models.ErrorCode.rate_limited else 0


def wait_open(error: open_models.ErrorObject) -> int:
    """Open: the code is any string, and the enum's values are strings, to compare it with."""
    return 1 if error.code == open_models.ErrorCode.rate_limited else 0


def param_of(error: strict_models.ErrorObject | open_models.ErrorObject) -> str:
    """An absent param and a null one are both None."""
    return "(none)" if error.param is None else error.param


def parses(model: type[BaseModel], body: object) -> bool:
    try:
        model.model_validate_json(json.dumps(body))
    except ValidationError:
        return False
    return True


def bodies(examples: list[Any], corpus: list[Any]) -> Iterator[str]:
    for example in examples:
        strict = strict_models.ErrorResponse.model_validate(example).error
        lenient = open_models.ErrorResponse.model_validate(example).error
        wanted = example["error"]
        if (strict.code.value, strict.type.value) != (wanted["code"], wanted["type"]):
            yield f"{wanted['code']}: parsed as {strict}"
        if wait(strict) != wait_open(lenient) or param_of(strict) != param_of(lenient):
            yield f"{wanted['code']}: strict and open differ"
    for case in corpus:
        for kind, models in (("strict", strict_models), ("open", open_models)):
            if parses(models.ErrorResponse, case["body"]) is not (case[kind] == []):
                yield f"{kind}: {case['name']}: reasons {case[kind]}, yet the model says otherwise"


def attribute_docs(module: Path, name: str) -> dict[str, str]:
    """The string after each assignment of a class. Python does not keep it for an enum."""
    classes = [node for node in ast.parse(module.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
    body = next(node.body for node in classes if node.name == name)
    docs = {}
    for assignment, text in zip(body, body[1:]):
        if isinstance(assignment, ast.Assign) and isinstance(assignment.targets[0], ast.Name):
            docs[assignment.targets[0].id] = ast.literal_eval(text.value).strip() if isinstance(text, ast.Expr) else ""
    return docs


def descriptions(catalogue: Any) -> Iterator[str]:
    fields = {field["name"]: field["description"] for field in catalogue["fields"]}
    lists = {"ErrorType": ("type", catalogue["types"]), "ErrorCode": ("code", catalogue["codes"])}
    for models in (strict_models, open_models):
        for name, (field, entries) in lists.items():
            if not (getattr(models, name).__doc__ or "").strip().startswith(fields[field]):
                yield f"{models.__name__}.{name} has no docstring"
            found = attribute_docs(Path(str(models.__file__)), name)
            for entry in entries:
                if found.get(entry["name"]) != entry["description"]:
                    yield f"{models.__name__}.{name}.{entry['name']} has no description"
        for field, info in models.ErrorObject.model_fields.items():
            is_reference = models is strict_models and field in ("type", "code")
            if not is_reference and info.description != fields[field]:
                yield f"{models.__name__}.ErrorObject.{field} has no description"


def main() -> None:
    catalogue = read(HERE.parents[2] / "schema" / "errors.json")
    examples = [code["example"]["value"] for code in catalogue["codes"]]
    corpus = read(HERE.parent / "corpus.json")
    if faults := [*bodies(examples, corpus), *descriptions(catalogue)]:
        sys.exit("\n".join(faults))
    print(f"{len(examples)} examples and {len(corpus)} bodies, strict and open; every description as a docstring")


if __name__ == "__main__":
    main()
