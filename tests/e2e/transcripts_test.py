"""Runs the files in transcripts/. Each transcript begins with `# what it shows` and has parts:

    given   the command that starts the server, if another than `mockduit serve` (port: a free one)
    when    a command for the shell, with the server's address in $URL
    then    what it prints, as shown.py reads it; `when` and `then` may follow again
"""

import pathlib
import shlex
import subprocess
import unittest

from emulator import HERE, PATIENCE, Emulator, clean_environment
from shown import difference

FOLDER = HERE / "transcripts"
PARTS = ("given", "when", "then")


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


class TranscriptsTest(unittest.TestCase):
    def play(self, parts):
        command = dict(parts).get("given", "mockduit serve")
        program, serve, *options = shlex.split(command)
        self.assertEqual((program, serve), ("mockduit", "serve"))
        printed = None
        with Emulator(*options) as emulator:
            for part, text in parts:
                if part == "when":
                    environment = clean_environment(URL=emulator.url)
                    printed = subprocess.run(["sh", "-c", text], env=environment, cwd=HERE,
                                             capture_output=True, text=True, timeout=PATIENCE)
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
