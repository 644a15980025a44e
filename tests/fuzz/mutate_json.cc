#include <algorithm>
#include <limits>

#include "base/json.h"
#include "fuzz/mutate.h"

namespace mockduit::fuzz {
namespace {

// Every value of the tree, the root first. Good until one of them changes.
void Collect(Json& value, std::vector<Json*>& values) {
  values.push_back(&value);
  if (Json::Array* items = value.IfArray()) {
    for (Json& item : *items) Collect(item, values);
  }
  if (Json::Object* members = value.IfObject()) {
    for (JsonMember& member : *members) Collect(member.value, values);
  }
}

Json Deep(int depth) {
  Json value;
  for (int i = 0; i < depth; ++i)
    value = i % 2 == 0 ? Json::MakeArray({value}) : Json::MakeObject({{"a", value}});
  return value;
}

Json OddValue(Random& random) {
  switch (random.Below(14)) {
    case 0: return nullptr;
    case 1: return random.Below(2) == 0;
    case 2: return 0;
    case 3: return -1;
    case 4: return std::numeric_limits<std::int64_t>::max();
    case 5: return 1e308;
    case 6: return 0.5;
    case 7: return Json::MakeArray();
    case 8: return Json::MakeObject();
    case 9: return Deep(static_cast<int>(random.Below(60)));
    default: return OddText(random);
  }
}

std::string Key(const std::vector<Json*>& values, Random& random) {
  // Mostly one that stands somewhere in the tree.
  for (int tries = 0; tries < 4; ++tries) {
    const Json::Object* members = OneOf(values, random)->IfObject();
    if (members != nullptr && !members->empty()) return OneOf(*members, random).key;
  }
  return OddText(random);
}

void ChangeContainer(Json& value, const std::string& key, const Json& another, Random& random) {
  if (Json::Array* items = value.IfArray()) {
    if (!items->empty() && random.Below(2) == 0) {
      items->erase(items->begin() + static_cast<std::ptrdiff_t>(random.Below(items->size())));
    } else {
      items->push_back(another);
    }
    return;
  }
  Json::Object* members = value.IfObject();
  if (members->empty() || random.Below(3) == 0) {
    members->push_back({key, another});
  } else if (random.Below(2) == 0) {
    members->erase(members->begin() + static_cast<std::ptrdiff_t>(random.Below(members->size())));
  } else {
    OneOf(*members, random).key = key;
  }
}

void ChangeScalar(Json& value, Random& random) {
  const std::string* text = value.IfString();
  if (text != nullptr && random.Below(2) == 0) {
    value = random.Below(2) == 0 ? *text + OddText(random) : MutateBytes(*text, text->size() + 16);
  } else if (value.IsNumber() && random.Below(2) == 0) {
    value = random.Below(2) == 0 ? value.AsNumber() * -1 : value.AsNumber() + 1;
  } else {
    value = OddValue(random);
  }
}

}  // namespace

std::string MutateJson(const std::string& text, Random& random) {
  auto json = Json::Parse(text);
  if (!json || random.Below(32) == 0) return MutateBytes(text, text.size() + 64);
  std::vector<Json*> values;
  Collect(*json, values);
  Json& value = *OneOf(values, random);
  const Json another = random.Below(2) == 0 ? *OneOf(values, random) : OddValue(random);
  const std::string key = Key(values, random);
  switch (random.Below(8)) {
    case 0: value = another; break;
    case 1: value = Json::MakeArray({Json(value), another}); break;
    case 2: value = Json::MakeObject({{key, Json(value)}}); break;
    default:
      if (value.IsArray() || value.IsObject()) {
        ChangeContainer(value, key, another, random);
      } else {
        ChangeScalar(value, random);
      }
  }
  return json->Dump();
}

}  // namespace mockduit::fuzz
