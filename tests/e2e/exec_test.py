"""`mockduit exec` and the command it runs: variables, exit codes, streams, signals and its end."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import unittest

from emulator import BINARY, PATIENCE, TREE, Emulator, clean_environment, run_mockduit
from executed import (HASTY, ExecTest, python, read_terminal, run_exec, run_shell, start_exec,
                      take_signals, terminal_wanted)

TELL_VARIABLES = "print(json.dumps(dict(os.environ)))"


class VariablesTest(ExecTest):
    def variables(self, *options, **environment):
        result = run_exec(*options, client=TELL_VARIABLES, **environment)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def fixtures_with(self, variables="", vendor="acme"):
        """A copy of the made-up vendor that has these among its client_variables, too."""
        folder = self.folder / "fixtures" / vendor
        shutil.copytree(TREE / "examples/fixtures/acme", folder)
        contract = (folder / "v1.yaml").read_text()
        (folder / "v1.yaml").write_text(
            contract.replace("  vendor: acme\n", f"  vendor: {vendor}\n", 1).replace(
                "{ACME_API_URL: /v1}", f"{{ACME_API_URL: /v1{variables}}}", 1))
        return folder.parent

    def test_the_server_and_each_vendor_by_its_base_path(self):
        variables = self.variables()
        url = variables["MOCKDUIT_URL"]
        self.assertRegex(url, r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual(variables["MOCKDUIT_SUPERMETRICS_URL"], url + "/v1")
        self.assertEqual(variables["MOCKDUIT_AIRWEAVE_URL"], url)
        self.assertEqual(variables["MOCKDUIT_FIVETRAN_URL"], url + "/v1")

    def test_a_vendor_answers_at_its_variable(self):
        result = run_shell('curl -s -u my-key:my-secret "$MOCKDUIT_FIVETRAN_URL/groups"; '
                           'curl -s -H "X-API-Key: k" "$MOCKDUIT_AIRWEAVE_URL/sources/stripe"; '
                           'curl -s -H "Authorization: Bearer t" '
                           '"$MOCKDUIT_SUPERMETRICS_URL/teams/1/destinations"')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('"code":"Success"', result.stdout)
        for operation in ("fivetran.list_all_groups", "airweave.get_source",
                          "supermetrics.list_destinations"):
            self.assertIn(f"  {operation}", result.stderr)

    def test_what_clients_of_the_built_in_vendors_read(self):
        variables = self.variables()
        told = run_mockduit("exec", "--help").stdout
        for name, path in (("FIVETRAN_API_URL", "/v1"), ("FIVETRAN_BASE_URL", "/v1"),
                           ("AIRWEAVE_BASE_URL", ""), ("SUPERMETRICS_BASE_URL", "")):
            with self.subTest(name=name):
                self.assertEqual(variables[name], variables["MOCKDUIT_URL"] + path)
                self.assertIn(name, told)

    def test_what_clients_of_a_vendor_read_is_in_its_contract(self):
        folder = self.fixtures_with(', ACME_ROOT: ""')
        variables = self.variables("--fixtures", folder)
        url = variables["MOCKDUIT_URL"]
        self.assertEqual(variables["MOCKDUIT_ACME_URL"], url + "/v1")
        self.assertEqual(variables["ACME_API_URL"], url + "/v1")
        self.assertEqual(variables["ACME_ROOT"], url)

    def test_a_vendor_with_a_dash_has_an_underscore(self):
        variables = self.variables("--fixtures", self.fixtures_with(vendor="acme-parts"))
        self.assertEqual(variables["MOCKDUIT_ACME_PARTS_URL"], variables["MOCKDUIT_URL"] + "/v1")

    def test_they_stand_in_place_of_those_that_were_there(self):
        folder = self.fixtures_with()
        variables = self.variables("--fixtures", folder, ACME_API_URL="https://api.acme.example",
                                   MOCKDUIT_URL="http://elsewhere", MINE="as it was")
        self.assertRegex(variables["MOCKDUIT_URL"], r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual(variables["ACME_API_URL"], variables["MOCKDUIT_URL"] + "/v1")
        self.assertEqual(variables["MINE"], "as it was")

    def test_none_is_there_twice(self):
        result = run_shell("cat /proc/self/environ | tr '\\0' '\\n' | grep -c ^MOCKDUIT_URL=",
                           MOCKDUIT_URL="http://elsewhere")
        self.assertEqual(result.stdout, "1\n")

    def test_the_client_is_judged_from_within(self):
        result = run_shell(f"{BINARY} verify --require all", MOCKDUIT_BIN=BINARY)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("there was no request to judge", result.stdout)


class ExitCodeTest(ExecTest):
    def test_the_commands_own(self):
        for code in (0, 1, 2, 3, 7, 127, 255):
            with self.subTest(code=code):
                self.assertEqual(run_shell(f"exit {code}").returncode, code)

    def test_128_and_the_signal_that_killed_it(self):
        for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV, signal.SIGUSR1):
            with self.subTest(signal=number.name):
                result = run_shell(f"kill -{number.value} $$")
                self.assertEqual(result.returncode, 128 + number)
                self.assertIn("there was no request to judge", result.stderr)

    def test_3_when_a_gate_failed_and_the_command_passed(self):
        result = run_exec("--scenario", "throttled-twice", "--require", "retry-after-honoured",
                          client=HASTY)
        self.assert_unmet(result, "retry-after-honoured failed in 1 session")

    def test_the_commands_own_where_both_failed(self):
        result = run_exec("--scenario", "throttled-twice", "--require", "retry-after-honoured",
                          client=HASTY + "; sys.exit(9)")
        self.assert_unmet(result, "retry-after-honoured failed in 1 session", code=9)

    def test_127_when_the_command_cannot_be_run(self):
        script = self.write("script", "#!/bin/sh\n")
        for command, why in (("no-such-command", "No such file or directory"),
                             ("/no/such/command", "No such file or directory"),
                             ("", "No such file or directory"),
                             (script, "Permission denied")):
            with self.subTest(command=command):
                self.assert_complains(run_mockduit("exec", "--", command), 127,
                                      f"cannot run '{command}': {why}")

    def test_1_when_the_port_is_taken_and_2_when_the_server_is_told_nonsense(self):
        with Emulator() as other:
            self.assert_complains(run_shell("echo it ran", "--port", other.port), 1,
                                  f"port {other.port} on 127.0.0.1 is already in use; "
                                  "--port 0 takes a free one")
        path = self.write("acme/v1.yaml", "openapi: 3.1.0\npaths: {\n")
        result = run_shell("echo it ran", "--fixtures", self.folder)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn(f"{path}:", result.stderr)

    def test_127_at_once_when_there_are_more_scenarios(self):
        result = run_mockduit("exec", "--each", "success,flaky", "--", "no-such-command")
        self.assert_complains(result, 127, "scenario success (1 of 2)",
                              "cannot run 'no-such-command': No such file or directory")

    def test_the_command_is_found_by_path_and_gets_its_arguments_as_they_are(self):
        tool = self.write("tool", '#!/bin/sh\nprintf "[%s]" "$@"\n')
        tool.chmod(0o755)
        path = f"{self.folder}:{os.environ['PATH']}"
        arguments = ["--require", "", "a b", "--", "$HOME", "-x"]
        result = run_mockduit("exec", "--", "tool", *arguments, PATH=path)
        self.assertEqual(result.stdout, "".join(f"[{argument}]" for argument in arguments))

    def test_what_stands_behind_the_dashes_is_the_commands_after_any_option(self):
        command = ["sh", "-c", "exit 6", "--log", "json"]
        for options in (["--require", "all"], ["--set", "retries-bounded.max_attempts=5"],
                        ["--each", "success,flaky"], ["--scenarios", self.folder],
                        ["--edition", "supermetrics=2026-06"], ["--webhook-allow", "a.example"],
                        ["--log", "text"], ["--watch"]):
            with self.subTest(options=options):
                result = run_mockduit("exec", *options, "--", *command)
                self.assertEqual(result.returncode, 6, result.stderr)


class MisuseTest(ExecTest):
    """Exit code 2, and the command does not run; and what is no misuse."""

    def assert_misused(self, options, line):
        self.assert_complains(run_shell("echo it ran", *options), 2, line)

    def test_no_command(self):
        self.assert_complains(run_mockduit("exec", "--log", "text"), 2, "COMMAND is missing: write what to run after --, as in exec -- pytest")

    def test_a_check_that_is_none(self):
        self.assert_misused(["--require", "all,retry-after-honored"],
                            "--require: 'retry-after-honored' is no check; did you mean "
                            "'retry-after-honoured'?")

    def test_a_parameter_that_is_none_or_has_no_such_value(self):
        for assignment, why in (
                ("retries-bounded.max_attempt=5",
                 "'retries-bounded.max_attempt' is no parameter of a check; did you mean "
                 "'retries-bounded.max_attempts'?"),
                ("retries-bounded.max_attempts=many",
                 "retries-bounded.max_attempts: 'many' is no whole number, such as 10"),
                ("retries-bounded.max_attempts=1.5",
                 "retries-bounded.max_attempts: '1.5' is no whole number, such as 10"),
                ("retries-bounded.max_attempts",
                 "retries-bounded.max_attempts: '' is no whole number, such as 10"),
                ("retry-after-honoured.grace=1",
                 "retry-after-honoured.grace: '1' is no duration, such as 50ms"),
                ("retry-after-honoured.tolerance=0.1",
                 "retry-after-honoured.tolerance: '0.1' is no share, such as 10%")):
            with self.subTest(assignment=assignment):
                self.assert_misused(["--set", assignment], "--set: " + why)

    def test_a_coverage_that_is_no_per_cent(self):
        for value in ("101", "-1", "half"):
            with self.subTest(value=value):
                result = run_shell("echo it ran", "--min-coverage", value)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn("--min-coverage", result.stderr)

    def test_a_scenario_of_several_that_there_is_not(self):
        self.assert_misused(["--each", "rate-limited,server-eror,nope"],
                            "--each server-eror: there is no such scenario; did you mean "
                            "'server-error'?")

    def test_a_scenario_that_there_is_not(self):
        self.assert_misused(["--scenario", "flakey"], "--scenario flakey: there is no such "
                                                      "scenario; did you mean 'flaky'?")

    def test_one_scenario_and_several(self):
        self.assert_misused(["--scenario", "flaky", "--each", "flaky"],
                            "--scenario excludes --each")

    def test_a_scenario_from_the_environment_gives_way_to_several(self):
        result = run_shell("true", "--each", "success,flaky", MOCKDUIT_SCENARIO="slow")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("scenario success (1 of 2)", result.stderr)

    def test_an_option_that_there_is_not(self):
        self.assert_misused(["--requires", "all"], "unknown option '--requires'; did you mean "
                                                   "'--require'?; see mockduit exec --help")


class StreamsTest(ExecTest):
    def test_what_goes_in_and_out_is_the_commands_alone(self):
        data = bytes(range(256)) * 1000
        result = subprocess.run([BINARY, "exec", "--", "cat"], input=data, capture_output=True,
                                env=clean_environment(), timeout=PATIENCE)
        self.assertEqual((result.returncode, result.stdout), (0, data))
        self.assertIn(b"there was no request to judge", result.stderr)

    def test_its_standard_error_stands_before_the_summary(self):
        result = run_shell("echo it fails >&2")
        self.assertTrue(result.stderr.startswith("it fails\n\nthere was no request"), result.stderr)
        self.assertEqual(result.stdout, "")

    def test_it_has_nothing_else_open(self):
        # The fourth is the folder itself, as it is read.
        result = run_shell("exec ls /proc/self/fd")
        self.assertEqual(result.stdout.split(), ["0", "1", "2", "3"])

    def test_closed_ones_are_closed_to_nobody_else(self):
        """No socket of the server's takes the place of one, and all the rest is as ever."""
        told = self.folder / "told"
        client = (f"answer = create()\n"
                  f"streams = [os.readlink(f'/proc/self/fd/{{number}}') for number in (0, 1, 2)]\n"
                  f"with open({str(told)!r}, 'w') as file:\n"
                  f"    json.dump([answer.status, streams], file)\n"
                  f"os.write(1, b'out')\nos.write(2, b'err')\nsys.exit(7)")
        for options in ([], ["--intercept", "--each", "success"]):
            for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
                with self.subTest(closed=closed, options=options):
                    told.unlink(missing_ok=True)
                    ended = subprocess.run(
                        ["sh", "-c", f'exec "$@" {closed}', "sh", BINARY, "exec", *options, "--", *python(client)],
                        env=clean_environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                        timeout=PATIENCE)
                    self.assertEqual(ended.returncode, 7, ended.stderr)
                    status, streams = json.loads(told.read_text())
                    self.assertEqual(status, 200)
                    for number, sign in enumerate(("<&-", ">&-", "2>&-")):
                        if sign in closed.split():
                            self.assertEqual(streams[number], "/dev/null")
                    self.assertEqual(ended.stdout, "" if ">&-" in closed.split() else "out")
                    for words in ("err", "airweave.create_source_connection"):
                        self.assertEqual(words in ended.stderr, "2>&-" not in closed, ended.stderr)


