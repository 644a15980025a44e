#include "adopt/only_sent.h"

#include <algorithm>
#include <string_view>

#include "adopt/merged_schema.h"

namespace mockduit {
namespace {

constexpr int kSentLevels = 20;
constexpr std::size_t kLookedAt = 20;  // of a list that are looked at

class OnlySentSearch {
 public:
  explicit OnlySentSearch(References& references) : references_(references) {}

  std::vector<std::string> names;

  void LookAt(const Json& value, const Json& schema, const std::string& place, int levels) {
    const Json::Object* members = value.IfObject();
    const Json::Array* items = value.IfArray();
    if ((members == nullptr && items == nullptr) || levels > kSentLevels) return;
    const Json merged = MergedSchema(schema, references_, 0).schema;
    for (std::size_t i = 0; items != nullptr && i < std::min(items->size(), kLookedAt); ++i) {
      LookAt((*items)[i], merged.Get("items"), place, levels + 1);
    }
    if (members == nullptr) return;
    for (const auto& [key, member] : *members) {
      const Json* property = merged.Get("properties").Find(key);
      if (property == nullptr) continue;
      const std::string name = place + key;
      if (!IsOnlySent(*property, references_)) {
        LookAt(member, *property, name + ".", levels + 1);
      } else if (std::ranges::find(names, name) == names.end()) {
        names.push_back(name);
      }
    }
  }

 private:
  References& references_;
};

bool IsMarked(const Json& property, std::string_view keyword, References& references) {
  if (property.Get(keyword).AsBool()) return true;
  const Json* resolved = references.Follow(property);
  if (resolved == nullptr) return false;
  if (resolved->Get(keyword).AsBool()) return true;
  return resolved->Get("allOf").IsArray() &&
         MergedSchema(*resolved, references, 0).schema.Get(keyword).AsBool();
}

}  // namespace

bool IsOnlySent(const Json& property, References& references) {
  return IsMarked(property, "writeOnly", references);
}

bool IsOnlyShown(const Json& property, References& references) {
  return IsMarked(property, "readOnly", references);
}

std::vector<std::string> OnlySentIn(const Json& value, const Json& schema, References& references) {
  OnlySentSearch search(references);
  search.LookAt(value, schema, "", 0);
  return std::move(search.names);
}

}  // namespace mockduit
