#include "contract/read/reading.h"

#include <iterator>
#include <utility>

#include "base/text.h"
#include "base/time.h"
#include "contract/read/kind_mistakes.h"
#include "http/headers.h"

namespace mockduit {
namespace {

std::string Quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

}  // namespace

void ContractReading::Add(Problem problem) {
  if (!reported_.insert(problem.Text()).second) return;
  places_.insert({problem.file, problem.line, problem.column});
  problems.push_back(std::move(problem));
}

void ContractReading::WrongType(const Node& node, std::string message) {
  Problem problem = node.Wrong(std::move(message));
  if (!places_.contains({problem.file, problem.line, problem.column})) Add(std::move(problem));
}

void ContractReading::Add(const Node& node, const std::vector<TemplateMistake>& mistakes) {
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    const TemplateMistake& mistake = mistakes[i];
    // Those that are only counted in the end are not looked for.
    Add(i < kMaxProblemsOfAFile
            ? node.WrongBelow(mistake.pointer, mistake.at_key, mistake.offset, mistake.message)
            : node.Wrong(mistake.message + " (" + std::to_string(i) + ")"));
  }
}

std::vector<std::string> ContractReading::Texts(const Node& node) {
  std::vector<std::string> texts;
  if (!node || !node.json().IsArray()) return texts;
  EachItem(node, [&](const Node& item) { texts.push_back(item.Text()); });
  return texts;
}

bool ContractReading::Check(const Node& node, const Block& block) {
  const Json::Object* members = node ? node.json().IfObject() : nullptr;
  if (members == nullptr) {
    Wrong(node, std::string(block.name) + " must be a map");
    return false;
  }
  for (const JsonMember& member : *members) {
    const auto known = std::ranges::find(block.keys, member.key, &BlockKey::name);
    if (known != block.keys.end()) {
      CheckType(node.Below(member.value), member.key, known->takes);
      continue;
    }
    if (block.open_api && (member.key == "x-mockduit" || member.key == "$ref")) continue;
    std::vector<std::string> names;
    for (const BlockKey& key : block.keys) names.emplace_back(key.name);
    if (block.open_api) names.emplace_back("x-mockduit");
    const std::string advice = DidYouMean(member.key, names);
    // Extensions of others are theirs, unless one looks like ours.
    if (block.open_api && member.key.starts_with("x-") && advice.empty()) continue;
    WrongKey(node.Below(member.value),
             Quoted(member.key) + " is no key of " + std::string(block.name) + advice);
  }
  return true;
}

void ContractReading::CheckType(const Node& node, std::string_view key, Takes takes) {
  const Json& json = node.json();
  if (json.Find("$ref") != nullptr) return;
  const auto is_name = [](const Json& text) { return text.IsString() && !text.AsString().empty(); };
  const auto must = [&](bool good, std::string_view what) {
    if (!good) Wrong(node, Quoted(key) + " must " + std::string(what));
  };
  switch (takes) {
    case Takes::kAnything: return;
    case Takes::kText: return must(json.IsString(), "be text");
    case Takes::kName: return must(is_name(json), json.IsString() ? "not be empty" : "be text");
    case Takes::kFlag: return must(json.IsBool(), "be true or false");
    case Takes::kCount:
      return must(json.IsInteger() && json.AsInteger() >= 1, "be a whole number from 1 on");
    case Takes::kNumber: return must(json.IsNumber(), "be a number");
    case Takes::kDuration: {
      const auto duration = ParseDuration(json.IsString() ? json.AsString() : json.Dump());
      return duration ? void() : Wrong(node, duration.error().message);
    }
    case Takes::kMap: return must(json.IsObject(), "be a map");
    case Takes::kList: return must(json.IsArray(), "be a list");
    case Takes::kResource: {
      const bool is_template = json.AsString().find("{{") != std::string_view::npos;
      return must(json.IsObject() || is_template, "be a map, or a template that gives one");
    }
    case Takes::kOutcome:
      if (!json.IsString()) return static_cast<void>(Check(node, blocks::kOutcome));
      return must(is_name(json), "not be empty");
    case Takes::kTexts: break;
  }
  const Json::Array* items = json.IfArray();
  if (items == nullptr) return must(false, "be a list");
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (is_name((*items)[i])) continue;
    const std::string_view what = (*items)[i].IsString() ? "not be empty" : "be text";
    Wrong(node.Item(i), "each of " + Quoted(key) + " must " + std::string(what));
  }
}

std::string ContractReading::Needed(const Node& parent, std::string_view key) {
  const Node node = parent[key];
  if (!node) {
    Missing(parent, key);
  } else if (node.json().AsString("?").empty()) {
    Wrong(node, Quoted(key) + " must not be empty");  // another type is reported elsewhere
  }
  return node.Text();
}

void ContractReading::CheckHeaderName(const Node& node, bool at_key, const std::string& name) {
  if (name.empty() || IsToken(name)) return;
  Add(node.WrongBelow("", at_key, 0, Quoted(name) + " is no name of a header"));
}

