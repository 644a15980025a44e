"""requests: with urllib3's Retry, which reads Retry-After; with tenacity; with backoff."""

import email.utils
import time

import backoff
import requests
import requests.adapters
import tenacity
from urllib3.util.retry import Retry

PASSING = [429, 500, 502, 503, 504]
ALL_METHODS = None  # the default is what is idempotent


def session(run, retry=0):
    made = requests.Session()
    made.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=run["callers"], max_retries=retry))
    made.trust_env = False
    if not run["keepAlive"]:
        made.headers["Connection"] = "close"
    return made


def send(made, run, call):
    return made.request(call["method"], call["url"], headers=call["headers"], data=call.get("body"),
                        timeout=run.get("patience"))


def urllib3(total, **options):
    def client(run):
        made = session(run, Retry(total, **options))
        return lambda call: send(made, run, call)
    return client


def told(answer):
    """Seconds, or None."""
    text = answer.headers.get("Retry-After")
    if text is None or text.isdigit():
        return text and int(text)
    return max(0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())


def checked(answer):
    if answer.status_code in PASSING:
        answer.raise_for_status()
    return answer


def tenacious(stop, wait, check=checked):
    def client(run):
        made = session(run)
        again = tenacity.Retrying(stop=tenacity.stop_after_attempt(stop), wait=wait)
        return lambda call: again(lambda: check(send(made, run, call)))
    return client


class wait_as_told(tenacity.wait.wait_base):
    def __call__(self, state):
        error = state.outcome.exception()
        seconds = told(error.response) if getattr(error, "response", None) is not None else None
        return 0.05 * 2 ** state.attempt_number if seconds is None else seconds


def backed_off(decorate):
    def client(run):
        made = session(run)
        return decorate(lambda call: checked(send(made, run, call)))
    return client


def nested(run):
    """A loop around a client that tries again by itself."""
    made = session(run, Retry(2, backoff_factor=0.1, status_forcelist=PASSING, allowed_methods=ALL_METHODS))
    again = tenacity.Retrying(stop=tenacity.stop_after_attempt(2), wait=tenacity.wait_fixed(0.3))
    return lambda call: again(lambda: send(made, run, call))


def refused_too(answer):
    answer.raise_for_status()
    return answer


ERRORS = requests.RequestException
growing = tenacity.wait_exponential(multiplier=0.06)
steadily = backoff.on_exception(backoff.constant, ERRORS, max_tries=4, interval=0.1, jitter=None, logger=None)
growingly = backoff.on_exception(backoff.expo, ERRORS, max_tries=4, factor=0.08, jitter=None, logger=None)
jittery = backoff.on_exception(backoff.expo, ERRORS, max_tries=4, factor=0.2, logger=None)
as_told = backoff.on_predicate(backoff.runtime, lambda answer: answer.status_code in (429, 503), max_tries=4,
                               value=lambda answer: told(answer) or 0.1, jitter=None, logger=None)

SETTINGS = {
    "requests/plain": {"method": "POST", "client": urllib3(0)},
    "urllib3/three": {"method": "GET", "client": urllib3(3)},
    "urllib3/statuses": {"method": "GET", "client": urllib3(3, backoff_factor=0.1, status_forcelist=PASSING)},
    "urllib3/post": {"method": "POST", "client": urllib3(3, backoff_factor=0.1, status_forcelist=PASSING, allowed_methods=ALL_METHODS)},
    "urllib3/delete": {"method": "DELETE", "client": urllib3(3, backoff_factor=0.1, status_forcelist=PASSING)},
    "urllib3/deaf": {"method": "GET", "client": urllib3(3, backoff_factor=0.1, status_forcelist=PASSING, respect_retry_after_header=False)},
    "urllib3/at-once": {"method": "GET", "client": urllib3(4, status_forcelist=PASSING)},
    "urllib3/refused-too": {"method": "POST", "client": urllib3(2, backoff_factor=0.1, status_forcelist=[400, 401, 403, 404, 409, 422, *PASSING], allowed_methods=ALL_METHODS)},
    "urllib3/times-out": {"method": "GET", "patience": 0.3, "client": urllib3(3, backoff_factor=0.1, status_forcelist=PASSING)},
    "urllib3/nested": {"method": "POST", "client": nested},
    "tenacity/exponential": {"method": "POST", "client": tenacious(4, growing)},
    "tenacity/fixed": {"method": "POST", "client": tenacious(4, tenacity.wait_fixed(0.1))},
    "tenacity/random": {"method": "POST", "client": tenacious(4, tenacity.wait_random_exponential(multiplier=0.2))},
    "tenacity/at-once": {"method": "GET", "client": tenacious(4, tenacity.wait_none())},
    "tenacity/as-told-post": {"method": "POST", "client": tenacious(4, wait_as_told())},
    "tenacity/refused-too": {"method": "POST", "client": tenacious(3, growing, refused_too)},
    "tenacity/endless": {"method": "POST", "client": tenacious(25, tenacity.wait_exponential(multiplier=0.01, max=0.05))},
    "backoff/constant": {"method": "POST", "client": backed_off(steadily)},
    "backoff/expo": {"method": "POST", "client": backed_off(growingly)},
    "backoff/full-jitter": {"method": "POST", "client": backed_off(jittery)},
    "backoff/runtime": {"method": "GET", "client": backed_off(as_told)},
}
for setting in SETTINGS.values():
    setting["sleeps"] = True  # by time.sleep
