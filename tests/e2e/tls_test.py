"""https on the port of http: certificates, names, and the tunnels of proxies."""

import concurrent.futures
import os
import pathlib
import re
import socket
import ssl
import stat
import subprocess
import tempfile
import unittest
import urllib.request
import warnings

from certificates import Authority
from emulator import (BASIC, PATIENCE, Emulator, clean_environment, create_on_supermetrics, raw_request,
                      run_mockduit)


def curl(*arguments):
    return subprocess.run(["curl", "-sS", "--max-time", str(PATIENCE), *arguments],
                          env=clean_environment(), capture_output=True, text=True)


class TlsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def started(self, *options):
        server = Emulator(*options)
        self.addCleanup(server.end)
        return server

    def authority_of(self, server):
        """The file of the certificate that the server gives away."""
        file = self.folder / f"{server.port}.pem"
        with urllib.request.urlopen(server.url + "/__admin/ca.pem", timeout=PATIENCE) as answer:
            self.assertEqual(answer.headers["Content-Type"], "application/x-pem-file")
            file.write_bytes(answer.read())
        return str(file)


class AuthorityTest(TlsTest):
    def test_a_client_that_trusts_the_authority_is_answered(self):
        server = self.started("--tls")
        trusted = self.authority_of(server)
        for host in ("127.0.0.1", "localhost"):
            answer = curl("--cacert", trusted, f"https://{host}:{server.port}/__admin/health")
            self.assertIn('"ok"', answer.stdout, answer.stderr)
        stranger = curl(f"https://localhost:{server.port}/")
        self.assertEqual(stranger.returncode, 60)  # "the certificate cannot be authenticated"
        server.wait_for_log("the client does not trust the certificate")

    def test_the_vendors_own_url_leads_here(self):
        server = self.started("--tls")
        answer = curl("--cacert", self.authority_of(server), "-H", f"Authorization: {BASIC}",
                      "--connect-to", f"::127.0.0.1:{server.port}",
                      "https://api.fivetran.com/v1/groups")
        self.assertIn('"code":"Success"', answer.stdout, answer.stderr)

    def test_the_host_pins_the_vendor(self):
        server = self.started()
        for host, status in (("api.fivetran.com", "200"), ("API.Fivetran.com:443", "200"),
                             ("api.airweave.ai", "404"), ("localhost", "200")):
            answer = curl("-H", f"Authorization: {BASIC}", "-H", f"Host: {host}",
                          server.url + "/v1/groups", "-o", "/dev/null", "-w", "%{http_code}")
            self.assertEqual(answer.stdout, status, host)

    def test_an_authority_that_is_kept_is_the_same_after_a_restart(self):
        folder = self.folder / "made" / "here"
        with Emulator("--tls-ca", folder) as server:
            first = (folder / "ca.pem").read_text()
            self.assertEqual(pathlib.Path(self.authority_of(server)).read_text(), first)
        self.assertEqual(stat.S_IMODE(os.stat(folder / "ca-key.pem").st_mode), 0o600)
        with Emulator("--tls-ca", folder) as server:
            self.assertEqual((folder / "ca.pem").read_text(), first)
            answer = curl("--cacert", str(folder / "ca.pem"),
                          f"https://localhost:{server.port}/__admin/health")
            self.assertIn('"ok"', answer.stdout, answer.stderr)

    def test_servers_that_start_at_once_have_one_authority(self):
        folder = self.folder / "ca"
        with concurrent.futures.ThreadPoolExecutor() as pool:
            servers = [*pool.map(lambda _: self.started("--tls-ca", folder), range(6))]
        kept = (folder / "ca.pem").read_text()
        for server in servers:
            self.assertEqual(pathlib.Path(self.authority_of(server)).read_text(), kept)
        self.assertEqual(sorted(os.listdir(folder)), ["ca-key.pem", "ca.pem"])

    def test_a_server_without_tls_has_no_authority(self):
        server = self.started()
        answer = curl(server.url + "/__admin/ca.pem")
        self.assertIn("--tls makes one", answer.stdout)

    def test_old_protocols_are_refused(self):
        server = self.started("--tls")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
            with self.assertRaises(ssl.SSLError):
                context.wrap_socket(connection)
        server.wait_for_log("the client speaks neither TLS 1.2 nor TLS 1.3")


