"""Webhooks over https: whose certificate is good is called, and nobody else is sent anything."""

import unittest

from calls import eventually
from certificates import Authority
from emulator import Emulator, run_mockduit
from fivetran import FivetranTest
from webhooks import EVENTS, UNREACHABLE, Target, WebhookTest

EVENT = "create_connector"


def setUpModule():
    global trusted, unknown, good, bad
    trusted, unknown = Authority(), Authority()
    unittest.addModuleCleanup(trusted.close)
    unittest.addModuleCleanup(unknown.close)
    good = trusted.certificate()
    bad = {
        "its certificate is not for 127.0.0.1": trusted.certificate(names="DNS:hooks.example"),
        "its certificate has expired": trusted.certificate(begins=-2, ends=-1),
        "its certificate is not valid yet": trusted.certificate(begins=1, ends=2),
        "its certificate is from an unknown authority": unknown.certificate(),
        "its certificate is not one for servers": trusted.certificate(usage="clientAuth"),
    }


class TlsTest(WebhookTest):
    @classmethod
    def setUpClass(cls):
        cls.OPTIONS = (*FivetranTest.OPTIONS, "--webhook-ca", trusted.file)
        super().setUpClass()

    def origin(self, target):
        return target.url.removesuffix("/hook")

    def test_a_webhook_is_made_and_delivered_over_https(self):
        with Target(certificate=good) as target:
            self.assertTrue(target.url.startswith("https://"))
            self.listen(target, events=[EVENT])
            connection = self.connect()
            self.assertEqual(target.next_event()["connector_id"], connection)
            told = self.delivery(EVENT, "delivered")
            self.assertEqual((told["url"], told["attempts"][0]["status"]), (target.url, 200))

    def test_a_bad_certificate_fails_the_delivery_with_its_reason(self):
        for number, (reason, certificate) in enumerate(bad.items()):
            with self.subTest(reason=reason), Target(certificate=good) as target:
                self.session = f"bad-certificate-{number}"
                self.listen(target, events=[EVENT])
                target.present(certificate)
                self.connect()
                told = eventually(lambda: [one for one in self.deliveries() if one["attempts"]
                                           and one["event"] == EVENT])[0]
                self.assertEqual(told["state"], "pending")
                [attempt] = told["attempts"]
                self.assertEqual(attempt["error"],
                                 f"no answer from {self.origin(target)}: {reason}")
                self.assertNotIn("status", attempt)
                self.assertTrue(target.is_quiet())

    def test_what_failed_is_delivered_once_the_certificate_is_good(self):
        with Target(certificate=good) as target:
            self.listen(target, events=[EVENT])
            target.present(bad["its certificate has expired"])
            self.connect()
            eventually(lambda: [one for one in self.deliveries() if one["attempts"]
                                and one["event"] == EVENT])
            target.present(good)
            self.wait("5m")
            target.next()
            told = self.delivery(EVENT, "delivered")
            self.assertEqual([attempt.get("status") for attempt in told["attempts"]], [None, 200])

    def test_a_webhook_of_a_bad_certificate_is_not_made(self):
        for reason, certificate in bad.items():
            with self.subTest(reason=reason), Target(certificate=certificate) as target:
                self.assert_invalid("POST", "/v1/webhooks/account", UNREACHABLE,
                                    {"url": target.url, "events": EVENTS})
                self.assertTrue(target.is_quiet())

    def test_a_test_call_tells_the_reason(self):
        for reason, certificate in bad.items():
            with self.subTest(reason=reason), Target(certificate=certificate) as target:
                path = f"/v1/webhooks/{self.make_webhook(target.url, active=False)['id']}/test"
                told = self.data("POST", path, {"event": "sync_end"})
                self.assertFalse(told["succeed"])
                self.assertEqual(told["message"],
                                 f"no answer from {self.origin(target)}: {reason}")
                self.assertTrue(target.is_quiet())


    def test_a_common_name_is_no_name_of_a_server(self):
        by_host = trusted.certificate(names="DNS:localhost")
        by_common_name = trusted.certificate(names=None, common_name="localhost")
        for certificate, succeeds in ((by_host, True), (by_common_name, False)):
            with self.subTest(succeeds=succeeds), Target(certificate=certificate) as target:
                url = target.url.replace("127.0.0.1", "localhost")
                path = f"/v1/webhooks/{self.make_webhook(url, active=False)['id']}/test"
                told = self.data("POST", path, {"event": "sync_end"})
                self.assertEqual(told["succeed"], succeeds, told)
                if not succeeds:
                    self.assertIn("its certificate is not for localhost", told["message"])


class AuthorityTest(WebhookTest):
    def made_by(self, *options, **environment):
        """Whether a webhook over https is made by a server with these options."""
        with Emulator(*FivetranTest.OPTIONS, *options, **environment) as other, \
                Target(certificate=good) as target:
            shared, self.emulator = self.emulator, other
            try:
                answer = self.ask("POST", "/v1/webhooks/account",
                                  {"url": target.url, "events": EVENTS})
            finally:
                self.emulator = shared
            return answer.status == 200

    def test_the_systems_authorities_are_trusted(self):
        self.assertTrue(self.made_by(SSL_CERT_FILE=trusted.file))
        self.assertFalse(self.made_by(SSL_CERT_FILE=unknown.file))

    def test_the_option_adds_to_the_systems(self):
        self.assertTrue(self.made_by("--webhook-ca", unknown.file, SSL_CERT_FILE=trusted.file))
        self.assertTrue(self.made_by("--webhook-ca", trusted.file, SSL_CERT_FILE=unknown.file))

    def test_the_environment_names_the_file_too(self):
        self.assertTrue(self.made_by(MOCKDUIT_WEBHOOK_CA=trusted.file))

    def test_a_file_without_certificates_ends_the_start(self):
        for file, words in ((__file__, f"{__file__}: no certificate in PEM form, with lines "
                                       "'-----BEGIN CERTIFICATE-----', is in it"),
                            ("/nowhere.pem", "cannot read /nowhere.pem: No such file or directory")):
            with self.subTest(file=file):
                result = run_mockduit("serve", "--port", "0", "--webhook-ca", file)
                self.assertEqual(result.returncode, 2)
                self.assertEqual(result.stderr, f"mockduit: --webhook-ca: {words}\n")


if __name__ == "__main__":
    unittest.main()
