"""Every operation of Fivetran's, called with an id that nobody knows, gives an error that is documented."""

import re
import unittest

from emulator import control
from fivetran import FivetranTest


class StrangersTest(FivetranTest):
    def test_an_id_that_nobody_knows_is_told_as_documented(self):
        told = control(self.emulator, "GET", "/operations")["operations"]
        ours = [one for one in told if one["vendor"] == "fivetran"]
        named = 0
        for operation in ours:
            [edition] = [one for one in operation["editions"] if one.get("outcomes")]
            if "{" not in edition["path"]:
                continue
            named += 1
            path = re.sub(r"\{[^}]*\}", "no_such_thing", edition["path"])
            with self.subTest(operation=operation["name"]):
                answer = self.ask(edition["method"], path, None if edition["method"] == "GET" else {})
                documented = {one["status"] for one in edition["outcomes"]}
                self.assertIn(answer.status, documented, answer)
                self.assertIn(answer.status, (400, 404, 415), answer)
                self.assertEqual(list(answer.json()), ["code", "message"])
        self.assertGreater(named, 100)


if __name__ == "__main__":
    unittest.main()
