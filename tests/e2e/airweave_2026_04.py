"""What the tests of Airweave's edition 2026-04 share: its calls, each test in its own session."""

from airweave_2025_10 import STRIPE, Airweave

SDK = ("x-fern-sdk-version", "v0.9.62")
OWN = "7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e11"


class Airweave2026(Airweave):
    def send(self, method, path, body=None, headers=(SDK,), selector=None):
        return super().send(method, path, body, headers=headers, selector=selector)

    def newest(self, connection):
        return self.jobs(connection)[0]

    def fails(self, ends, error=None):
        """The session's syncs end so from now on."""
        course = {"ends": ends, **({"error": error} if error else {})}
        self.play(lifecycle={"airweave.sync_job": course})

    def synced(self, **changes):
        """A source connection whose first sync is over."""
        made = self.create(**changes)
        self.advance("10s")
        return made


__all__ = ["OWN", "SDK", "STRIPE", "Airweave2026"]
