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

SenderStep::SenderStep(OwnNames names, const Catalog& catalog, const RouteStep& router,
                       const Sessions& sessions)
    : names_(std::move(names)), catalog_(catalog), router_(router), sessions_(sessions) {}

std::optional<Response> SenderStep::Refuse(const Addressed& addressed) const {
  const std::string_view host = addressed.sent.request.headers.Get("Host");
  if (!IsKnownHost(names_, catalog_, host)) {
    return ProblemAnswer(ProblemId::kForeignHost,
                         "the server does not answer by the name '" + std::string(host) +
                             "'; call it localhost or by a vendor's own name, or start it with "
                             "--allow-host or --public-url");
  }
  return RefusePage(addressed);
}

std::optional<Response> SenderStep::RefusePage(const Addressed& addressed) const {
  const Request& request = addressed.sent.request;
  const Site site = SiteOf(request);
  const auto origin = request.headers.Find("Origin");
  if (!origin && (site == Site::kNone || site == Site::kSame)) return std::nullopt;
  const std::string from = origin ? std::string(*origin) : RefererOrigin(request);
  if (names_.IsWelcomeOrigin(from, names_.HostOf(request))) return std::nullopt;
  // The vendor answers pages of any origin; but an image or a form asks nobody.
  const std::string_view mode = request.headers.Get("Sec-Fetch-Mode");
  const bool asks = origin && (mode.empty() || mode == "cors");
  const bool may_read = asks && router_.AnswersAnyOrigin(addressed.sent);
  if (may_read && IsInvited(addressed)) return std::nullopt;
  const std::string page = from.empty() ? "ORIGIN" : from;
  Response refused = ProblemAnswer(
      ProblemId::kForeignOrigin,
      "a page of " + (from.empty() ? "another origin" : from) + " sent this; " +
          (may_read ? "it may use a session that is there, by its name (/@NAME before the path); "
                    : "") +
          "where it may" + (may_read ? " do more" : "") +
          ", start the server with --allow-origin " + page);
  if (may_read) refused.headers.Add("Access-Control-Allow-Origin", "*");
  return refused;
}

// Whoever knows the name of a session that is there was told it; every page knows the default one.
bool SenderStep::IsInvited(const Addressed& addressed) const {
  if (!addressed.selector) return false;
  const std::string& session = addressed.selector->session;
  return !session.empty() && session != kDefaultSession && sessions_.Find(session) != nullptr;
}

}  // namespace mockduit
