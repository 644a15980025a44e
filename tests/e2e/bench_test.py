"""What the bench reads (wrk's report, callgrind's file, a budget), and what it makes of it."""

import sys
import unittest
import xml.etree.ElementTree

from emulator import TREE

sys.path.insert(0, str(TREE / "bench"))  # whose modules know each other by their bare names

import beside
import counting
import docs
import load
import plot
import table

WRK = """Running 5s test @ http://127.0.0.1:8080/v1/teams/12345/data-source-connections
  2 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   640.93us    0.98ms  20.67ms   97.06%
    Req/Sec    27.50k     2.16k   31.57k    71.00%
  Latency Distribution
     50%  512.00us
     75%  703.00us
     90%    0.99ms
     99%    3.13ms
  273712 requests in 5.00s, 181.15MB read
Requests/sec:  54702.19
Transfer/sec:     36.20MB
"""

# Of one thread: main calls work twice, work calls malloc and, within itself, work again.
CALLGRIND = """# callgrind format
version: 1
creator: callgrind-3.19.0
events: Ir

ob=(1) /usr/bin/it
fl=(1) it.cc
fn=(1) main
10 5
cfn=(2) ns::Work(int)
calls=2 20
11 100
+3 7

fn=(2)
20 30
cob=(2) libc.so.6
cfi=(2) malloc.c
cfn=(3) malloc
calls=4 0
* 40
cfn=(4) ns::Work(int)'2
calls=1 20
+1 30

fn=(4)
20 10
cfn=(3)
calls=1 0
20 20

fn=(3)
0 60

summary: 112
totals: 112
"""

BUDGET = {"create": {"instructions": 1000, "allocations": 10.0}}


def figures(instructions, allocations):
    return {"create": counting.Figures(instructions, allocations)}


class LoadTest(unittest.TestCase):
    def test_a_report_has_requests_and_latencies(self):
        self.assertEqual(load.read_report(WRK), load.Report(
            requests=273712, per_second=54702.19, p50=0.512, p99=3.13, errors=""))

    def test_latencies_come_in_many_units(self):
        for written, millis in (("810.00us", 0.81), ("2.50ms", 2.5), ("1.02s ", 1020),
                                ("1.50m ", 90_000)):
            with self.subTest(written):
                report = load.read_report(WRK.replace("3.13ms", written))
                self.assertAlmostEqual(report.p99, millis)

    def test_errors_are_told_in_wrks_words(self):
        answered = "  Non-2xx or 3xx responses: 12\n"
        broken = "  Socket errors: connect 0, read 3, write 0, timeout 1\n"
        report = load.read_report(WRK.replace("Requests/sec", broken + answered + "Requests/sec"))
        self.assertEqual(report.errors, "Socket errors: connect 0, read 3, write 0, timeout 1; "
                                        "Non-2xx or 3xx responses: 12")

    def test_a_report_that_lacks_a_figure_is_none(self):
        with self.assertRaisesRegex(load.LoadFailed, "99%"):
            load.read_report(WRK.replace("     99%    3.13ms\n", ""))


class ProfileTest(unittest.TestCase):
    def setUp(self):
        self.profile = counting.read_profile(CALLGRIND.splitlines(keepends=True))

    def test_instructions_are_those_of_the_whole_run(self):
        self.assertEqual(self.profile.instructions, 112)

    def test_every_call_for_memory_is_an_allocation(self):
        self.assertEqual(self.profile.allocations, 5)

    def test_a_function_costs_what_it_calls_too(self):
        self.assertEqual(self.profile.cost_of("malloc"), 60)

    def test_a_recursion_counts_once(self):
        self.assertEqual(self.profile.cost_of("ns::Work("), 100)

    def test_what_is_inlined_has_no_cost(self):
        self.assertIsNone(self.profile.cost_of("ns::Play("))


class StagesTest(unittest.TestCase):
    COSTS = {counting.SERVE: 100, counting.HANDLE: 80, counting.DECIDE: 30, counting.VALIDATE: 10,
             counting.BEHAVE: 15, counting.FINISH: 40, counting.RENDER: 18}

    def test_a_stage_is_what_it_takes_without_the_others(self):
        stages = counting.stages_of(self.COSTS.get)
        self.assertEqual(list(stages.values()), [20, 10, 5, 10, 15, 18, 22])
        self.assertEqual(sum(stages.values()), self.COSTS[counting.SERVE])

    def test_an_inlined_stage_counts_where_it_was_put(self):
        stages = counting.stages_of({**self.COSTS, counting.RENDER: None}.get)
        self.assertEqual(list(stages.values())[-2:], [None, 40])


class BudgetTest(unittest.TestCase):
    def test_five_percent_more_is_within_it(self):
        self.assertEqual(counting.over(figures(1050, 10.5), BUDGET), [])
        self.assertEqual(counting.over(figures(500, 1), BUDGET), [])

    def test_more_is_told_with_both_figures(self):
        self.assertEqual(
            counting.over(figures(1100, 12.0), BUDGET),
            ["create: 1,100 instructions, 10% over the budget of 1,000",
             "create: 12.0 allocations, 20% over the budget of 10.0"])

    def test_anything_is_more_than_nothing(self):
        self.assertEqual(
            counting.over(figures(1, 2.0), {"create": {"instructions": 1, "allocations": 0}}),
            ["create: 2.0 allocations, over a budget of 0"])

    def test_a_call_without_a_budget_is_told(self):
        self.assertEqual(counting.over(figures(1, 2.0), {}),
                         ["create: 1 instructions, for which there is no budget",
                          "create: 2.0 allocations, for which there is no budget"])


