"""The commands of schema/README.md that CI runs: the rows of its tables that end in `CI, VERSION`.

    documented.py README USED TOOL VERSION

prints the command of a tool, which must have this version there, and adds it to the file USED.

    documented.py --unused README USED

fails if a command is not in that file: the page may name no command as CI's that the run leaves out.
"""

import re
import sys
from pathlib import Path

ROW = re.compile(r"^\|.*\| `([^`]+)` \| CI, ([^ |]+) \|$", re.MULTILINE)


def command(readme: str, tool: str, version: str) -> str:
    rows = [row for row in ROW.findall(readme) if tool in row[0]]
    match rows:
        case [(found, documented)] if documented == version:
            return found
        case [(_, documented)]:
            sys.exit(f"schema/README.md has {tool} {documented}, and {version} is installed")
        case _:
            sys.exit(f"schema/README.md has {len(rows)} rows marked CI with {tool}, not one")


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[0] == "--unused":
        readme, used = (Path(path).read_text("utf-8") for path in arguments[1:])
        commands = [row[0] for row in ROW.findall(readme)]
        unused = [found for found in commands if found not in used.splitlines()]
        if unused or not commands:
            sys.exit("\n".join(["marked CI in schema/README.md, and not run:", *unused]))
        print(f"each of the {len(commands)} commands marked CI was run as it stands there")
        return
    readme, used, tool, version = arguments
    found = command(Path(readme).read_text("utf-8"), tool, version)
    with Path(used).open("a", encoding="utf-8") as file:
        print(found, file=file)
    print(found)


main()
