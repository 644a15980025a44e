"""What tests of the control API share: its calls, and a create on each vendor."""

import json

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, BASIC, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE,
                      control, request)

START = "2026-01-15T10:00:00.000000Z"  # where the clocks of these tests begin


def ask(emulator, method, path, body=None):
    """The control API's answer, whatever it is."""
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    return request(emulator, method, "/__admin" + path, [JSON_TYPE], text, emulator.host)


def create_on_airweave(emulator, prefix=""):
    return request(emulator, "POST", prefix + AIRWEAVE_PATH, [JSON_TYPE, ("X-API-Key", "k")],
                   AIRWEAVE_BODY)


def create_on_fivetran(emulator, prefix=""):
    return request(emulator, "POST", prefix + FIVETRAN_PATH, [JSON_TYPE, ("Authorization", BASIC)],
                   FIVETRAN_BODY)


def ids_in(emulator, session, kind):
    resources = control(emulator, "GET", f"/sessions/{session}/store")["resources"]
    return list(resources.get(kind, {}))
