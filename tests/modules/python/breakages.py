"""Shows that each way to break a module fails the cases.

breakages.py SCHEMA_DIR FILE BREAKAGES WORK_DIR COMMAND...: puts each broken FILE into a folder of its
own in WORK_DIR and runs COMMAND, in which the argument DIR becomes that folder.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

schema, name, list_file, work, *command = sys.argv[1:]
source = (Path(schema) / name).read_text("utf-8")


def run(number, text):
    folder = Path(work, str(number))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    parts = [str(folder) if part == "DIR" else part for part in command]
    return subprocess.run(parts, capture_output=True, text=True)


whole = run(0, source)
if whole.returncode != 0:
    sys.exit(f"the whole module fails: {whole.stdout}{whole.stderr}")
breakages = json.loads(Path(list_file).read_text("utf-8"))
texts = []
for breakage in breakages:
    if breakage["old"] not in source:
        sys.exit(f"no such text to break: {breakage['old']}")
    texts.append(source.replace(breakage["old"], breakage["new"]))
with ThreadPoolExecutor(os.cpu_count()) as pool:
    runs = list(pool.map(run, range(1, 1 + len(texts)), texts))
survived = []
for breakage, broken in zip(breakages, runs):
    # A module that does not load says so on stderr; the cases print to stdout.
    if broken.returncode != 1 or broken.stderr or " Got " not in broken.stdout:
        survived.append(f"{breakage['name']}: exit code {broken.returncode} {broken.stderr[-300:]}")
print("\n".join(survived) or f"{len(breakages)} breakages fail the cases")
sys.exit(bool(survived))
