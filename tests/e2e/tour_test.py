"""The tour in the README goes as it stands there, and a tour that does not is found out."""

import unittest

from emulator import TREE, Emulator
from tour import read_tour, run_tour

SAMPLE = """
Before the tour nothing is run:
```sh
exit 9
```
<!-- tour -->
```sh
attempts=2
```
A variable lives on, and the address is the server's:
```sh
for attempt in $(seq $attempts); do
  curl -s -o /dev/null -w '%{http_code}\\n' \\
    http://127.0.0.1:8080/~throttled-twice/source-connections \\
    -H 'X-API-Key: my-key' -d '{"name":"My source","short_name":"stripe"}'
done
```
```text
429
429
```
JSON may be shown on one line or on many:
```sh
curl -s -X POST http://localhost:8080/source-connections
```
```json
{
  "detail": "No valid …"
}
```
```sh
curl -si http://127.0.0.1:8080/__admin/health; build/release/mockduit --version
```
```http
HTTP/1.1 200 OK
…
  "status": "ok",
…
```
<!-- /tour -->
```sh
exit 9
```
"""


def run(document):
    with Emulator() as emulator:
        return run_tour(document, emulator.url)


class TourTest(unittest.TestCase):
    def test_the_readmes_tour(self):
        readme = (TREE / "README.md").read_text()
        self.assertGreater(len(read_tour(readme)), 3)
        wrong = run(readme)
        if wrong:
            self.fail(wrong)

    def test_a_sample(self):
        self.assertEqual(len(read_tour(SAMPLE)), 4)
        self.assertIsNone(run(SAMPLE))

    def test_what_is_not_as_shown_is_found_out(self):
        for command, shown, found in (("(exit 3)", "", "exit code 3"),
                                      ("echo one; echo two", "one\n", "printed: two"),
                                      ("echo one", "one\ntwo\n", "shown:   two"),
                                      ("echo 1", "2…\n", "printed: 1")):
            sample = f"```sh\n{command}\n```\n```text\n{shown}```\n"
            with self.subTest(sample=sample):
                self.assertIn(found, run(f"<!-- tour -->\n{sample}<!-- /tour -->\n"))

    def test_a_document_without_a_tour_is_found_out(self):
        with self.assertRaises(ValueError):
            read_tour("```sh\ntrue\n```\n")


if __name__ == "__main__":
    unittest.main()
