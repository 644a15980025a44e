#include "contract/schema/compiler.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/references.h"
#include "base/suggest.h"
#include "contract/reference.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxMistakes = 100;     // of one schema, and as many notes
constexpr std::size_t kMaxNodes = 1'000'000;  // of a document
constexpr std::size_t kMaxScopes = 1'000;

const SchemaNode& Anything() {
  static const SchemaNode kAnything;
  return kAnything;
}

}  // namespace

SchemaCompiler::SchemaCompiler(const Json& root, SchemaRules rules)
    : rules_(std::move(rules)), places_(root, rules_) {}

std::shared_ptr<const Schema> SchemaCompiler::Compile(const Json& json) {
  const std::size_t first = arena_->size();
  const std::size_t told = mistakes.size();
  const SchemaPlace place{&json, &places_.root()};
  const SchemaNode* node = NodeAt(place, 0);
  ReadAll();
  if (wants_scopes_ && !uses_scopes_) {
    mistakes.resize(told);
    Forget(first);
    uses_scopes_ = true;
    places_.FindAnchors();
    node = NodeAt(place, 0);
    ReadAll();
  }
  CheckEnds(first);
  std::shared_ptr<const Schema>& compiled = compiled_[node];
  if (compiled != nullptr) return compiled;
  struct Kept {
    std::shared_ptr<const SchemaArena> arena;
    Schema schema;
  };
  const auto kept = std::make_shared<const Kept>(arena_, Schema(*node));
  compiled = std::shared_ptr<const Schema>(kept, &kept->schema);
  return compiled;
}

const SchemaNode* SchemaCompiler::Below(const Json& json) {
  return NodeAt({&json, now_.resource}, now_.scope);
}

const SchemaNode* SchemaCompiler::NodeAt(SchemaPlace place, std::size_t scope) {
  const Json& given = *place.json;
  for (Circle circle(place.json);;) {
    place.resource = &places_.ResourceOf(*place.json, *place.resource);
    if (uses_scopes_) scope = Enter(*place.resource, scope);
    if (!IsReferenceAlone(*place.json)) break;
    TellIgnored(*place.json);
    place = Resolve(*place.json->Find("$ref"), *place.resource);
    if (place.json == nullptr) return &Anything();
    if (circle.ClosesAt(place.json)) {
      Wrong(given, "these references lead to each other alone");
      return &Anything();
    }
  }
  if (arena_->size() == kMaxNodes) {
    Wrong(given, "the document has more than 1000000 schemas");
    return &Anything();
  }
  const auto [known, is_new] = by_place_.try_emplace(PlaceKey{place.json, scope}, nullptr);
  if (!is_new) return known->second;
  known->second = &arena_->emplace_back();
  waiting_.push_back({place.json, known->second, place.resource, scope});
  return known->second;
}

// What stands beside it may say nothing, or not count.
bool SchemaCompiler::IsReferenceAlone(const Json& schema) const {
  if (!schema.Get("$ref").IsString()) return false;
  if (rules_.dialect == SchemaRules::Dialect::kDraft4) return true;
  return std::ranges::all_of(*schema.IfObject(), [](const JsonMember& member) {
    const SchemaKeyword* keyword = FindSchemaKeyword(member.key);
    return member.key == "$ref" || (keyword != nullptr && keyword->read == nullptr);
  });
}

void SchemaCompiler::TellIgnored(const Json& reference) {
  for (const JsonMember& member : *reference.IfObject()) {
    const SchemaKeyword* keyword = FindSchemaKeyword(member.key);
    if (member.key == "$ref" || keyword == nullptr || keyword->read == nullptr) continue;
    Note(member.value,
         "'" + member.key +
             "' stands beside a '$ref', which OpenAPI 3.0 takes alone; it is not held",
         true);
  }
}

SchemaPlace SchemaCompiler::Resolve(const Json& reference, SchemaResource& from) {
  const SchemaPlace place =
      reference.IsString() ? places_.Resolve(reference.AsString(), from) : SchemaPlace();
  if (place.json == nullptr) {
    Wrong(reference, WhyNowhere(reference, *from.root)
                         .value_or("$ref '" + reference.ToText() + "' leads nowhere"));
  }
  return place;
}

const Json* SchemaCompiler::FindReferred(std::string_view reference) {
  return places_.Resolve(reference, *now_.resource).json;
}

const SchemaNode* SchemaCompiler::Referred(const Json& reference, bool is_dynamic) {
  SchemaPlace place = Resolve(reference, *now_.resource);
  if (place.json == nullptr) return nullptr;
  if (is_dynamic) {
    wants_scopes_ = true;
    // Only where it leads to such an anchor by the anchor's name may another take its place.
    const std::string_view text = reference.AsString();
    const std::string_view name = text.substr(std::min(text.find('#'), text.size() - 1) + 1);
    const auto outermost = scopes_[now_.scope].find(name);
    if (place.json->Get("$dynamicAnchor") == Json(name) && outermost != scopes_[now_.scope].end()) {
      place = outermost->second;
    }
  }
  return NodeAt(place, now_.scope);
}

std::size_t SchemaCompiler::Enter(SchemaResource& resource, std::size_t scope) {
  if (resource.dynamic_anchors.empty()) return scope;
  Scope within = scopes_[scope];
  for (const auto& [name, json] : resource.dynamic_anchors) {
    within.try_emplace(name, SchemaPlace{json, &resource});
  }
  if (within.size() == scopes_[scope].size()) return scope;
  const auto known = std::ranges::find(scopes_, within);
  if (known == scopes_.end() && scopes_.size() == kMaxScopes) return scope;
  if (known != scopes_.end()) return static_cast<std::size_t>(known - scopes_.begin());
  scopes_.push_back(std::move(within));
  return scopes_.size() - 1;
}

void SchemaCompiler::Forget(std::size_t first) {
  std::unordered_set<const SchemaNode*> forgotten;
  for (std::size_t i = first; i < arena_->size(); ++i) forgotten.insert(&(*arena_)[i]);
  std::erase_if(by_place_, [&](const auto& known) { return forgotten.contains(known.second); });
  shares_.clear();
  demands_.clear();
  arena_->resize(first);
}

void SchemaCompiler::ReadAll() {
  while (!waiting_.empty()) {
    now_ = waiting_.front();
    waiting_.pop_front();
    Read(*now_.json, *now_.node);
  }
}

void SchemaCompiler::Read(const Json& json, SchemaNode& node) {
  const Json::Object* members = json.IfObject();
  if (members == nullptr && !json.IsBool()) {
    return Wrong(json,
                 "a schema must be an object, true or false, not " + json.Dump().substr(0, 100));
  }
  if (members == nullptr) {
    node.never = !json.AsBool();
    return;
  }
  for (const JsonMember& member : *members) {
    const SchemaKeyword* keyword = FindSchemaKeyword(member.key);
    if (keyword == nullptr) {
      TellUnknown(member);
    } else if (keyword->read != nullptr) {
      keyword->read({*this, node, member, json});
    }
  }
  CheckBounds(json);
}

void SchemaCompiler::TellUnknown(const JsonMember& member) {
  const std::string told = "the schema keyword '" + member.key + "' is not ";
  if (member.key.starts_with("x-")) {
    // Extensions of others are theirs, unless one looks like ours.
    const std::string advice = DidYouMean(member.key, {"x-messages", "x-place"});
    if (!advice.empty()) Wrong(member.value, told + "supported" + advice, true);
    return;
  }
  const std::string advice = DidYouMean(member.key, SchemaKeywordNames());
  if (advice.empty()) return Note(member.value, told + "known, and not held", true);
  Wrong(member.value, told + "supported" + advice, true);
}

// A lower bound above its upper one is met by nothing.
void SchemaCompiler::CheckBounds(const Json& schema) {
  static constexpr std::array<std::array<std::string_view, 2>, 5> kBounds = {
      {{"minLength", "maxLength"},
       {"minItems", "maxItems"},
       {"minProperties", "maxProperties"},
       {"minContains", "maxContains"},
       {"minimum", "maximum"}}};
  for (const auto& [lower, upper] : kBounds) {
    const Json& low = schema.Get(lower);
    const Json& high = schema.Get(upper);
    if (!low.IsNumber() || !high.IsNumber() || Json::Compare(low, high) <= 0) continue;
    if (lower != "minimum" && low.AsNumber() > kMaxSchemaSize) continue;  // which was told
    Wrong(low, "'" + std::string(lower) + "' is above '" + std::string(upper) + "'");
  }
}

std::optional<Pattern> SchemaCompiler::CompilePattern(const Json& place, std::string_view text,
                                                      bool at_key) {
  auto pattern = Pattern::CompileEcma(text);
  if (pattern) return std::move(*pattern);
  const auto& [is_mistake, message] = pattern.error();
  is_mistake ? Wrong(place, message, at_key) : Note(place, message, at_key);
  return std::nullopt;
}

void SchemaCompiler::Wrong(const Json& place, std::string message, bool at_key) {
  Tell({&place, at_key, std::move(message), !rules_.strict});
}

void SchemaCompiler::Note(const Json& place, std::string message, bool at_key) {
  Tell({&place, at_key, std::move(message), true});
}

void SchemaCompiler::Tell(SchemaMistake mistake) {
  const auto told = std::ranges::count(mistakes, mistake.is_note, &SchemaMistake::is_note);
  if (static_cast<std::size_t>(told) < kMaxMistakes) mistakes.push_back(std::move(mistake));
}

void SchemaCompiler::Share(const SchemaNode& node, const SchemaNode* other, const Json& place) {
  shares_[&node].push_back({other, &place});
}

void SchemaCompiler::Demand(const SchemaNode& node, const SchemaNode* other, const Json& place) {
  demands_[&node].push_back({other, &place});
}

// What refers to itself in such a way that no value ever ends it.
void SchemaCompiler::CheckEnds(std::size_t first) {
  const std::vector<ClosingEdge> circles = FindCircles(shares_, *arena_, first);
  for (const ClosingEdge& edge : circles) {
    Wrong(*edge.place, "a schema refers to itself here for the same value, without end");
    Cut(*edge.from, edge.to);
  }
  // What they share they demand as well, and that was told.
  if (!circles.empty()) demands_.clear();
  for (const ClosingEdge& edge : FindCircles(demands_, *arena_, first)) {
    Wrong(*edge.place, "a schema requires itself here, without end; no value is good by it");
  }
  shares_.clear();
  demands_.clear();
}

// The part is not held.
void SchemaCompiler::Cut(SchemaNode& node, const SchemaNode* part) {
  const auto cut = [&](const SchemaNode*& other) {
    if (other == part) other = &Anything();
  };
  EachJoint(*node.joint, cut);
  if (node.joint->forbidden == part) node.joint->forbidden = nullptr;
}

std::expected<std::shared_ptr<const Schema>, std::vector<SchemaMistake>> Schema::Compile(
    const Json& schema, const Json& root, const SchemaRules& rules) {
  SchemaCompiler compiler(root, rules);
  auto compiled = compiler.Compile(schema);
  std::erase_if(compiler.mistakes, [](const SchemaMistake& mistake) { return mistake.is_note; });
  if (!compiler.mistakes.empty()) return std::unexpected(std::move(compiler.mistakes));
  return compiled;
}

}  // namespace mockduit
