#include "adopt/resource_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "adopt/names.h"
#include "base/text.h"

namespace mockduit {
namespace {

// The names that a member may have which is called so in the path: "boxId" is "box_id", too.
std::vector<std::string> SpellingsOf(const std::string& variable) {
  std::string snake;
  std::string camel;
  for (const char c : variable) {
    const std::string_view one(&c, 1);
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital && !snake.empty() && snake.back() != '_') snake += '_';
    const bool is_start = !camel.empty() && snake.ends_with('_');
    snake += c == '-' ? "_" : LowerCase(one);
    if (c == '_' || c == '-') continue;
    camel += is_start ? UpperCase(std::string(one)) : LowerCase(one);
  }
  return {variable, snake, camel};
}

}  // namespace

std::string KindNamed(std::string_view collection) {
  std::string word(collection.substr(collection.rfind('/') + 1));
  std::ranges::replace_if(
      word,
      [](char c) { return !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !IsDigit(c); },
      '_');
  return SingularOf(LowerCase(word));
}

bool IsTimeOfChange(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "updated_at", "updatedat",    "modified_at", "modifiedat",
      "updated",    "last_updated", "lastupdated"};
  return std::ranges::find(kNames, LowerCase(name)) != kNames.end();
}

std::string IdMemberOf(const Json& body, const std::string& variable) {
  std::vector<std::string> names = SpellingsOf(variable);
  names.emplace_back("id");
  for (const char* ending : {"Id", "_id", "ID"}) {
    if (variable.ends_with(ending)) {
      names.push_back(LowerCase(std::string_view(ending).substr(ending[0] == '_' ? 1 : 0)));
    }
  }
  for (const char* other : {"uuid", "key", "slug", "name"}) names.emplace_back(other);
  for (const std::string& name : names) {
    const Json* member = body.Find(name);
    if (member != nullptr && (member->IsString() || member->IsInteger())) return name;
  }
  return "";
}

}  // namespace mockduit
