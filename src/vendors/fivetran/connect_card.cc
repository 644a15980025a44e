#include "vendors/fivetran/connect_card.h"

#include "base/crypto.h"
#include "http/uri.h"

namespace mockduit::fivetran {
namespace {

constexpr std::string_view kSigningKey = "mockduit";

}  // namespace

Json MakeConnectCard(const Json& connection, const Json& config, std::string_view account,
                     Time now) {
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
  std::string uri = "https://fivetran.com/connect-card/setup?redirect_uri=" +
                    PercentEncode(config.Get("redirect_uri").AsString()) + "&auth=" + token;
  const Json* hide = config.Find("hide_setup_guide");
  if (hide != nullptr && hide->AsBool()) uri += "&hide_setup_guide=true";
  return Json::MakeObject({{"token", token}, {"uri", uri}});
}

}  // namespace mockduit::fivetran
