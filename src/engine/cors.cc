#include "engine/cors.h"

#include <algorithm>

#include "base/text.h"

namespace mockduit {
namespace {

bool IsAmong(const std::vector<std::string>& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

// What a preflight's answer says of methods or of headers; `asked` is what the browser asks for.
void AddList(std::string name, const Cors::List& list, std::string_view asked, Headers& headers) {
  std::string value = list.asked ? std::string(asked) : Join(list.texts, ",");
  if (!value.empty()) headers.Add(std::move(name), std::move(value));
}

}  // namespace

CorsStep::CorsStep(const RouteStep& router, std::vector<std::string> origins)
    : router_(router), origins_(std::move(origins)) {}

// A preflight shows nothing that chooses an edition, so that the default one speaks for all.
const Cors* CorsStep::FindCors(const Sent& sent) const {
  if (sent.request.headers.Find("Origin") == nullptr) return nullptr;
  const Vendor* vendor = router_.FindVendor(sent);
  if (vendor == nullptr) return nullptr;
  const auto& cors = vendor->editions.front()->cors;
  return cors ? &*cors : nullptr;
}

std::vector<Headers::Field> CorsStep::SharedHeaders(const Cors& cors,
                                                    const std::string& origin) const {
  const bool any = IsAmong(cors.origins.texts, "*");
  const bool allowed =
      any || cors.origins.asked || IsAmong(cors.origins.texts, origin) || IsAmong(origins_, origin);
  if (!allowed) return {};
  std::vector<Headers::Field> fields{{"Access-Control-Allow-Origin", any ? "*" : origin}};
  if (cors.credentials) fields.emplace_back("Access-Control-Allow-Credentials", "true");
  if (cors.vary) fields.emplace_back("Vary", "Origin");
  return fields;
}

std::optional<Response> CorsStep::AnswerPreflight(const Sent& sent) const {
  const Cors* cors = sent.IsPreflight() ? FindCors(sent) : nullptr;
  if (cors == nullptr) return std::nullopt;
  const Headers& asked = sent.request.headers;
  const auto shared = SharedHeaders(*cors, *asked.Find("Origin"));
  const Cors::Reply& reply = shared.empty() ? cors->refused : cors->preflight;
  Response response{.status = reply.status, .body = reply.body};
  if (!reply.body.empty()) response.headers.Add("Content-Type", "text/plain; charset=utf-8");
  for (const auto& [name, value] : shared) response.headers.Add(name, value);
  if (!shared.empty()) {
    AddList("Access-Control-Allow-Methods", cors->methods, sent.Method(), response.headers);
    AddList("Access-Control-Allow-Headers", cors->headers,
            asked.Get("Access-Control-Request-Headers"), response.headers);
    if (cors->max_age) {
      response.headers.Add("Access-Control-Max-Age", std::to_string(*cors->max_age));
    }
  }
  response.headers.Add("X-Mockduit-Source", cors->source.Text());
  return response;
}

std::vector<Headers::Field> CorsStep::HeadersFor(const Sent& sent) const {
  const Cors* cors = FindCors(sent);
  if (cors == nullptr) return {};
  auto fields = SharedHeaders(*cors, *sent.request.headers.Find("Origin"));
  if (!fields.empty() && !cors->expose.empty()) {
    fields.emplace_back("Access-Control-Expose-Headers", Join(cors->expose, ","));
  }
  return fields;
}

}  // namespace mockduit
