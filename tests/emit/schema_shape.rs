//! The shape of the JSON Schemas in `schema/`, as generators and validators need it.
//!
//! `tests/interop/run` shows it with their own tools. These tests fail at once, before a tool is
//! installed. `tests/interop/README.md` has the reason of each rule.

use std::collections::BTreeSet;

use intelliprint_error::{ErrorCode, ErrorType, WireEnum};
use serde_json::{Value, json};

const STRICT: &str = include_str!("../../schema/error.schema.json");
const OPEN: &str = include_str!("../../schema/error.open.schema.json");
const OPENAPI: &str = include_str!("../../schema/openapi.json");
const OPENAPI_OPEN: &str = include_str!("../../schema/openapi.open.json");
const OPENAPI_30: &str = include_str!("../../schema/openapi.3.0.json");
const CATALOGUE: &str = include_str!("../../schema/errors.json");

const DEFINITIONS: [&str; 4] = ["ErrorCode", "ErrorObject", "ErrorResponse", "ErrorType"];

/// The only keywords of a definition: each of `oneOf`, `anyOf`, `const`, `if`,
/// `additionalProperties` and the rest breaks some tool.
const KEYWORDS: [&str; 9] = [
    "$ref",
    "description",
    "enum",
    "examples",
    "properties",
    "required",
    "title",
    "type",
    "x-enum-descriptions",
];

#[test]
fn the_schemas_have_the_shape() {
    assert_eq!(strict_faults(&parse(STRICT)), [""; 0]);
    assert_eq!(open_faults(&parse(OPEN)), [""; 0]);
}

/// The definitions of a JSON Schema as OpenAPI has them: a mock server prefers a schema's example
/// to the response's own, and would answer a 401 with it.
fn without_examples(schema: &str) -> Value {
    let mut definitions = parse(schema)["$defs"].clone();
    definitions["ErrorResponse"].as_object_mut().unwrap().remove("examples").unwrap();
    definitions
}

fn schemas(document: &str) -> Value {
    parse(&document.replace("#/components/schemas/", "#/$defs/"))["components"]["schemas"].clone()
}

#[test]
fn openapi_has_the_definitions_without_their_examples() {
    assert_eq!(schemas(OPENAPI), without_examples(STRICT));
    assert_eq!(schemas(OPENAPI_OPEN), without_examples(OPEN));
}

#[test]
fn openapi_3_0_is_the_open_document_in_its_own_words() {
    let mut expected = parse(OPENAPI_OPEN)["components"].clone();
    let param = &mut expected["schemas"]["ErrorObject"]["properties"]["param"];
    assert_eq!(param["type"], json!(["string", "null"]));
    param["type"] = "string".into();
    param["nullable"] = true.into();
    assert_eq!(parse(OPENAPI_30)["components"], expected);
    assert!(!OPENAPI_30.contains("\"null\""));
    for name in ["type", "code"] {
        let field = &expected["schemas"]["ErrorObject"]["properties"][name];
        assert_eq!((&field["type"], field.get("enum")), (&json!("string"), None));
    }
}

/// The faults that were tried with the tools of `tests/interop/`, and a few more: each is found
/// here, too.
#[test]
fn every_rule_can_fail() {
    let names = |schema: &mut Value, key: &str| {
        schema["$defs"]["ErrorCode"].as_object_mut().unwrap().remove(key)
    };
    fails("ErrorCode: `oneOf` is not of the shape", |schema| {
        let names = names(schema, "enum").unwrap();
        let alternatives =
            names.as_array().unwrap().iter().map(|name| json!({ "const": name })).collect();
        schema["$defs"]["ErrorCode"]["oneOf"] = alternatives;
    });
    fails("ErrorType: title is null", |schema| {
        schema["$defs"]["ErrorType"].as_object_mut().unwrap().remove("title");
    });
    fails("the root has", |schema| schema["title"] = "ErrorResponse".into());
    fails("ErrorObject/param: type is \"string\"", |schema| {
        schema["$defs"]["ErrorObject"]["properties"]["param"]["type"] = "string".into();
    });
    fails("ErrorCode: x-enum-descriptions is", |schema| {
        schema["$defs"]["ErrorCode"]["x-enum-descriptions"].as_array_mut().unwrap().reverse();
    });
    fails("ErrorCode: enum is", |schema| {
        schema["$defs"]["ErrorCode"]["enum"].as_array_mut().unwrap().swap(0, 1);
    });
    fails("ErrorCode: description is", |schema| {
        schema["$defs"]["ErrorCode"]["description"] = "A code.".into()
    });
    fails("ErrorObject/type: beside `$ref` stands", |schema| {
        schema["$defs"]["ErrorObject"]["properties"]["type"]["description"] = "The type.".into();
    });
    fails("ErrorObject/message: `title` is not of the shape", |schema| {
        schema["$defs"]["ErrorObject"]["properties"]["message"]["title"] = "Message".into();
    });
    fails("ErrorObject: required is", |schema| {
        schema["$defs"]["ErrorObject"]["required"].as_array_mut().unwrap().push("param".into());
    });
    fails("the definitions are", |schema| schema["$defs"]["Name"] = json!({ "type": "string" }));
}

