"""The certificates and fingerprints that Fivetran was told to trust."""

import base64
import unittest

from fivetran import PLAIN, START, FivetranTest

KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC6 fivetran user key"
HASH = "jhg5UI7f+grI6/yy?"
ID = base64.urlsafe_b64encode(HASH.encode()).decode().rstrip("=")


class CertificateTest(FivetranTest):
    def paths(self, what):
        """Of a connection's and of a destination's: (path, owner, its id)."""
        connection = self.data("POST", "/v1/connections", {
            "group_id": "_moonbeam", "service": "google_sheets",
            "config": {"schema": "s", "table": "t"}}, 201)["id"]
        for owner, id in (("connection", connection), ("destination", "_moonbeam")):
            yield f"/v1/{owner}s/{id}/{what}", owner, id

    def lives(self, what, body, words):
        """From approval to revocation; `words` are those of a revocation, by the owner."""
        name = what[:-1]
        for path, owner, id in self.paths(what):
            with self.subTest(owner=owner):
                made = self.json("POST", path, body, 201)
                self.assertEqual(made["message"], f"The {name} has been approved.")
                self.assertEqual((made["data"]["id"], made["data"]["hash"]), (ID, HASH))
                # As Fivetran's own client asserts.
                self.assertEqual(made["data"]["validated_by"], "Jane Doe")
                self.assertEqual(made["data"]["validated_date"], START)
                self.assertEqual(self.data("GET", f"{path}/{ID}"), made["data"])
                self.assertEqual(self.data("GET", path), {"items": [made["data"]]})
                gone = self.json("DELETE", f"{path}/{ID}")
                self.assertEqual(gone["message"], words[owner].format(hash=ID, id=id))
                for method in ("GET", "DELETE"):
                    self.assert_error(method, f"{path}/{ID}", 404, "NotFound",
                                      f"{name.capitalize()} with specified hash not found")
                self.assertEqual(self.data("GET", path), {"items": []})
                for field in body:
                    less = {key: value for key, value in body.items() if key != field}
                    self.assert_invalid("POST", path, f"Field '{field}' is required", less)
                nowhere = path.replace(id, "nowhere")
                what_owns = owner.capitalize()
                self.assert_not_found("GET", nowhere, what_owns, "nowhere")
                self.assert_not_found("POST", nowhere, what_owns, "nowhere", body)
                self.assert_not_found("GET", f"{nowhere}/{ID}", what_owns, "nowhere")
                self.assert_bad_pages(path)

    def test_they_go_with_their_destination(self):
        body = {"hash": HASH, "public_key": KEY}
        self.json("POST", "/v1/destinations/_moonbeam/fingerprints", body, 201)
        self.json("DELETE", "/v1/destinations/_moonbeam")
        self.assertEqual(self.stored("fingerprint"), {})

    def test_a_certificate_lives_from_approval_to_revocation(self):
        words = "Certificate '{{hash}}' has been revoked for {} '{{id}}'"
        self.lives("certificates", {"hash": HASH, "encoded_cert": "MIID9DCCAtyg"},
                   {owner: words.format(owner) for owner in ("connection", "destination")})

    def test_what_is_no_certificate_is_refused(self):
        paths = ["/v1/certificates", *(path for path, _, _ in self.paths("certificates"))]
        for path in paths:
            for text in ("nonsense", "Y2VydA==", "MII!", "-----BEGIN CERTIFICATE-----"):
                with self.subTest(path=path, text=text):
                    self.assert_invalid("POST", path, "Invalid value of field 'encoded_cert'",
                                        {"hash": HASH, "encoded_cert": text})
        self.assertEqual(self.stored("certificate"), {})

    def test_a_fingerprint_lives_from_approval_to_revocation(self):
        self.lives("fingerprints", {"hash": HASH, "public_key": KEY}, {
            "connection": "Fingerprint with hash '{hash}' has been revoked for connection "
                          "with id '{id}'",
            "destination": "Fingerprint with hash = '{hash}' has been revoked for destination "
                           "id = '{id}'"})

    def test_the_deprecated_call_approves_too(self):
        body = {"hash": HASH, "encoded_cert": "MIID9DCCAtyg", "destination_id": "_moonbeam"}
        self.assertEqual(self.json("POST", "/v1/certificates", body),
                         {"code": "Success", "message": "The certificate has been approved."})
        self.assertEqual(self.data("GET", f"/v1/destinations/_moonbeam/certificates/{ID}")["id"],
                         ID)

    def test_the_calls_of_2024_name_a_connector(self):
        connection = self.data("POST", "/v1/connections", PLAIN, 201)["id"]
        for kind, more in ("certificates", {"encoded_cert": "MIID9DCCAtyg"}), ("fingerprints", {"public_key": KEY}):
            for name, of in ("connector_id", f"connections/{connection}"), ("destination_id", "destinations/_moonbeam"):
                self.done("POST", f"/v1/{kind}", {"hash": HASH, name: of.rpartition("/")[2], **more})
                self.assertEqual(self.data("GET", f"/v1/{of}/{kind}/{ID}")["id"], ID)

    def test_what_is_approved_for_one_is_not_for_another(self):
        body = {"hash": HASH, "public_key": KEY}
        self.json("POST", "/v1/destinations/_moonbeam/fingerprints", body, 201)
        for path, owner, _ in self.paths("fingerprints"):
            count = 1 if owner == "destination" else 0
            self.assertEqual(len(self.data("GET", path)["items"]), count)


if __name__ == "__main__":
    unittest.main()
