"""Supermetrics' account tags."""

import unittest

from supermetrics import BAD_REQUEST, CONFLICT, TEAM, SupermetricsTest, without

TAGS = TEAM + "/account_tags"
TAG = {"display_name": "EMEA paid media", "color": "#112233",
       "data_sources": [{"data_source_id": "AW", "accounts": [{"account_id": "1"}]}]}


def sources(**accounts):
    return {"data_sources": [{"data_source_id": source,
                              "accounts": [{"account_id": one} for one in ids]}
                             for source, ids in accounts.items()]}


class AccountTagsTest(SupermetricsTest):
    def make(self, **changes):
        return self.told(200, "POST", TAGS, TAG | changes)["data"]

    def test_a_create_is_200_and_names_it(self):
        answer = self.ask("POST", TAGS, TAG)
        self.assertEqual((answer.status, list(answer.json())), (200, ["data"]), answer)
        made = answer.json()["data"]
        self.assertRegex(made["name"], "^[a-z0-9]{7}$")
        self.assertEqual(without(made, "name"), TAG)
        self.assertEqual(self.told(200, "GET", f"{TAGS}/{made['name']}"), {"data": made})

    def test_the_list_has_meta_and_counts(self):
        self.make()
        self.make(display_name="Empty", data_sources=[])
        told = self.told(200, "GET", TAGS)
        self.assertEqual((list(told), list(told["data"])), (["meta", "data"], ["items"]))
        self.assertEqual([list(one.values())[1:] for one in told["data"]["items"]],
                         [["EMEA paid media", "#112233", 1, 1], ["Empty", "#112233", 0, 0]])
        self.assertEqual(self.told(200, "GET", TAGS.replace("936506", "1"))["data"]["items"], [])

    def test_a_display_name_is_taken_once(self):
        self.make()
        self.assert_error(409, CONFLICT, self.ask("POST", TAGS, TAG))

    def test_accounts_come_and_go(self):
        path = f"{TAGS}/{self.make()['name']}"
        for call, sent, wanted in (("add", sources(AW=["1", "2"], FA=["9"]),
                                    sources(AW=["1", "2"], FA=["9"])),
                                   ("add", sources(FA=["9"]), sources(AW=["1", "2"], FA=["9"])),
                                   ("remove", sources(AW=["1", "7"], GAWA=["1"]),
                                    sources(AW=["2"], FA=["9"])),
                                   ("remove", sources(FA=["9"]), sources(AW=["2"]))):
            with self.subTest(call=call, sent=sent):
                told = self.told(200, "PATCH", f"{path}/{call}", sent)["data"]
                self.assertEqual(told["data_sources"], wanted["data_sources"])
                self.assertEqual(self.told(200, "GET", path)["data"], told)

    def test_put_leaves_its_accounts(self):
        made = self.make()
        changes = {"display_name": "Other", "color": "#445566"}
        told = self.told(200, "PUT", f"{TAGS}/{made['name']}", changes)["data"]
        self.assertEqual(told, made | changes)

    def test_delete_tells_whether_there_was_one(self):
        path = f"{TAGS}/{self.make()['name']}"
        for result in (True, False):
            self.assertEqual(self.told(200, "DELETE", path), {"data": {"result": result}})

    def test_an_unknown_tag_is_a_bad_request(self):
        for method, path, body in (("GET", "", None), ("PUT", "", without(TAG, "data_sources")),
                                   ("PATCH", "/add", sources()), ("PATCH", "/remove", sources())):
            answer = self.ask(method, f"{TAGS}/none{path}", body)
            self.assertEqual(answer.status, 400, answer)
            self.assertEqual(answer.json()["error"]["code"], "BAD_REQUEST")

    def test_rules_of_the_request(self):
        for body, words in ((without(TAG, "color"), "The field 'color' is required"),
                            (TAG | {"x": 1}, "The field 'x' is not known"),
                            ("{", "The request body is not valid JSON")):
            self.assert_error(400, BAD_REQUEST, self.ask("POST", TAGS, body), words)
        for color in "red", "#1122", "112233", "":
            self.assertEqual(self.ask("POST", TAGS, TAG | {"color": color}).status, 400, color)
        self.told(200, "POST", TAGS, TAG | {"color": "#aBc"})


if __name__ == "__main__":
    unittest.main()
