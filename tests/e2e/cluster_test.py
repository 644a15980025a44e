"""Three servers behind nginx, as docs/scale.md has them: a session lives on one of them."""

import base64
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

from emulator import AIRWEAVE_BODY, AIRWEAVE_PATH, PATIENCE, TREE, Emulator, clean_environment

# As docs/scale.md starts a server, and nginx.
SERVE, NGINX = re.search(r"mockduit serve --port \$port (.*) &\ndone\n(nginx .*)\n",
                         (TREE / "docs/scale.md").read_text()).groups()
NAMES = [f"session-{number}" for number in range(30)]  # each server gets some, wherever they listen


def ask(url, path, method="GET", body=None, **headers):
    """(status, headers, JSON)"""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url + path, method=method, headers=headers,
                                     data=None if body is None else body.encode())
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, None


@unittest.skipUnless(shutil.which("nginx"), "there is no nginx; ./dev setup integrations installs it")
class ClusterTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.servers = [self.start(number) for number in range(3)]
        self.addCleanup(lambda: [server.stop() for server in self.servers])
        self.url = self.start_nginx()

    def start(self, number, port=0):
        options = SERVE.replace("/tmp/mockduit-$port.json", str(self.folder / f"{number}.json"))
        return Emulator("--port", port, *options.split())

    def start_nginx(self):
        """On a free port, which nginx cannot choose itself: the file system knows it as a socket."""
        text = (TREE / "examples/cluster/nginx.conf").read_text()
        for number, server in enumerate(self.servers):
            text = text.replace(f"127.0.0.1:{8081 + number}", f"127.0.0.1:{server.port}")
        for attempt in range(20):
            port = 20_000 + (self.servers[0].port * 7 + attempt * 613) % 12_000
            config = self.folder / "examples/cluster/nginx.conf"
            config.parent.mkdir(parents=True, exist_ok=True)
            config.write_text(re.sub(r"listen [\d.:]+;", f"listen 127.0.0.1:{port};", text).replace(
                "/tmp/mockduit-cluster.pid", str(self.folder / "nginx.pid")))
            nginx = subprocess.Popen(["sh", "-c", "exec " + NGINX], cwd=self.folder, env=clean_environment(),
                                     stderr=subprocess.PIPE, text=True)
            if self.listens(port, nginx):
                self.addCleanup(self.end, nginx)
                return f"http://127.0.0.1:{port}"
            self.end(nginx)
        self.fail("nginx found no free port")

    @staticmethod
    def listens(port, process):
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/__admin/health", timeout=PATIENCE).close()
                return True
            except OSError:
                continue
        return False

    @staticmethod
    def end(process):
        process.terminate()
        process.wait(PATIENCE)
        process.stderr.close()

    def home_of(self, name):
        """The servers on which there is such a session."""
        return [number for number, server in enumerate(self.servers) if name in
                [one["name"] for one in ask(server.url, "/__admin/sessions")[2]["sessions"]]]

    def test_a_session_is_found_on_one_server_however_it_is_named(self):
        for name in NAMES:
            user = base64.b64encode(f"k~success@{name}:secret".encode()).decode()
            for path, headers in (
                    (f"/@{name}", {"X_API_Key": "k"}),
                    (f"/~success@{name}", {"X_API_Key": "k"}),
                    (f"/%7Esuccess%40{name}", {"X_API_Key": "k"}),
                    ("", {"X_API_Key": "k", "X_Mockduit_Session": name}),
                    ("", {"X_API_Key": f"k@{name}"}),
                    ("", {"X_API_Key": f"k~success@{name}"}),
                    ("", {"Authorization": f"Bearer k@{name}"}),
                    ("/fivetran/v1", {"Authorization": f"Basic {user}"})):
                called = "/groups" if path.endswith("/v1") else "/collections"
                answer = ask(self.url, path + called, **headers)
                self.assertEqual(answer[1]["X-Mockduit-Session"], name)
            with self.subTest(name=name):
                self.assertEqual(len(self.home_of(name)), 1)
                journal = ask(self.url, f"/__admin/sessions/{name}/requests")[2]["requests"]
                self.assertEqual(len(journal), 8)
        self.assertEqual({home for name in NAMES for home in self.home_of(name)}, {0, 1, 2})

    def test_the_selector_is_looked_for_as_a_server_does(self):
        """Wherever a request goes, its session lives on that server alone. The names in later places would
        each lead elsewhere."""
        def user(name):
            return {"Authorization": "Basic " + base64.b64encode(f"{name}:secret".encode()).decode()}

        def key(name):
            return {"X_API_Key": f"k{name}"}

        long = "x" * 64
        for name in NAMES[:12]:
            later = key(f"@{name}")
            for path, headers, session in (
                    # A scenario ends the search.
                    ("/~success", later, "default"),
                    ("/%7Esuccess", {**later, "X_Mockduit_Session": name}, "default"),
                    ("", {**later, "X_Mockduit_Scenario": "success"}, "default"),
                    ("", {**later, "Authorization": "Bearer k~success"}, "default"),
                    ("", {**later, "Authorization": "k~success"}, "default"),
                    ("/fivetran/v1", {**later, **user("k~success")}, "default"),
                    # An empty one does not, nor does a place that has none.
                    ("/~", later, name),
                    ("", {**later, "X_Mockduit_Scenario": ""}, name),
                    ("", {**later, "Authorization": "Bearer k"}, name),
                    ("", {**later, "Authorization": "Basic k@other"}, name),
                    ("/fivetran/v1", {**later, **user("k")}, name),
                    # A session in an earlier place goes before that of a later one.
                    ("", {**later, "X_Mockduit_Scenario": "success", "X_Mockduit_Session": "first"}, "first"),
                    ("", {**later, "X_Mockduit_Scenario": "success@first"}, "first"),
                    ("/@first", {**later, "X_Mockduit_Session": name}, "first"),
                    ("", {**later, "Authorization": "Token k~success@first"}, "first"),
                    # Only what is well-formed is a name.
                    ("", key(f"@{name.upper()}"), "default"),
                    ("", key(f"@Example-{name}.com"), "default"),
                    ("", key(f"@-{name}"), "default"),
                    ("", key(f"@{name} x"), "default"),
                    ("", key(f"@{name}@"), "default"),
                    ("", key(f"@{name}~success"), "default"),
                    ("", key(f"~success@{name.upper()}"), "default"),
                    ("", key(f"@x{long}"), "default"),
                    ("", key(f"@{long}"), long),
                    ("", {**later, "Authorization": f"Bearer k@{name.upper()}"}, name),
                    ("", {"X_Mockduit_Session": long, **later}, long),
                    ("", {}, "default"),
                    ("/@default", later, "default")):
                called = "/groups" if path.endswith("/v1") else "/collections"
                with self.subTest(path=path, headers=headers):
                    answer = ask(self.url, path + called, **headers)
                    self.assertEqual(answer[1]["X-Mockduit-Session"], session)
            for path, headers in (
                    (f"/@{name.upper()}", {}), (f"/~success@x{long}", {}), ("/@", later),
                    ("", {**later, "X_Mockduit_Session": f"-{name}"}),
                    ("", {**later, "X_Mockduit_Scenario": "success", "X_Mockduit_Session": f"{name}@"}),
                    ("", {**later, "X_Mockduit_Session": f"x{long}"})):
                with self.subTest(path=path, headers=headers):
                    self.assertEqual(ask(self.url, path + "/collections", **headers)[0], 400)
        for name in ("default", "first", long, *NAMES[:12]):
            with self.subTest(name=name):
                self.assertEqual(len(self.home_of(name)), 1)
        # Control calls that name no session are of `default`, whatever their headers say.
        exchanges = {json.dumps(ask(self.url, "/__admin/requests", **key(f"@{name}"))[2]) for name in NAMES}
        self.assertEqual(len(exchanges), 1)
        self.assertGreater(len(json.loads(exchanges.pop())["requests"]), 12)

    def test_a_server_that_was_away_comes_back_with_its_sessions(self):
        for name in NAMES:
            status, _, _ = ask(self.url, f"/@{name}{AIRWEAVE_PATH}", "POST", AIRWEAVE_BODY,
                               X_API_Key="k", Content_Type="application/json")
            self.assertEqual(status, 200)
        away = self.home_of(NAMES[0])[0]
        port = self.servers[away].port
        homes = {name: self.home_of(name)[0] for name in NAMES}
        self.assertEqual(self.servers[away].stop(), 0)
        for name, home in homes.items():
            status, _, _ = ask(self.url, f"/@{name}{AIRWEAVE_PATH}", X_API_Key="k")
            self.assertEqual(status, 502 if home == away else 200, name)
        self.servers[away] = self.start(away, port)
        for name in NAMES:
            _, _, kept = ask(self.url, f"/@{name}{AIRWEAVE_PATH}", X_API_Key="k")
            self.assertIn("My Stripe Account", [one["name"] for one in kept], name)

    def test_links_say_what_the_client_has_called(self):
        _, _, facts = ask(self.url, "/", Accept="application/json")
        self.assertIn(self.url, json.dumps(facts))


if __name__ == "__main__":
    unittest.main()
