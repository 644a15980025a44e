"""docs/reaching.md: each of its blocks goes as it stands there."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from emulator import BINARY, PATIENCE, TREE, Emulator, clean_environment, request

BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", (TREE / "docs/reaching.md").read_text(), re.DOTALL | re.MULTILINE)
# A client that has the vendor's URL in its code, and tries again where it is throttled.
CLIENT = """
import urllib.error, urllib.request

for attempt in (1, 2, 3):
    request = urllib.request.Request("https://api.airweave.ai/source-connections",
                                     b'{"name": "My source", "short_name": "stripe"}',
                                     {"X-API-Key": "my-key", "Content-Type": "application/json"})
    try:
        print(urllib.request.urlopen(request).status)
    except urllib.error.HTTPError as error:
        print(error.code)
"""


class ReachingDocsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "mockduit").symlink_to(BINARY)

    def block(self, words):
        [text] = [text for _, text in BLOCKS if words in text]
        return text

    def run_shell(self, script, url="http://127.0.0.1:8080"):
        """What it prints; `url` stands in for the address of the document."""
        script = script.replace("127.0.0.1:8080", url.removeprefix("http://"))
        done = subprocess.run(["sh", "-ec", script], cwd=self.folder, text=True, capture_output=True,
                              timeout=PATIENCE, stdin=subprocess.DEVNULL,
                              env=clean_environment(PATH=f"{self.folder}:{os.environ['PATH']}"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_each_block_is_run(self):
        self.assertEqual([kind for kind, _ in BLOCKS], ["sh", "sh", "sh", "yaml"])

    def test_the_variables_of_a_server_that_runs(self):
        with Emulator() as server:
            told = self.run_shell(self.block("mockduit env") + "env", server.url)
        self.assertIn(f"\nMOCKDUIT_URL={server.url}\n", "\n" + told)
        self.assertIn(f"\nSUPERMETRICS_BASE_URL={server.url}\n", "\n" + told)

    def test_tls(self):
        start, *calls = self.block("--tls").splitlines()
        options = re.fullmatch(r"mockduit serve (.*) &", start)[1].split()
        with Emulator(*options) as server:  # ready, as it is for who types the next line
            self.assertEqual(json.loads(self.run_shell("\n".join(calls), server.url))["status"], "ok")

    def test_intercepting(self):
        (self.folder / "client.py").write_text(CLIENT)
        self.assertEqual(self.run_shell(self.block("--intercept")).split(), ["429", "429", "200"])

    def test_the_aliases_of_compose_are_the_vendors_hosts(self):
        hosts = re.search(r"aliases: \[(.*)]", self.block("aliases"))[1].split(", ")
        with Emulator("--host", "0.0.0.0", "--admin-token", "my-token") as server:
            server.host = "127.0.0.1"
            for host in hosts:
                answer = request(server, "GET", "/nothing/of/the/kind", host=host)
                self.assertEqual((answer.status, answer.headers["X-Mockduit-Outcome"]), (404, "not_found"), host)
            # As the vendor chosen has it; of a name that chooses none, the server answers itself.
            answer = request(server, "GET", "/nothing/of/the/kind", host="api.test")
            self.assertEqual((answer.status, answer.headers["X-Mockduit-Outcome"]), (404, "none"))


if __name__ == "__main__":
    unittest.main()
