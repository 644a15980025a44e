#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>

#include "base/text.h"
#include "base/yaml_failure.h"
#include "base/yaml_scalar.h"
#include "base/yaml_words.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxAliasedValues = 10'000;  // what all aliases of a file may add together

std::size_t ByteOf(const YAML::Mark& mark) { return static_cast<std::size_t>(mark.column); }

YamlMark ToMark(const YAML::Mark& mark) {
  return {mark.line, ByteOf(mark), static_cast<std::size_t>(mark.pos)};
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

// A mistake that yaml-cpp does not look for. Its words are our own.
struct Stop : YAML::ParserException {
  using ParserException::ParserException;
};

// Builds the document from yaml-cpp's events. It stops by throwing a Stop, which ReadYaml catches.
class DocumentBuilder : public YAML::EventHandler {
 public:
  // What is nested too deep is a mistake where `cut` is nullptr, else left out and told there.
  DocumentBuilder(YamlDocument& document, std::vector<Problem>* cut)
      : document_(document), cut_(cut) {}

  std::vector<Problem> problems;

  // Where the innermost list or map begins that is not closed yet.
  std::optional<YamlMark> InnermostOpen() const {
    if (open_.empty()) return std::nullopt;
    return ToMark(open_.back().mark);
  }

  const YAML::Mark& last_scalar() const { return last_scalar_; }
  const std::vector<std::string>& anchor_names() const { return anchor_names_; }

  // From here on, whatever comes is another document.
  void AtEnd() {
    at_end_ = true;
    document_.values.Add("", {1, 1, nullptr});
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (at_end_) throw Stop(mark, std::string(StrayWords(*document_.source, ToMark(mark))));
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& /*mark*/, const std::string& name) override {
    anchor_names_.push_back(name);
  }
  // yaml-cpp marks a value that is not there where the next thing stands, lines below its key.
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (too_deep_ > 0) return LeaveOut(anchor);
    const bool of_key = !open_.empty() && open_.back().key;
    const std::string pointer = of_key ? NextPointer() : "";
    Add(mark, anchor, {});
    if (of_key) document_.values.Set(pointer, *document_.keys.Find(pointer));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    last_scalar_ = mark;
    if (too_deep_ > 0) return LeaveOut(anchor);
    Add(mark, anchor, tag == "?" ? YamlScalar(value) : Json(value));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (too_deep_ > 0) return;
    const auto named = anchors_.find(anchor);
    if (named == anchors_.end()) {
      throw Stop(mark, "this alias stands inside what its anchor names");
    }
    aliased_values_ += CountValues(named->second.value);
    if (aliased_values_ > kMaxAliasedValues) {
      throw Stop(mark, "the aliases of this file repeat more than " +
                           std::to_string(kMaxAliasedValues) + " values");
    }
    if (!KeyComesNext()) document_.aliases[NextPointer()] = named->second.pointer;
    Add(mark, 0, named->second.value);
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
    bool is_key;                     // it stands where a key must stand
    YAML::Mark mark;
    bool leaves_out = false;  // the value that comes next
  };

  struct Anchored {
    Json value;
    std::string pointer;
  };

  static Position At(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1, nullptr}; }

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
    if (pointer.size() > kMaxPointer) return LeaveOutMember(mark);
    if (document_.keys.Add(pointer, At(mark))) return;
    problems.push_back(ProblemAt(*document_.source, mark.line + 1, ByteOf(mark),
                                 "the key '" + *level.key + "' stands here a second time"));
    level.key = "?" + std::to_string(problems.size());  // what is below stands here alone
    document_.keys.Add(NextPointer(), At(mark));
  }

  // The member whose key was just read.
  void LeaveOutMember(const YAML::Mark& mark) {
    if (cut_ == nullptr) throw Stop(mark, LongKeysWords(kMaxPointer));
    TellCut(ProblemAt(*document_.source, mark.line + 1, ByteOf(mark),
                      LongKeysWords(kMaxPointer) + "; what it names is left out"));
    Level& level = open_.back();
    level.key = "?" + std::to_string(cut_->size());  // a short one, which the document has not
    level.leaves_out = true;
    document_.keys.Add(NextPointer(), At(mark));
  }

  void Add(const YAML::Mark& mark, YAML::anchor_t anchor, Json value) {
    if (anchor != 0) anchors_[anchor] = {value, KeyComesNext() ? "" : NextPointer()};
    if (KeyComesNext()) return TakeKey(mark, value);
    document_.values.Set(NextPointer(), At(mark));
    Place(std::move(value));
  }

  void Place(Json value) {
    if (open_.empty()) {
      document_.root = std::move(value);
    } else if (std::exchange(open_.back().leaves_out, false)) {
      open_.back().key.reset();
    } else if (open_.back().key) {
      // A repeated key stands twice, and is a problem.
      open_.back().value.IfObject()->push_back({*std::move(open_.back().key), std::move(value)});
      open_.back().key.reset();
    } else {
      open_.back().value.Append(std::move(value));
    }
  }

  void Open(const YAML::Mark& mark, YAML::anchor_t anchor, Json empty) {
    if (too_deep_ > 0) return Skip(mark, anchor);
    if (open_.size() >= static_cast<std::size_t>(Json::kMaxDepth)) {
      if (cut_ == nullptr || KeyComesNext()) throw Stop(mark, "nested too deep");
      return Skip(mark, anchor);
    }
    const bool is_key = KeyComesNext();
    std::string pointer = is_key ? open_.back().pointer + "/?" : NextPointer();
    document_.values.Set(pointer, At(mark));
    open_.push_back({std::move(empty), anchor, std::move(pointer), std::nullopt, is_key, mark,
                     /*leaves_out=*/false});
  }

  // What opens here is left out, up to where it closes.
  void Skip(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (too_deep_++ > 0) return LeaveOut(anchor);
    TellCut(
        ProblemAt(*document_.source, mark.line + 1, ByteOf(mark), TooDeepWords(Json::kMaxDepth)));
    Add(mark, anchor, 0);
  }

  void TellCut(Problem problem) {
    if (cut_->size() < kMaxProblemsOfAFile) cut_->push_back(std::move(problem));
  }

  // An alias of it is a 0, too.
  void LeaveOut(YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = {0, ""};
  }

  void Close() {
    if (too_deep_ > 0) {
      --too_deep_;
      return;
    }
    Level level = std::move(open_.back());
    open_.pop_back();
    // Told only now: what is not closed looks to yaml-cpp like a key, too.
    if (level.is_key) throw Stop(level.mark, "a key must be one word, not a list or map");
    if (cut_ != nullptr && level.value.Find("<<") != nullptr) Merge(level);
    if (level.anchor != 0) anchors_[level.anchor] = {level.value, level.pointer};
    Place(std::move(level.value));
  }

  // Puts the members of the map that '<<' names, or of the maps in a list, in its place, but for
  // those that the map has itself (the merge key of YAML 1.1).
  void Merge(Level& level) {
    Json::Object& members = *level.value.IfObject();
    const auto merge = std::ranges::find(members, "<<", &JsonMember::key);
    const Json merged = merge->value;
    const Json::Array one = {merged};
    const Json::Array& maps = merged.IsArray() ? *merged.IfArray() : one;
    if (!std::ranges::all_of(maps, [](const Json& map) { return map.IsObject(); })) {
      const Position& at = *document_.keys.Find(level.pointer + "/<<");
      const auto column = static_cast<std::size_t>(at.column) - 1;
      return TellCut(ProblemAt(*document_.source, at.line, column, std::string(kNoMergeWords)));
    }
    members.erase(merge);
    for (std::size_t i = 0; i < maps.size(); ++i) {
      const std::string from =
          level.pointer + "/<<" + (merged.IsArray() ? "/" + std::to_string(i) : "");
      for (const JsonMember& member : *maps[i].IfObject()) {
        if (level.value.Find(member.key) != nullptr) continue;
        level.value.Set(member.key, member.value);
        const std::string token = "/" + PointerToken(member.key);
        document_.aliases[level.pointer + token] = from + token;
      }
    }
  }

  YamlDocument& document_;
  std::vector<Problem>* cut_;
  std::size_t too_deep_ = 0;  // lists and maps that are open in what is left out
  bool at_end_ = false;
  YAML::Mark last_scalar_;
  std::vector<Level> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::vector<std::string> anchor_names_;
  std::size_t aliased_values_ = 0;
};

