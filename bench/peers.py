"""The servers that Mockduit is measured beside: what npm calls them, and how each is started.

Each answers CREATE with one constant, and the same behind SCRIPTED with "429 twice, then success".
"""
import filecmp
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import typing
import uuid

from call import CREATE
from servers import ANSWER, Server, find_tool, free_port, start_mockduit

HERE = pathlib.Path(__file__).resolve().parent / "peers"
MODULES = HERE / "node_modules"
SCRIPTED = "/scripted"
SCRIPT_CALL = CREATE.at(SCRIPTED)
JSON_HEADER = {"Content-Type": "application/json"}
THROTTLED = '{"error":"too many requests"}'
MANY = 10_000  # more answers than the script is asked for


class Peer(typing.NamedTuple):
    name: str
    package: str  # at npm; "": none
    start: typing.Callable  # gives a Server
    journal: str = ""  # "on" or "off"; "": it has none
    scripted: typing.Any = SCRIPT_CALL  # the call that is throttled twice; None: it has no scripts
    tool: str = "node"

    @property
    def title(self):
        return f"{self.name}, journal {self.journal}" if self.journal else self.name

    @property
    def version(self):
        """As package.json pins it."""
        if not self.package:
            return ""
        return json.loads((HERE / "package.json").read_text())["dependencies"][self.package]


class NotInstalled(Exception):
    pass


def install():
    """What package-lock.json names, unless it is there."""
    mark = MODULES / ".installed-from"
    lock = HERE / "package-lock.json"
    if mark.exists() and filecmp.cmp(lock, mark, shallow=False):
        return
    if find_tool("npm") is None:
        raise NotInstalled("npm is missing; ./dev setup peers installs it")
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=HERE,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotInstalled("npm ci failed: " + " ".join(done.stderr.split())[-400:])
    shutil.copy(lock, mark)


def start(command, port, folder):
    """A home of its own keeps what a peer writes there away from the user's."""
    return Server(command, port, folder, {**os.environ, "HOME": folder.name})


def configured(name, content):
    """A folder with a file in it, and the file."""
    folder = tempfile.TemporaryDirectory()
    file = pathlib.Path(folder.name) / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content), encoding="utf-8")
    return folder, file


def wiremock(*options):
    def begin():
        def stub(path, state=None, status=201, **more):
            scripted = {"scenarioName": "twice", "requiredScenarioState": state} if state else {}
            return {"request": {"method": "POST", "urlPath": path}, **scripted, **more,
                    "response": {"status": status, "headers": JSON_HEADER,
                                 "body": ANSWER if status == 201 else THROTTLED}}

        path = SCRIPTED + CREATE.path
        folder, _ = configured("mappings/all.json", {"mappings": [
            stub(CREATE.path), stub(path, "Started", 429, newScenarioState="once"),
            stub(path, "once", 429, newScenarioState="twice"), stub(path, "twice")]})
        jar = next((MODULES / "wiremock/build").glob("*.jar"))
        port = free_port()
        return start(["java", "-jar", jar, "--port", port, "--bind-address", "127.0.0.1",
                      "--disable-banner", "--root-dir", folder.name, *options], port, folder)
    return begin


def mockserver():
    def expectation(path, priority, times, status=201):
        return {"httpRequest": {"method": "POST", "path": path}, "priority": priority,
                "times": times,
                "httpResponse": {"statusCode": status, "headers": JSON_HEADER,
                                 "body": ANSWER if status == 201 else THROTTLED}}

    path, always = SCRIPTED + CREATE.path, {"unlimited": True}
    folder, file = configured("all.json", [
        expectation(CREATE.path, 0, always), expectation(path, 0, always),
        expectation(path, 10, {"remainingTimes": 2, "unlimited": False}, 429)])
    jar = next((MODULES / "mockserver-node").glob("*.jar"))
    port = free_port()
    return start(["java", f"-Dmockserver.initializationJsonPath={file}",
                  "-Dmockserver.logLevel=WARN", "-jar", jar, "-serverPort", port], port, folder)


