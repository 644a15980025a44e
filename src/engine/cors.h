// Cors: what browsers are told of the pages that may call a vendor, as its contract says. Which
// pages this server answers at all, the sender step has decided before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/call.h"
#include "engine/route.h"

namespace mockduit {

class CorsStep {
 public:
  // `origins` are allowed besides those of the contract: those of --allow-origin.
  CorsStep(const RouteStep& router, std::vector<std::string> origins);

  // Nothing where the request is none, or the contract says nothing of pages.
  std::optional<Response> AnswerPreflight(const Sent& sent) const;
  // What the answer to a page's request has besides.
  Headers HeadersFor(const Sent& sent) const;

 private:
  const Cors* FindCors(const Sent& sent) const;
  // Without those that only a preflight's answer has; empty where the origin is not allowed.
  Headers SharedHeaders(const Cors& cors, std::string_view origin) const;

  const RouteStep& router_;
  const std::vector<std::string> origins_;
};

}  // namespace mockduit
