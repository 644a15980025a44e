#include "session/seeds.h"

#include <limits>
#include <optional>
#include <utility>

namespace mockduit {
namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

std::unique_ptr<const Store> Filled(Seeds::Resources resources) {
  auto store = std::make_unique<Store>(kNoLimit, kNoLimit);
  for (SeedResource& seed : resources) {
    store->PutText(seed.kind, std::move(seed.id), std::move(seed.text));
  }
  return store;
}

// Entries are not checked here: the catalog refuses incomplete ones when it is loaded.
void ReadEntries(const std::string& vendor, const Json& entries, Seeds::Resources& resources) {
  if (!entries.IsArray()) return;  // the file says nothing
  for (const Json& entry : *entries.IfArray()) {
    resources.push_back({vendor + "." + std::string(entry.Get("kind").AsString()),
                         std::string(entry.Get("id").AsString()), entry.Get("resource").Dump()});
  }
}

// What of the kind refers to nothing; nothing when all is there.
std::optional<std::string> WhyDangling(const Store& store, const std::string& vendor,
                                       const Kind& kind) {
  std::optional<std::string> why;
  const std::string stored = vendor + "." + kind.name;
  for (const auto& [member, other] : kind.refers) {
    const std::string of = vendor + "." + other;
    store.Visit(stored, Store::Order::kOldestFirst,
                [&](const std::string& id, const std::string& text) {
                  const Json resource = Json::Parse(text).value_or(Json());
                  const std::string named(resource.Get(member).AsString());
                  if (named.empty() || store.Has(of, named)) return true;
                  why = stored + " '" + id + "': its " + member + " is '" + named +
                        "', and there is no " + of + " of that id";
                  return false;
                });
    if (why) break;
  }
  return why;
}

}  // namespace

Seeds::Seeds(Resources resources)
    : store_(std::make_shared<const Lazy<std::unique_ptr<const Store>>>(
          Filled(std::move(resources)))) {}

Seeds::Seeds(std::function<Resources()> make)
    : store_(std::make_shared<const Lazy<std::unique_ptr<const Store>>>(
          [make = std::move(make)] { return Filled(make()); })) {}

Seeds::Seeds(std::unique_ptr<const Store> store)
    : store_(std::make_shared<const Lazy<std::unique_ptr<const Store>>>(std::move(store))) {}

const Store& Seeds::store() const {
  static const Store kNone(kNoLimit);
  return store_ != nullptr ? *store_->Get() : kNone;
}

Seeds SeedsOf(const Catalog& catalog) {
  std::vector<std::pair<std::string, std::shared_ptr<const Lazy<YamlDocument>>>> files;
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& [file, content] : vendor.data) {
      if (file == "seed") files.emplace_back(vendor.name, content);
    }
  }
  return Seeds([files = std::move(files)] {
    Seeds::Resources resources;
    for (const auto& [vendor, content] : files) ReadEntries(vendor, content->Get().root, resources);
    return resources;
  });
}

Seeds LaidOver(const Seeds& seeds, const Json& snapshot) {
  auto laid = std::make_unique<Store>(kNoLimit, kNoLimit);
  laid->BeginWith(seeds.store());
  laid->ReplaceKinds(snapshot);
  return Seeds(std::move(laid));
}

Result<void> CheckReferences(const Seeds& seeds, const Catalog& catalog) {
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const Kind& kind : contract->kinds.all()) {
        if (auto why = WhyDangling(seeds.store(), vendor.name, kind)) return Fail(*why);
      }
    }
  }
  return {};
}

}  // namespace mockduit
