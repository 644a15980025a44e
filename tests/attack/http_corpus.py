"""Reads http_corpus.txt, whose first lines say how it is written."""

import dataclasses
import pathlib
import re

MACROS = {
    "GET": "GET /v1/groups HTTP/1.1\r\n",
    "POST": "POST /v1/groups HTTP/1.1\r\n",
    "HOST": "Host: localhost\r\n",
    "TE": "Transfer-Encoding: chunked\r\n",
    "END": "\r\n",
}
ESCAPES = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\", "{": "{"}


SPECIAL = re.compile(r"\\x(?P<byte>[0-9a-f]{2})|\\(?P<escape>[rnt0\\{])"
                     r"|\{CL:(?P<length>[^}]*)\}|\{(?P<macro>[A-Z]+)\}"
                     r"|\{(?P<repeated>[^{}]+?)\*(?P<times>\d+)\}")


def unescaped(text):
    """The bytes that a line of the corpus stands for."""
    def one(match):
        if match["byte"]:
            return chr(int(match["byte"], 16))
        if match["escape"]:
            return ESCAPES[match["escape"]]
        if match["macro"]:
            return MACROS[match["macro"]]
        if match["repeated"]:
            return unescaped(match["repeated"]).decode("latin-1") * int(match["times"])
        return f"Content-Length: {unescaped(match['length']).decode('latin-1')}\r\n"

    return SPECIAL.sub(one, text).encode("latin-1")


@dataclasses.dataclass
class Case:
    name: str
    section: str
    line: int
    steps: list  # (word, the rest of the line), in order

    @property
    def refused(self):
        return any(word == "refuses" for word, _ in self.steps)


def read_cases():
    cases, section = [], None
    path = pathlib.Path(__file__).with_name("http_corpus.txt")
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("=="):
            section = line.strip("= ")
        elif line.startswith("  "):
            word, _, rest = line.strip(" ").partition(" ")
            assert word in ("sends", "only", "takes", "refuses", "continues", "closes", "ends", "nothing", "unseen",
                            "host"), f"{path}:{number}: {word}"
            cases[-1].steps.append((word, rest))
        elif line.strip() and not line.startswith("#"):
            cases.append(Case(line.strip(), section, number, []))
    return cases