#[track_caller]
fn fails(fault: &str, break_it: impl Fn(&mut Value)) {
    let mut schema = parse(STRICT);
    break_it(&mut schema);
    let found = strict_faults(&schema);
    assert!(found.iter().any(|found| found.starts_with(fault)), "{fault}: not among {found:#?}");
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn strict_faults(schema: &Value) -> Vec<String> {
    let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    faults(
        schema,
        "urn:intelliprint-error:error.schema.json",
        &reference("ErrorType"),
        &reference("ErrorCode"),
    )
}

fn open_faults(schema: &Value) -> Vec<String> {
    let string = |field: &str| json!({ "description": described(field), "type": "string" });
    faults(
        schema,
        "urn:intelliprint-error:error.open.schema.json",
        &string("type"),
        &string("code"),
    )
}

fn faults(schema: &Value, id: &str, error_type: &Value, code: &Value) -> Vec<String> {
    let mut found = Faults::default();
    found.root(schema, id);
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        found.is("title", name, definition, &json!(name));
        found.keywords(name, definition);
        for (member, property) in definition["properties"].as_object().into_iter().flatten() {
            found.property(&format!("{name}/{member}"), property);
        }
    }
    found.object(&schema["$defs"]["ErrorObject"], error_type, code);
    found.names::<ErrorType>("ErrorType", "type", schema);
    found.names::<ErrorCode>("ErrorCode", "code", schema);
    found.0
}

/// Every fault, because one edit often makes several.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn root(&mut self, schema: &Value, id: &str) {
        let keys: BTreeSet<&str> = schema.as_object().unwrap().keys().map(String::as_str).collect();
        // A generator that finds a title at the root makes two types of one name.
        if keys != BTreeSet::from(["$schema", "$id", "$comment", "$ref", "$defs"]) {
            self.0.push(format!("the root has {keys:?}"));
        }
        self.is(
            "$schema",
            "the root",
            schema,
            &json!("https://json-schema.org/draft/2020-12/schema"),
        );
        self.is("$id", "the root", schema, &json!(id));
        self.is("$ref", "the root", schema, &json!("#/$defs/ErrorResponse"));
        let definitions: BTreeSet<&str> =
            schema["$defs"].as_object().unwrap().keys().map(String::as_str).collect();
        if definitions != BTreeSet::from(DEFINITIONS) {
            self.0.push(format!("the definitions are {definitions:?}"));
        }
    }

    fn property(&mut self, at: &str, property: &Value) {
        self.keywords(at, property);
        if property.get("title").is_some() {
            self.0.push(format!("{at}: `title` is not of the shape: generators make a type of it"));
        }
        if property.get("$ref").is_some() && property.as_object().unwrap().len() > 1 {
            self.0.push(format!("{at}: beside `$ref` stands another keyword"));
        }
    }

    fn keywords(&mut self, at: &str, schema: &Value) {
        for keyword in schema
            .as_object()
            .unwrap()
            .keys()
            .filter(|keyword| !KEYWORDS.contains(&keyword.as_str()))
        {
            self.0.push(format!("{at}: `{keyword}` is not of the shape"));
        }
    }

    fn object(&mut self, object: &Value, error_type: &Value, code: &Value) {
        self.is("required", "ErrorObject", object, &json!(["message", "type", "code"]));
        let properties = &object["properties"];
        self.is("type", "ErrorObject/param", &properties["param"], &json!(["string", "null"]));
        for field in ["message", "param"] {
            self.is(
                "description",
                &format!("ErrorObject/{field}"),
                &properties[field],
                &json!(described(field)),
            );
        }
        self.is("type", "ErrorObject/properties", properties, error_type);
        self.is("code", "ErrorObject/properties", properties, code);
    }

    /// Checks `enum`, `x-enum-descriptions` and the list in `description`: all three in the
    /// catalogue's order.
    fn names<T: WireEnum>(&mut self, at: &str, field: &str, schema: &Value) {
        let definition = &schema["$defs"][at];
        let names: Vec<_> = T::ALL.iter().map(|name| name.as_str()).collect();
        self.is("type", at, definition, &json!("string"));
        self.is("enum", at, definition, &json!(names));
        let descriptions: Vec<_> = T::ALL.iter().copied().map(marked).collect();
        self.is("x-enum-descriptions", at, definition, &json!(descriptions));
        let list: Vec<_> = T::ALL
            .iter()
            .zip(&descriptions)
            .map(|(name, text)| format!("- `{}`: {text}", name.as_str()))
            .collect();
        let text = format!("{}\n\n{}", described(field), list.join("\n"));
        // The description is Markdown, which escapes some characters.
        if definition["description"].as_str().unwrap_or_default().replace('\\', "") != text {
            self.0
                .push(format!("{at}: description is {}, not {text:?}", definition["description"]));
        }
    }

    fn is(&mut self, key: &str, at: &str, schema: &Value, expected: &Value) {
        if schema[key] != *expected {
            self.0.push(format!("{at}: {key} is {}, not {expected}", schema[key]));
        }
    }
}

/// The description, with the version that withdrew the name, if one did.
fn marked<T: WireEnum>(name: T) -> String {
    match name.withdrawn() {
        Some(version) => format!("{} (withdrawn in {version})", name.description()),
        None => name.description().into(),
    }
}

/// The specification's description of a field.
fn described(field: &str) -> String {
    let catalogue = parse(CATALOGUE);
    let row =
        catalogue["fields"].as_array().unwrap().iter().find(|row| row["name"] == field).unwrap();
    row["description"].as_str().unwrap().into()
}