def report_signals(*numbers):
    """A client that says so when it gets one of them, and ends with 5 once its input does.

    They reach it as bytes of a pipe: where one comes just before a read begins, Python would not run a
    handler before the read ends."""
    names = ", ".join(f"signal.{number.name}" for number in numbers)
    return ("import select\n"
            "come, told = os.pipe()\n"
            "os.set_blocking(told, False)\n"
            "signal.set_wakeup_fd(told)\n"
            f"for number in ({names},):\n"
            "    signal.signal(number, lambda *_: None)\n"
            "print('ready', flush=True)\n"
            "while True:\n"
            "    ready = select.select([come, 0], [], [])[0]\n"
            "    if come in ready:\n"
            "        for number in os.read(come, 64):\n"
            "            os.write(1, signal.Signals(number).name.encode() + b'\\n')\n"
            "    elif 0 in ready:\n"
            "        sys.stdin.readline()\n"
            "        sys.exit(5)\n")


class SignalsTest(ExecTest):
    PASSED_ON = (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGQUIT)
    ENDING = (signal.SIGTERM, signal.SIGINT)

    def start(self, client, options=(), **more):
        process = start_exec(*options, client=client, **more)
        self.addCleanup(self.end, process)
        self.assertEqual(process.stdout.readline(), "ready\n")
        return process

    def end(self, process):
        process.kill()
        process.communicate(timeout=PATIENCE)

    def test_each_is_passed_on(self):
        for last in self.ENDING:
            process = self.start(report_signals(*self.PASSED_ON, last))
            for number in (*self.PASSED_ON, last):
                with self.subTest(signal=number.name):
                    process.send_signal(number)
                    self.assertEqual(process.stdout.readline(), number.name + "\n")
            _, errors = process.communicate("\n", PATIENCE)
            self.assertEqual(process.returncode, 5, errors)

    def test_one_that_ends_the_command_ends_in_a_summary(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=number.name):
                process = self.start("signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
                                     "create()\n" + report_signals(signal.SIGUSR1))
                process.send_signal(number)
                _, errors = process.communicate(timeout=PATIENCE)
                self.assertEqual(process.returncode, 128 + number)
                self.assertIn("session default: 1 exchange\n", errors)

    def test_one_that_ends_a_run_ends_them_all(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=number.name):
                process = self.start("signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
                                     "create()\n" + report_signals(signal.SIGUSR1),
                                     options=["--each", "success,flaky,slow"])
                process.send_signal(number)
                output, errors = process.communicate("\n" * 3, PATIENCE)
                self.assertEqual((process.returncode, output), (128 + number, ""), errors)
                self.assertNotIn("(2 of 3)", errors)
                self.assertIn("session default: 1 exchange\n", errors)

    def test_one_that_is_ignored_from_the_start_stays_so(self):
        client = ("print('ready', flush=True)\n"
                  "sys.stdin.readline()\n"
                  "print(signal.getsignal(signal.SIGHUP).name, flush=True)\n")
        process = self.start(client, ignoring=[signal.SIGHUP])
        process.send_signal(signal.SIGHUP)
        output, errors = process.communicate("\n", PATIENCE)
        self.assertEqual((process.returncode, output), (0, "SIG_IGN\n"), errors)

    def test_the_end_is_seen_where_ends_of_children_are_ignored(self):
        process = self.start("print('ready', flush=True); sys.exit(4)",
                             ignoring=[signal.SIGCHLD])
        _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 4, errors)

    def test_the_command_begins_with_none_blocked(self):
        result = run_shell("exec grep -E '^Sig(Pnd|Blk)' /proc/self/status")
        self.assertEqual(re.findall(r"\w+$", result.stdout, re.MULTILINE), ["0" * 16] * 2)

    def test_those_of_the_terminal_come_once(self):
        with terminal_wanted():
            process, terminal = pty.fork()
        if process == 0:
            take_signals()
            os.execve(BINARY, [BINARY, "exec", "--",
                               *python(report_signals(signal.SIGINT, signal.SIGTERM))],
                      clean_environment())
        try:
            read_terminal(terminal, until="ready")
            os.write(terminal, b"\x03")  # Control-C
            text = read_terminal(terminal, until="SIGINT")
            # Had SIGINT been passed on as well, it would have been before this.
            os.kill(process, signal.SIGTERM)
            text += read_terminal(terminal, until="SIGTERM")
            os.write(terminal, b"\n")
            text += read_terminal(terminal)
        finally:
            os.close(terminal)
            _, status = os.waitpid(process, 0)
        self.assertEqual(re.findall("SIGINT|SIGTERM", text), ["SIGINT", "SIGTERM"])
        self.assertEqual(os.waitstatus_to_exitcode(status), 5)


