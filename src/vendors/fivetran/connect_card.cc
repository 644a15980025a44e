#include "vendors/fivetran/connect_card.h"

#include "base/crypto.h"
#include "http/uri.h"

namespace mockduit::fivetran {
namespace {

constexpr std::string_view kSigningKey = "mockduit";
constexpr auto kGoodFor = std::chrono::hours(24);

}  // namespace

Json MakeConnectCard(const Json& connection, const Json& config, std::string_view account,
                     std::string_view base, Time now) {
  const Json payload = Json::MakeObject({
      {"d", Json::MakeObject({{"login", true},
                              {"user", connection.Get("connected_by").AsString()},
                              {"account", account},
                              {"group", connection.Get("group_id").AsString()},
                              {"connector", connection.Get("id").AsString()},
                              {"method", "PbfCard"},
                              {"identity", false}})},
      {"iat", std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count()},
  });
  const std::string token = SignedJwt(payload.Dump(), kSigningKey);
  std::string uri = std::string(base) + "/connect-card/setup?redirect_uri=" +
                    PercentEncode(config.Get("redirect_uri").AsString()) + "&auth=" + token;
  const Json* hide = config.Find("hide_setup_guide");
  if (hide != nullptr && hide->AsBool()) uri += "&hide_setup_guide=true";
  return Json::MakeObject({{"token", token}, {"uri", uri}});
}

std::optional<std::string> ConnectionOfCard(std::string_view token, Time now) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == std::string_view::npos || last == first) return std::nullopt;
  const auto payload = Base64UrlDecode(token.substr(first + 1, last - first - 1));
  const auto told = payload ? Json::Parse(*payload) : std::unexpected(JsonError{});
  if (!told || SignedJwt(*payload, kSigningKey) != token) return std::nullopt;
  const Time made{std::chrono::seconds(told->Get("iat").AsInteger())};
  if (now - made > kGoodFor) return std::nullopt;
  return std::string(told->Get("d").Get("connector").AsString());
}

}  // namespace mockduit::fivetran
