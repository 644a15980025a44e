#include "adopt/security.h"

#include <algorithm>

#include "adopt/header_value.h"
#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxWays = 50;

Json Place(std::string_view scheme) { return Json::MakeObject({{"scheme", scheme}}); }

// Where one stands of which the document does not say where: in Authorization, in whichever form.
Json::Array AnyAuthorization() {
  return {Place("bearer"), Place("raw"), Place("basic"), Place("other")};
}

bool IsHttp(const Json& scheme, std::string_view name) {
  return scheme.Get("type").AsString() == "http" &&
         EqualsIgnoringCase(scheme.Get("scheme").AsString(), name);
}

// Where a scheme's credential may stand. Empty where it is none that a request shows (mutualTLS).
Json::Array PlacesOf(const Json& scheme) {
  const std::string_view type = scheme.Get("type").AsString();
  if (type == "oauth2" || type == "openIdConnect") return {Place("bearer")};
  if (IsHttp(scheme, "basic")) return {Place("basic")};
  if (IsHttp(scheme, "bearer")) return {Place("bearer")};
  if (type == "mutualTLS") return {};
  if (type != "apiKey") return AnyAuthorization();
  const std::string_view name = scheme.Get("name").AsString();
  const std::string_view in = scheme.Get("in").AsString();
  // Such a key comes as "Bearer x", "Token x" or by itself; which one, only the description says.
  if (in == "header" && EqualsIgnoringCase(name, "Authorization")) {
    return AnyAuthorization();
  }
  if (name.empty() || (in != "header" && in != "query" && in != "cookie")) {
    return AnyAuthorization();
  }
  return {Json::MakeObject({{"scheme", in}, {"name", name}})};
}

const Json& SchemesOf(const References& references) {
  return references.root().Get("components").Get("securitySchemes");
}

template <class Visit>
void EachScheme(References& references, Visit visit) {
  const Json::Object* schemes = SchemesOf(references).IfObject();
  if (schemes == nullptr) return;
  for (const auto& [name, scheme] : *schemes) {
    if (const Json* resolved = references.Follow(scheme)) visit(*resolved);
  }
}

// Whether a credential stands in the header Authorization, of which a request has one.
bool IsAuthorization(const Json& place) { return place.Find("name") == nullptr; }

// Adds a place to a way to present credentials. Of several that the one header would have to hold,
// any will do.
std::vector<Json::Array> WaysWith(const Json::Array& way, const Json& place) {
  std::vector<Json::Array> ways(1, way);
  const auto there = std::ranges::find_if(way, IsAuthorization);
  if (!IsAuthorization(place) || there == way.end()) {
    ways.front().push_back(place);
    return ways;
  }
  ways.push_back(way);
  ways.back()[static_cast<std::size_t>(there - way.begin())] = place;
  return ways;
}

// The ways to meet one requirement: each of its schemes in one of its places. Nothing is asked for
// by a scheme that shows in no request.
std::vector<Json::Array> WaysToMeet(const Json& requirement, References& references) {
  std::vector<Json::Array> ways = {{}};
  if (!requirement.IsObject()) return ways;
  for (const auto& [name, scopes] : *requirement.IfObject()) {
    const Json* scheme = references.Follow(SchemesOf(references).Get(name));
    const bool is_known = scheme != nullptr && scheme->IsObject();
    const Json::Array places = is_known ? PlacesOf(*scheme) : AnyAuthorization();
    if (places.empty()) continue;
    std::vector<Json::Array> longer;
    for (const Json::Array& way : ways) {
      for (const Json& place : places) {
        for (Json::Array& one : WaysWith(way, place)) {
          const bool is_new = std::ranges::find(longer, one) == longer.end();
          if (is_new && longer.size() < kMaxWays) longer.push_back(std::move(one));
        }
      }
    }
    ways = std::move(longer);
  }
  return ways;
}

// Of the operation, else of the document.
const Json& SecurityOf(const Json& operation, const References& references) {
  const Json* own = operation.Find("security");
  const bool has_own = own != nullptr && own->IsArray();
  return has_own ? *own : references.root().Get("security");
}