def mountebank(record):
    def begin():
        def answer(status, repeat):
            return {"is": {"statusCode": status, "headers": JSON_HEADER,
                           "body": ANSWER if status == 201 else THROTTLED}, "repeat": repeat}

        def stub(path, *answers):
            return {"predicates": [{"equals": {"method": "POST", "path": path}}],
                    "responses": answers}

        port = free_port()
        folder, file = configured("all.json", {"imposters": [{
            "protocol": "http", "port": port, "recordRequests": record,
            "stubs": [stub(CREATE.path, answer(201, 1)),
                      stub(SCRIPTED + CREATE.path, answer(429, 2), answer(201, MANY))]}]})
        return start(["node", MODULES / "mountebank/bin/mb", "start", "--port", free_port(),
                      "--localOnly", "--nologfile", "--loglevel", "warn", "--pidfile",
                      folder.name + "/pid", "--configfile", file], port, folder)
    return begin


def prism():
    content = {"application/json": {"schema": {"type": "object"}, "example": json.loads(ANSWER)}}
    folder, file = configured("all.json", {
        "openapi": "3.1.0", "info": {"title": "The create", "version": "1"},
        "paths": {CREATE.path: {"post": {
            "requestBody": {"required": True, "content": {"application/json": {"schema": {
                "type": "object", "required": list(json.loads(CREATE.body)),
                "properties": {name: {"type": "string"} for name in json.loads(CREATE.body)}}}}},
            "responses": {"201": {"description": "Made", "content": content}}}}}})
    port = free_port()
    return start(["node", MODULES / "@stoplight/prism-cli/dist/index.js", "mock", "--port", port,
                  "--verboseLevel", "warn", file], port, folder)


def mockoon():
    def response(status, rules=(), default=False):
        return {"uuid": str(uuid.uuid4()), "statusCode": status, "label": "", "latency": 0,
                "body": ANSWER if status == 201 else THROTTLED, "bodyType": "INLINE",
                "headers": [{"key": name, "value": value} for name, value in JSON_HEADER.items()],
                "filePath": "", "databucketID": "", "sendFileAsBody": False, "rules": list(rules),
                "rulesOperator": "OR", "disableTemplating": True, "fallbackTo404": False,
                "default": default, "crudKey": "id", "callbacks": []}

    def route(path, *responses):
        return {"uuid": str(uuid.uuid4()), "type": "http", "documentation": "", "method": "post",
                "endpoint": path.lstrip("/"), "responses": responses, "responseMode": None,
                "streamingMode": None, "streamingInterval": 0}

    first_two = {"target": "request_number", "modifier": "", "value": "^[12]$", "invert": False,
                 "operator": "regex"}
    success = response(201, default=True)
    routes = [route(CREATE.path, success),
              route(SCRIPTED + CREATE.path, response(429, [first_two]), success)]
    port = free_port()
    folder, file = configured("all.json", {
        "uuid": str(uuid.uuid4()), "lastMigration": 33, "name": "The create", "port": port,
        "hostname": "127.0.0.1", "endpointPrefix": "", "latency": 0, "folders": [],
        "routes": routes,
        "rootChildren": [{"type": "route", "uuid": one["uuid"]} for one in routes],
        "proxyMode": False, "proxyHost": "", "proxyRemovePrefix": False, "proxyReqHeaders": [],
        "proxyResHeaders": [], "cors": False, "headers": [], "data": [], "callbacks": [],
        "tlsOptions": {"enabled": False, "type": "CERT", "pfxPath": "", "certPath": "",
                       "keyPath": "", "caPath": "", "passphrase": ""}})
    return start(["node", MODULES / "@mockoon/cli/bin/run.js", "start", "--data", file, "--repair",
                  "--disable-log-to-file"], port, folder)


def all_peers(binary):
    """Mockduit first."""
    return [
        Peer("Mockduit", "", lambda: start_mockduit(binary), "on",
             CREATE.at("/~throttled-twice@twice"), str(binary)),
        Peer("WireMock", "wiremock", wiremock(), "on", tool="java"),
        Peer("WireMock", "wiremock", wiremock("--no-request-journal"), "off", tool="java"),
        # Even with mockserver.disableLogging it keeps what it was asked.
        Peer("MockServer", "mockserver-node", mockserver, "on", tool="java"),
        Peer("mountebank", "mountebank", mountebank(True), "on"),
        Peer("mountebank", "mountebank", mountebank(False), "off"),
        Peer("Mockoon", "@mockoon/cli", mockoon, "on"),
        Peer("Prism", "@stoplight/prism-cli", prism, scripted=None),
    ]
