#include "contract/read/openapi.h"

#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <ranges>

#include "base/text.h"
#include "contract/read/answered.h"
#include "contract/read/answers.h"
#include "contract/read/kinds.h"
#include "contract/read/parts.h"
#include "contract/read/reading.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Headers that every client may send.
constexpr std::array<std::string_view, 12> kCommonHeaders = {
    "accept", "accept-language", "authorization", "content-length", "content-type", "cookie",
    "host",   "if-match",        "if-none-match", "origin",         "referer",      "user-agent"};

class Reader : private ContractReading {
 public:
  using ContractReading::ContractReading;

  Read<std::unique_ptr<const Contract>> Run(const std::string& file, const Known& known) {
    const Node root = Top();
    contract->file = file;
    contract->title = root["info"]["title"].Text();
    contract->kinds = known.kinds;
    behaviours_ = known.behaviours;
    all_is_here_ = known.all_is_here;
    if (Check(root, blocks::kDocument)) {
      if (root["info"]) Check(root["info"], blocks::kInfo);
      if (root["components"]) Check(root["components"], blocks::kComponents);
      ReadDocument(root);
    }
    if (!problems.empty()) return std::unexpected(std::move(problems));
    return std::unique_ptr<const Contract>(std::move(contract));
  }

 private:
  void ReadDocument(const Node& root) {
    CheckReferences(*this);
    GatherHeaders();
    GatherHosts(Top().json().Get("servers"));
    GatherSecrets(Top().json());
    const Node block = root["x-mockduit"];
    ReadVendorBlock(*this, block);
    answers_.emplace(static_cast<ContractReading&>(*this), block["fill"]);
    ReadAnswersOfAll(block["answers"]);
    EachItem(block["aliases"], [&](const Node& alias) { ReadAlias(alias); });
    EachMember(root["components"]["responses"], [&](const std::string& /*name*/, const Node& node) {
      if (node["x-mockduit"]["status"]) ReadShared(node);
    });
    EachMember(root["paths"], [&](const std::string& path, const Node& node) {
      if (!Check(node, blocks::kPathItem)) return;
      CheckPath(path, node);
      EachMember(node, [&](const std::string& method, const Node& operation) {
        if (IsMethod(method)) ReadOperation(path, method, operation, node["parameters"]);
      });
    });
    CheckWebhooks(*this, block["webhooks"]);
    CheckConditions(block["conditions"], contract->conditions, nullptr);
    // What is read wrong may be what is missing.
    if (problems.empty() && all_is_here_) {
      for (const auto& [node, operation] : nodes_) {
        CheckAnswered(*this, node, parameters_of_[operation], *operation);
      }
    }
    CheckAliases(block["aliases"]);
    answers_->Finish();
  }

  // The headers that some parameter, credential or demand of the contract names.
  void GatherHeaders() {
    Shape::Members members;
    for (const std::string_view name : kCommonHeaders) {
      members.emplace_back(std::string(name), Shape::Leaf());
    }
    const auto walk = [&](const auto& self, const Json& json) -> void {
      if (const Json::Object* object = json.IfObject()) {
        const bool is_parameter = json.Get("in").AsString() == "header";
        const bool is_credential = json.Get("scheme").AsString() == "header";
        if (is_parameter || is_credential) {
          members.emplace_back(LowerCase(json.Get("name").AsString()), Shape::Leaf());
        }
        for (const JsonMember& member : *object) self(self, member.value);
      }
      if (const Json::Array* items = json.IfArray()) {
        for (const Json& item : *items) self(self, item);
      }
    };
    walk(walk, Top().json());
    const Json& demands = Top().json().Get("x-mockduit").Get("asks_for");
    if (const Json::Array* asked = demands.IfArray()) {
      for (const Json& one : *asked) {
        members.emplace_back(LowerCase(one.Get("header").AsString()), Shape::Leaf());
      }
    }
    // Where none is named, any may come.
    headers = members.size() == kCommonHeaders.size() ? Shape() : Shape::Of(std::move(members));
  }

  void GatherHosts(const Json& servers) {
    if (!servers.IsArray()) return;
    for (const Json& server : *servers.IfArray()) {
      const auto url = ParseUrl(server.Get("url").AsString());
      if (url) contract->hosts.push_back(LowerCase(url->authority.host));
    }
  }

