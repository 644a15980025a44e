#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <charconv>
#include <map>
#include <optional>
#include <sstream>

#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxAliasedValues = 10'000;  // what all aliases of a file may add together

template <class T, class... Base>
std::optional<T> Number(std::string_view text, Base... base) {
  if (text.starts_with('+')) text.remove_prefix(1);
  T number{};
  const auto [end, failure] =
      std::from_chars(text.data(), text.data() + text.size(), number, base...);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool IsSign(char c) { return c == '+' || c == '-'; }

// A plain scalar by the core schema (YAML 1.2, section 10.3.2).
Json Resolve(std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (text.size() > 2 && (text.starts_with("0x") || text.starts_with("0o")) && !IsSign(text[2])) {
    if (const auto whole = Number<std::int64_t>(text.substr(2), text[1] == 'x' ? 16 : 8)) {
      return *whole;
    }
  }
  const bool two_signs = text.size() > 1 && IsSign(text[0]) && IsSign(text[1]);
  if (!two_signs && text.find_first_not_of("0123456789+-.eE") == std::string_view::npos) {
    if (const auto whole = Number<std::int64_t>(text)) return *whole;
    if (const auto real = Number<double>(text)) return *real;
  }
  return text;
}

std::size_t CountValues(const Json& json) {
  std::size_t count = 1;
  if (const auto* items = json.IfArray()) {
    for (const Json& item : *items) count += CountValues(item);
  }
  if (const auto* members = json.IfObject()) {
    for (const JsonMember& member : *members) count += CountValues(member.value);
  }
  return count;
}

// Builds the document from yaml-cpp's events. A stop that yaml-cpp does not know of itself is
// thrown as its own exception and caught in ReadYaml.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(YamlDocument& document) : document_(document) {}

  std::vector<Problem> problems;

  // From here on, whatever comes is another document.
  void AtEnd() {
    at_end_ = true;
    document_.values.try_emplace("", Position{1, 1});
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (at_end_)
      throw YAML::ParserException(mark, "a file holds one document; another begins here");
  }
  void OnDocumentEnd() override {}
  // yaml-cpp marks a value that is not there where the next thing stands, lines below its key.
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const bool of_key = !open_.empty() && open_.back().key;
    const std::string pointer = of_key ? NextPointer() : "";
    Add(mark, anchor, {});
    if (of_key) document_.values[pointer] = document_.keys[pointer];
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Add(mark, anchor, tag == "?" ? Resolve(value) : Json(value));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = anchors_.find(anchor);
    if (named == anchors_.end()) {
      throw YAML::ParserException(mark, "this alias stands inside what its anchor names");
    }
    aliased_values_ += CountValues(named->second);
    if (aliased_values_ > kMaxAliasedValues) {
      throw YAML::ParserException(mark, "the aliases of this file repeat more than " +
                                            std::to_string(kMaxAliasedValues) + " values");
    }
    Add(mark, 0, named->second);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    Open(mark, anchor, Json::MakeArray());
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    Open(mark, anchor, Json::MakeObject());
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapEnd() override { Close(); }

 private:
  struct Level {
    Json value;
    YAML::anchor_t anchor;
    std::string pointer;
    std::optional<std::string> key;  // of an object: the key whose value comes next
  };

  static Position At(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

  // The pointer of the value that comes next.
  std::string NextPointer() const {
    if (open_.empty()) return "";
    const Level& level = open_.back();
    if (level.key) return level.pointer + "/" + PointerToken(*level.key);
    return level.pointer + "/" + std::to_string(level.value.IfArray()->size());
  }

  bool KeyComesNext() const {
    return !open_.empty() && open_.back().value.IsObject() && !open_.back().key;
  }

  void TakeKey(const YAML::Mark& mark, const Json& value) {
    Level& level = open_.back();
    level.key = value.IsString() ? std::string(value.AsString()) : value.Dump();
    const std::string pointer = NextPointer();
    if (level.value.Find(*level.key) != nullptr) {
      problems.push_back({document_.file, mark.line + 1, mark.column + 1,
                          "the key '" + *level.key + "' stands here a second time"});
    }
    document_.keys[pointer] = At(mark);
  }

  void Add(const YAML::Mark& mark, YAML::anchor_t anchor, Json value) {
    if (anchor != 0) anchors_[anchor] = value;
    if (KeyComesNext()) return TakeKey(mark, value);
    document_.values[NextPointer()] = At(mark);
    Place(std::move(value));
  }

  void Place(Json value) {
    if (open_.empty()) {
      document_.root = std::move(value);
    } else if (open_.back().key) {
      open_.back().value.Set(*open_.back().key, std::move(value));
      open_.back().key.reset();
    } else {
      open_.back().value.Append(std::move(value));
    }
  }

  void Open(const YAML::Mark& mark, YAML::anchor_t anchor, Json empty) {
    if (KeyComesNext())
      throw YAML::ParserException(mark, "a key must be one word, not a list or map");
    if (open_.size() >= static_cast<std::size_t>(Json::kMaxDepth)) {
      throw YAML::ParserException(mark, "nested too deep");
    }
    std::string pointer = NextPointer();
    document_.values[pointer] = At(mark);
    open_.push_back({std::move(empty), anchor, std::move(pointer), std::nullopt});
  }

  void Close() {
    Level level = std::move(open_.back());
    open_.pop_back();
    if (level.anchor != 0) anchors_[level.anchor] = level.value;
    Place(std::move(level.value));
  }

  YamlDocument& document_;
  bool at_end_ = false;
  std::vector<Level> open_;
  std::map<YAML::anchor_t, Json> anchors_;
  std::size_t aliased_values_ = 0;
};

Problem Place(const YamlDocument& document, const std::unordered_map<std::string, Position>& places,
              const std::string& pointer, std::string message) {
  const auto place = places.find(pointer);
  const Position at = place != places.end() ? place->second : Position{};
  return {at.file ? *at.file : document.file, at.line, at.column, std::move(message)};
}

// Adds the members of `part`, a map at `pointer`, to those of `into`; where both have one, goes
// `depth` levels down. Gives the pointers of those that stand twice.
void MergeMaps(Json& into, Json& part, const std::string& pointer, int depth,
               std::vector<std::string>& twice) {
  Json::Object* members = part.IfObject();
  if (members == nullptr) return;
  for (auto& [key, value] : *members) {
    const std::string place = pointer + "/" + PointerToken(key);
    Json* known = into.Find(key);
    if (known == nullptr) {
      into.Set(key, std::move(value));
    } else if (depth > 0 && known->IsObject() && value.IsObject()) {
      MergeMaps(*known, value, place, depth - 1, twice);
    } else {
      twice.push_back(place);
    }
  }
}

// The parser's own words and place, but for a tab that indents the line, which it calls many names.
Problem Told(const std::string& file, std::string_view text, const YAML::Exception& failure) {
  for (int line = 0; line < failure.mark.line; ++line) TakeUntil(text, "\n");
  const std::string_view indent = text.substr(0, text.find_first_not_of(" \t"));
  const std::size_t tab = indent.find('\t');
  if (tab != std::string_view::npos) {
    return {file, failure.mark.line + 1, static_cast<int>(tab) + 1,
            "a tab cannot indent YAML; use spaces"};
  }
  return {file, failure.mark.line + 1, failure.mark.column + 1, failure.msg};
}

}  // namespace

