"""Fivetran's packages of the Connector SDK: files that are uploaded, told by their hash and given back."""

import hashlib
import io
import unittest
import zipfile

from emulator import basic, request
from fivetran import START, FivetranTest, at

PATH = "/v1/connector-sdk/packages"
WRONG = "Invalid package file or missing file parameter"


def package(code):
    """A ZIP file with that code in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("connector.py"), code)
    return file.getvalue()


class PackagesTest(FivetranTest):
    def upload(self, method, path, content, name="file", status=201):
        """Sent as go-fivetran sends it."""
        body = (b"--edge\r\nContent-Disposition: form-data; name=\"" + name.encode() +
                b"\"; filename=\"code.zip\"\r\nContent-Type: application/octet-stream\r\n\r\n" +
                content + b"\r\n--edge--\r\n")
        answer = request(self.emulator, method, f"/~{self.scenario}@{self.session}{path}",
                         [("Authorization", basic("my-key")),
                          ("Content-Type", "multipart/form-data; boundary=edge")], body)
        self.assertEqual(answer.status, status, answer)
        return answer.json()

    def test_a_package_lives_from_upload_to_delete(self):
        first, second = package("print(1)"), package("print(2)")
        made = self.upload("POST", PATH, first)
        self.assertEqual(made["message"], "Package created successfully")
        one = made["data"]["id"]
        path = f"{PATH}/{one}"
        self.assertEqual(made["data"], {
            "id": one, "connection_id": None, "created_by": "priceless_odour",
            "last_updated_by": "priceless_odour", "created_at": START, "updated_at": START,
            "file_sha256_hash": hashlib.sha256(first).hexdigest()})
        self.assertEqual(self.ask("GET", path + "/download").body, first)
        self.wait("1s")
        changed = self.upload("PATCH", path, second, status=200)
        self.assertEqual(changed["message"], "Package updated successfully")
        self.assertEqual(changed["data"], {
            **made["data"], "updated_at": at(1),
            "file_sha256_hash": hashlib.sha256(second).hexdigest()})
        told = self.json("GET", path)
        self.assertEqual(told, {**changed,
                                "message": "Connector SDK package details retrieved successfully"})
        download = self.ask("GET", path + "/download", headers=[("Accept", "*/*")])
        self.assertEqual((download.headers["Content-Type"], download.body),
                         ("application/octet-stream", second))
        self.assertEqual(self.json("DELETE", path),
                         {"code": "Success", "message": "Package deleted successfully"})
        for method, below in (("GET", ""), ("DELETE", ""), ("GET", "/download")):
            self.assert_error(method, path + below, 404, "NotFound_ConnectorSdkPackage",
                              "Package not found")
        self.assertEqual(self.upload("PATCH", path, first, status=404)["message"],
                         "Package not found")

    def test_a_download_takes_the_accept_that_is_documented_for_it(self):
        path = f"{PATH}/{self.upload('POST', PATH, package('x'))['data']['id']}/download"
        for accept in ("application/json", "application/json;version=2", "application/octet-stream"):
            with self.subTest(accept=accept):
                answer = self.ask("GET", path, headers=[("Accept", accept)])
                self.assertEqual((answer.status, answer.headers["Content-Type"], answer.body),
                                 (200, "application/octet-stream", package("x")))
        self.assert_refused(self.ask("GET", path, headers=[("Accept", "text/html")]), 406,
                            "NotAcceptable", "HTTP 406 Not Acceptable")

    def test_what_is_no_package_is_refused(self):
        for content, name in ((b"print(1)", "file"), (b"", "file"), (package("x"), "other")):
            with self.subTest(content=content[:4], name=name):
                self.assertEqual(self.upload("POST", PATH, content, name, 400),
                                 {"code": "InvalidInput", "message": WRONG})
        self.assert_error("POST", PATH, 415, "UnsupportedMediaType",
                          "HTTP 415 Unsupported Media Type", {"file": "x"})
        self.assertEqual(self.data("GET", PATH), {"items": []})

    def test_one_that_a_connection_uses_stays(self):
        one = self.upload("POST", PATH, package("x"))["data"]["id"]
        connection = self.make({"group_id": "group_id", "service": "connector_sdk",
                                "config": {"schema": "mine", "package_id": one}})
        self.assertEqual(self.data("GET", f"{PATH}/{one}")["connection_id"], connection)
        self.assert_error("DELETE", f"{PATH}/{one}", 403, "Forbidden",
                          "Package is associated with a connection and cannot be deleted")
        self.done("DELETE", f"/v1/connections/{connection}")
        self.assertIsNone(self.data("GET", f"{PATH}/{one}")["connection_id"])
        self.done("DELETE", f"{PATH}/{one}")

    def test_packages_come_in_pages(self):
        packages = [self.upload("POST", PATH, package(str(n)))["data"]["id"] for n in range(5)]
        self.assert_pages(PATH, packages)
        self.assert_bad_pages(PATH)


if __name__ == "__main__":
    unittest.main()
