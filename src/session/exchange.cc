#include "session/exchange.h"

#include <cmath>

#include "base/text.h"

namespace mockduit {
namespace {

Json OrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json HeadersToJson(const Headers& headers) {
  Json list = Json::MakeArray();
  for (const auto& [name, value] : headers.fields()) {
    list.Append(Json::MakeArray({ValidUtf8(name), ValidUtf8(value)}));
  }
  return list;
}

Headers HeadersFromJson(const Json& list) {
  Headers headers;
  for (const Json& field : list.IfArray() != nullptr ? *list.IfArray() : Json::Array()) {
    const Json::Array* pair = field.IfArray();
    if (pair == nullptr || pair->size() != 2) continue;
    headers.Add(std::string((*pair)[0].AsString()), std::string((*pair)[1].AsString()));
  }
  return headers;
}

// A whole number where it is one.
Json Seconds(Duration duration) {
  if (duration % std::chrono::seconds(1) == Duration(0)) {
    return std::chrono::floor<std::chrono::seconds>(duration).count();
  }
  return static_cast<double>(duration.count()) / 1e6;
}

Duration FromSeconds(const Json& seconds) {
  return Duration(std::llround(seconds.AsNumber() * 1e6));
}

std::string Text(const Json& json, std::string_view key) {
  return std::string(json.Get(key).AsString());
}

std::uint64_t Number(const Json& json, std::string_view key) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(json.Get(key).AsInteger(), 0));
}

}  // namespace

Json Exchange::ToJson() const {
  Json told;
  if (retry_after) {
    told = Json::MakeObject({{"seconds", Seconds(retry_after->client)},
                             {"session_seconds", Seconds(retry_after->session)}});
  }
  Json rest;
  if (page) {
    rest = Json::MakeObject({{"items", page->items}, {"next", OrNull(ValidUtf8(page->next))}});
  }
  return Json::MakeObject({
      {"id", id},
      {"at", FormatMicros(at)},
      {"operation", OrNull(operation)},
      {"edition", OrNull(edition)},
      {"outcome", OrNull(outcome)},
      {"scenario", OrNull(scenario)},
      {"rule", OrNull(rule)},
      {"play", play == 0 ? Json() : Json(static_cast<std::int64_t>(play))},
      {"applied", applied},
      {"scripted", scripted},
      {"passing", passing},
      {"transient", transient},
      {"going_on", going_on},
      {"abandoned", abandoned},
      {"page", std::move(rest)},
      {"fault", OrNull(std::string(FaultName(response.delivery.fault)))},
      {"delay", Seconds(response.delivery.delay)},
      {"retry_after", std::move(told)},
      {"request", Json::MakeObject({{"method", ValidUtf8(request.method)},
                                    {"path", ValidUtf8(request.path)},
                                    {"path_start", static_cast<std::int64_t>(path_start)},
                                    {"query", ValidUtf8(request.query)},
                                    {"headers", HeadersToJson(request.headers)},
                                    {"body", ValidUtf8(request.body)},
                                    {"body_bytes", request_bytes}})},
      {"response", Json::MakeObject({{"status", response.status},
                                     {"headers", HeadersToJson(response.headers)},
                                     {"body", ValidUtf8(response.body)},
                                     {"body_bytes", response_bytes}})},
  });
}

Result<Exchange> Exchange::FromJson(const Json& json) {
  const auto at = ParseTime(json.Get("at").AsString());
  if (!at) return Fail("at: " + at.error().message);
  const auto fault = FaultNamed(json.Get("fault").AsString());
  if (!fault) return Fail("fault: '" + Text(json, "fault") + "' is none");
  const Json& asked = json.Get("request");
  const Json& answered = json.Get("response");
  const std::int64_t status = answered.Get("status").AsInteger();
  if (status < 100 || status > 599) return Fail("response/status: it is no status");
  Exchange exchange{.id = Number(json, "id"),
                    .at = *at,
                    .operation = Text(json, "operation"),
                    .edition = Text(json, "edition"),
                    .outcome = Text(json, "outcome"),
                    .scenario = Text(json, "scenario"),
                    .rule = Text(json, "rule"),
                    .play = static_cast<std::uint32_t>(Number(json, "play")),
                    .applied = json.Get("applied").AsBool(),
                    .scripted = json.Get("scripted").AsBool(),
                    .passing = json.Get("passing").AsBool(),
                    .transient = json.Get("transient").AsBool(),
                    .going_on = json.Get("going_on").AsBool(),
                    .abandoned = json.Get("abandoned").AsBool(),
                    .path_start = static_cast<std::uint32_t>(Number(asked, "path_start")),
                    .request = {Text(asked, "method"), Text(asked, "path"), Text(asked, "query"),
                                HeadersFromJson(asked.Get("headers")), Text(asked, "body")},
                    .response = {static_cast<int>(status), HeadersFromJson(answered.Get("headers")),
                                 Text(answered, "body")},
                    .request_bytes = Number(asked, "body_bytes"),
                    .response_bytes = Number(answered, "body_bytes")};
  exchange.response.delivery = {.delay = FromSeconds(json.Get("delay")), .fault = *fault};
  if (const Json& rest = json.Get("page"); rest.IsObject()) {
    exchange.page = {Number(rest, "items"), Text(rest, "next")};
  }
  if (const Json& told = json.Get("retry_after"); told.IsObject()) {
    exchange.retry_after = {FromSeconds(told.Get("session_seconds")),
                            FromSeconds(told.Get("seconds"))};
  }
  return exchange;
}

}  // namespace mockduit