void ContractReading::Missing(const Node& parent, std::string_view key) {
  // A key with a similar name is reported as a misspelling already.
  if (parent && parent.json().IsObject()) {
    for (const JsonMember& member : *parent.json().IfObject()) {
      if (!Nearest(member.key, {std::string(key)}).empty()) return;
    }
  }
  Wrong(parent, Quoted(key) + " is missing here");
}

std::string ContractReading::Kind(const Node& node) {
  if (!node.Text().empty()) CheckKind(node, false, node.Text());
  return StoreKind(node.Text());
}

void ContractReading::CheckKind(const Node& node, bool at_key, const std::string& name) {
  const auto why = WhyNoKind(contract->kinds, name);
  if (!why) return;
  const std::string message = Quoted(name) + " is no kind of this contract" + *why;
  at_key ? WrongKey(node, message) : Wrong(node, message);
}

bool ContractReading::CheckMember(const Node& node, bool at_key, const std::string& kind,
                                  const std::string& path) {
  const std::string name = ShortKind(kind);
  const Shape members = contract->kinds.MembersOf(name);
  const Shape* at = &members;
  std::string passed;  // "lock."
  for (std::string_view rest = path; !rest.empty();) {
    const std::string_view member = TakeUntil(rest, ".");
    const Shape* below = at->Find(member);
    if (below != nullptr) {
      passed += std::string(member) + ".";
      at = below;
      continue;
    }
    const std::string message = NoMember(name, path, passed, member, *at);
    at_key ? WrongKey(node, message) : Wrong(node, message);
    return false;
  }
  return true;
}

const Json* ContractReading::SharedPlaceOf(const Node& node) const {
  if (shared_parts == nullptr) return nullptr;
  if (&node.document() != &document_) return &node.json();
  const Json::Object* members = node.json().IfObject();
  const bool is_reference = members != nullptr && members->size() == 1;
  const std::string_view reference = node.json().Get("$ref").AsString();
  return is_reference ? document_.references->Find(reference) : nullptr;
}

Node ContractReading::NodeOf(const Json& place) const {
  const bool is_own = &place == &document_.root || !document_.PointerOf(place).empty();
  return Node::At(is_own || document_.placed_by == nullptr ? document_ : *document_.placed_by,
                  place);
}

std::shared_ptr<const Schema> ContractReading::CompileSchema(const Node& node) {
  const Json* shared = SharedPlaceOf(node);
  SchemaCompiler& compiler = shared != nullptr ? shared_parts->compiler : schemas_;
  auto schema = compiler.Compile(shared != nullptr ? *shared : node.json());
  bool is_good = true;
  for (const SchemaMistake& mistake : std::exchange(compiler.mistakes, {})) {
    const Node at = NodeOf(*mistake.place);
    Problem problem = mistake.at_key ? at.WrongKey(mistake.message) : at.Wrong(mistake.message);
    is_good = is_good && mistake.is_note;
    mistake.is_note ? notes.push_back(std::move(problem)) : Add(std::move(problem));
  }
  return is_good ? schema : nullptr;
}

std::vector<Problem> ContractReading::Told() {
  std::vector<Problem> told = std::exchange(problems, {});
  std::ranges::move(notes, std::back_inserter(told));
  notes.clear();
  return told;
}

JsonTemplate ContractReading::CompileTemplate(const Node& node, const Names& names) {
  if (!node) return {};
  auto compiled = JsonTemplate::Compile(node.json(), names);
  if (!compiled) Add(node, compiled.error());
  return compiled ? *std::move(compiled) : JsonTemplate();
}

Template ContractReading::CompileText(const Node& node, const Names& names) {
  auto compiled = Template::Compile(node.Text(), names);
  if (!compiled) Add(node, compiled.error());
  return compiled ? *std::move(compiled) : Template();
}

std::optional<Template> ContractReading::CompileIfThere(const Node& node, const Names& names) {
  if (!node) return std::nullopt;
  return CompileText(node, names);
}

Asked ContractReading::CompileAsked(const Node& node, const Names& names) {
  auto compiled = Asked::Compile(node.json(), names);
  if (!compiled) Add(node, compiled.error());
  return compiled ? *std::move(compiled) : Asked();
}

Condition ContractReading::CompileCondition(const Node& node, const Names& names) {
  if (!node) return {};
  auto compiled = Condition::Compile(node.json(), names);
  if (!compiled) Add(node, compiled.error());
  return compiled ? *std::move(compiled) : Condition();
}

Duration ContractReading::ReadDuration(const Node& node, Duration by_default) {
  if (!node) return by_default;
  return ParseDuration(node.Text()).value_or(by_default);  // Check reports what is none
}

OutcomeRef ContractReading::ReadOutcome(const Node& node) {
  if (!node) return {};
  OutcomeRef ref{node.Text(), ""};
  if (node.json().IsObject()) ref = {Needed(node, "outcome"), node["variant"].Text()};
  if (!ref.outcome.empty()) references.push_back({node, ref});
  return ref;
}

}  // namespace mockduit
