"""As much of pytest as examples/ci/pytest needs, for machines that have none.

    python3 small_pytest.py FOLDER    runs its test_*.py with the fixtures of its conftest.py
"""

import contextlib
import importlib
import inspect
import pathlib
import sys
import traceback
import types


def fixture(function=None, scope="function"):
    if function is None:
        return lambda given: fixture(given, scope)
    function.scope = scope
    return function


class Runner:
    def __init__(self, fixtures, session):
        self.fixtures = fixtures
        self.session = session  # ends what lasts for the whole run
        self.shared = {}

    def run(self, nodeid, test):
        node = types.SimpleNamespace(nodeid=nodeid)
        with contextlib.ExitStack() as ends:
            own = {"request": types.SimpleNamespace(node=node)}
            test(**self.arguments(test, own, ends))

    def arguments(self, function, own, ends):
        names = inspect.signature(function).parameters
        return {name: self.value(name, own, ends) for name in names}

    def value(self, name, own, ends):
        if name in own:
            return own[name]
        make = self.fixtures[name]
        made, until = (self.shared, self.session) if make.scope == "session" else (own, ends)
        if name not in made:
            arguments = self.arguments(make, own, ends)
            made[name] = until.enter_context(contextlib.contextmanager(make)(**arguments))
        return made[name]


def main(folder):
    sys.modules["pytest"] = sys.modules["__main__"]
    sys.path.insert(0, str(folder))
    members = vars(importlib.import_module("conftest"))
    fixtures = {name: value for name, value in members.items() if hasattr(value, "scope")}
    passed = failed = 0
    with contextlib.ExitStack() as session:
        runner = Runner(fixtures, session)
        for file in sorted(folder.glob("test_*.py")):
            for name, test in vars(importlib.import_module(file.stem)).items():
                if not name.startswith("test_"):
                    continue
                try:
                    runner.run(f"{file.name}::{name}", test)
                    passed += 1
                except Exception:
                    failed += 1
                    print(f"{name} failed:\n{traceback.format_exc()}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
