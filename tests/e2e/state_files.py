"""FileTest: each test has a folder of its own, in which a server keeps its state."""

import pathlib
import tempfile
import unittest


class FileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "state.json"

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())
