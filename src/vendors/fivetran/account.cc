#include "vendors/fivetran/account.h"

namespace mockduit::fivetran {

Json FindAccount(const Store& store) {
  Json account;
  store.Visit("fivetran.account", Store::Order::kNewestFirst,
              [&](const std::string& /*id*/, const std::string& text) {
                account = Json::Parse(text).value_or(Json());
                return false;
              });
  return account;
}

std::string NameOfUser(const Store& store) {
  const std::string id(FindAccount(store).Get("user_id").AsString());
  const Json user = store.Find("fivetran.user", id).value_or(Json());
  return std::string(user.Get("given_name").AsString()) + " " +
         std::string(user.Get("family_name").AsString());
}

}  // namespace mockduit::fivetran
