#include <algorithm>
#include <optional>

#include "base/text.h"
#include "base/yaml.h"

namespace mockduit {
namespace {

// The pointer without its last token; nothing when it has none.
std::optional<std::string> Above(const std::string& pointer) {
  const std::size_t slash = pointer.rfind('/');
  return slash == std::string::npos ? std::nullopt : std::optional(pointer.substr(0, slash));
}

// What stands inside an alias stands where its anchor is.
std::string WithoutAliases(const YamlDocument& document, std::string pointer) {
  for (std::size_t hops = 0; hops <= document.aliases.size(); ++hops) {
    std::optional<std::string> begin = pointer;
    while (begin && !document.aliases.contains(*begin)) begin = Above(*begin);
    if (!begin) break;
    pointer = document.aliases.at(*begin) + pointer.substr(begin->size());
  }
  return pointer;
}

// Of the value, or of the nearest one above it that has a place.
Position PlaceOf(const YamlDocument& document,
                 const std::unordered_map<std::string, Position>& places, std::string pointer) {
  for (std::optional<std::string> at = std::move(pointer); at; at = Above(*at)) {
    const auto place = places.find(*at);
    if (place != places.end()) return place->second;
    if (&places != &document.values) {
      const auto value = document.values.find(*at);
      if (value != document.values.end()) return value->second;
    }
  }
  return {};
}

// Adds the members of `part`, a map at `pointer`, to those of `into`; where both have one, goes
// `depth` levels down. Gives the pointers of those that stand twice.
void MergeMaps(Json& into, const Json& part, const std::string& pointer, int depth,
               std::vector<std::string>& twice) {
  const Json::Object* members = part.IfObject();
  if (members == nullptr) return;
  for (const auto& [key, value] : *members) {
    const std::string place = pointer + "/" + PointerToken(key);
    Json* known = into.Find(key);
    if (known == nullptr) {
      into.Set(key, value);
    } else if (depth > 0 && known->IsObject() && value.IsObject()) {
      MergeMaps(*known, value, place, depth - 1, twice);
    } else {
      twice.push_back(place);
    }
  }
}

}  // namespace

Problem YamlDocument::AtPlace(const Position& place, std::string message) const {
  const TextFile* from = place.source ? place.source.get() : source.get();
  if (place.line == 0 || from == nullptr) {
    return {
        from != nullptr ? from->path : file, place.line, place.column, std::move(message), {}, {}};
  }
  return ProblemAt(*from, place.line, static_cast<std::size_t>(place.column) - 1,
                   std::move(message));
}

Problem YamlDocument::AtValue(const std::string& pointer, std::string message) const {
  return AtPlace(PlaceOf(*this, values, WithoutAliases(*this, pointer)), std::move(message));
}

Problem YamlDocument::AtKey(const std::string& pointer, std::string message) const {
  const bool has_place = keys.contains(pointer);
  return AtPlace(PlaceOf(*this, keys, has_place ? pointer : WithoutAliases(*this, pointer)),
                 std::move(message));
}

// Looks for the next few characters of the text in the file, and takes the place that has as many
// like it before it.
Problem YamlDocument::InText(const std::string& pointer, std::size_t offset,
                             std::string message) const {
  const std::string anchored = WithoutAliases(*this, pointer);
  constexpr std::size_t kMaxSought = 40;
  const Json* value = root.At(anchored);
  const Position at = PlaceOf(*this, values, anchored);
  const TextFile* file_of = at.source ? at.source.get() : source.get();
  const std::string_view text = value != nullptr ? value->AsString() : std::string_view();
  if (at.line == 0 || file_of == nullptr || offset >= text.size()) {
    return AtValue(anchored, std::move(message));
  }
  std::string_view sought = text.substr(offset, kMaxSought);
  sought = sought.substr(0, std::max(sought.find_first_of("\n\"'\\"), 1UZ));
  std::string_view rest = file_of->text;
  for (int line = 1; line < at.line; ++line) TakeUntil(rest, "\n");
  rest.remove_prefix(std::min(rest.size(), static_cast<std::size_t>(at.column) - 1));
  // Indentation and escapes make a text longer in the file, but not without end.
  rest = rest.substr(0, (8 * text.size()) + 256);
  std::size_t found = rest.find(sought);
  for (std::size_t before = text.find(sought); before < offset && found != std::string_view::npos;
       before = text.find(sought, before + 1)) {
    found = rest.find(sought, found + 1);
  }
  if (found == std::string_view::npos) return AtValue(anchored, std::move(message));
  const std::string_view passed = rest.substr(0, found);
  const auto lines = static_cast<int>(std::ranges::count(passed, '\n'));
  const std::size_t byte = lines > 0 ? found - (passed.rfind('\n') + 1)
                                     : found + static_cast<std::size_t>(at.column) - 1;
  return ProblemAt(*file_of, at.line + lines, byte, std::move(message));
}

std::vector<Problem> YamlDocument::Merge(const YamlDocument& part) {
  std::vector<std::string> twice;
  for (const char* map : {"paths", "components"}) {
    if (const Json* members = part.root.Find(map)) {
      if (root.Find(map) == nullptr) root.Set(map, Json::MakeObject());
      MergeMaps(*root.Find(map), *members, "/" + std::string(map), 1, twice);
    }
  }
  std::vector<Problem> problems;
  for (const std::string& place : twice) {
    problems.push_back(
        part.AtKey(place, "this stands in " + file + " or another of its parts, too"));
  }
  const auto take = [&](auto& places, const auto& more) {
    for (const auto& [pointer, at] : more) {
      const auto [place, is_new] = places.try_emplace(pointer, at);
      if (is_new && !at.source) place->second.source = part.source;
    }
  };
  take(values, part.values);
  take(keys, part.keys);
  for (const auto& [alias, anchor] : part.aliases) {
    const bool is_taken = alias.starts_with("/paths/") || alias.starts_with("/components/");
    const bool is_found = anchor.starts_with("/paths/") || anchor.starts_with("/components/");
    if (is_taken && is_found) aliases.try_emplace(alias, anchor);
  }
  return problems;
}

}  // namespace mockduit
