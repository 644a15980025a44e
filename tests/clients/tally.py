"""Counts judgements, and prints what they come to."""

import collections
import json
import pathlib
import sys

from sets import SERIAL, SETS
from truth import CHECKS

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs/checks.md"
BEGIN, END = "<!-- tests/clients -->", "<!-- /tests/clients -->"
LETTER = {"pass": "P", "fail": "F", "not_exercised": "-", "inconclusive": "?", "either": "~"}
# A truth and a verdict of it, in the order of the columns.
COLUMNS = [truth + verdict for truth in "PF-" for verdict in "PF-?"]
MOST_INCONCLUSIVE = {True: 2, False: 15}  # per cent: of serial sets, of the others


def pair(judgement):
    return LETTER[judgement["truth"]] + LETTER[judgement["verdict"]]


def counted(judged):
    """Where the truth is a matter of milliseconds, nothing counts."""
    return [j for j in judged if j["truth"] != "either"]


def false_passes(judged):
    return [j for j in judged if pair(j) == "FP"]


def false_fails(judged):
    return [j for j in judged if pair(j) in ("PF", "-F")]


def told_false(judged):
    return false_passes(judged) + false_fails(judged)


def key(judgement):
    return judgement["session"], judgement["check"]


def table(judged):
    counts = {check: collections.Counter() for check in CHECKS}
    for judgement in judged:
        counts[judgement["check"]][pair(judgement)] += 1
    heads = [f"{c[0]}→{c[1]}" for c in COLUMNS]
    lines = [f"  {'check':26}" + "".join(f"{head:>6}" for head in heads) + "     ~"]
    for check, count in counts.items():
        either = sum(n for key, n in count.items() if key[0] == "~")
        lines.append(f"  {check:26}" + "".join(f"{count[c] or '.':>6}" for c in COLUMNS) + f"{either or '.':>6}")
    return "\n".join(lines)


def rate(judged):
    """Per cent of what was shown, or said to be open, that is inconclusive."""
    shown = [j for j in counted(judged) if j["truth"] != "not_exercised" or j["verdict"] == "inconclusive"]
    open_ones = [j for j in shown if j["verdict"] == "inconclusive"]
    return 100 * len(open_ones) / len(shown) if shown else 0.0


def told(judgement):
    return (f"  {judgement['check']} said {judgement['verdict']}, is {judgement['truth']}: {judgement['setting']}, "
            f"{judgement['scenario']}, {judgement['set']} ({judgement['session']})\n      {judgement['summary']}")


def grouped(judged):
    """One line for each setting, scenario and set that the same was said of."""
    seen = {}
    for judgement in judged:
        seen.setdefault((judgement["check"], judgement["setting"], judgement["scenario"], judgement["set"]), judgement)
    return [told(seen[key]) for key in sorted(seen)]


def tables(judged):
    parts = ["truth→verdict: P pass, F fail, - not exercised, ? inconclusive; ~ truth that milliseconds decide"]
    for title in [*SETS, "all sets"]:
        of_set = [j for j in judged if title in (j["set"], "all sets")]
        if of_set:
            parts.append(f"{title}: {len(false_passes(of_set))} false passes, {len(false_fails(of_set))} false fails, "
                         f"{rate(of_set):.1f} % inconclusive\n{table(of_set)}")
    for title, those in (("false passes", false_passes(judged)), ("false fails", false_fails(judged))):
        parts.append("\n".join([f"{title}: {len(those)}", *grouped(those)]))
    for serial, most in MOST_INCONCLUSIVE.items():
        share = rate([j for j in judged if (j["set"] in SERIAL) == serial])
        parts.append(f"inconclusive, {'serial' if serial else 'parallel'} sets: {share:.1f} % (at most {most} % is the aim)")
    return "\n\n".join(parts)


def write_list(file, judged):
    """Each mismatch, the inconclusive ones included."""
    with open(file, "w") as out:
        for judgement in counted(judged):
            if judgement["truth"] != judgement["verdict"]:
                out.write(json.dumps(judgement) + "\n")


def find_place():
    """The parts of docs/checks.md before and behind the table."""
    text = DOCS.read_text()
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        print(f"tests/clients: docs/checks.md has no {BEGIN} … {END} to write between", file=sys.stderr)
        sys.exit(2)
    before, rest = text.split(BEGIN)
    return before, rest.split(END)[1]


def write_docs(judged, settings, runs):
    before, behind = find_place()
    lines = [f"{settings} settings of real clients, {runs} runs:", "",
             "| check | right | false pass | false fail | inconclusive | not seen |", "|---|---|---|---|---|---|"]
    for check in CHECKS:
        those = [j for j in counted(judged) if j["check"] == check and pair(j) != "--"]
        pairs = collections.Counter(map(pair, those))
        lines.append(f"| `{check}` | {pairs['PP'] + pairs['FF']} | {pairs['FP']} | {pairs['PF'] + pairs['-F']} "
                     f"| {pairs['P?'] + pairs['F?'] + pairs['-?']} | {pairs['P-'] + pairs['F-']} |")
    DOCS.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + behind)
