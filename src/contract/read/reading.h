// ContractReading: what every part of the contract reader needs: the contract in the making, the
// problems found so far, and the ways to read a map, a list, a template. Every mistake is reported
// once, however many places refer to where it stands.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/node.h"
#include "base/suggest.h"
#include "contract/contract.h"
#include "contract/language/kind.h"
#include "contract/read/blocks.h"
#include "contract/read/shared_parts.h"
#include "contract/schema/compiler.h"

namespace mockduit {

class ContractReading {
 public:
  explicit ContractReading(const YamlDocument& document)
      : document_(document), schemas_(RootOf(document), RulesOf(document)) {}

  std::unique_ptr<Contract> contract = std::make_unique<Contract>();
  std::vector<Problem> problems;
  std::map<std::string, Node, std::less<>> kind_blocks;  // of the kinds that are declared
  Shape headers = Shape::Of({});  // that templates may ask for, in small letters

  std::vector<std::string> documents;  // that sources may be made of

  // An outcome that an effect names, to be found among the answers of its operation.
  struct Reference {
    Node node;
    OutcomeRef ref;
  };
  std::vector<Reference> references;

  // The names of the steps that emit events: the templates of webhooks know them.
  Names emitters;
  bool emits = false;

  Node Top() const { return Node(document_); }
  const YamlDocument& document() const { return document_; }

  void Wrong(const Node& node, std::string message) { Add(node.Wrong(std::move(message))); }
  // The same at the key of a member.
  void WrongKey(const Node& node, std::string message) { Add(node.WrongKey(std::move(message))); }
  // Adds a problem that is not there yet.
  void Add(Problem problem);
  // The mistakes of a value that holds templates.
  void Add(const Node& node, const std::vector<TemplateMistake>& mistakes);

  // The node that a "$ref": "#/…" points to. Nothing where it leads nowhere; CheckReferences
  // reports that.
  static Node Follow(const Node& node) { return node.Follow(); }

  template <class Visit>
  void EachMember(const Node& node, Visit visit) {
    if (!node) return;
    const Json::Object* members = node.json().IfObject();
    if (members == nullptr) return WrongType(node, "this must be a map");
    for (const JsonMember& member : *members) {
      if (const Node target = Follow(node.Below(member.value))) visit(member.key, target);
    }
  }

  template <class Visit>
  void EachItem(const Node& node, Visit visit) {
    if (!node) return;
    const Json::Array* items = node.json().IfArray();
    if (items == nullptr) return WrongType(node, "this must be a list");
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (const Node target = Follow(node.Item(i))) visit(target);
    }
  }

  std::vector<std::string> Texts(const Node& node);

  // Holds a map against the list of its keys, and their values against their types. False when the
  // node is no map.
  bool Check(const Node& node, const Block& block);

  // Reports an empty key of a map of names.
  void CheckName(const Node& node, const std::string& name) {
    if (name.empty()) WrongKey(node, "a name must not be empty");
  }

  // Reports that a required key is missing.
  void Missing(const Node& parent, std::string_view key);
  // The name of a header that stands at a value, or is its key. RFC 9110, 5.1.
  void CheckHeaderName(const Node& node, bool at_key, const std::string& name);
  // The text of a key that must be there.
  std::string Needed(const Node& parent, std::string_view key);

  // "widget" as the store's kind, "acme.widget". An unknown kind is reported.
  std::string Kind(const Node& node);
  void CheckKind(const Node& node, bool at_key, const std::string& name);
  std::string StoreKind(const std::string& name) const { return contract->vendor + "." + name; }
  // Reports a dotted path that no resource of the kind has, and returns false then.
  bool CheckMember(const Node& node, bool at_key, const std::string& kind, const std::string& path);

  // Each place of the document is compiled once, however many refer to it.
  std::shared_ptr<const Schema> CompileSchema(const Node& node);
  // Of the document that this one refers to; nullptr: there is none.
  SharedParts* shared_parts = nullptr;
  // What templates may ask of a body; of one whose templates were all made for it, anything.
  Shape MembersOf(const Schema& schema) const {
    return trusts_templates ? Shape() : schema.Members();
  }
  bool trusts_templates = false;
  // The document was read before, so that its regular expressions are good.
  bool trusts_patterns = false;
  // What of the contract is read, but not held: no mistakes.
  std::vector<Problem> notes;
  // Mistakes and notes together, of which nothing is left here.
  std::vector<Problem> Told();