class OwnCertificateTest(TlsTest):
    def setUp(self):
        super().setUp()
        self.authority = Authority()
        self.addCleanup(self.authority.close)

    def test_a_certificate_that_the_user_brings_is_shown(self):
        certificate, key = self.authority.certificate("DNS:mock.test")
        server = self.started("--tls-cert", certificate, "--tls-key", key,
                              "--allow-host", "mock.test")
        answer = curl("--cacert", self.authority.file, "--connect-to",
                      f"::127.0.0.1:{server.port}", "https://mock.test/__admin/health")
        self.assertIn('"ok"', answer.stdout, answer.stderr)
        self.assertIn("has no certificate authority", curl(server.url + "/__admin/ca.pem").stdout)

    def test_what_is_wrong_with_it_is_said_at_start(self):
        certificate, key = self.authority.certificate()
        other = self.authority.certificate()[1]
        empty = self.folder / "empty.pem"
        empty.touch()
        for options, words in (
                (("--tls-cert", certificate), "--tls-cert needs --tls-key"),
                (("--tls-key", key), "--tls-key needs --tls-cert"),
                (("--tls-cert", certificate, "--tls-key", other), "that of another certificate"),
                (("--tls-cert", empty, "--tls-key", key), "no certificate in PEM form"),
                (("--tls-cert", certificate, "--tls-key", empty), "its key is none in PEM form"),
                (("--tls-cert", self.folder / "none", "--tls-key", key), "cannot read"),
                (("--tls-cert", certificate, "--tls-key", key, "--tls-ca", self.folder),
                 "--tls-cert excludes --tls-ca")):
            with self.subTest(words=words):
                refused = run_mockduit("serve", "--port", "0", *options)
                self.assertIn(refused.returncode, (1, 2))
                self.assertIn(words, refused.stderr)

    def test_an_authority_that_may_not_sign_is_refused(self):
        certificate, key = self.authority.certificate()
        (self.folder / "ca.pem").write_text(pathlib.Path(certificate).read_text())
        (self.folder / "ca-key.pem").write_text(pathlib.Path(key).read_text())
        refused = run_mockduit("serve", "--port", "0", "--tls-ca", self.folder)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("this certificate may sign no others", refused.stderr)


