#include "http/headers.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/text.h"

namespace mockduit {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Makes blanks of what would end the line.
void KeepInLine(std::span<char> text) {
  if (!HasControl({text.data(), text.size()})) return;
  std::ranges::replace_if(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
}

constexpr std::array<bool, 256> kTokenBytes = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    table[static_cast<unsigned char>(c)] = true;
  for (unsigned char i = 0; i < 26; ++i) table['a' + i] = table['A' + i] = true;
  for (unsigned char i = 0; i < 10; ++i) table['0' + i] = true;
  return table;
}();

}  // namespace

bool IsToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return kTokenBytes[static_cast<unsigned char>(c)];
  });
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return a == b || std::ranges::equal(a, b, [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string FieldValue(std::string text) {
  const auto is_control = [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; };
  if (HasControl(text)) std::ranges::replace_if(text, is_control, ' ');
  return text;
}

Headers::Headers(std::initializer_list<Field> fields) {
  for (const auto& [name, value] : fields) Add(name, value);
}

Headers Headers::FromLines(std::string lines) {
  Headers headers;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t colon = lines.find(kColon, begin);
    const std::size_t end = lines.find(kLineEnd, begin);
    headers.places_.push_back(
        {.begin = static_cast<std::uint32_t>(begin),
         .name_size = static_cast<std::uint32_t>(colon - begin),
         .value_size = static_cast<std::uint32_t>(end - colon - kColon.size())});
    begin = end + kLineEnd.size();
  }
  headers.lines_ = std::move(lines);
  return headers;
}

std::optional<std::string_view> Headers::Find(std::string_view name) const {
  for (const Place& place : places_) {
    if (place.name_size != name.size()) continue;
    const char* const begin = lines_.data() + place.begin;
    if (!EqualsIgnoringCase({begin, place.name_size}, name)) continue;
    return std::string_view(begin + place.name_size + kColon.size(), place.value_size);
  }
  return std::nullopt;
}

std::vector<std::string> Headers::All(std::string_view name) const {
  std::vector<std::string> values;
  for (const Field& field : fields()) {
    if (EqualsIgnoringCase(field.name, name)) values.emplace_back(field.value);
  }
  return values;
}

std::size_t Headers::Count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      fields(), [&](const Field& field) { return EqualsIgnoringCase(field.name, name); }));
}

void Headers::Add(std::string_view name, std::string_view value) {
  const std::size_t begin = lines_.size();
  const std::size_t size = begin + name.size() + kColon.size() + value.size() + kLineEnd.size();
  lines_.resize_and_overwrite(size, [&](char* data, std::size_t /*capacity*/) {
    char* const line = data + begin;
    name.copy(line, name.size());
    kColon.copy(line + name.size(), kColon.size());
    value.copy(line + name.size() + kColon.size(), value.size());
    kLineEnd.copy(data + size - kLineEnd.size(), kLineEnd.size());
    return size;
  });
  KeepInLine(std::span(lines_).subspan(size - kLineEnd.size() - value.size(), value.size()));
  places_.push_back({.begin = static_cast<std::uint32_t>(begin),
                     .name_size = static_cast<std::uint32_t>(name.size()),
                     .value_size = static_cast<std::uint32_t>(value.size())});
}

void Headers::Reserve(std::size_t fields, std::size_t bytes) {
  places_.reserve(places_.size() + fields);
  lines_.reserve(lines_.size() + bytes);
}

void Headers::Set(std::string_view name, std::string_view value) {
  Remove(name);
  Add(name, value);
}

void Headers::Remove(std::string_view name) {
  if (!Find(name)) return;
  Headers others;
  for (const Field& field : fields()) {
    if (!EqualsIgnoringCase(field.name, name)) others.Add(field.name, field.value);
  }
  *this = std::move(others);
}

void Headers::SetValueAt(std::size_t index, std::string_view value) {
  Place& place = places_[index];
  const std::size_t begin = place.begin + place.name_size + kColon.size();
  lines_.replace(begin, place.value_size, value);
  KeepInLine(std::span(lines_).subspan(begin, value.size()));
  const auto more = static_cast<std::uint32_t>(value.size()) - place.value_size;  // wraps around
  place.value_size += more;
  for (Place& later : std::span(places_).subspan(index + 1)) later.begin += more;
}

}  // namespace mockduit