  // Null where there is no node.
  JsonTemplate CompileTemplate(const Node& node, const Names& names);
  // The text of a node, or `text` in its place.
  Template CompileText(const Node& node, const Names& names);
  std::optional<Template> CompileIfThere(const Node& node, const Names& names);
  Asked CompileAsked(const Node& node, const Names& names);
  Condition CompileCondition(const Node& node, const Names& names);
  Duration ReadDuration(const Node& node, Duration by_default);

  // "not_found", or {outcome: not_found, variant: widget}. Kept in `references`.
  OutcomeRef ReadOutcome(const Node& node);

 private:
  // What stands in another document is somebody else's, put into our words.
  static SchemaRules RulesOf(const YamlDocument& document) {
    return SchemaRules::For(document.root, document.placed_by == nullptr);
  }
  // What "$ref": "#/…" in its schemas leads into.
  static const Json& RootOf(const YamlDocument& document) {
    return document.references != nullptr ? document.references->root() : document.root;
  }
  // The schema in the document that this one refers to; nullptr where it is one of this document.
  const Json* SharedPlaceOf(const Node& node) const;
  // The value of a schema in whichever document has it.
  Node NodeOf(const Json& place) const;
  void CheckType(const Node& node, std::string_view key, Takes takes);
  // Reports the mistake unless that place has one already.
  void WrongType(const Node& node, std::string message);

  const YamlDocument& document_;
  SchemaCompiler schemas_;
  std::set<std::string> reported_;                      // the problems, as texts
  std::set<std::tuple<std::string, int, int>> places_;  // file, line and column of each
};

// The names of a lifecycle, before its steps: its resource, the scenario's error, its own id.
Names LifecycleNames(const ContractReading& reading, const std::string& kind);

// What an effect's answers know, besides what its operation knows.
struct EffectNames {
  Names success;
  Names failure;
};

// The parts of a contract. Each reads what it can and reports the rest.
// All of the vendor's block but the lifecycles.
void ReadVendorBlock(ContractReading& reading, const Node& node);
// A place of a credential: {scheme: bearer}. Nothing, and a mistake, where it is none.
std::optional<CredentialPlace> ReadCredentialPlace(ContractReading& reading, const Node& node);
// An operation's `credentials`: places, and {all: […]} of several.
std::vector<CredentialWay> ReadCredentialWays(ContractReading& reading, const Node& node);
void ReadCors(ContractReading& reading, const Node& node);
// `told_times` and `carried_failures`: what successful answers say besides success.
void ReadTold(ContractReading& reading, const Node& vendor);
// Once all operations are read.
void CheckTold(ContractReading& reading, const Node& vendor);
void ReadKinds(ContractReading& reading, const Node& node);
Where ReadWhere(ContractReading& reading, const Node& node, const std::string& kind,
                const Names& names);
// {find: box, by: …, where: …}; other keys are the caller's business.
Which ReadWhich(ContractReading& reading, const Node& node, const Names& names,
                std::string_view kind_key = "find");
// `set` and `merge` of a resource of that kind.
Patch ReadPatch(ContractReading& reading, const Node& node, const std::string& kind,
                const Names& names);
// Reports members in the template of a resource that its kind does not have.
void CheckMembers(ContractReading& reading, const Node& node, const std::string& kind);
// A resource that is created, written as a map, has its id among its members. `id` is the kind's
// member for it; "": none is known.
void CheckHasId(ContractReading& reading, const Node& resource, const std::string& kind,
                const std::string& id);
// `subject` is the kind of the resource whose steps they are. Adds what they make to `names`.
Steps ReadSteps(ContractReading& reading, const Node& node, const std::string& subject,
                Names& names);
// The lifecycles by name, which the contract has then, without details; and where they stand.
std::vector<std::pair<Lifecycle*, Node>> ReadLifecycleHeads(ContractReading& reading,
                                                            const Node& node);
// Once all of them are there by name.
LifecycleDetails ReadLifecycle(ContractReading& reading, const Node& node);
void ReadWebhooks(ContractReading& reading, const Node& node);
// Once all that may emit events is read.
void CheckWebhooks(ContractReading& reading, const Node& node);
void ReadConditions(ContractReading& reading, const Node& node,
                    std::vector<ConditionOutcome>& conditions);
void ReadWording(ContractReading& reading, const Node& node, Wording& wording);
// Reports a `document` that the vendor block does not declare.
void CheckDocument(ContractReading& reading, const Node& block);
// The source that a block names, or that of its parent.
Source ReadSource(const Node& block, const Source& fallback);
// `names` are those of the operation.
Effect ReadEffect(ContractReading& reading, const Node& node, const UriTemplate& path,
                  const Names& names, EffectNames& of_answers);
// Reports every "$ref" that leads nowhere, and YAML's merge keys, which are not read.
void CheckReferences(ContractReading& reading);

}  // namespace mockduit