class EndTest(ExecTest):
    """Nothing that the command leaves behind holds the end up."""

    # Waits for a line on the standard input that it was left, then asks the server for something.
    LEFT_BEHIND = """
sys.stdin.readline()
try:
    print(connect().request("GET", "/sources"), flush=True)
except OSError as error:
    print(type(error).__name__, flush=True)
"""

    def run_and_leave(self, client):
        """Runs it to its end; gives the run, its summary, and what is left says afterwards."""
        left = repr(python(self.LEFT_BEHIND))
        process = start_exec(client=client.replace("LEFT", left))
        self.addCleanup(process.stdout.close)
        summary = process.stderr.read()
        process.stderr.close()
        code = process.wait(PATIENCE)
        process.stdin.write("go\n")
        process.stdin.close()
        return code, summary, process.stdout.read()

    def test_a_process(self):
        code, summary, said = self.run_and_leave(
            "create()\nsubprocess.Popen(LEFT, stderr=subprocess.DEVNULL)\n")
        self.assertEqual(code, 0, summary)
        self.assertIn("session default: 1 exchange\n", summary)
        self.assertEqual(said, "ConnectionRefusedError\n")

    def test_a_process_that_holds_connections_open(self):
        code, summary, said = self.run_and_leave(
            "held = [connect() for _ in range(8)]\n"
            "for one in held: create(connection=one)\n"
            "sockets = [one.sock.fileno() for one in held]\n"
            "subprocess.Popen(LEFT, stderr=subprocess.DEVNULL, pass_fds=sockets)\n")
        self.assertEqual(code, 0, summary)
        self.assertIn("session default: 8 exchanges\n", summary)
        self.assertEqual(said, "ConnectionRefusedError\n")

    def test_connections_of_its_own(self):
        result = run_exec(client="held = [connect() for _ in range(8)]\n"
                                 "for one in held: create(connection=one)\n"
                                 "held.append(connect()); held[-1].connect()\n"
                                 "sys.stdout.flush(); os._exit(6)\n")
        self.assertEqual(result.returncode, 6, result.stderr)
        self.assertIn("session default: 8 exchanges\n", result.stderr)

    def test_a_request_that_waits_for_a_long_delay(self):
        self.write("late.yaml", "rules: [{play: [{delay: 1h}]}]\n")
        result = run_exec("--scenarios", self.folder, "--scenario", "late", client="""
late = connect()
late.request("POST", "/source-connections", json.dumps(STRIPE), KEY)
while call("GET", "/__admin/requests", headers={}).json["total"] == 0: pass
os._exit(0)
""")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("session default: 1 exchange\n", result.stderr)


if __name__ == "__main__":
    unittest.main()
