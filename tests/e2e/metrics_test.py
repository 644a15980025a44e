"""The metrics: sound Prometheus text, with the counts that the requests make."""

import re
import unittest

from emulator import Emulator, EmulatorTest, control, create_on_supermetrics, request
from worlds import ask, create_on_airweave, create_on_fivetran

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"')
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (\S+)")
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|Inf)|NaN")
ESCAPES = {"\\\\": "\\", '\\"': '"', "\\n": "\n"}


def parse(text):
    """{metric: (type, {(sample's name, labels): value})}; text that is not sound raises."""

    def check(sound, line):
        if not sound:
            raise ValueError(f"not sound: {line!r}")

    metrics = {}
    helped = None
    check(text.endswith("\n"), text[-80:])
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            helped, _, words = line[7:].partition(" ")
            check(re.fullmatch(NAME, helped) and words and helped not in metrics, line)
            continue
        if line.startswith("# TYPE "):
            name, _, kind = line[7:].partition(" ")
            check(name == helped and name not in metrics, line)
            check(kind in ("counter", "gauge", "histogram"), line)
            metrics[name] = (kind, {})
            continue
        sample = SAMPLE.fullmatch(line)
        check(sample and NUMBER.fullmatch(sample[3]), line)
        # Samples stand together, behind their head.
        check(re.fullmatch(rf"{helped}(_bucket|_sum|_count)?", sample[1]), line)
        kind, samples = metrics[helped]
        check((sample[1] == helped) != (kind == "histogram"), line)
        labels = LABEL.findall(sample[2] or "")
        check(",".join(f'{key}="{value}"' for key, value in labels) == (sample[2] or ""), line)
        unescaped = tuple((key, re.sub(r"\\.", lambda escape: ESCAPES[escape[0]], value))
                          for key, value in labels)
        check(len(dict(unescaped)) == len(unescaped), line)
        check((sample[1], unescaped) not in samples, line)
        samples[sample[1], unescaped] = float(sample[3])
    return metrics


class MetricsTest(EmulatorTest):
    def read(self):
        answer = ask(self.emulator, "GET", "/metrics")
        self.assertEqual((answer.status, answer.headers["Content-Type"]),
                         (200, "text/plain; version=0.0.4; charset=utf-8"))
        return parse(answer.body.decode())

    def counts(self):
        """By vendor, operation, status and outcome."""
        kind, samples = self.read()["mockduit_requests_total"]
        self.assertEqual(kind, "counter")
        for _, labels in samples:
            self.assertEqual([key for key, _ in labels],
                             ["vendor", "operation", "status", "outcome"])
        return {tuple(value for _, value in labels): count
                for (_, labels), count in samples.items()}

    def durations(self):
        kind, samples = self.read()["mockduit_request_duration_seconds"]
        self.assertEqual(kind, "histogram")
        buckets = [(dict(labels)["le"], value) for (name, labels), value in samples.items()
                   if name.endswith("_bucket")]
        rest = {name.rpartition("_")[2]: value for (name, labels), value in samples.items()
                if not labels}
        return buckets, rest

    def test_requests_by_vendor_operation_status_and_outcome(self):
        before = self.counts()
        for _ in range(3):
            create_on_supermetrics(self.emulator, "/~throttled-twice@metrics")
        create_on_fivetran(self.emulator, "/@metrics")
        create_on_airweave(self.emulator, "/~rate-limited@other")
        request(self.emulator, "POST", "/@metrics/source-connections")
        request(self.emulator, "GET", "/@metrics/nowhere")
        create_on_supermetrics(self.emulator, "/~no-such-scenario")
        after = self.counts()
        supermetrics = ("supermetrics", "supermetrics.create_data_source_connection")
        airweave = ("airweave", "airweave.create_source_connection")
        self.assertEqual({key: after[key] - before.get(key, 0) for key in after
                          if after[key] != before.get(key, 0)},
                         {(*supermetrics, "429", "rate_limited"): 2,
                          (*supermetrics, "201", "success"): 1,
                          ("fivetran", "fivetran.create_connection", "201", "success"): 1,
                          (*airweave, "429", "rate_limited"): 1,
                          (*airweave, "401", "unauthorized"): 1,
                          ("", "", "404", ""): 1,
                          ("", "", "400", ""): 1})

    def test_the_control_api_does_not_count(self):
        before = self.counts()
        control(self.emulator, "GET", "/sessions")
        request(self.emulator, "GET", "/")
        self.assertEqual(self.counts(), before)

    def test_durations_are_a_sound_histogram(self):
        for _ in range(20):
            create_on_supermetrics(self.emulator)
        _, before = self.durations()
        for _ in range(20):
            create_on_supermetrics(self.emulator)
        buckets, after = self.durations()
        self.assertEqual(after["count"] - before["count"], 20)
        self.assertGreater(after["sum"], before["sum"])
        bounds = [float(bound) for bound, _ in buckets]
        self.assertEqual(bounds, sorted(set(bounds)))
        self.assertEqual(buckets[-1], ("+Inf", after["count"]))
        values = [value for _, value in buckets]
        self.assertEqual(values, sorted(values))

    def test_every_request_has_a_duration(self):
        self.assertEqual(sum(self.counts().values()), self.durations()[1]["count"])

    def test_sessions_in_use(self):
        before = self.read()["mockduit_sessions"]
        self.assertEqual(before[0], "gauge")
        create_on_supermetrics(self.emulator, "/@one-more")
        value = ("mockduit_sessions", ())
        self.assertEqual(self.read()["mockduit_sessions"][1][value], before[1][value] + 1)
        control(self.emulator, "DELETE", "/sessions/one-more")
        self.assertEqual(self.read()["mockduit_sessions"][1][value], before[1][value])


