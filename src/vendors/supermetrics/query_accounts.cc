// The accounts that queries may name: those that the logins of a data source see.
#include <algorithm>

#include "base/text.h"
#include "vendors/supermetrics/behaviours.h"
#include "vendors/supermetrics/query_request.h"

namespace mockduit::supermetrics {
namespace {

// Calls `take` for each resource of that kind.
void Each(const World& world, std::string_view kind, const auto& take) {
  world.store().Visit(kind, Store::Order::kOldestFirst,
                      [&](const std::string& /*id*/, const std::string& text) {
                        take(Json::Parse(text).value_or(Json()));
                        return true;
                      });
}

class QueryAccounts : public Behaviour {
 public:
  explicit QueryAccounts(OutcomeChoice bad) : bad_(bad) {}

 private:
  std::expected<Facts, Failure> Run(const Call& call, World& world,
                                    Scope& /*scope*/) const override {
    const QueryRequest request(call);
    if (request.Get("ds_id").IsNull()) {
      return std::unexpected(
          Failure{bad_, Facts{.result = Json::MakeObject({{"place", "ds_id"}})}});
    }
    const auto minutes = request.Number("cache_minutes");
    const std::vector<std::string> users = request.List("ds_users");
    Json logins = Json::MakeArray();
    Each(world, "supermetrics.login", [&](const Json& login) {
      if (login.Get("ds_info").Get("ds_id") != request.Get("ds_id")) return;
      if (!login.Get("revoked_time").IsNull()) return;
      const std::string user = login.Get("username").ToText();
      // The document calls the names "case-insensitive".
      const auto is_asked = [&](const std::string& one) {
        return LowerCase(one) == LowerCase(user);
      };
      if (!users.empty() && std::ranges::none_of(users, is_asked)) return;
      logins.Append(Json::MakeObject({{"ds_user", user},
                                      {"display_name", login.Get("display_name")},
                                      {"cache_time", nullptr},
                                      {"accounts", AccountsOf(world, login)}}));
    });
    return Facts{.result =
                     Json::MakeObject({{"logins", std::move(logins)},
                                       {"cache_minutes", minutes ? Json(*minutes) : Json()}})};
  }

  static Json AccountsOf(const World& world, const Json& login) {
    Json accounts = Json::MakeArray();
    Each(world, "supermetrics.login_account", [&](const Json& account) {
      if (account.Get("login_id").ToText() != login.Get("login_id").ToText()) return;
      accounts.Append(
          Json::MakeObject({{"account_id", account.Get("account_id")},
                            {"account_name", account.Get("name")},
                            {"group_name", std::string(account.Get("group").AsString())}}));
    });
    return accounts;
  }

  const OutcomeChoice bad_;
};

}  // namespace

Made MakeQueryAccounts(const Vendor& /*vendor*/, const Operation& operation) {
  auto bad = OutcomeChoice::Find(operation, {"bad_request", "bad_query"});
  if (!bad) return std::unexpected(bad.error());
  return std::make_unique<QueryAccounts>(*bad);
}

}  // namespace mockduit::supermetrics
