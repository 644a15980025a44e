#include "vendors/fivetran/account.h"

#include "base/json_cursor.h"

namespace mockduit::fivetran {

Json OfAccount(const Store& store, std::string_view member) {
  Json value;
  store.Visit("fivetran.account", Store::Order::kNewestFirst,
              [&](const std::string& /*id*/, const std::string& text) {
                value = MemberOf(text, member);
                return false;
              });
  return value;
}

std::string NameOfUser(const Store& store) {
  const Json id = OfAccount(store, "user_id");
  const auto name = [&](std::string_view member) {
    return std::string(store.FindMember("fivetran.user", id.AsString(), member).AsString());
  };
  return name("given_name") + " " + name("family_name");
}

}  // namespace mockduit::fivetran