// What a server says of a scheme, with what clients need to answer it; "" of one that no header
// tells of. Keys have no scheme of their own that IANA knows; many servers say ApiKey.
std::string ChallengeBy(const Json& scheme) {
  const std::string type(scheme.Get("type").AsString());
  const std::string name(scheme.Get("scheme").AsString());
  if (type == "mutualTLS") return "";
  if (type == "apiKey") return "ApiKey";
  if (IsHttp(scheme, "basic")) return R"(Basic realm="api")";
  if (IsHttp(scheme, "digest")) return R"(Digest realm="api", qop="auth", nonce="0")";
  // The name is written into a header.
  const bool is_other = type == "http" && !IsHttp(scheme, "bearer") && IsHeaderName(name);
  return is_other ? name : "Bearer";
}

}  // namespace

Json CredentialsOf(References& references) {
  Json places = Json::MakeArray();
  EachScheme(references, [&](const Json& scheme) {
    for (const Json& place : PlacesOf(scheme)) {
      const Json::Array& there = *places.IfArray();
      if (std::ranges::find(there, place) == there.end()) places.Append(place);
    }
  });
  return places;
}

Json WaysOf(const Json& operation, References& references) {
  const Json& security = SecurityOf(operation, references);
  Json list = Json::MakeArray();
  if (!security.IsArray()) return list;
  for (const Json& requirement : *security.IfArray()) {
    for (const Json::Array& way : WaysToMeet(requirement, references)) {
      if (way.empty()) return Json::MakeArray();
      if (list.IfArray()->size() >= kMaxWays) break;
      list.Append(way.size() == 1 ? way.front() : Json::MakeObject({{"all", way}}));
    }
  }
  return list;
}

std::string ChallengeOf(const Json& operation, References& references) {
  std::vector<std::string> challenges;
  const Json::Array* requirements = SecurityOf(operation, references).IfArray();
  for (std::size_t i = 0; requirements != nullptr && i < requirements->size(); ++i) {
    const Json::Object* schemes = (*requirements)[i].IfObject();
    if (schemes == nullptr) continue;
    for (const JsonMember& one : *schemes) {
      const Json* scheme = references.Follow(SchemesOf(references).Get(one.key));
      std::string challenge = ChallengeBy(scheme != nullptr ? *scheme : Json());
      const bool is_new = std::ranges::find(challenges, challenge) == challenges.end();
      if (is_new && !challenge.empty()) challenges.push_back(std::move(challenge));
    }
  }
  return Join(challenges);
}

std::string WhyNotAskedFor(const Json& scheme, References& references) {
  constexpr std::string_view kAny = "; any credential in the header Authorization will do for it";
  const Json* known = references.Follow(scheme);
  if (known == nullptr || !known->IsObject()) {
    return "this scheme leads nowhere, or is no map" + std::string(kAny);
  }
  const std::string type(known->Get("type").AsString());
  if (type == "mutualTLS") {
    return "certificates of clients are not looked at; in place of this scheme nothing is asked "
           "for";
  }
  if (type == "oauth2" || type == "openIdConnect") return "";
  if (IsHttp(*known, "basic") || IsHttp(*known, "bearer")) return "";
  if (type == "http") {
    return "what '" + std::string(known->Get("scheme").AsString()) +
           "' asks of a credential is not looked at" + std::string(kAny);
  }
  if (type != "apiKey") return "'" + type + "' is no type of a scheme" + std::string(kAny);
  const std::string_view in = known->Get("in").AsString();
  const bool is_placed = in == "header" || in == "query" || in == "cookie";
  if (is_placed && !known->Get("name").AsString().empty()) return "";
  return "this key has no 'name', or no 'in' that a request has" + std::string(kAny);
}

std::vector<std::string> KeyNamesOf(References& references) {
  std::vector<std::string> names;
  EachScheme(references, [&](const Json& scheme) {
    if (scheme.Get("type").AsString() == "apiKey" && !scheme.Get("name").AsString().empty()) {
      names.emplace_back(scheme.Get("name").AsString());
    }
  });
  return names;
}

}  // namespace mockduit
