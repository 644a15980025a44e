#include "base/json_document.h"

#include <algorithm>

#include "base/json_cursor.h"
#include "base/yaml_words.h"

namespace mockduit {
namespace {

// Walks through a text that is known to be JSON and notes where everything stands.
class PlaceFinder {
 public:
  PlaceFinder(YamlDocument& document, std::vector<Problem>* cut)
      : document_(document),
        text_(document.source->text),
        cursor_(document.source->text),
        cut_(cut) {}

  std::vector<Problem> problems;

  void Value(const std::string& pointer) {
    const JsonCursor::Next next = cursor_.Look();
    if (!is_muted_) document_.values.Set(pointer, Here());
    switch (next) {
      case JsonCursor::Next::kObject: return Members(pointer);
      case JsonCursor::Next::kArray: return Items(pointer);
      case JsonCursor::Next::kString: cursor_.String(); return;
      default: cursor_.Scalar();
    }
  }

 private:
  // Where the cursor is, which has moved on since this was last asked.
  Position Here() {
    for (; counted_ < cursor_.at(); ++counted_) {
      if (text_[counted_] != '\n') continue;
      ++line_;
      line_start_ = counted_ + 1;
    }
    return {line_, static_cast<int>(cursor_.at() - line_start_) + 1, nullptr};
  }

  void Members(const std::string& pointer) {
    for (bool more = cursor_.Enter('}'); more && !stopped_; more = cursor_.GoesOn('}')) {
      const Position place = Here();
      const std::string_view quoted = cursor_.Key();
      if (is_muted_) {
        Value("");
        continue;
      }
      const std::string key(Json::Parse(quoted).value_or(Json()).AsString());
      const std::string member = pointer + "/" + PointerToken(key);
      if (member.size() > kMaxPointer) {
        LeaveOut(place);
        continue;
      }
      if (!document_.keys.Add(member, place)) {
        problems.push_back(
            document_.AtPlace(place, "the key '" + key + "' stands here a second time"));
        Value(pointer + "/?" + std::to_string(problems.size()));  // what is below stands here alone
        continue;
      }
      Value(member);
    }
  }

  void LeaveOut(const Position& place) {
    if (cut_ == nullptr) {
      problems.push_back(document_.AtPlace(place, LongKeysWords(kMaxPointer)));
      stopped_ = true;
      return;
    }
    if (cut_->size() < kMaxProblemsOfAFile) {
      cut_->push_back(
          document_.AtPlace(place, LongKeysWords(kMaxPointer) + "; what it names is left out"));
    }
    is_muted_ = true;
    Value("");
    is_muted_ = false;
  }

  void Items(const std::string& pointer) {
    std::size_t i = 0;
    for (bool more = cursor_.Enter(']'); more && !stopped_; more = cursor_.GoesOn(']')) {
      Value(is_muted_ ? "" : pointer + "/" + std::to_string(i++));
    }
  }

  YamlDocument& document_;
  std::string_view text_;
  JsonCursor cursor_;
  std::vector<Problem>* cut_;
  std::size_t counted_ = 0;  // bytes whose lines are counted
  std::size_t line_start_ = 0;
  int line_ = 1;
  bool is_muted_ = false;  // in what is left out
  bool stopped_ = false;   // by a mistake behind which nothing is looked at
};

// Takes out the members whose pointers are too long; `before` is how long that of `json` is.
void RemoveLong(Json& json, std::size_t before) {
  if (Json::Array* items = json.IfArray()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      RemoveLong((*items)[i], before + 1 + std::to_string(i).size());
    }
  }
  Json::Object* members = json.IfObject();
  if (members == nullptr) return;
  const auto size_of = [&](const JsonMember& member) {
    return before + 1 + PointerToken(member.key).size();
  };
  std::erase_if(*members, [&](const auto& member) { return size_of(member) > kMaxPointer; });
  for (JsonMember& member : *members) RemoveLong(member.value, size_of(member));
}

}  // namespace

Read<YamlDocument> ReadJsonDocument(const TextFile& file, std::vector<Problem>* cut) {
  YamlDocument document;
  document.file = file.path;
  document.source = std::make_shared<const IndexedFile>(
      TextFile{file.path, WithoutByteOrderMark(file.text), file.made_by_machine});
  if (auto problem = CheckText(*document.source)) return std::unexpected(std::vector{*problem});
  auto json = Json::Parse(document.source->text);
  if (!json) {
    return std::unexpected(
        std::vector{ProblemAtByte(*document.source, json.error().offset, json.error().message)});
  }
  document.root = std::move(*json);
  if (file.made_by_machine) return document;
  PlaceFinder finder(document, cut);
  finder.Value("");
  if (cut != nullptr && !cut->empty()) RemoveLong(document.root, 0);
  if (!finder.problems.empty()) return std::unexpected(Bounded(std::move(finder.problems)));
  return document;
}

}  // namespace mockduit
