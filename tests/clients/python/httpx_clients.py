"""httpx, whose own retries are of connections alone, and httpx with tenacity."""

import httpx
import tenacity


def made(run, retries):
    limits = httpx.Limits(max_keepalive_connections=None if run["keepAlive"] else 0)
    return httpx.Client(transport=httpx.HTTPTransport(retries=retries, limits=limits), trust_env=False)


def plain(retries=0):
    def client(run):
        http = made(run, retries)
        return lambda call: http.request(call["method"], call["url"], headers=call["headers"],
                                         content=call.get("body"))
    return client


def tenacious(run):
    once = plain()(run)
    again = tenacity.Retrying(stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_exponential(multiplier=0.1),
                              retry=tenacity.retry_if_exception_type(httpx.TransportError)
                              | tenacity.retry_if_result(lambda answer: answer.status_code >= 500))
    return lambda call: again(once, call)


SETTINGS = {
    "httpx/plain": {"method": "GET", "client": plain()},
    "httpx/tenacity": {"method": "POST", "client": tenacious},
}
