"""Call: a request of the bench, and the status that it is answered with. ask() sends one."""
import http.client
import typing


class Call(typing.NamedTuple):
    method: str
    path: str
    headers: dict
    body: str | None
    status: int

    def at(self, prefix):
        """The same behind a selector, such as "/@demo"."""
        return self._replace(path=prefix + self.path)


JSON_TYPE = {"Content-Type": "application/json"}
SUPERMETRICS = {**JSON_TYPE, "Authorization": "Bearer my-key"}
AIRWEAVE = {**JSON_TYPE, "X-API-Key": "my-key"}
FIVETRAN = {**JSON_TYPE, "Authorization": "Basic bXkta2V5OnM="}

# What all servers are measured with. create.lua has wrk send the same.
CREATE = Call("POST", "/v1/teams/12345/data-source-connections", SUPERMETRICS,
              '{"data_source_id":"ADM","destination_type":"DWH_SNOWFLAKE"}', 201)


class Unexpected(Exception):
    """The answer was another than the bench asked for, so its cost says nothing."""


def ask(connection, call):
    """Gives the body of the answer to a call on an http.client connection."""
    connection.request(call.method, call.path, call.body, call.headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != call.status:
        raise Unexpected(f"{call.method} {call.path} was answered {answer.status}, not "
                         f"{call.status}: {text[:300].decode(errors='replace')}")
    return text


def connect(port, timeout=60):
    return http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
