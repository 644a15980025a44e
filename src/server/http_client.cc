#include "server/http_client.h"

#include <httplib.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace mockduit {
namespace {

constexpr std::string_view kScheme = "http://";

httplib::Request ToLibrary(const std::string& method, std::string path, const Headers& headers,
                           const std::string& body) {
  httplib::Request request;
  request.method = method;
  request.path = std::move(path);
  for (const auto& [name, value] : headers.fields()) request.headers.emplace(name, value);
  request.body = body;
  return request;
}

Response FromLibrary(httplib::Response&& answer) {
  Response response;
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) response.headers.Add(name, value);
  response.body = std::move(answer.body);
  return response;
}

Result<Response> Ask(const std::string& origin, const httplib::Request& request,
                     std::chrono::milliseconds timeout) {
  httplib::Client client(origin);
  if (!client.is_valid()) return Fail(origin + " is not an address");
  client.set_connection_timeout(timeout);
  client.set_read_timeout(timeout);
  client.set_write_timeout(timeout);
  client.set_tcp_nodelay(true);
  httplib::Result result = client.send(request);
  if (!result) return Fail("no answer from " + origin + ": " + httplib::to_string(result.error()));
  return FromLibrary(std::move(*result));
}

}  // namespace

Result<Response> Fetch(const std::string& method, const std::string& url, const Headers& headers,
                       const std::string& body, std::chrono::milliseconds timeout) {
  if (!url.starts_with(kScheme)) return Fail(url + " is not an http:// address");
  const std::size_t end = std::min(url.find_first_of("/?#", kScheme.size()), url.size());
  std::string path = url.substr(end, 1) == "/" ? "" : "/";
  path += url.substr(end, url.find('#') - end);
  try {
    return Ask(url.substr(0, end), ToLibrary(method, std::move(path), headers, body), timeout);
  } catch (const std::exception& error) {
    return Fail("no answer from " + url + ": " + error.what());
  }
}

}  // namespace mockduit