class ScriptTest(unittest.TestCase):
    def test_only_what_the_script_does_not_have_is_told_beside_the_429s(self):
        self.assertEqual(beside.tell_statuses([201, 429, 201, 429]), "2")
        self.assertEqual(beside.tell_statuses([429, 404, 500, 404]), "1 (404: 2, 500: 1)")

    def test_another_body_is_no_answer(self):
        beside.check_answer(b'{"data": {"connection_id": "a", "login_url": null}}')
        for text in (b"", b"[]", b'{"data": {}}',
                     b'{"data": {"connection_id": 1, "login_url": null}}'):
            with self.subTest(text), self.assertRaises(beside.NotStarted):
                beside.check_answer(text)


class TableTest(unittest.TestCase):
    TABLE = table.Table(["", "now"], [["start", str(table.Spread.of([3, 1, 2.5]))],
                                      ["requests", str(table.Spread.of([1234.5]))]])

    def test_a_spread_is_the_median_with_least_and_most(self):
        self.assertEqual([row[1] for row in self.TABLE.rows],
                         ["2.50 (1.00–3.00)", "1,234 (1,234–1,234)"])

    def test_columns_stand_below_each_other(self):
        self.assertEqual(self.TABLE.text().splitlines(), ["                          now",
                                                          "start        2.50 (1.00–3.00)",
                                                          "requests  1,234 (1,234–1,234)"])

    def test_it_can_be_written_into_a_page(self):
        self.assertEqual(self.TABLE.markdown().splitlines(),
                         ["|  | now |", "|---|--:|", "| start | 2.50 (1.00–3.00) |",
                          "| requests | 1,234 (1,234–1,234) |"])


class DocsTest(unittest.TestCase):
    PAGE = "Before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nafter\n"

    def test_only_what_stands_between_the_marks_is_written_anew(self):
        self.assertEqual(docs.replace(self.PAGE, "a", "new\n"), self.PAGE.replace("old", "new"))

    def test_a_page_without_the_marks_stays_as_it_is(self):
        for page in (self.PAGE.replace("/bench", "bench"), "nothing"):
            with self.subTest(page), self.assertRaisesRegex(ValueError, "bench:a"):
                docs.replace(page, "a", "new")

    def test_the_pages_have_every_mark(self):
        for file, names in ((docs.PAGE, ("table", "connections", "operations", "stages", "peers")),
                            (docs.README, ("speed", "peers"))):
            for name in names:
                with self.subTest(file=file.name, name=name):
                    docs.replace(file.read_text(encoding="utf-8"), name, "")

    def test_the_readme_names_the_fastest_of_the_others(self):
        spreads = [table.Spread(median, 1, 9e9) for median in (50_000, 4000, 6000, 5000)]
        titles = ["Mockduit", "A, journal on", "A, journal off", "B"]
        self.assertEqual(docs.words_on_peers(dict(zip(titles, spreads))),
                         "Of 2 other servers of mocks beside it, the fastest (A, journal off) "
                         "answers 6,000 a second, where it answers 50,000.")


class PlotTest(unittest.TestCase):
    def test_steps_are_round_and_reach_the_most(self):
        self.assertEqual(plot.ticks_to(9), [0, 2, 4, 6, 8, 10])
        self.assertEqual(plot.ticks_to(106_000), [0, 50_000, 100_000, 150_000])
        self.assertEqual(plot.ticks_to(0.3), [0, 0.1, 0.2, 0.3])

    def test_a_picture_has_a_point_for_each_measure_within_its_panel(self):
        spread = table.Spread(50, 40, 60)
        points = {"a < b": {8: spread, 16: spread, 32: spread}, "one": {8: spread}}
        text = plot.plot([plot.Panel("left", "x", points, True), plot.Panel("right", "x", points)],
                         "two panels")
        picture = xml.etree.ElementTree.fromstring(text)
        dots = picture.findall(".//{*}circle")
        self.assertEqual(len(dots), 8)
        for dot in dots:
            self.assertTrue(plot.LEFT <= float(dot.get("cx")) <= plot.WIDTH - plot.RIGHT)
            self.assertTrue(plot.TOP <= float(dot.get("cy")) <= plot.HEIGHT - plot.BOTTOM)
        self.assertEqual(len(picture.findall(".//{*}polyline")), 2)

    def test_doublings_are_steps_of_one_length(self):
        points = {"one": {x: table.Spread(1, 1, 1) for x in (8, 16, 32)}}
        picture = xml.etree.ElementTree.fromstring(
            plot.plot([plot.Panel("it", "x", points, True)], "a panel"))
        first, second, third = (float(dot.get("cx")) for dot in picture.findall(".//{*}circle"))
        self.assertEqual(second - first, third - second)


if __name__ == "__main__":
    unittest.main()