Read<YamlDocument> ReadYaml(std::string file, std::string_view text, std::vector<Problem>* cut) {
  YamlDocument document;
  document.file = file;
  document.source =
      std::make_shared<const IndexedFile>(TextFile{std::move(file), WithoutByteOrderMark(text)});
  const IndexedFile& source = *document.source;
  if (auto problem = CheckText(source)) return std::unexpected(std::vector{*problem});
  if (source.text.contains('\r') && !source.text.contains('\n')) {
    return std::unexpected(
        std::vector{ProblemAt(source, 1, source.text.find('\r'), std::string(kCarriageReturns))});
  }
  DocumentBuilder builder(document, cut);
  try {
    std::istringstream stream(source.text.ends_with('\n') ? source.text : source.text + "\n");
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    const YAML::Mark& last = builder.last_scalar();
    if (IsNeverClosed(source.text, ToMark(last))) throw Stop(last, std::string(kYamlNeverClosed));
    builder.AtEnd();
    parser.HandleNextDocument(builder);
  } catch (const Stop& stop) {
    builder.problems.push_back(ProblemAt(source, stop.mark.line + 1, ByteOf(stop.mark), stop.msg));
  } catch (const YAML::Exception& failure) {
    builder.problems.push_back(ToProblem(
        source,
        {failure.msg, ToMark(failure.mark), builder.InnermostOpen(), builder.anchor_names()}));
  }
  if (!builder.problems.empty()) return std::unexpected(Bounded(std::move(builder.problems)));
  return document;
}

}  // namespace

Read<YamlDocument> ReadYaml(std::string file, std::string_view text) {
  return ReadYaml(std::move(file), text, nullptr);
}

Read<CutDocument> ReadCutYaml(std::string file, std::string_view text) {
  std::vector<Problem> cut;
  auto document = ReadYaml(std::move(file), text, &cut);
  if (!document) return std::unexpected(std::move(document.error()));
  return CutDocument{std::move(*document), std::move(cut)};
}

}  // namespace mockduit