Problem YamlDocument::AtValue(const std::string& pointer, std::string message) const {
  return Place(*this, values, pointer, std::move(message));
}

Problem YamlDocument::AtKey(const std::string& pointer, std::string message) const {
  return Place(*this, keys.contains(pointer) ? keys : values, pointer, std::move(message));
}

std::vector<Problem> YamlDocument::Merge(YamlDocument part) {
  std::vector<std::string> twice;
  for (const char* map : {"paths", "components"}) {
    if (Json* members = part.root.Find(map)) {
      if (root.Find(map) == nullptr) root.Set(map, Json::MakeObject());
      MergeMaps(*root.Find(map), *members, "/" + std::string(map), 1, twice);
    }
  }
  std::vector<Problem> problems;
  for (const std::string& place : twice) {
    problems.push_back(
        part.AtKey(place, "this stands in " + file + " or another of its parts, too"));
  }
  const auto from = std::make_shared<const std::string>(part.file);
  const auto take = [&](auto& places, auto& more) {
    for (auto& [pointer, at] : more) {
      if (!at.file) at.file = from;
      places.try_emplace(pointer, std::move(at));
    }
  };
  take(values, part.values);
  take(keys, part.keys);
  return problems;
}

Read<YamlDocument> ReadYaml(std::string file, std::string_view text) {
  YamlDocument document;
  document.file = std::move(file);
  Builder builder(document);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    builder.AtEnd();
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& failure) {
    builder.problems.push_back(Told(document.file, text, failure));
  }
  if (!builder.problems.empty()) return std::unexpected(std::move(builder.problems));
  return document;
}

}  // namespace mockduit
