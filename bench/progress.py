"""Tells on standard error how far a run of the bench is: one line a step."""
import sys


class Progress:
    def __init__(self, steps):
        self._steps = steps
        self._done = 0

    def step(self, text):
        """The next step begins."""
        self._done += 1
        print(f"==> {self._done} of {self._steps}: {text}", file=sys.stderr, flush=True)


def say(text):
    """Something within a step."""
    print(f"    {text}", file=sys.stderr, flush=True)
