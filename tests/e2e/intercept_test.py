"""`mockduit exec --intercept`: clients whose code has the vendors' real URLs."""

import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from emulator import BINARY, HERE, PATIENCE, clean_environment, run_mockduit
from executed import run_shell

FIVETRAN = "https://api.fivetran.com/v1/groups"
REQUESTS = '''
import sys, {library} as client
answer = client.get(sys.argv[1], auth=("my-key", "my-secret"))
print(answer.status_code, answer.json()["code"])
'''
URLLIB = '''
import base64, sys, urllib.error, urllib.request
key = "Basic " + base64.b64encode(b"my-key:my-secret").decode()
request = urllib.request.Request(sys.argv[1], headers={"Authorization": key})
print(urllib.request.urlopen(request).status, "Success")
'''
FETCH = '''
const headers = {Authorization: "Basic " + Buffer.from("my-key:my-secret").toString("base64")};
const answer = await fetch(process.argv[2], {headers});
console.log(answer.status, (await answer.json()).code);
'''
HTTPS = '''
const https = require("node:https");
https.get(process.argv[2], {auth: "my-key:my-secret"}, (answer) => {
  console.log(answer.statusCode, "Success");
  answer.resume();
});
'''
ANY_PORT = '''
const [http, https, net] = ["http", "https", "net"].map((name) => require("node:" + name));
const {once} = require("node:events");
const host = "another.example";
// Leads there without a resolver, which a machine need not have.
const lookup = (_, {all}, done) =>
  all ? done(null, [{address: "127.0.0.1", family: 4}]) : done(null, "127.0.0.1", 4);

async function main() {
  const server = http.createServer((_, answer) => answer.end("own")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = server.address().port;
  const socket = net.connect({port, host, lookup, autoSelectFamily: true});
  socket.end("GET / HTTP/1.0\\r\\n\\r\\n");
  console.log("raw", (await socket.toArray()).join("").split("\\r\\n\\r\\n")[1]);
  console.log("fetch", (await fetch(`http://${host}:${port}/`)).status);
  for (const [name, client] of Object.entries({http, https})) {
    const [answer] = await once(client.get({host, port, lookup, agent: new client.Agent()}), "response");
    console.log(name, answer.resume().statusCode);
  }
  server.close();
}
main();
'''
AXIOS = '''
import axios from "axios";
const answer = await axios.get(process.argv[2], {auth: {username: "my-key", password: "my-secret"}});
console.log(answer.status, answer.data.code);
'''
GO = '''
package main

import ("fmt"; "net/http"; "os")

func main() {
	request, _ := http.NewRequest("GET", os.Args[1], nil)
	request.SetBasicAuth("my-key", "my-secret")
	answer, err := http.DefaultClient.Do(request)
	if err != nil { fmt.Println(err); os.Exit(1) }
	fmt.Println(answer.StatusCode, "Success")
}
'''
JAVA = '''
import java.net.URI;
import java.net.http.*;
import java.util.Base64;

class Client {
  public static void main(String[] words) throws Exception {
    String key = Base64.getEncoder().encodeToString("my-key:my-secret".getBytes());
    HttpRequest request = HttpRequest.newBuilder(URI.create(words[0]))
        .header("Authorization", "Basic " + key).build();
    System.out.println(HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString()).statusCode() + " Success");
  }
}
'''


class InterceptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def expect_answer(self, *command):
        ended = run_mockduit("exec", "--intercept", "--", *command, FIVETRAN)
        self.assertEqual((ended.returncode, ended.stdout.strip()), (0, "200 Success"), ended.stderr)
        self.assertIn("fivetran.list_all_groups", ended.stderr)

    def test_curl(self):
        ended = run_mockduit("exec", "--intercept", "--", "curl", "-sS", "-u", "my-key:my-secret",
                             FIVETRAN)
        self.assertIn('"code":"Success"', ended.stdout, ended.stderr)

    def test_python(self):
        self.expect_answer(sys.executable, self.write("client.py", URLLIB))

    def test_requests_and_httpx(self):
        for library in ("requests", "httpx"):
            with self.subTest(library=library):
                # A folder here has the name of one, too.
                found = importlib.util.find_spec(library)
                if found is None or found.origin is None:
                    self.skipTest(f"there is no {library}")
                self.expect_answer(sys.executable,
                                   self.write(f"with_{library}.py", REQUESTS.format(library=library)))

    def test_nodes_fetch_and_https(self):
        self.expect_answer("node", self.write("client.mjs", FETCH))
        self.expect_answer("node", self.write("client.cjs", HTTPS))

    def test_axios(self):
        if not (HERE / "node_modules/axios").exists():
            self.skipTest("there is no axios")
        os.symlink(HERE / "node_modules", self.folder / "node_modules")
        self.expect_answer("node", self.write("axios.mjs", AXIOS))

    def test_go(self):
        if shutil.which("go") is None:
            self.skipTest("there is no Go")
        program = str(self.folder / "client")
        built = subprocess.run(["go", "build", "-o", program, self.write("client.go", GO)],
                               env=clean_environment(GOFLAGS="-mod=mod"), capture_output=True,
                               text=True, timeout=5 * PATIENCE)
        self.assertEqual(built.returncode, 0, built.stderr)
        self.expect_answer(program)

    def test_java(self):
        if shutil.which("javac") is None:
            self.skipTest("there is no Java compiler")
        self.expect_answer("java", self.write("Client.java", JAVA))

    def test_each_host_that_is_refused_is_named(self):
        hosts = ["one.example", "two.example", "three.example", "four.example"]
        ended = run_mockduit("exec", "--intercept", "--", "sh", "-c",
                             f"for h in {' '.join(hosts)}; do curl -s -o /dev/null http://$h/; done")
        for host in hosts:
            self.assertIn(f"a client wants '{host}'", ended.stderr)

    def test_no_other_host_is_reached(self):
        for command in (["curl", "-sS", "-o", "/dev/null", "-w", "%{http_connect}",
                         "https://example.com/"],
                        ["node", "-e", "fetch('https://example.com/').then((answer) => "
                                       "console.log(answer.status))"]):
            with self.subTest(command=command[0]):
                ended = run_mockduit("exec", "--intercept", "--", *command)
                self.assertIn("502", ended.stdout, ended.stderr)
                self.assertIn("which is no vendor's host: refused with 502", ended.stderr)

    def test_nodes_clients_of_http_reach_no_other_host_on_any_port(self):
        ended = run_mockduit("exec", "--intercept", "--", "node", self.write("client.cjs", ANY_PORT))
        told = dict(line.split(" ", 1) for line in ended.stdout.splitlines())
        self.assertEqual(told, {"raw": "own", "fetch": "502", "http": "502", "https": "502"}, ended.stderr)

    def test_no_name_of_another_machine_is_answered_for(self):
        for url in ("http://db/v1/groups", "http://host.docker.internal/v1/groups", "http://10.0.0.1/v1/groups"):
            with self.subTest(url=url):
                ended = run_mockduit("exec", "--intercept", "--", "curl", "-sS", "-o", "/dev/null", "-w",
                                     "%{http_code}", url)
                self.assertEqual(ended.stdout, "502", ended.stderr)

    def test_this_machines_own_servers_are_reached(self):
        script = ("const server = require('node:http').createServer((_, answer) => answer.end('own'));"
                  "server.listen(0, '127.0.0.1', async () => {"
                  "const url = `http://127.0.0.1:${server.address().port}/`;"
                  "console.log(await (await fetch(url)).text()); server.close()})")
        ended = run_mockduit("exec", "--intercept", "--", "node", "-e", script)
        self.assertEqual(ended.stdout, "own\n", ended.stderr)

    def test_the_files_that_clients_need_go_with_the_command(self):
        tell = "import json, os; print(json.dumps(dict(os.environ)))"
        ended = run_mockduit("exec", "--intercept", "--", sys.executable, "-c", tell,
                             TMPDIR=str(self.folder), NODE_OPTIONS="--no-warnings")
        variables = json.loads(ended.stdout)
        self.assertEqual(pathlib.Path(variables["SSL_CERT_FILE"]).parent.parent, self.folder)
        self.assertTrue(variables["NODE_OPTIONS"].startswith("--no-warnings --require="))
        self.assertEqual(list(self.folder.iterdir()), [])


    def test_a_folder_of_temporaries_may_have_a_blank_and_be_relative(self):
        (self.folder / "a b").mkdir()
        for command in (["node", self.write("client.mjs", FETCH), FIVETRAN],
                        ["sh", "-c", 'cd / && exec "$0" "$@"', sys.executable, self.write("client.py", URLLIB),
                         FIVETRAN]):
            ended = subprocess.run([BINARY, "exec", "--intercept", "--", *command], cwd=self.folder, text=True,
                                   env=clean_environment(TMPDIR="a b"), stdin=subprocess.DEVNULL,
                                   capture_output=True, timeout=PATIENCE)
            self.assertEqual(ended.stdout.strip(), "200 Success", ended.stderr)
        self.assertEqual(list((self.folder / "a b").iterdir()), [])

    def test_what_a_killed_run_left_the_next_one_takes_away(self):
        environment = clean_environment(TMPDIR=str(self.folder))
        running = [subprocess.Popen([BINARY, "exec", "--intercept", "--", "sh", "-c", "echo; exec cat"],
                                    env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL) for _ in range(2)]
        for each in running:
            each.stdout.readline()  # it runs
        killed, other = running
        killed.kill()
        killed.wait(PATIENCE)
        self.assertEqual(len(list(self.folder.iterdir())), 2)
        kept = run_mockduit("exec", "--intercept", "--", "sh", "-c", 'ls "$TMPDIR"', TMPDIR=str(self.folder))
        self.assertEqual(len(kept.stdout.split()), 2, "its own, and that of the other which still runs")
        other.communicate(timeout=PATIENCE)
        self.assertEqual(list(self.folder.iterdir()), [])
        for pipe in (killed.stdin, killed.stdout):
            pipe.close()


class EnvTest(unittest.TestCase):
    def test_a_shell_takes_what_it_prints(self):
        ended = run_shell('eval "$("$MOCKDUIT_BINARY" env --url "$MOCKDUIT_URL/")"; '
                          'curl -s -u k:s "$FIVETRAN_API_URL/groups"')
        self.assertIn('"code":"Success"', ended.stdout, ended.stderr)

    def test_it_prints_what_exec_sets(self):
        told = run_mockduit("env", "--url", "http://mock.test:1", "--admin-token", "it's")
        self.assertIn("export MOCKDUIT_URL='http://mock.test:1'\n", told.stdout)
        self.assertIn("export MOCKDUIT_FIVETRAN_URL='http://mock.test:1/v1'\n", told.stdout)
        self.assertIn("export MOCKDUIT_ADMIN_TOKEN='it'\\''s'\n", told.stdout)
        file = run_mockduit("env", "--format", "file")
        self.assertIn("MOCKDUIT_URL=http://127.0.0.1:8080\n", file.stdout)


if __name__ == "__main__":
    unittest.main()
