"""Compares what a command printed with how a document shows it.

In what is shown, `…` stands for any run of characters in a line, and on a line of its own for any
number of lines. Holes with a name stand for values that differ in each run: {uuid4}, {UUID7} …; a
second name, as in {UUID7:connection}, wants the same value wherever it stands.
"""

import json
import re

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-%s[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
SHAPES = {
    "uuid4": UUID % "4",
    "uuid7": UUID % "7",
    "UUID7": (UUID % "7").replace("a-f", "A-F").replace("ab", "AB"),
    "token32": "[A-Za-z0-9_-]{32}",
    "words": "[a-z]+_[a-z]+",
    "base36x6": "[a-z0-9]{6}",
    "naive": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}",
    "micros": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "unix": r"\d{10}",
    "jwt": r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}",
    "port": r"\d{1,5}",
    "number": r"\d+",
}
HOLE = re.compile(r"…|\{(%s)(?::([a-z_]+))?\}" % "|".join(SHAPES))


def _pattern(shown):
    parts = []
    names = set()
    for line in shown.splitlines():
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
            continue
        end = 0
        for hole in HOLE.finditer(line):
            shape, name = hole.groups()
            parts.append(re.escape(line[end:hole.start()]))
            end = hole.end()
            if shape is None:
                parts.append(".*")
            elif name is None:
                parts.append(f"(?:{SHAPES[shape]})")
            elif name in names:
                parts.append(f"(?P={name})")
            else:
                names.add(name)
                parts.append(f"(?P<{name}>{SHAPES[shape]})")
        parts.append(re.escape(line[end:]) + r"\n")
    return "".join(parts)


def _lines(text):
    """Each line with one end and no blanks before it; no empty lines at the end."""
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(line + "\n" for line in lines)


def indented(printed):
    """The same with a JSON body (after `curl -i`: behind the head) put on lines of its own."""
    text = printed.replace("\r\n", "\n")
    head, gap, body = text.rpartition("\n\n") if text.startswith("HTTP/") else ("", "", text)
    try:
        return head + gap + json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return text


def _fitting(shown_lines, printed):
    """How many lines of what is shown fit, and where in `printed` the last of them ends."""
    for count in range(len(shown_lines), -1, -1):
        match = re.match(_pattern("".join(shown_lines[:count])), printed)
        if match:
            return count, match.end()


def difference(shown, printed):
    """None when `printed` is as shown, else a text that says where it is not."""
    shown = _lines(shown)
    texts = [_lines(printed), _lines(indented(printed))]
    if any(re.fullmatch(_pattern(shown), text) for text in texts):
        return None
    lines = shown.splitlines(True)
    (count, end), text = max((_fitting(lines, text), text) for text in texts)
    wanted = lines[count].rstrip() if count < len(lines) else "the end"
    got = text[end:].partition("\n")[0] or "the end"
    return f"shown:   {wanted}\nprinted: {got}\n\nall that was printed:\n{text}"
