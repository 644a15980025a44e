"""curl, which waits 1 s, 2 s and so on, or as long as Retry-After says."""

import subprocess


def curl(*options):
    def client(run):
        fixed = ["curl", "--silent", "--output", "/dev/null", "--noproxy", "*", *options]
        if not run["keepAlive"]:
            fixed += ["--header", "Connection: close"]

        def make(call):
            command = [*fixed, "--request", call["method"], call["url"]]
            for name, value in call["headers"].items():
                command += ["--header", f"{name}: {value}"]
            if call.get("body"):
                command += ["--data-binary", call["body"]]
            subprocess.run(command, stdin=subprocess.DEVNULL)
        return make
    return client


SETTINGS = {
    "curl/plain": {"method": "POST", "client": curl()},
    "curl/retry": {"method": "POST", "client": curl("--retry", "2")},
    "curl/retry-get": {"method": "GET", "client": curl("--retry", "2", "--retry-connrefused")},
    "curl/all-errors": {"method": "POST", "client": curl("--retry", "2", "--retry-all-errors")},
}
