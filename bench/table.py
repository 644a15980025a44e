"""Table: what the bench prints, for a terminal and for the docs. Spread: of some measures."""
import statistics
import typing


def short(number):
    """With as many digits as a measure is worth."""
    magnitude = abs(number)
    return f"{number:,.0f}" if magnitude >= 100 else (
        f"{number:.1f}" if magnitude >= 10 else f"{number:.2f}")


class Spread(typing.NamedTuple):
    median: float
    least: float
    most: float

    @classmethod
    def of(cls, measures):
        measures = list(measures)
        return cls(statistics.median(measures), min(measures), max(measures))

    def __str__(self):
        return f"{short(self.median)} ({short(self.least)}–{short(self.most)})"


class Table:
    """The first column names the row; the others are figures. Lists of texts, all of one length."""

    def __init__(self, head, rows):
        self.head = head
        self.rows = rows

    def text(self):
        widths = [max(map(len, column)) for column in zip(self.head, *self.rows)]
        return "\n".join(
            (line[0].ljust(widths[0]) + "".join(
                "  " + cell.rjust(width) for cell, width in zip(line[1:], widths[1:]))).rstrip()
            for line in [self.head, *self.rows])

    def markdown(self):
        rule = ["---"] + ["--:"] * (len(self.head) - 1)
        return "\n".join("| " + " | ".join(line) + " |" if line is not rule
                         else "|" + "|".join(line) + "|"
                         for line in [self.head, rule, *self.rows])
