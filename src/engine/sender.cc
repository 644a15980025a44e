#include "engine/sender.h"

#include "base/text.h"
#include "engine/forward.h"
#include "http/problem.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Where a page came from that sent no Origin: "http://localhost:3000".
std::string RefererOrigin(const Request& request) {
  const auto url = ParseUrl(request.headers.Get("Referer"));
  return url ? url->Origin() : "";
}

}  // namespace

SenderStep::SenderStep(OwnNames names, const Catalog& catalog, const RouteStep& router)
    : names_(std::move(names)), catalog_(catalog), router_(router) {}

std::optional<Response> SenderStep::Refuse(const Sent& sent) const {
  const std::string_view host = sent.request.headers.Get("Host");
  if (!IsKnownHost(names_, catalog_, host)) {
    return ProblemAnswer(ProblemId::kForeignHost,
                         "the server does not answer by the name '" + std::string(host) +
                             "'; call it localhost or by a vendor's own name, or start it with "
                             "--allow-host or --public-url");
  }
  return RefusePage(sent);
}

std::optional<Response> SenderStep::RefusePage(const Sent& sent) const {
  const Request& request = sent.request;
  const Site site = SiteOf(request);
  const std::string* origin = request.headers.Find("Origin");
  if (origin == nullptr && (site == Site::kNone || site == Site::kSame)) return std::nullopt;
  const std::string from = origin != nullptr ? *origin : RefererOrigin(request);
  if (names_.IsWelcomeOrigin(from, names_.HostOf(request))) return std::nullopt;
  // The vendor answers pages of any origin; but an image or a form asks nobody.
  const std::string_view mode = request.headers.Get("Sec-Fetch-Mode");
  const bool asks = origin != nullptr && (mode.empty() || mode == "cors");
  if (asks && router_.AnswersAnyOrigin(sent)) return std::nullopt;
  return ProblemAnswer(ProblemId::kForeignOrigin,
                       "a page of " + (from.empty() ? "another origin" : from) +
                           " sent this; where it may, start the server with --allow-origin " +
                           (from.empty() ? "ORIGIN" : from));
}

}  // namespace mockduit
