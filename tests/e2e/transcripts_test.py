"""Runs the files in transcripts/. Each transcript begins with `# what it shows` and has parts:

    given   the command that starts the server, if another than `mockduit serve` (port: a free one)
    when    a command for the shell, with the server's address in $URL
    then    what it prints, as shown.py reads it; `when` and `then` may follow again

They are played over a socket, by curl. Where $MOCKDUIT_IN_PROCESS names the program of
in_process.cc, they are played in its process instead: its answers stand in for curl.
"""

import os
import pathlib
import shlex
import subprocess
import unittest

from emulator import HERE, PATIENCE, Emulator, clean_environment
from shown import difference

FOLDER = HERE / "transcripts"
PARTS = ("given", "when", "then")
IN_PROCESS = os.environ.get("MOCKDUIT_IN_PROCESS")

# The shell's `curl` that asks in_process.cc; the two ends of its pipes are in the environment.
CURL = """exec 3>"$ASK" 4<"$ANSWERS"
curl() {
  printf '%s\\0' "$#" "$@" >&3
  IFS= read -r curl_lines <&4
  while [ "${curl_lines:-0}" -gt 1 ]; do
    IFS= read -r curl_line <&4
    printf '%s\\n' "$curl_line"
    curl_lines=$((curl_lines - 1))
  done
  IFS= read -r curl_line <&4
  printf '%s' "$curl_line"
}
"""


def read_transcripts(path):
    """Gives (title, [(part, text), …]) of each transcript."""
    transcripts = []
    for line in path.read_text().splitlines():
        if line.startswith("# "):
            transcripts.append((line[2:], []))
        elif line in PARTS:
            transcripts[-1][1].append([line, ""])
        elif transcripts and transcripts[-1][1] and (not line or line.startswith("    ")):
            transcripts[-1][1][-1][1] += line[4:] + "\n"
        elif line:
            raise ValueError(f"{path.name}: {line!r} is neither a title, a part nor indented")
    return [(title, [(part, text.strip("\n")) for part, text in parts])
            for title, parts in transcripts]


class OverASocket:
    """A server, and a shell that calls it with curl."""

    def __init__(self, *options):
        self._emulator = Emulator(*options)

    def shell(self, text):
        return run_shell(text, URL=self._emulator.url)

    def end(self):
        self._emulator.end()


class InProcess:
    """A server that listens nowhere, and a shell whose `curl` it answers."""

    def __init__(self, *options):
        self._server = subprocess.Popen([IN_PROCESS, *options], env=clean_environment(), cwd=HERE,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def shell(self, text):
        ends = self._server.stdin.fileno(), self._server.stdout.fileno()
        ask, answers = (f"/dev/fd/{end}" for end in ends)
        return run_shell(CURL + text, ends, URL="http://127.0.0.1:8080", ASK=ask, ANSWERS=answers)

    def end(self):
        self._server.stdin.close()
        self._server.stdout.close()
        code = self._server.wait(PATIENCE)
        assert code == 0, f"the server ended with exit code {code}"


def run_shell(text, files=(), **environment):
    return subprocess.run(["sh", "-c", text], env=clean_environment(**environment), cwd=HERE,
                          pass_fds=files, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=PATIENCE)


class TranscriptsTest(unittest.TestCase):
    def play(self, parts):
        command = dict(parts).get("given", "mockduit serve")
        program, serve, *options = shlex.split(command)
        self.assertEqual((program, serve), ("mockduit", "serve"))
        server = InProcess(*options) if IN_PROCESS else OverASocket(*options)
        self.addCleanup(server.end)
        printed = None
        for part, text in parts:
            if part == "when":
                printed = server.shell(text)
            elif part == "then":
                wrong = difference(text, printed.stdout + printed.stderr)
                if wrong:
                    self.fail(f"not as the transcript has it\n{wrong}")


def test_of(parts):
    return lambda self: self.play(parts)


def add_tests():
    for path in sorted(FOLDER.glob("*.txt")):
        for title, parts in read_transcripts(path):
            name = f"test_{pathlib.Path(path).stem}: {title}"
            if hasattr(TranscriptsTest, name):
                raise ValueError(f"two transcripts are called {name}")
            setattr(TranscriptsTest, name, test_of(parts))


add_tests()

if __name__ == "__main__":
    unittest.main()
