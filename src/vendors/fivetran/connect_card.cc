#include "vendors/fivetran/connect_card.h"

#include "base/crypto.h"
#include "http/uri.h"

namespace mockduit::fivetran {
namespace {

constexpr std::string_view kSigningKey = "mockduit";

std::string_view TextOf(const Json& json, std::string_view key) {
  const Json* value = json.Find(key);
  return value != nullptr ? value->AsString() : std::string_view();
}

}  // namespace

Json MakeConnectCard(const Json& connection, const Json& config, Time now) {
  const Json payload = Json::MakeObject({
      {"d", Json::MakeObject({{"login", true},
                              {"user", TextOf(connection, "connected_by")},
                              {"account", "mockduit_account"},
                              {"group", TextOf(connection, "group_id")},
                              {"connector", TextOf(connection, "id")},
                              {"method", "PbfCard"},
                              {"identity", false}})},
      {"iat", std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count()},
  });
  const std::string token = SignedJwt(payload.Dump(), kSigningKey);
  std::string uri = "https://fivetran.com/connect-card/setup?redirect_uri=" +
                    PercentEncode(TextOf(config, "redirect_uri")) + "&auth=" + token;
  const Json* hide = config.Find("hide_setup_guide");
  if (hide != nullptr && hide->AsBool()) uri += "&hide_setup_guide=true";
  return Json::MakeObject({{"token", token}, {"uri", uri}});
}

}  // namespace mockduit::fivetran
