// A connector's secrets: who makes one is told them all.
#include "engine/effect.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit::supermetrics {
namespace {

class CreateSecret : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

 private:
  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done) return done;
    Json::Array secrets;
    const std::string_view connector = call.PathValue("connector_identifier");
    world.store().Visit(effect().which.kind, Store::Order::kOldestFirst,
                        [&](const std::string& /*id*/, const std::string& text) {
                          Json secret = Json::Parse(text).value_or(Json());
                          if (secret.Get("connector").AsString() != connector) return true;
                          secret.Remove("connector");
                          secrets.push_back(std::move(secret));
                          return true;
                        });
    const std::size_t count = secrets.size();
    done->result = Json::MakeObject({{"count", count}, {"secrets", std::move(secrets)}});
    return done;
  }
};

}  // namespace

Made MakeCreateSecret(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<CreateSecret>(operation);
}

}  // namespace mockduit::supermetrics
