"""Shows that each way to break a module fails the cases.

breakages.py SCHEMA_DIR FILE BREAKAGES WORK_DIR COMMAND...: puts each broken FILE into WORK_DIR and
runs COMMAND, in which the argument DIR becomes WORK_DIR.
"""

import json
import subprocess
import sys
from pathlib import Path

schema, name, list_file, work, *command = sys.argv[1:]
source = (Path(schema) / name).read_text("utf-8")
work_dir = Path(work)
work_dir.mkdir(parents=True, exist_ok=True)
command = [work if part == "DIR" else part for part in command]


def run(text):
    (work_dir / name).write_text(text, "utf-8")
    return subprocess.run(command, capture_output=True, text=True)


whole = run(source)
if whole.returncode != 0:
    sys.exit(f"the whole module fails: {whole.stdout}{whole.stderr}")
survived = []
breakages = json.loads(Path(list_file).read_text("utf-8"))
for breakage in breakages:
    if source.count(breakage["old"]) < 1:
        sys.exit(f"no such text to break: {breakage['old']}")
    broken = run(source.replace(breakage["old"], breakage["new"]))
    # A module that does not load says so on stderr; the cases print to stdout.
    if broken.returncode != 1 or broken.stderr or " Got " not in broken.stdout:
        survived.append(f"{breakage['name']}: exit code {broken.returncode} {broken.stderr[-300:]}")
print("\n".join(survived) or f"{len(breakages)} breakages fail the cases")
sys.exit(bool(survived))
