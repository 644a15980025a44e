"""Servers that take webhooks, and what the tests of them share."""

import hashlib
import hmac
import http.server
import json
import queue
import ssl
import threading

from calls import eventually
from emulator import PATIENCE
from fivetran import FivetranTest

SECRET = "my_secret"
EVENTS = ["sync_start", "sync_end"]
NOT_HTTPS = "Webhook URL must be a secure URL (HTTPS)"
UNREACHABLE = "Webhook URL is not reachable or returned an unsuccessful status code"
FOREIGN_TARGET = "calls only loopback and the hosts that --webhook-allow names; nothing was changed"


class _Server(http.server.ThreadingHTTPServer):
    """Over TLS once it has a certificate, which may be changed between two connections."""

    certificate = None

    def get_request(self):
        connection, address = super().get_request()
        if self.certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.certificate)
            connection = context.wrap_socket(connection, server_side=True,
                                             do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, *_arguments):
        """A client that refuses the certificate is no error of the server."""


class Target:
    """A server that keeps what it is sent; to be used with `with`.

    It answers with the statuses of `answers`, one after the other, and 200 when there are no more.
    Before it answers it does its `work`. With a certificate, which is a pair of files (its own, its key), it speaks TLS.
    """

    def __init__(self, *answers, certificate=None):
        self.answers = list(answers)
        self.work = lambda: None
        self._met = queue.Queue()
        target = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                target.work()
                status = target.answers.pop(0) if target.answers else 200
                target._met.put((self.path, self.headers, body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_PUT = do_POST

            def log_message(self, *_arguments):
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.present(certificate)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        scheme = "http" if certificate is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}/hook"

    def present(self, certificate):
        """Of this certificate from the next connection on."""
        self._server.certificate = certificate

    def next(self):
        """(path, headers, body) of the next delivery, once it is there."""
        return self._met.get(timeout=PATIENCE)

    def next_event(self):
        return json.loads(self.next()[2])

    def is_quiet(self):
        return self._met.empty()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def signature(body, secret=SECRET):
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().upper()


class WebhookTest(FivetranTest):
    def make_webhook(self, url, group=None, events=None, **more):
        """A webhook of the account, or of a group; gives its data."""
        path = f"/v1/webhooks/group/{group}" if group else "/v1/webhooks/account"
        body = {"url": url, "events": events or EVENTS, "secret": SECRET, **more}
        return self.data("POST", path, body)

    def listen(self, target, group=None, events=None, **more):
        """A webhook to this target, which has had its test call already."""
        made = self.make_webhook(target.url, group, events, **more)
        target.next()
        return made

    def connect(self, group="_moonbeam", **config):
        """The id of a new connection."""
        config = {"sheet_id": "1", "named_range": "a", "schema": "sheets", "table": "one", **config}
        return self.data("POST", "/v1/connections", {
            "group_id": group, "service": "google_sheets", "config": config}, 201)["id"]

    def deliveries(self):
        return self.admin("GET", f"/sessions/{self.session}/deliveries")["deliveries"]

    def delivery(self, event, state):
        """The one delivery of that event, once its state is so."""
        def look():
            of_it = [one for one in self.deliveries() if one["event"] == event]
            return of_it if of_it and of_it[-1]["state"] == state else None

        [found] = eventually(look)
        return found