class EvictionsTest(unittest.TestCase):
    def evictions(self, emulator):
        metrics = parse(ask(emulator, "GET", "/metrics").body.decode())
        told = {}
        for name, (kind, samples) in metrics.items():
            if name.endswith("_evictions_total"):
                self.assertEqual(kind, "counter")
                told[name.split("_")[1]] = samples[name, ()]
        return told

    def test_what_has_no_room_is_counted(self):
        # There is room for the seeds, which are fewer than 100 of a kind.
        with Emulator("--max-sessions", 2, "--journal-size", 3, "--max-resources", 100) as emulator:
            self.assertEqual(self.evictions(emulator), {"session": 0, "memory": 0, "journal": 0, "store": 0})
            for _ in range(103):
                create_on_supermetrics(emulator, "/@a")
            self.assertEqual(self.evictions(emulator), {"session": 0, "memory": 0, "journal": 100, "store": 3})
            for session in ("b", "c"):
                create_on_supermetrics(emulator, f"/@{session}")
            # What went in a session that is gone still counts.
            self.assertEqual(self.evictions(emulator), {"session": 1, "memory": 0, "journal": 100, "store": 3})
            control(emulator, "DELETE", "/sessions/c")
            control(emulator, "POST", "/sessions/b/reset")
            self.assertEqual(self.evictions(emulator), {"session": 1, "memory": 0, "journal": 100, "store": 3})


class ParserTest(unittest.TestCase):
    def test_it_takes_what_is_sound(self):
        metrics = parse('# HELP a b c\n# TYPE a counter\na{x="\\"\\\\\\n",y=""} 1e-05\na 2\n')
        self.assertEqual(metrics, {"a": ("counter", {("a", (("x", '"\\\n'), ("y", ""))): 1e-05,
                                                     ("a", ()): 2})})

    def test_it_finds_out_what_is_not(self):
        head = "# HELP a b\n# TYPE a counter\n"
        for text in (head + "a 1", head + "a one\n", head + "b 1\n", head + 'a{x="} 1\n',
                     head + 'a{x="\\y"} 1\n', head + 'a{x="1",x="2"} 1\n', head + "a 1\na 1\n",
                     head + 'a{x="1"y="2"} 1\n', head + head + "a 1\n", "# TYPE a counter\na 1\n",
                     head + "a_sum 1\n"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse(text)


if __name__ == "__main__":
    unittest.main()
