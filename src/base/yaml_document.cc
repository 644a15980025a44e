#include <algorithm>
#include <functional>
#include <optional>
#include <ranges>

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
Position PlaceOf(const YamlDocument& document, const Places& places, std::string pointer) {
  for (std::optional<std::string> at = std::move(pointer); at; at = Above(*at)) {
    if (const Position* place = places.Find(*at)) return *place;
    if (const Position* value = document.values.Find(*at)) return *value;
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

std::size_t HashOf(std::string_view pointer) { return std::hash<std::string_view>()(pointer); }

// The member or item of that index; nullptr when there is none.
const Json* Child(const Json& json, std::size_t index) {
  if (const Json::Object* members = json.IfObject()) {
    return index < members->size() ? &(*members)[index].value : nullptr;
  }
  const Json::Array* items = json.IfArray();
  return items != nullptr && index < items->size() ? &(*items)[index] : nullptr;
}

}  // namespace

bool Places::Add(std::string_view pointer, const Position& place) {
  return by_hash_.emplace(HashOf(pointer), place).second;
}

void Places::Set(std::string_view pointer, const Position& place) {
  by_hash_.insert_or_assign(HashOf(pointer), place);
}

const Position* Places::Find(std::string_view pointer) const {
  const auto found = by_hash_.find(HashOf(pointer));
  return found != by_hash_.end() ? &found->second : nullptr;
}

void Places::Merge(const Places& more, const std::shared_ptr<const IndexedFile>& source) {
  for (const auto& [hash, at] : more.by_hash_) {
    const auto [place, is_new] = by_hash_.try_emplace(hash, at);
    if (is_new && !at.source) place->second.source = source;
  }
}

void YamlDocument::FindWays(const Json& json) const {
  for (std::size_t i = 0; const Json* child = Child(json, i); ++i) {
    ways_[child] = {&json, i};
    FindWays(*child);
  }
}

// Nothing where the ways are not known, or lead elsewhere since the root was changed.
std::optional<std::string> YamlDocument::PointerByWays(const Json& value) const {
  std::vector<std::size_t> indexes;
  const Json* top = &value;
  while (top != &root) {
    const auto way = ways_.find(top);
    if (way == ways_.end() || indexes.size() > ways_.size()) return std::nullopt;
    indexes.push_back(way->second.index);
    top = way->second.above;
  }
  std::string pointer;
  const Json* at = &root;
  for (const std::size_t index : std::views::reverse(indexes)) {
    const Json* child = Child(*at, index);
    if (child == nullptr) return std::nullopt;
    const Json::Object* members = at->IfObject();
    pointer +=
        "/" + (members != nullptr ? PointerToken((*members)[index].key) : std::to_string(index));
    at = child;
  }
  return at == &value ? std::optional(pointer) : std::nullopt;
}

std::string YamlDocument::PointerOf(const Json& value) const {
  if (auto known = PointerByWays(value)) return *known;
  ways_.clear();
  FindWays(root);
  return PointerByWays(value).value_or("");
}

Problem YamlDocument::AtPlace(const Position& place, std::string message) const {
  const IndexedFile* from = place.source ? place.source.get() : source.get();
  if (place.line == 0 || from == nullptr) {
    return {
        from != nullptr ? from->path : file, place.line, place.column, std::move(message), {}, {}};
  }
  return ProblemAt(*from, place.line, static_cast<std::size_t>(place.column) - 1,
                   std::move(message));
}

const YamlDocument* YamlDocument::PlacingOf(const std::string& pointer) const {
  return overlay != nullptr && overlay->root.At(pointer) != nullptr ? overlay : placed_by;
}

std::string YamlDocument::PointerIn(const YamlDocument& other, const std::string& pointer) const {
  return &other == placed_by ? below + pointer : pointer;
}

Problem YamlDocument::AtValue(const std::string& pointer, std::string message) const {
  if (const auto* other = PlacingOf(pointer))
    return other->AtValue(PointerIn(*other, pointer), std::move(message));
  return AtPlace(PlaceOf(*this, values, WithoutAliases(*this, pointer)), std::move(message));
}

Problem YamlDocument::AtKey(const std::string& pointer, std::string message) const {
  if (const auto* other = PlacingOf(pointer))
    return other->AtKey(PointerIn(*other, pointer), std::move(message));
  const bool has_place = keys.Find(pointer) != nullptr;
  return AtPlace(PlaceOf(*this, keys, has_place ? pointer : WithoutAliases(*this, pointer)),
                 std::move(message));
}

// Looks for the next few characters of the text in the file, and takes the place that has as many
// like it before it.
Problem YamlDocument::InText(const std::string& pointer, std::size_t offset,
                             std::string message) const {
  if (const auto* other = PlacingOf(pointer)) {
    return other->InText(PointerIn(*other, pointer), offset, std::move(message));
  }
  const std::string anchored = WithoutAliases(*this, pointer);
  constexpr std::size_t kMaxSought = 40;
  const Json* value = root.At(anchored);
  const Position at = PlaceOf(*this, values, anchored);
  const IndexedFile* file_of = at.source ? at.source.get() : source.get();
  const std::string_view text = value != nullptr ? value->AsString() : std::string_view();
  if (at.line == 0 || file_of == nullptr || offset >= text.size()) {
    return AtValue(anchored, std::move(message));
  }
  std::string_view sought = text.substr(offset, kMaxSought);
  sought = sought.substr(0, std::max(sought.find_first_of("\n\"'\\"), 1UZ));
  std::string_view rest = std::string_view(file_of->text).substr(file_of->LineStart(at.line));
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
  values.Merge(part.values, part.source);
  keys.Merge(part.keys, part.source);
  for (const auto& [alias, anchor] : part.aliases) {
    const bool is_taken = alias.starts_with("/paths/") || alias.starts_with("/components/");
    const bool is_found = anchor.starts_with("/paths/") || anchor.starts_with("/components/");
    if (is_taken && is_found) aliases.try_emplace(alias, anchor);
  }
  return problems;
}

}  // namespace mockduit
