"""Reads the tour in a document, and runs it in one shell against a server.

The tour stands between `<!-- tour -->` and `<!-- /tour -->`. Each fenced `sh` block there is run;
where a `text`, `json` or `http` block follows next, it is what the command prints. `mockduit` there
is the binary under test, or the one in a folder that is put on the PATH.
"""

import os
import re
import signal
import subprocess
import threading

from emulator import BINARY, PATIENCE, TREE, clean_environment
from shown import difference

TOUR = re.compile(r"^<!-- tour -->\n(.*?)^<!-- /tour -->$", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OUTPUT = ("text", "json", "http")
ADDRESS = re.compile(r"\b(?:127\.0\.0\.1|localhost):8080\b")
END = "-- that command ended with "


def read_tour(document):
    """Gives [(command, what it is shown to print or None), …]."""
    tours = TOUR.findall(document)
    if not tours:
        raise ValueError("there is no <!-- tour --> … <!-- /tour -->")
    return read_steps("".join(tours))


def read_steps(text):
    """The same of all of a text."""
    steps = []
    for kind, text in BLOCK.findall(text):
        if kind == "sh":
            steps.append([text, None])
        elif kind in OUTPUT and steps and steps[-1][1] is None:
            steps[-1][1] = text
        elif kind in OUTPUT:
            raise ValueError(f"this {kind} block follows no command:\n{text}")
    return [tuple(step) for step in steps]


class Shell:
    """One `sh` for all commands, as if they were pasted one after the other."""

    def __init__(self, folder, programs=None):
        self._process = subprocess.Popen(["sh"], cwd=folder, text=True, stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                         env=clean_environment(MOCKDUIT=BINARY),
                                         start_new_session=True)
        self._patience = threading.Timer(PATIENCE, self._end)
        self._patience.start()
        if programs is None:
            self.run('mockduit() { "$MOCKDUIT" "$@"; }')
        else:
            self.run(f'PATH="{programs}:$PATH"')

    def _end(self):
        os.killpg(self._process.pid, signal.SIGKILL)

    def run(self, command):
        """(exit code, what it printed)"""
        # In braces, so that the shell has read all of it before a command reads anything.
        self._process.stdin.write(f"{{\n{command}\n}} </dev/null\nprintf '\\n{END}%s\\n' $?\n")
        self._process.stdin.flush()
        printed = ""
        for line in self._process.stdout:
            if line.startswith(END):
                return int(line.removeprefix(END)), printed.removesuffix("\n")
            printed += line
        return self._process.wait(PATIENCE), printed

    def close(self):
        self._process.communicate()
        self._patience.cancel()


def run_tour(document, url, folder=TREE):
    """Gives the first step that does not go as shown, with what is wrong, or None."""
    return run_steps(read_tour(document), url, folder)


def run_steps(steps, url, folder=TREE, programs=None):
    """The same of these steps. `programs` is a folder that comes first on the PATH."""
    address = url.removeprefix("http://")
    shell = Shell(folder, programs)
    try:
        for command, shown in steps:
            here = ADDRESS.sub(address, command).replace("build/release/mockduit", '"$MOCKDUIT"')
            code, printed = shell.run(here)
            printed = printed.replace(address, "127.0.0.1:8080")
            if code != 0:
                return f"exit code {code} of\n{command}\n{printed}"
            wrong = difference(shown, printed) if shown is not None else None
            if wrong:
                return f"not as shown:\n{command}\n{wrong}"
        return None
    finally:
        shell.close()
