"""Webhook URLs that mean to reach somewhere else: none is called, each is refused when it is made."""

import unittest

from emulator import control
from fivetran import FivetranTest
from webhooks import UNREACHABLE, Target

SAME = "127.0.0.1"


def disguises(port):
    """Addresses that some reader takes for loopback, or for an allowed host, and another does not."""
    for host in (
            # Two readers, two hosts.
            rf"{SAME}\x.attacker.test", rf"{SAME}\.attacker.test", rf"{SAME}\@attacker.test",
            f"{SAME}%00.attacker.test", f"{SAME}%2eattacker.test", f"{SAME}%5cx.attacker.test",
            f"{SAME}\tx", f"{SAME} x", f"{SAME}\nx", f"{SAME}\r\nHost: x", f"{SAME}\0.attacker.test",
            f"{SAME};attacker.test", f"{SAME},attacker.test", f"{SAME}&attacker.test",
            f"{SAME}|attacker.test", f"{SAME}^attacker.test", f"{SAME}`attacker.test",
            f"{SAME}<attacker.test", f'{SAME}"attacker.test', f"{SAME}{{attacker.test",
            "[::1]evil", "[::1].attacker.test", "[::1", "::1", "[::1%25lo]", "[::1]%2e",
            # A user that looks like a host, and hosts behind one.
            f"{SAME}@attacker.test", f"{SAME}:80@attacker.test", f"a@{SAME}@attacker.test",
            "localhost@attacker.test", f"{SAME}%40attacker.test",
            # Names that only look like this machine.
            f"{SAME}.attacker.test", "localhost.attacker.test", "app.localhost", "localhost.",
            f"{SAME}.", "localhost%2e", "l\u00f6calhost", "\u24db\u24de\u24d2alhost",
            # Other ways to write an address.
            "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
            "127.0.0.01", "0", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
            # Other machines.
            "169.254.169.254", "[fe80::1]", "10.0.0.1", "192.168.0.1", "224.0.0.1",
            "255.255.255.255", "attacker.test", "[2001:db8::1]", "metadata.google.internal"):
        for scheme in ("http", "https"):
            yield f"{scheme}://{host}:{port}/hook"
    for url in (f"http://{SAME}:{port}5555/hook", f"http://{SAME}:-1/", f"http://{SAME}:{port}x/",
                f"http://{SAME}:{port}/%zz", f"http://{SAME}:{port}/a b", f"http://{SAME}:{port}/\\",
                f"http://{SAME}:{port}/\r\nX-Y: z", f"http://{SAME}:{port}/?<>",
                f"http://{SAME}:{port}/#a#b", f"http:/{SAME}:{port}/", f"http:{SAME}:{port}/",
                f"//{SAME}:{port}/", f"{SAME}:{port}/", f"file://{SAME}/etc/passwd",
                f"gopher://{SAME}:{port}/", f" http://{SAME}:{port}/",
                f"http://{SAME}:{port}/\u00e9", "http://", "https://", "http:///hook", ""):
        yield url


class WebhookAddressesTest(FivetranTest):
    def setUp(self):
        super().setUp()
        self.target = Target()
        self.addCleanup(self.target.__exit__)
        self.port = self.target.url.rsplit(":", 1)[1].split("/")[0]

    def make(self, url):
        return self.ask("POST", "/v1/webhooks/account",
                         {"url": url, "events": ["sync_start"], "active": True, "secret": "s"})

    def test_a_sound_one_is_called(self):
        self.assertEqual(self.make(self.target.url).status, 200)
        self.target.next()

    def test_no_disguise_is_taken_or_called(self):
        tried = 0
        for url in disguises(self.port):
            with self.subTest(url=url):
                answer = self.make(url)
                # No URL at all, or one of a host that this server does not call.
                self.assertIn(answer.status, (400, 403), answer)
                self.assertNotIn(UNREACHABLE, answer.body.decode(), "it was tried")
                tried += 1
        self.assertGreater(tried, 130)
        self.assertTrue(self.target.is_quiet(), "one of them was called")

    def test_one_that_got_into_the_store_is_not_called_either(self):
        webhook = self.make(self.target.url).json()["data"]
        self.target.next()
        store = control(self.emulator, "GET", f"/sessions/{self.session}/store")
        kept = store["resources"]["fivetran.webhook"][webhook["id"]]
        for host in (rf"{SAME}\x.attacker.test", "169.254.169.254", "u:hush@0.0.0.0"):
            kept["url"] = f"https://{host}:{self.port}/hook?key=hush"
            control(self.emulator, "PUT", f"/sessions/{self.session}/store", store)
            answer = self.ask("POST", f"/v1/webhooks/{webhook['id']}/test", {"event": "sync_start"})
            with self.subTest(host=host):
                self.assertIn(b"may not be called", answer.body)
                self.assertNotIn(b"hush", answer.body)
        self.assertTrue(self.target.is_quiet(), "one of them was called")

    def test_a_redirect_is_not_followed(self):
        with Target(302) as target:
            answer = self.make(target.url)
            self.assertEqual(answer.status, 400, answer)
            target.next()
            self.assertTrue(target.is_quiet())


if __name__ == "__main__":
    unittest.main()