class TunnelTest(TlsTest):
    def test_a_proxys_client_reaches_the_vendors_and_nobody_else(self):
        server = self.started("--tls")
        trusted = self.authority_of(server)
        answer = curl("--cacert", trusted, "-x", server.url, "-H", f"Authorization: {BASIC}",
                      "https://api.fivetran.com/v1/groups")
        self.assertIn('"code":"Success"', answer.stdout, answer.stderr)
        plain = curl("-x", server.url, "-H", f"Authorization: {BASIC}",
                     "http://api.fivetran.com/v1/groups")
        self.assertIn('"code":"Success"', plain.stdout, plain.stderr)
        for url in ("https://example.com/", "http://example.com/"):
            refused = curl("--cacert", trusted, "-x", server.url, url, "-w", "%{http_code}%{http_connect}")
            self.assertIn("502", refused.stdout)
        server.wait_for_log("a client wants 'example.com:443', which is no vendor's host")

    def test_a_vendors_host_may_be_written_with_the_dot_of_the_root(self):
        server = self.started("--tls")
        answer = curl("--cacert", self.authority_of(server), "-x", server.url, "-H", f"Authorization: {BASIC}",
                      "https://api.fivetran.com./v1/groups")
        self.assertIn('"code":"Success"', answer.stdout, answer.stderr)

    def test_what_may_be_another_machine_is_not_answered_for(self):
        for options in ((), ("--host", "0.0.0.0"), ("--allow-host", "*")):
            server = self.started("--tls", *options)
            for host in ("93.184.216.34", "[2001:db8::1]", "host.docker.internal", "example.com"):
                answer = raw_request(server, f"GET http://{host}/v1/groups HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
                                     "GET")
                self.assertEqual(answer.status, 502, (options, host))

    def test_a_tunnel_needs_a_port_that_there_is(self):
        server = self.started("--tls")
        for target in ("api.fivetran.com", "api.fivetran.com:", "api.fivetran.com:0", "api.fivetran.com:65536",
                       "[api.fivetran.com]:443", "k:s@api.fivetran.com:443", "https://api.fivetran.com:443"):
            answer = raw_request(server, f"CONNECT {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), "CONNECT")
            self.assertEqual(answer.status, 400, target)
        for target in ("[::1]:443", "example.com:443", "127.0.0.1:443"):
            answer = raw_request(server, f"CONNECT {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), "CONNECT")
            self.assertEqual(answer.status, 502, target)

    def test_no_tunnel_begins_within_tls(self):
        server = self.started("--tls")
        context = ssl.create_default_context(cafile=self.authority_of(server))
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
            with context.wrap_socket(connection, server_hostname="localhost") as secure:
                secure.sendall(b"CONNECT api.fivetran.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
                self.assertIn(b" 501 ", secure.recv(100))

    def test_a_server_without_tls_opens_no_tunnel(self):
        server = self.started()
        refused = curl("-x", server.url, "https://api.fivetran.com/", "-w", "%{http_connect}")
        self.assertIn("501", refused.stdout)


class LinkTest(TlsTest):
    def landing(self, server, *headers):
        fields = [part for header in headers for part in ("-H", header)]
        answer = curl(*fields, "-H", "Accept: application/json", server.url + "/")
        return answer.stdout

    def test_a_proxy_decides_what_links_say_where_there_is_one(self):
        headers = ("X-Forwarded-Proto: https", "X-Forwarded-Host: mock.example")
        self.assertIn("https://mock.example/v1", self.landing(self.started("--behind-proxy"), *headers))
        self.assertNotIn("mock.example", self.landing(self.started(), *headers))

    def test_a_vendor_may_have_a_public_url_of_its_own(self):
        wrong = run_mockduit("serve", "--port", "0", "--public-url", "fivetrn=http://a.test")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("there is no vendor 'fivetrn'; did you mean 'fivetran'?", wrong.stderr)
        bad = run_mockduit("serve", "--port", "0", "--public-url", "fivetran=x")
        self.assertEqual(bad.returncode, 2)
        self.assertIn("or VENDOR=http://host:port", bad.stderr)
        server = self.started("--public-url", "fivetran=https://five.test/x")
        answer = curl("-H", "Host: five.test", server.url + "/__admin/health")
        self.assertIn('"ok"', answer.stdout)
        self.assertIn('"fivetran":"https://five.test/x/v1"', re.sub(r"\s", "", self.landing(server)))

    def test_links_of_answers_lead_to_the_public_url_of_their_vendor(self):
        server = self.started("--public-url", "supermetrics=https://super.test/x/")
        for path, root in (("", ""), ("/@s", "/@s"), ("/supermetrics", "")):
            location = create_on_supermetrics(server, path).headers["Location"]
            self.assertTrue(location.startswith(f"https://super.test/x{root}/v1/teams/"), location)
        other = self.started("--public-url", "fivetran=https://five.test/x")
        location = create_on_supermetrics(other).headers["Location"]
        self.assertTrue(location.startswith("http://mockduit.test/v1/teams/"), location)


if __name__ == "__main__":
    unittest.main()