  // The members whose schemas say that nobody reads them back.
  void GatherSecrets(const Json& json) {
    if (const Json::Array* items = json.IfArray()) {
      for (const Json& item : *items) GatherSecrets(item);
    }
    const Json::Object* members = json.IfObject();
    if (members == nullptr) return;
    if (const Json::Object* properties = json.Get("properties").IfObject()) {
      for (const auto& [name, schema] : *properties) {
        const bool secret =
            schema.Get("format").AsString() == "password" || schema.Get("writeOnly").AsBool(false);
        if (secret) contract->secrets.push_back(name);
      }
    }
    for (const JsonMember& member : *members) GatherSecrets(member.value);
  }

  // What every place knows that belongs to a call.
  Names CallNames() const {
    Names names;
    for (const Root root : {Root::kRequestUrl, Root::kBaseUrl, Root::kSession, Root::kAttempt}) {
      names.Know(root);
    }
    names.Know(Root::kRequestHeader, headers);
    return names;
  }

  static void KnowAnswers(Names& names) {
    for (const Root root : {Root::kRetryAfter, Root::kQuotaLimit, Root::kQuotaRemaining,
                            Root::kQuotaReset, Root::kViolationsText}) {
      names.Know(root);
    }
    names.Know(Root::kViolationsErrors, Shape());
    names.Know(Root::kViolationsFields, Shape());
  }

  void ReadShared(const Node& node) {
    contract->shared.push_back(answers_->Read(node, 0));
    Names names = CallNames();
    KnowAnswers(names);
    names.Know(Root::kRequestPath, Shape::Of({}));
    names.Know(Root::kRequestQuery, Shape());
    names.Know(Root::kRequestBody, Shape());
    answers_->Use(node, 0, names, "");
  }

  // Where the operations list the status themselves, this is never looked at.
  void ReadAnswersOfAll(const Node& node) {
    if (!node || !node.json().IsObject()) return;
    for (const JsonMember& answer : *node.json().IfObject()) {
      StatusOf(node[answer.key], answer.key);
    }
  }

  // The number that a key of `responses` is; 0, and a problem, where it is none.
  int StatusOf(const Node& node, const std::string& key) {
    int status = 0;
    const auto [end, failure] = std::from_chars(key.data(), key.data() + key.size(), status);
    const bool good =
        failure == std::errc() && end == key.data() + key.size() && status >= 200 && status <= 599;
    if (!good) WrongKey(node, "'" + key + "' is no status between 200 and 599");
    return good ? status : 0;
  }

  void CheckPath(const std::string& path, const Node& node) {
    if (!path.starts_with('/')) WrongKey(node, "a path begins with '/'");
    std::set<std::string> variables;
    const UriTemplate uri(path);
    for (const UriTemplate::Segment& segment : uri.segments()) {
      if (!segment.is_variable || variables.insert(segment.text).second) continue;
      WrongKey(node, "the variable '{" + segment.text + "}' stands twice in this path");
    }
    EachItem(node["parameters"], [&](const Node& item) { Check(item, blocks::kParameter); });
  }

  // Two paths that differ by the names of their variables alone are one.
  void CheckNewPath(const Node& node, const Operation& operation) {
    std::string shape = operation.method;
    for (const UriTemplate::Segment& segment : operation.path.segments()) {
      shape += "/" + (segment.is_variable ? "{}" : segment.text);
    }
    const auto [known, is_new] = paths_.emplace(shape, operation.path.text());
    if (is_new) return;
    WrongKey(node, operation.method + " " + operation.path.text() +
                       " is never reached: " + known->second + " takes the same requests");
  }

  void ReadOperation(const std::string& path, const std::string& method, const Node& node,
                     const Node& of_path) {
    if (!Check(node, blocks::kApiOperation)) return;
    auto operation = std::make_unique<Operation>();
    operation->contract = contract.get();
    operation->id = Needed(node, "operationId");
    operation->name = contract->vendor + "." + operation->id;
    operation->method = UpperCase(method);
    operation->summary = node["summary"].Text();
    operation->path = UriTemplate(path);
    operation->deprecated = node["deprecated"].Flag();
    CheckNewId(node["operationId"], *operation);
    CheckNewPath(node, *operation);
    operation->aliases = AliasesOf(operation->path);
    Names names = ReadRequest(node, of_path, *operation);
    ReadBlock(node, *operation, names);
    nodes_.emplace_back(node, operation.get());
    contract->operations.push_back(std::move(operation));
  }

