"""Clients in thousands that say nothing: a new one is still served."""

import unittest

from emulator import EmulatorTest, RawClient

CLIENTS = 500


class IdleClientsTest(EmulatorTest):
    def test_a_new_client_is_served_beside_idle_ones(self):
        idle = [RawClient(self.emulator) for _ in range(CLIENTS)]
        try:
            self.assert_still_serves()
        finally:
            for client in idle:
                client.close()


if __name__ == "__main__":
    unittest.main()
