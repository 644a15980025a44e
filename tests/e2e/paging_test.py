"""Long lists: every page is right, and one of thousands of resources costs what one of a few does.

A cost is the processor time that the server itself has used, the least of several: how busy the
machine is does not count.
"""

import copy
import time
import unittest
import urllib.parse

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, BASIC, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE,
                      EmulatorTest, RawClient, control, request, request_bytes)

MANY = 5000
FEW = 50
PAGE = 1000
GENEROUS = 8  # times the cost of the smaller one


class Fivetran:
    kind = "fivetran.connection"
    path = FIVETRAN_PATH
    body = FIVETRAN_BODY
    credential = ("Authorization", BASIC)

    @staticmethod
    def pages(get):
        """Each page's ids, by the cursor that the page before gave."""
        query = f"?limit={PAGE}"
        while query:
            data = get(FIVETRAN_PATH + query)["data"]
            yield [item["id"] for item in data["items"]]
            cursor = data.get("next_cursor")
            query = cursor and f"?limit={PAGE}&cursor={urllib.parse.quote(cursor)}"


class Airweave:
    kind = "airweave.source_connection"
    path = AIRWEAVE_PATH
    body = AIRWEAVE_BODY
    credential = ("X-API-Key", "k")

    @staticmethod
    def pages(get):
        """Each page's ids, until one is empty."""
        skip = 0
        while page := get(f"{AIRWEAVE_PATH}?skip={skip}&limit={PAGE}"):
            yield [item["id"] for item in page]
            skip += PAGE


LISTINGS = (Fivetran, Airweave)


class PagingTest(EmulatorTest):
    OPTIONS = ("--max-body", 64 * 1024 * 1024)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for listing in LISTINGS:
            for count in (FEW, PAGE, MANY):
                cls.fill(listing, count)

    @classmethod
    def fill(cls, listing, count):
        """A session with so many, all copies of one that the API made."""
        session = cls.session(listing, count)
        control(cls.emulator, "PUT", f"/sessions/{session}", {"editions": {"airweave": "2025-07"}})
        made = request(cls.emulator, "POST", f"/@{session}{listing.path}",
                       [JSON_TYPE, listing.credential], listing.body)
        assert made.status in (200, 201), made
        store = control(cls.emulator, "GET", f"/sessions/{session}/store")["resources"]
        [(first, resource)] = store[listing.kind].items()
        store[listing.kind] = {}
        for number in range(count):
            one = copy.deepcopy(resource)
            one["id"] = f"{first[:-5]}{number:05}"
            store[listing.kind][one["id"]] = one
        control(cls.emulator, "PUT", f"/sessions/{session}/store", {"resources": store})

    @staticmethod
    def session(listing, count):
        return f"{listing.kind.replace('_', '-')}-{count}"

    def bytes_of(self, listing, count, path):
        return request_bytes("GET", f"/@{self.session(listing, count)}{path}", [listing.credential])

    def getter(self, client, listing, count):
        def get(path):
            client.send(self.bytes_of(listing, count, path))
            answer = client.answer("GET")
            self.assertEqual(answer.status, 200, answer)
            return answer.json()
        return get

    def paths(self, listing, count):
        """The path and query of each page."""
        asked = []
        with RawClient(self.emulator) as client:
            get = self.getter(client, listing, count)
            for _ in listing.pages(lambda path: asked.append(path) or get(path)):
                pass
        return asked

    def cost(self, listing, count, path):
        """The least processor time, in seconds, that several requests for the path took."""
        data = self.bytes_of(listing, count, path)
        used = []
        with RawClient(self.emulator) as client:
            for _ in range(9):
                before = self.processor_time()
                client.send(data)
                answer = client.answer("GET")
                used.append(self.processor_time() - before)
                self.assertEqual(answer.status, 200)
        return min(used)

    def processor_time(self):
        """Seconds that all threads of the server have run; Linux has such a clock a process."""
        return time.clock_gettime(~self.emulator.process.pid << 3 | 2)

    def test_the_pages_have_every_resource_once(self):
        for listing in LISTINGS:
            with self.subTest(listing.kind), RawClient(self.emulator) as client:
                pages = list(listing.pages(self.getter(client, listing, MANY)))
                self.assertEqual([len(page) for page in pages], [PAGE] * (MANY // PAGE))
                ids = [one for page in pages for one in page]
                self.assertEqual(len(set(ids)), MANY)
                self.assertIn(ids, (sorted(ids), sorted(ids, reverse=True)))

    def test_a_page_of_many_costs_what_one_of_few_does(self):
        for listing in LISTINGS:
            with self.subTest(listing.kind):
                few = self.cost(listing, PAGE, self.paths(listing, PAGE)[0])
                many = self.cost(listing, MANY, self.paths(listing, MANY)[0])
                self.assertLess(many, GENEROUS * few)

    def test_a_short_page_of_many_costs_what_one_of_few_does(self):
        for listing in LISTINGS:
            with self.subTest(listing.kind):
                few, many = (self.cost(listing, count, f"{listing.path}?limit=10")
                             for count in (FEW, MANY))
                self.assertLess(many, GENEROUS * few)

    def test_the_last_page_costs_what_the_first_does(self):
        for listing in LISTINGS:
            with self.subTest(listing.kind):
                paths = self.paths(listing, MANY)[:MANY // PAGE]
                first, last = (self.cost(listing, MANY, path) for path in (paths[0], paths[-1]))
                self.assertLess(last, GENEROUS * first)

    def test_a_page_costs_about_what_its_resources_do_one_by_one(self):
        for listing in LISTINGS:
            with self.subTest(listing.kind), RawClient(self.emulator) as client:
                path = self.paths(listing, MANY)[0]
                first = next(listing.pages(self.getter(client, listing, MANY)))[0]
                page = self.cost(listing, MANY, path)
                one = self.cost(listing, MANY, f"{listing.path}/{first}")
                self.assertLess(page, GENEROUS * PAGE * one)


if __name__ == "__main__":
    unittest.main()