  static bool IsOutcome(const std::string& name) {
    const std::vector<std::string> names = OutcomeNames();
    return std::ranges::find(names, name) != names.end();
  }

  void CheckNewId(const Node& node, const Operation& operation) {
    if (operation.id.empty()) return;
    const auto [known, is_new] =
        ids_.emplace(operation.id, operation.method + " " + operation.path.text());
    if (!is_new) {
      Wrong(node, "the operationId '" + operation.id + "' is that of " + known->second + ", too");
    }
  }

  // The operation's own, behind those of its path, but for those that it has itself.
  void ReadParameters(const Node& node, const Node& of_path, Operation& operation,
                      const Names& names) {
    EachItem(node["parameters"],
             [&](const Node& parameter) { ReadParameter(operation, parameter, names); });
    const auto own = operation.parameters.size();
    EachItem(of_path, [&](const Node& parameter) {
      const auto is_it = [&](const Parameter& other) {
        return other.name == parameter["name"].Text() && other.in == parameter["in"].Text();
      };
      if (std::ranges::none_of(operation.parameters | std::views::take(own), is_it)) {
        ReadParameter(operation, parameter, names);
      }
    });
    std::ranges::rotate(operation.parameters,
                        operation.parameters.begin() + static_cast<std::ptrdiff_t>(own));
  }

  // Gives the names of what the request has.
  Names ReadRequest(const Node& node, const Node& of_path, Operation& operation) {
    Shape::Members variables;
    for (const UriTemplate::Segment& segment : operation.path.segments()) {
      if (segment.is_variable) variables.emplace_back(segment.text, Shape::Leaf());
    }
    Names names = CallNames();
    names.Know(Root::kRequestPath, Shape::Of(std::move(variables)));
    Shape::Members query;
    ReadParameters(node, of_path, operation, names);
    for (const Parameter& parameter : operation.parameters) {
      if (parameter.in == "query") query.emplace_back(parameter.name, Shape::Leaf());
    }
    // Where none is listed, any may come.
    names.Know(Root::kRequestQuery, query.empty() ? Shape() : Shape::Of(std::move(query)));
    names.Know(Root::kRequestBody, ReadBody(node, operation));
    return names;
  }

  void ReadParameter(Operation& operation, const Node& node, const Names& names) {
    if (!Check(node, blocks::kParameter)) return;
    Parameter parameter{Needed(node, "name"), Needed(node, "in"), node["required"].Flag(), nullptr,
                        node["deprecated"].Flag()};
    static const std::vector<std::string> kIn = {"path", "query", "header", "cookie"};
    if (!parameter.in.empty() && std::ranges::find(kIn, parameter.in) == kIn.end()) {
      Wrong(node["in"], "'" + parameter.in + "' is no place of a parameter; it is " + OrList(kIn));
    }
    const Shape* variables = names.Find(Root::kRequestPath);
    if (parameter.in == "path" && variables->Find(parameter.name) == nullptr) {
      Wrong(node["name"], "the path " + operation.path.text() + " has no variable '" +
                              parameter.name + "'" +
                              DidYouMean(parameter.name, variables->MemberNames()));
    }
    const bool twice = std::ranges::any_of(operation.parameters, [&](const Parameter& other) {
      return other.name == parameter.name && other.in == parameter.in;
    });
    if (twice) Wrong(node, "the parameter '" + parameter.name + "' stands here a second time");
    if (const Node schema = node["schema"]) parameter.schema = CompileSchema(schema);
    operation.parameters.push_back(std::move(parameter));
    parameters_of_[&operation].push_back(node);
  }

