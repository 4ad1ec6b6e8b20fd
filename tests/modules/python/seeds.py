"""Compares errors.py with the crate on each seed: seeds.py SCHEMA_DIR VERDICTS SEEDS_DIR.

The crate's line for each seed is in lines.json, beside VERDICTS.
"""

import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from errors import ApiError  # noqa: E402

# Where Python's parser rightly differs: the last of two equal fields counts.
DIFFERENCES = {
    "member-duplicate-escaped.json",
    "member-duplicate-message.json",
    "member-duplicate-param-null.json",
}

verdicts = json.loads(Path(sys.argv[2]).read_text("utf-8"))
lines = json.loads(Path(sys.argv[2]).with_name("lines.json").read_text("utf-8"))
seeds = sorted(Path(sys.argv[3]).iterdir())
assert [seed.name for seed in seeds] == sorted(verdicts) and len(seeds) >= 163
differing = set()
for seed in seeds:
    error = ApiError.from_response(400, {"Request-Id": "req_1"}, seed.read_bytes())
    got = vars(error.error_object) if error.error_object else None
    if got != verdicts[seed.name]:
        differing.add(seed.name)
    else:
        assert str(error) == lines[seed.name], (str(error), lines[seed.name])
print(f"{len(seeds)} seeds, {len(differing)} verdicts differ: {', '.join(sorted(differing))}")
sys.exit(differing != DIFFERENCES)
