// Account tags: which accounts of which data sources have a tag.
#include <algorithm>

#include "engine/effect.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit::supermetrics {
namespace {

const Json::Array kNone;

const Json::Array& ItemsOf(const Json& list) {
  return list.IfArray() != nullptr ? *list.IfArray() : kNone;
}

// Where the item with that member stands in the list; its end where there is none.
Json::Array::iterator Locate(Json::Array& list, std::string_view member, const Json& value) {
  return std::ranges::find_if(list, [&](const Json& item) { return item.Get(member) == value; });
}

// Adds accounts to those of a tag, each once.
void Add(Json::Array& sources, const Json& given) {
  for (const Json& source : ItemsOf(given)) {
    auto known = Locate(sources, "data_source_id", source.Get("data_source_id"));
    if (known == sources.end()) {
      sources.push_back(Json::MakeObject(
          {{"data_source_id", source.Get("data_source_id")}, {"accounts", Json::MakeArray()}}));
      known = std::prev(sources.end());
    }
    Json::Array& accounts = *known->Find("accounts")->IfArray();
    for (const Json& account : ItemsOf(source.Get("accounts"))) {
      const bool is_new =
          Locate(accounts, "account_id", account.Get("account_id")) == accounts.end();
      if (is_new) accounts.push_back(account);
    }
  }
}

// Takes accounts out of those of a tag, and sources that have none left.
void Remove(Json::Array& sources, const Json& given) {
  for (const Json& source : ItemsOf(given)) {
    const auto known = Locate(sources, "data_source_id", source.Get("data_source_id"));
    if (known == sources.end()) continue;
    Json::Array& accounts = *known->Find("accounts")->IfArray();
    for (const Json& account : ItemsOf(source.Get("accounts"))) {
      const auto at = Locate(accounts, "account_id", account.Get("account_id"));
      if (at != accounts.end()) accounts.erase(at);
    }
    if (accounts.empty()) sources.erase(known);
  }
}

std::size_t CountAccounts(const Json::Array& sources) {
  std::size_t count = 0;
  for (const Json& source : sources) count += ItemsOf(source.Get("accounts")).size();
  return count;
}

class TagAccounts : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& /*world*/,
                                      Json& tag) const override {
    const bool makes = effect().does == Effect::Does::kCreate;
    Json::Array sources = makes ? Json::Array() : ItemsOf(tag.Get("data_sources"));
    const Json& given = call.body()->Get("data_sources");
    if (operation().id.starts_with("remove")) {
      Remove(sources, given);
    } else {
      Add(sources, given);
    }
    tag.Set("data_source_count", sources.size());
    tag.Set("account_count", CountAccounts(sources));
    tag.Set("data_sources", std::move(sources));
    return {};
  }
};

}  // namespace

Made MakeTagAccounts(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<TagAccounts>(operation);
}

}  // namespace mockduit::supermetrics
