// The list of collections: it alone tells which source connections each of them has.
#include "engine/effect.h"
#include "vendors/airweave/behaviours.h"

namespace mockduit::airweave {
namespace {

class ListCollections : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    Json* items = done ? done->result.Find("items") : nullptr;
    if (items == nullptr || items->IfArray() == nullptr) return done;
    for (Json& collection : *items->IfArray()) {
      collection.Set("source_connection_summaries",
                     SummariesOf(collection.Get("readable_id"), world.store()));
    }
    return done;
  }

 private:
  static Json SummariesOf(const Json& readable_id, const Store& store) {
    Json summaries = Json::MakeArray();
    store.Visit("airweave.connection", Store::Order::kOldestFirst,
                [&](const std::string& /*id*/, const std::string& text) {
                  const Json connection = Json::Parse(text).value_or(Json());
                  if (connection.Get("readable_collection_id") != readable_id) return true;
                  summaries.Append(Json::MakeObject({{"short_name", connection.Get("short_name")},
                                                     {"name", connection.Get("name")}}));
                  return true;
                });
    return summaries;
  }
};

}  // namespace

Made MakeListCollections(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<ListCollections>(operation);
}

}  // namespace mockduit::airweave
