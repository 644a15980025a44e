// The `fault` of a play: a name, or a map of a name to what it takes.
#include "http/fault.h"
#include "base/text.h"
#include "scenario/read/reader.h"

namespace mockduit {
namespace {

constexpr std::int64_t kMaxBytes = 1'000'000'000;

// "malformed" of "malformed body".
std::string_view FirstWord(std::string_view name) { return TakeUntil(name, " "); }
std::string_view Rest(std::string_view name) {
  TakeUntil(name, " ");
  return name;
}

std::vector<std::string> FaultWords() {
  std::vector<std::string> words;
  for (const FaultKind& kind : FaultKinds()) {
    const std::string_view word = FirstWord(kind.name);
    if (words.empty() || words.back() != word) words.emplace_back(word);
  }
  return words;
}

// Those that a word stands for: one, unless its parameter chooses.
std::vector<FaultKind> KindsOf(std::string_view word) {
  std::vector<FaultKind> kinds;
  std::ranges::copy_if(FaultKinds(), std::back_inserter(kinds),
                       [&](const FaultKind& kind) { return FirstWord(kind.name) == word; });
  return kinds;
}

std::size_t ReadBytes(ScenarioReader& reader, const Node& node, std::string_view what) {
  const std::int64_t bytes = node.json().AsInteger();
  if (!node.json().IsInteger() || bytes < 1 || bytes > kMaxBytes) {
    reader.Wrong(node, std::string(what) + " must be a number of bytes, from 1 to " +
                           std::to_string(kMaxBytes));
  }
  return static_cast<std::size_t>(bytes);
}

void ReadParameter(ScenarioReader& reader, const FaultKind& kind, const Node& node,
                   Delivery& delivery) {
  const std::string name(kind.name);
  switch (kind.parameter) {
    case FaultParameter::kNothing:
      return reader.Wrong(node, name + " takes nothing; write fault: " + name);
    case FaultParameter::kBytes: delivery.bytes = ReadBytes(reader, node, name); return;
    case FaultParameter::kTime: break;
  }
  const auto time = reader.Wait(node, "a " + name, kMaxDelay);
  if (!time) return;
  if (*time == Duration(0)) reader.Wrong(node, "a " + name + " must be longer than nothing");
  delivery.stall = *time;
}

// `parameter` is what stands behind the word, where something does.
void ReadKind(ScenarioReader& reader, const std::string& word, const Node* parameter,
              Delivery& delivery) {
  const std::vector<FaultKind> kinds = KindsOf(word);
  if (kinds.empty()) return;
  FaultKind kind = kinds.front();
  if (parameter != nullptr && kinds.size() > 1) {
    std::vector<std::string> ways;
    for (const FaultKind& one : kinds) ways.emplace_back(Rest(one.name));
    const std::string way = reader.Word(*parameter, "way to be " + word, ways);
    const auto chosen = std::ranges::find(ways, way);
    if (chosen != ways.end()) kind = kinds[static_cast<std::size_t>(chosen - ways.begin())];
    parameter = nullptr;
  }
  delivery.fault = kind.fault;
  if (kind.parameter == FaultParameter::kBytes) {
    delivery.bytes = static_cast<std::size_t>(kind.default_parameter);
  } else if (kind.parameter == FaultParameter::kTime) {
    delivery.stall = std::chrono::seconds(kind.default_parameter);
  }
  if (parameter != nullptr) ReadParameter(reader, kind, *parameter, delivery);
}

}  // namespace

void ReadFault(ScenarioReader& reader, const Node& node, Play& play) {
  const std::vector<std::string> words = FaultWords();
  if (node.IsText()) {
    return ReadKind(reader, reader.Word(node, "fault", words), nullptr, play.delivery);
  }
  const Json::Object* members = node.json().IfObject();
  if (members == nullptr || members->size() != 1) {
    return reader.Wrong(
        node, "a fault is one of " + OrList(words) + ", or a map of one of them to what it takes");
  }
  const std::string& word = members->front().key;
  const Node parameter = node[word];
  if (std::ranges::find(words, word) == words.end()) {
    return reader.WrongKey(parameter, "'" + word + "' is no fault" + DidYouMean(word, words));
  }
  ReadKind(reader, word, &parameter, play.delivery);
}

}  // namespace mockduit
