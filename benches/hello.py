"""The programs that `benches/compile` and `benches/size` build: each decodes one body and prints it."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "hello"

BASELINE = "B: serde derive, serde_json, strum derive"
OURS = "intelliprint-error"
BARE = "intelliprint-error, no default features"
NOTHING = "an empty hello-world"
# The dependencies below an empty program: no change of this crate can build faster.
FLOOR = "serde_core and serde_json alone"
BARE_FLOOR = "serde_core alone"

HERE = f'path = "{ROOT}"'
LEAN_SERDE = 'serde_core = { version = "1", default-features = false, features = ["alloc"] }\n'
LEAN_JSON = 'serde_json = { version = "1", default-features = false, features = ["alloc"] }\n'
DEPENDENCIES = {
    BASELINE: """
serde = { version = "1", features = ["derive"] }
serde_json = "1"
strum = { version = "0.28", features = ["derive"] }
""",
    OURS: f"intelliprint-error = {{ {HERE} }}\n",
    BARE: f"intelliprint-error = {{ {HERE}, default-features = false }}\n",
    NOTHING: "",
    FLOOR: f"{LEAN_SERDE}{LEAN_JSON}",
    BARE_FLOOR: LEAN_SERDE,
}

# The body is an argument, so that the compiler cannot decode it.
DECODING = """
fn main() {{
    let body = std::env::args().nth(1).unwrap_or_default();
    match {decode} {{
        Ok(response) => println!("{{}} ({{}})", response.error.{message}, {code}),
        Err(error) => println!("{{error}}"),
    }}
}}
"""
EMPTY = 'fn main() {\n    println!("{}", std::env::args().nth(1).unwrap_or_default());\n}\n'
PROGRAMS = {
    BASELINE: f'#[allow(dead_code)]\n#[path = "{ROOT}/benches/speed/baseline.rs"]\nmod baseline;\n'
    + DECODING.format(
        decode="serde_json::from_slice::<baseline::Response>(body.as_bytes())",
        message="message",
        code="<&str>::from(response.error.code)",
    ),
    OURS: DECODING.format(
        decode="intelliprint_error::ErrorResponse::from_slice(body.as_bytes())",
        message="message()",
        code="response.error.code().as_str()",
    ),
    BARE: 'fn main() {\n    println!("{}", intelliprint_error::ErrorCode::NotFound);\n}\n',
    NOTHING: EMPTY,
    FLOOR: EMPTY,
    BARE_FLOOR: EMPTY,
}


def lay_out(name, profile=""):
    """Write the package of that name, and fetch what it needs, so that it builds without a network."""
    crate = WORK / f"hello-{list(PROGRAMS).index(name)}"
    (crate / "src").mkdir(parents=True, exist_ok=True)
    manifest = f'[package]\nname = "hello"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n'
    (crate / "Cargo.toml").write_text(manifest + DEPENDENCIES[name] + profile)
    (crate / "src" / "main.rs").write_text(PROGRAMS[name])
    run("cargo", "fetch", "--quiet", cwd=crate)
    return crate


def run(*command, **more):
    """Return the wall-clock and CPU seconds of a command and of the processes it starts."""
    start = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, **more)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))}:\n{errors.decode()[:2000]}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime
