// ContractReading: what every part of the contract reader needs: the contract in the making, the
// problems found so far, and the ways to read a map, a list, a template.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/node.h"
#include "base/suggest.h"
#include "contract/contract.h"

namespace mockduit {

class ContractReading {
 public:
  explicit ContractReading(const YamlDocument& document) : document_(document) {}

  std::unique_ptr<Contract> contract = std::make_unique<Contract>();
  std::vector<Problem> problems;

  Node Root() const { return Node(document_); }

  void Wrong(const Node& node, std::string message) {
    problems.push_back(node.Wrong(std::move(message)));
  }

  // The node that a "$ref": "#/…" points to, or the node itself.
  Node Follow(const Node& node) {
    const Node target = node.Follow();
    if (!target) Wrong(node["$ref"], "$ref '" + node["$ref"].Text() + "' leads nowhere");
    return target ? target : node;
  }

  template <class Visit>
  void EachMember(const Node& node, Visit visit) {
    if (!node) return;
    const Json::Object* members = node.json().IfObject();
    if (members == nullptr) return Wrong(node, "this must be a map");
    for (const JsonMember& member : *members) visit(member.key, Follow(node[member.key]));
  }

  template <class Visit>
  void EachItem(const Node& node, Visit visit) {
    if (!node) return;
    const Json::Array* items = node.json().IfArray();
    if (items == nullptr) return Wrong(node, "this must be a list");
    for (std::size_t i = 0; i < items->size(); ++i) visit(Follow(node.Item(i)));
  }

  std::vector<std::string> Texts(const Node& node) {
    std::vector<std::string> texts;
    EachItem(node, [&](const Node& item) { texts.push_back(item.Text()); });
    return texts;
  }

  // Tells of every key that `what` does not have. False when the node is no map.
  bool OnlyKeys(const Node& node, std::string_view what, const std::vector<std::string>& known) {
    const Json::Object* members = node.json().IfObject();
    if (members == nullptr) {
      Wrong(node, std::string(what) + " must be a map");
      return false;
    }
    for (const JsonMember& member : *members) {
      if (std::ranges::find(known, member.key) != known.end()) continue;
      problems.push_back(node[member.key].WrongKey("'" + member.key + "' is no key of " +
                                                   std::string(what) +
                                                   DidYouMean(member.key, known)));
    }
    return true;
  }

  std::string Needed(const Node& parent, std::string_view key) {
    const Node node = parent[key];
    if (node.Text().empty()) {
      Wrong(parent, "'" + std::string(key) + "' is missing here, or is no text");
    }
    return node.Text();
  }

  // "widget" as the store's kind, "acme.widget".
  std::string Kind(const std::string& name) const { return contract->vendor + "." + name; }

  // Each place of the document is compiled once, however many refer to it.
  std::shared_ptr<const Schema> CompileSchema(const Node& node) {
    const Node target = node.Follow();
    const Json* place = target ? &target.json() : &node.json();
    const auto known = schemas_.find(place);
    if (known != schemas_.end()) return known->second;
    auto schema = Schema::Compile(node.json(), document_.root);
    if (!schema) Wrong(node, schema.error().message);
    return schemas_[place] = schema ? std::shared_ptr<const Schema>(std::move(*schema)) : nullptr;
  }

  // Null where there is no node.
  JsonTemplate CompileTemplate(const Node& node) {
    return node ? CompileTemplate(node, node.json()) : JsonTemplate();
  }

  JsonTemplate CompileTemplate(const Node& node, const Json& json) {
    auto compiled = JsonTemplate::Compile(json);
    if (!compiled) Wrong(node, compiled.error().message);
    return compiled ? *std::move(compiled) : JsonTemplate();
  }

  Template CompileText(const Node& node, const std::string& text) {
    auto compiled = Template::Compile(text);
    if (!compiled) Wrong(node, compiled.error().message);
    return compiled ? *std::move(compiled) : Template();
  }

  std::optional<Template> CompileIfThere(const Node& node) {
    if (!node) return std::nullopt;
    return CompileText(node, node.Text());
  }

  Asked CompileAsked(const Node& node) {
    auto compiled = Asked::Compile(node.json());
    if (!compiled) Wrong(node, compiled.error().message);
    return compiled ? *std::move(compiled) : Asked();
  }

  Condition CompileCondition(const Node& node) {
    if (!node) return {};
    auto compiled = Condition::Compile(node.json());
    if (!compiled) Wrong(node, compiled.error().message);
    return compiled ? *std::move(compiled) : Condition();
  }

  Duration ReadDuration(const Node& node, Duration usual) {
    if (!node) return usual;
    const auto duration = ParseDuration(node.Text());
    if (!duration) Wrong(node, duration.error().message);
    return duration.value_or(usual);
  }

 private:
  const YamlDocument& document_;
  std::unordered_map<const Json*, std::shared_ptr<const Schema>> schemas_;  // by place
};

// The parts of a contract. Each reads what it can and tells of the rest.
Where ReadWhere(ContractReading& reading, const Node& node);
// {find: box, by: …, where: …}; other keys are the caller's business.
Which ReadWhich(ContractReading& reading, const Node& node, std::string_view kind_key = "find");
Steps ReadSteps(ContractReading& reading, const Node& node);
void ReadLifecycles(ContractReading& reading, const Node& node);
void ReadWebhooks(ContractReading& reading, const Node& node);
Effect ReadEffect(ContractReading& reading, const Node& node, const UriTemplate& path);

}  // namespace mockduit