  Shape ReadBody(const Node& node, Operation& operation) {
    const Node body = node["requestBody"] ? Follow(node["requestBody"]) : node["requestBody"];
    if (!body || !Check(body, blocks::kRequestBody)) return {};
    operation.needs_body = body["required"].Flag();
    const Node content = body["content"];
    if (!content) Missing(body, "content");
    EachMember(content, [&](const std::string& /*type*/, const Node& media) {
      Check(media, blocks::kMediaType);
      EachMember(media["examples"], [&](const std::string& /*name*/, const Node& example) {
        Check(example, blocks::kApiExample);
      });
    });
    const Node json = content["application/json"];
    if (content && !json && content.json().IsObject()) {
      std::vector<std::string> types;
      for (const JsonMember& member : *content.json().IfObject()) types.push_back(member.key);
      WrongKey(types.empty() ? content : content[types.front()],
               "only a body of application/json is read" +
                   (types.empty() ? "" : ", not one of '" + types.front() + "'"));
    }
    const Node schema = json["schema"];
    if (!schema) return {};
    operation.body = CompileSchema(schema);
    if (operation.body == nullptr) return {};
    CheckRequired(schema);
    return operation.body->Members();
  }

  // Reports a member that a body's schema requires without declaring it as a property.
  void CheckRequired(const Node& node) {
    const auto schema = CompileSchema(node);
    if (schema == nullptr || !checked_.insert(schema.get()).second) return;
    const Shape members = schema->Members();
    std::vector<Node> parts = {Follow(node)};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Node part = parts[i];
      EachItem(part["allOf"], [&](const Node& other) { parts.push_back(other); });
      const Node required = part["required"];
      const std::vector<std::string> names = Texts(required);
      for (std::size_t j = 0; j < names.size(); ++j) {
        if (members.Find(names[j]) != nullptr) continue;
        Wrong(required.Item(j), "no property of this schema is called '" + names[j] + "'" +
                                    DidYouMean(names[j], members.MemberNames()));
      }
      EachMember(part["properties"], [&](const std::string& /*name*/, const Node& property) {
        if (property["required"] || property["properties"]) CheckRequired(property);
      });
    }
  }

  void ReadBlock(const Node& node, Operation& operation, Names& names) {
    const Node block = node["x-mockduit"];
    if (block) Check(block, blocks::kOperation);
    operation.behaviour = block["behaviour"].Text();
    if (!operation.behaviour.empty()) operation.at_behaviour = block["behaviour"].Wrong("");
    const bool is_known =
        operation.behaviour.empty() || behaviours_ == nullptr ||
        std::ranges::find(*behaviours_, operation.behaviour) != behaviours_->end();
    if (!is_known) {
      Wrong(block["behaviour"], "there is no behaviour '" + operation.behaviour + "'" +
                                    DidYouMean(operation.behaviour, *behaviours_));
    }
    EffectNames of_answers{names, names};
    references.clear();
    if (const Node effect = block["effect"]) {
      operation.effect = ReadEffect(*this, effect, operation.path, names, of_answers);
    }
    KnowBehaviour(operation, of_answers);
    for (Names* answer : {&of_answers.success, &of_answers.failure}) {
      KnowAnswers(*answer);
      answer->SetPlace("in " + operation.name);
    }
    operation.success_names = std::make_shared<const Names>(std::move(of_answers.success));
    operation.failure_names = std::make_shared<const Names>(std::move(of_answers.failure));
    ReadResponses(node, operation);
    ReadConditions(*this, block["conditions"], operation.conditions);
    CheckConditions(block["conditions"], operation.conditions, &operation);
    operation.wording = contract->wording;
    ReadWording(*this, block["wording"], operation.wording);
  }

  // Behaviours in C++ may add names: any name to a failure, and any name to a success of an
  // operation without an effect that says what it is about.
  static void KnowBehaviour(const Operation& operation, EffectNames& of_answers) {
    if (operation.behaviour.empty()) return;
    of_answers.failure.Know(Root::kResult, Shape());
    if (operation.effect) return;
    for (Names* answer : {&of_answers.success, &of_answers.failure}) {
      for (const Root root : {Root::kResult, Root::kFound, Root::kMade}) {
        answer->Know(root, Shape());
      }
    }
  }

  void ReadResponses(const Node& node, Operation& operation) {
    bool has_success = false;
    bool all_are_read = true;
    EachMember(node["responses"], [&](const std::string& key, const Node& response) {
      const int status = StatusOf(node["responses"][key], key);
      all_are_read = all_are_read && status != 0;
      if (status == 0) return;
      const Outcome& outcome = answers_->Read(response, status);
      all_are_read = all_are_read && IsOutcome(outcome.name);
      const bool success = outcome.name == "success";
      has_success = has_success || success;
      answers_->Use(response, status, success ? *operation.success_names : *operation.failure_names,
                    operation.name);
      operation.outcomes.push_back(outcome);
    });
    // What cannot be read may be what is missing.
    const Json::Object* listed = node["responses"] ? node["responses"].json().IfObject() : nullptr;
    if (listed == nullptr || listed->empty()) return Missing(node, "responses");
    if (!all_are_read || listed->size() > operation.outcomes.size()) return;
    if (!has_success) Wrong(node["responses"], operation.name + " documents no success");
    for (const Reference& reference : references) {
      CheckReference(reference.node, reference.ref, operation, "effect");
    }
  }

  // What an effect or a condition refers to must be an outcome of its operation.
  void CheckReference(const Node& node, const OutcomeRef& ref, const Operation& operation,
                      std::string_view by) {
    const Node named = node["outcome"] ? node["outcome"] : node;
    const Outcome* outcome = operation.FindOutcome(ref.outcome);
    if (outcome == nullptr) {
      std::vector<std::string> known;
      for (const Outcome& one : operation.outcomes) known.push_back(one.name);
      const std::string advice = DidYouMean(ref.outcome, known);
      return Wrong(named, operation.name + " has no outcome '" + ref.outcome + "', which its " +
                              std::string(by) + " ends in" + advice);
    }
    if (outcome->FindVariant(ref.variant) != nullptr) return;
    std::vector<std::string> known;
    for (const Variant& one : outcome->variants) known.push_back(one.name);
    Wrong(node["variant"] ? node["variant"] : node,
          "the outcome '" + ref.outcome + "' of " + operation.name + " has no variant '" +
              ref.variant + "'" + DidYouMean(ref.variant, known));
  }

  // True when the document has an answer with that outcome for operations to refer to.
  bool IsInComponents(const std::string& outcome) {
    bool found = false;
    EachMember(Top()["components"]["responses"],
               [&](const std::string& /*name*/, const Node& node) {
                 found = found || node["x-mockduit"]["outcome"].Text() == outcome;
               });
    return found;
  }

  // A condition needs an outcome that answers it: of the operation; where it is the vendor's, of
  // any operation or among the answers that operations may refer to; or one that the operations
  // share.
  void CheckConditions(const Node& node, const std::vector<ConditionOutcome>& conditions,
                       const Operation* operation) {
    for (const ConditionOutcome& condition : conditions) {
      if (condition.outcome.empty()) continue;
      const Node place = node[condition.condition];
      bool has_outcome = operation == nullptr && IsInComponents(condition.outcome);
      bool has_variant = has_outcome && condition.variant.empty();
      std::vector<std::string> outcomes;
      std::vector<std::string> variants;
      const auto look_at = [&](const Outcome& outcome) {
        outcomes.push_back(outcome.name);
        if (outcome.name != condition.outcome) return;
        has_outcome = true;
        for (const Variant& variant : outcome.variants) variants.push_back(variant.name);
        has_variant = has_variant || outcome.FindVariant(condition.variant) != nullptr;
      };
      const bool of_nobody =
          condition.condition == "unknown_path" || condition.condition == "unknown_method";
      if (of_nobody) has_outcome = has_variant = false;
      for (const Outcome& shared : contract->shared) look_at(shared);
      if (operation != nullptr) {
        for (const Outcome& outcome : operation->outcomes) look_at(outcome);
      } else if (!of_nobody) {
        for (const auto& one : contract->operations) {
          for (const Outcome& outcome : one->outcomes) look_at(outcome);
        }
      }
      if (!has_outcome) {
        Wrong(place["outcome"] ? place["outcome"] : place,
              "no answer has the outcome '" + condition.outcome + "' of this condition" +
                  DidYouMean(condition.outcome, outcomes) +
                  (of_nobody ? "; it must stand in components.responses, with a 'status'" : ""));
      } else if (!has_variant) {
        Wrong(place["variant"] ? place["variant"] : place,
              "the outcome '" + condition.outcome + "' has no variant '" + condition.variant + "'" +
                  DidYouMean(condition.variant, variants));
      }
    }
  }

  struct Renamed {
    std::string from;
    std::string to;
    std::string variant;
    bool deprecated;
  };

  void ReadAlias(const Node& alias) {
    if (!Check(alias, blocks::kAlias)) return;
    CheckAliasPath(alias["from"], alias["to"]);
    aliases_.push_back({Needed(alias, "from"), Needed(alias, "to"), alias["variant"].Text(),
                        alias["deprecated"].Flag()});
  }

  // `from` must be a path with the variables of `to`, and another one.
  void CheckAliasPath(const Node& from, const Node& to) {
    if (from.Text().empty() || to.Text().empty()) return;
    if (!from.Text().starts_with('/')) return Wrong(from, "a path begins with '/'");
    if (from.Text() == to.Text()) return Wrong(from, "this alias is the path that it stands for");
    const UriTemplate path(from.Text());
    const UriTemplate target(to.Text());
    std::vector<std::string> variables;
    for (const UriTemplate::Segment& segment : target.segments()) {
      if (segment.is_variable) variables.push_back(segment.text);
    }
    for (const UriTemplate::Segment& segment : path.segments()) {
      if (!segment.is_variable || std::ranges::find(variables, segment.text) != variables.end()) {
        continue;
      }
      Wrong(from, "the path " + to.Text() + " has no variable '" + segment.text + "'" +
                      DidYouMean(segment.text, variables));
    }
  }

  static bool IsOf(const Renamed& renamed, const UriTemplate& path) {
    return path.text() == renamed.to || path.text().starts_with(renamed.to + "/");
  }

  // The other paths that the vendor block has for one.
  std::vector<Alias> AliasesOf(const UriTemplate& path) const {
    std::vector<Alias> aliases;
    for (const Renamed& renamed : aliases_) {
      if (!IsOf(renamed, path)) continue;
      aliases.push_back({UriTemplate(renamed.from + path.text().substr(renamed.to.size())),
                         renamed.variant, renamed.deprecated});
    }
    return aliases;
  }

  // An alias must lead to some path, and its variant must be one of an answer there.
  void CheckAliases(const Node& node) {
    std::vector<std::string> paths;
    for (const auto& operation : contract->operations) paths.push_back(operation->path.text());
    EachItem(node, [&](const Node& alias) {
      const Renamed renamed{alias["from"].Text(), alias["to"].Text(), alias["variant"].Text(), {}};
      bool leads_somewhere = false;
      std::vector<std::string> variants;
      for (const auto& operation : contract->operations) {
        if (!IsOf(renamed, operation->path)) continue;
        leads_somewhere = true;
        for (const Outcome& outcome : operation->outcomes) {
          for (const Variant& variant : outcome.variants) variants.push_back(variant.name);
        }
      }
      if (!renamed.to.empty() && !leads_somewhere) {
        Wrong(alias["to"],
              "no path begins with '" + renamed.to + "'" + DidYouMean(renamed.to, paths));
      } else if (!renamed.variant.empty() &&
                 std::ranges::find(variants, renamed.variant) == variants.end()) {
        Wrong(alias["variant"], "no answer of these paths has the variant '" + renamed.variant +
                                    "'" + DidYouMean(renamed.variant, variants));
      }
    });
  }

  const std::vector<std::string>* behaviours_ = nullptr;  // that there are; nullptr: any
  std::optional<AnswerReader> answers_;
  std::vector<Renamed> aliases_;
  std::vector<std::pair<Node, const Operation*>> nodes_;  // of operations, and what they are
  std::map<const Operation*, std::vector<Node>> parameters_of_;
  bool all_is_here_ = true;                   // Known::all_is_here
  std::set<const Schema*> checked_;           // of bodies
  std::map<std::string, std::string> paths_;  // by method and path without names of variables
  std::map<std::string, std::string> ids_;    // by operationId: the operation that has it
};

}  // namespace

Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document,
                                                   const Known& known) {
  return Reader(document).Run(document.file, known);
}

Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document) {
  Known known;
  GatherKinds(document.root, known.kinds);
  return ReadContract(document, known);
}

}  // namespace mockduit
