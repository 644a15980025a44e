#include "engine/cors.h"

#include <algorithm>

#include "base/text.h"

namespace mockduit {
namespace {

bool IsAmong(const std::vector<std::string>& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

// To whoever wonders why the browser keeps the page from asking; the vendor's words need not tell.
std::string WhyRefused(std::string_view origin) {
  return "the contract lets no page of " + std::string(origin) +
         " call; where it may, start the server with --allow-origin " + std::string(origin);
}

// What a preflight's answer says of methods or of headers; `asked` is what the browser asks for.
void AddList(std::string_view name, const Cors::List& list, std::string_view asked,
             Headers& headers) {
  const std::string value = list.asked ? std::string(asked) : Join(list.texts, ",");
  if (!value.empty()) headers.Add(name, value);
}

}  // namespace

CorsStep::CorsStep(const RouteStep& router, std::vector<std::string> origins)
    : router_(router), origins_(std::move(origins)) {}

// A preflight shows nothing that chooses an edition, so that the default one speaks for all.
const Cors* CorsStep::FindCors(const Sent& sent) const {
  if (!sent.request.headers.Find("Origin")) return nullptr;
  const Vendor* vendor = router_.FindVendor(sent);
  if (vendor == nullptr) return nullptr;
  const auto& cors = vendor->editions.front()->cors;
  return cors ? &*cors : nullptr;
}

Headers CorsStep::SharedHeaders(const Cors& cors, std::string_view origin) const {
  const bool any = IsAmong(cors.origins.texts, "*");
  const bool allowed =
      any || cors.origins.asked || IsAmong(cors.origins.texts, origin) || IsAmong(origins_, origin);
  if (!allowed) return {};
  Headers headers{{"Access-Control-Allow-Origin", any ? "*" : origin}};
  if (cors.credentials) headers.Add("Access-Control-Allow-Credentials", "true");
  if (cors.vary) headers.Add("Vary", "Origin");
  return headers;
}

std::optional<Response> CorsStep::AnswerPreflight(const Sent& sent) const {
  const Cors* cors = sent.IsPreflight() ? FindCors(sent) : nullptr;
  if (cors == nullptr) return std::nullopt;
  const Headers& asked = sent.request.headers;
  const Headers shared = SharedHeaders(*cors, asked.Get("Origin"));
  const bool refused = shared.fields().empty();
  const Cors::Reply& reply = refused ? cors->refused : cors->preflight;
  Response response{.status = reply.status, .body = reply.body};
  if (!reply.body.empty()) response.headers.Add("Content-Type", "text/plain; charset=utf-8");
  for (const auto& [name, value] : shared.fields()) response.headers.Add(name, value);
  if (refused) {
    response.headers.Add("X-Mockduit-Warning", WhyRefused(asked.Get("Origin")));
  } else {
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

Headers CorsStep::HeadersFor(const Sent& sent) const {
  const Cors* cors = FindCors(sent);
  if (cors == nullptr) return {};
  Headers headers = SharedHeaders(*cors, sent.request.headers.Get("Origin"));
  if (!headers.fields().empty() && !cors->expose.empty()) {
    headers.Add("Access-Control-Expose-Headers", Join(cors->expose, ","));
  }
  return headers;
}

}  // namespace mockduit
