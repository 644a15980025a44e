"""Writes what was measured into docs/performance.md and the README, between their marks."""
import os
import pathlib
import textwrap

from table import short

TREE = pathlib.Path(__file__).resolve().parent.parent
PAGE = TREE / "docs/performance.md"
README = TREE / "README.md"
WIDTH = 115


def replace(text, name, content):
    """The text with that between its marks, which must be there: <!-- bench:name --> and so on."""
    begin, end = f"<!-- bench:{name} -->\n", f"<!-- /bench:{name} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"there is no {begin.strip()} … {end}")
    return before + begin + content.rstrip("\n") + "\n" + end + after


def write(file, name, content):
    """Paragraphs of one long line are broken as ours are; tables and lists are not."""
    content = "\n".join(line if line.startswith(("|", "- ")) else textwrap.fill(line, WIDTH)
                        for line in content.split("\n"))
    text = file.read_text(encoding="utf-8")
    file.write_text(replace(text, name, content), encoding="utf-8")


def write_picture(name, text):
    (TREE / "docs" / f"performance-{name}.svg").write_text(text, encoding="utf-8")


# What the README says, in medians alone.


def words_on_speed(values):
    """By the keys of figures.Row."""
    def of(key):
        return values[key].partition(" (")[0]

    anonymous, resident = of("idle").split("; ")
    return (f"32 callers on {os.cpu_count()} shared cores: {of('throughput_32')} creates a second, "
            f"{of('ratio_32')} of nginx's constant answer, p99 {of('p99_32')} ms. From the start "
            f"to the first answer: {of('start')} ms. Idle: {resident} MiB resident, {anonymous} of "
            "them its own.")


def words_on_peers(throughput):
    """By the peer's title, with Mockduit first."""
    (_, ours), *others = throughput.items()
    count = len({title.partition(",")[0] for title, _ in others})
    fastest, most = max(others, key=lambda one: one[1].median)
    return (f"Of {count} other servers of mocks beside it, the fastest ({fastest}) answers "
            f"{short(most.median)} a second, where it answers {short(ours.median)}.")
