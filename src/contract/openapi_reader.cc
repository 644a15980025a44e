#include "contract/openapi_reader.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/node.h"
#include "base/suggest.h"
#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {"get",   "put",     "post", "delete",
                                                      "patch", "options", "head"};

class Reader {
 public:
  explicit Reader(const YamlDocument& document)
      : document_(document), contract_(std::make_unique<Contract>()) {}

  Read<std::unique_ptr<const Contract>> Run() {
    const Node root(document_);
    contract_->file = document_.file;
    contract_->title = root["info"]["title"].Text();
    ReadVendor(root["x-mockduit"]);
    EachMember(root["components"]["responses"], [&](const std::string& /*name*/, const Node& node) {
      contract_->shared.push_back(ReadOutcome(node, 0));
    });
    EachMember(root["paths"], [&](const std::string& path, const Node& node) {
      EachMember(node, [&](const std::string& method, const Node& operation) {
        if (std::ranges::find(kMethods, method) != kMethods.end()) {
          ReadOperation(path, method, operation);
        }
      });
    });
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return std::unique_ptr<const Contract>(std::move(contract_));
  }

 private:
  void Wrong(const Node& node, std::string message) {
    problems_.push_back(node.Wrong(std::move(message)));
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

  std::string Needed(const Node& parent, std::string_view key) {
    const Node node = parent[key];
    if (node.Text().empty()) {
      Wrong(parent, "'" + std::string(key) + "' is missing here, or is no text");
    }
    return node.Text();
  }

  void ReadVendor(const Node& node) {
    if (!node) return Wrong(Node(document_), "the document has no 'x-mockduit' block");
    contract_->vendor = Needed(node, "vendor");
    contract_->edition = Needed(node, "edition");
    contract_->base_path = node["base_path"].Text();
    contract_->is_default = node["default"].Flag();
    contract_->trailing_slash = node["trailing_slash"].Flag();
    EachItem(node["chosen_by"],
             [&](const Node& scheme) { contract_->chosen_by.push_back(scheme.Text()); });
    EachItem(node["credentials"], [&](const Node& place) { ReadCredentialPlace(place); });
    EachMember(node["conditions"], [&](const std::string& name, const Node& told) {
      if (std::ranges::find(kConditions, name) == std::end(kConditions)) {
        return Wrong(told, "'" + name + "' is no condition" + DidYouMean(name, Conditions()));
      }
      const bool plain = told.IsText();
      contract_->conditions.push_back({name, plain ? told.Text() : Needed(told, "outcome"),
                                       plain ? "" : told["variant"].Text()});
    });
    contract_->wording.location = node["wording"]["location"].Text("{path}");
    if (const Node messages = node["wording"]["messages"]) {
      contract_->wording.messages = messages.json();
    }
    if (const Node fill = node["fill"]) fill_ = fill.json();
    EachMember(node["lifecycles"], [&](const std::string& name, const Node& lifecycle) {
      ReadLifecycle(name, lifecycle);
    });
  }

  void ReadLifecycle(const std::string& name, const Node& node) {
    auto lifecycle = std::make_shared<Lifecycle>();
    lifecycle->name = contract_->vendor + "." + name;
    lifecycle->kind = contract_->vendor + "." + Needed(node, "kind");
    const auto takes = ParseDuration(node["takes"].Text());
    if (takes) {
      lifecycle->takes = *takes;
    } else {
      Wrong(node["takes"] ? node["takes"] : node, takes.error().message);
    }
    EachItem(node["steps"], [&](const Node& step) {
      const double at = step["at"] ? step["at"].json().AsNumber(-1) : -1;
      const double before = lifecycle->steps.empty() ? 0 : lifecycle->steps.back().at;
      if (at < before || at > 1) {
        return Wrong(step,
                     "'at' must be a share of the time, from 0 to 1, not below the one before");
      }
      lifecycle->steps.push_back({at, step["set"] ? CompileTemplate(step["set"]) : JsonTemplate()});
    });
    EachMember(node["ends"], [&](const std::string& ending, const Node& set) {
      lifecycle->endings.push_back({ending, CompileTemplate(set)});
    });
    if (lifecycle->endings.empty()) Wrong(node, "a lifecycle needs 'ends'");
    contract_->lifecycles.push_back(std::move(lifecycle));
  }

  static std::vector<std::string> Conditions() {
    return {std::begin(kConditions), std::end(kConditions)};
  }

  void ReadCredentialPlace(const Node& node) {
    using Scheme = CredentialPlace::Scheme;
    static constexpr std::array<std::pair<std::string_view, Scheme>, 5> kSchemes = {
        {{"bearer", Scheme::kBearer},
         {"raw", Scheme::kRaw},
         {"basic", Scheme::kBasic},
         {"header", Scheme::kHeader},
         {"body", Scheme::kBody}}};
    const std::string name = Needed(node, "scheme");
    const auto known = std::ranges::find(kSchemes, std::string_view(name),
                                         &std::pair<std::string_view, Scheme>::first);
    if (known == kSchemes.end()) {
      return Wrong(node, "'" + name +
                             "' is no credential scheme; it is bearer, raw, basic, "
                             "header or body");
    }
    contract_->credentials.push_back({known->second, node["name"].Text()});
  }

  void ReadOperation(const std::string& path, const std::string& method, const Node& node) {
    auto operation = std::make_unique<Operation>();
    operation->contract = contract_.get();
    operation->id = Needed(node, "operationId");
    operation->name = contract_->vendor + "." + operation->id;
    operation->method = UpperCase(method);
    operation->summary = node["summary"].Text();
    operation->path = UriTemplate(path);
    EachItem(node["parameters"],
             [&](const Node& parameter) { ReadParameter(*operation, parameter); });
    if (const Node schema = node["requestBody"]["content"]["application/json"]["schema"]) {
      operation->body = CompileSchema(schema);
    }
    EachMember(node["responses"], [&](const std::string& status, const Node& response) {
      operation->outcomes.push_back(ReadOutcome(response, std::atoi(status.c_str())));
    });
    if (operation->outcomes.empty()) Wrong(node, "the operation has no 'responses'");
    if (const Node effect = node["x-mockduit"]["effect"]) operation->effect = ReadEffect(effect);
    operation->behaviour = node["x-mockduit"]["behaviour"].Text();
    contract_->operations.push_back(std::move(operation));
  }

  Effect ReadEffect(const Node& node) {
    Effect effect;
    effect.kind = Needed(node, "create");
    effect.id = Needed(node, "id");
    if (const Node resource = node["resource"]) effect.resource = CompileTemplate(resource);
    return effect;
  }

  std::shared_ptr<const Schema> CompileSchema(const Node& node) {
    auto schema = Schema::Compile(node.json(), document_.root);
    if (!schema) Wrong(node, schema.error().message);
    return schema ? std::shared_ptr<const Schema>(std::move(*schema)) : nullptr;
  }

  JsonTemplate CompileTemplate(const Node& node) { return CompileTemplate(node, node.json()); }

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

  void ReadParameter(Operation& operation, const Node& node) {
    Parameter parameter{Needed(node, "name"), Needed(node, "in"), node["required"].Flag(), nullptr};
    if (const Node schema = node["schema"]) parameter.schema = CompileSchema(schema);
    operation.parameters.push_back(std::move(parameter));
  }

  // The source that an x-mockduit block names, or that of its parent.
  static Source ReadSource(const Node& block, const Source& fallback) {
    if (const Node why = block["inferred"]) return {why.Text(), true};
    if (const Node source = block["source"]) return {source.Text(), false};
    return fallback;
  }

  // `status` is 0 for a shared answer, which names its own.
  Outcome ReadOutcome(const Node& node, int status) {
    const Node block = node["x-mockduit"];
    Outcome outcome;
    outcome.name = Needed(block, "outcome");
    outcome.status = status;
    if (const Node own = block["status"]) outcome.status = static_cast<int>(own.json().AsInteger());
    if (outcome.status < 200 || outcome.status > 599) {
      Wrong(node, "this answer has no status between 200 and 599");
    }
    const auto names = OutcomeNames();
    if (std::ranges::find(names, outcome.name) == names.end()) {
      Wrong(block["outcome"],
            "'" + outcome.name + "' is no outcome" + DidYouMean(outcome.name, names));
    }
    outcome.source = ReadSource(block, {});
    if (outcome.source.text.empty()) Wrong(node, "this answer names no source and no inference");
    if (const Node natural = block["natural"]) outcome.natural = CompileTemplate(natural);
    EachMember(node["headers"], [&](const std::string& name, const Node& header) {
      outcome.headers.push_back(ReadHeader(name, header));
    });
    ReadBodies(node, block, outcome);
    return outcome;
  }

  HeaderRule ReadHeader(const std::string& name, const Node& node) {
    HeaderRule rule;
    rule.name = name;
    const Node value = node["x-mockduit"]["value"] ? node["x-mockduit"]["value"] : node["example"];
    std::string text;
    if (value) text = value.IsText() ? value.Text() : value.json().Dump();
    if (text.empty()) Wrong(node, "the header " + name + " has no example and no value");
    rule.value = CompileText(value, text);
    rule.retry_after = EqualsIgnoringCase(name, "Retry-After");
    if (const Node minimum = node["schema"]["minimum"]) {
      rule.minimum = static_cast<int>(minimum.json().AsInteger());
    }
    if (const Node maximum = node["schema"]["maximum"]) {
      rule.maximum = static_cast<int>(maximum.json().AsInteger());
    }
    return rule;
  }

  void ReadBodies(const Node& node, const Node& block, Outcome& outcome) {
    EachMember(node["content"], [&](const std::string& type, const Node& content) {
      outcome.content_type = type;
      if (const Node schema = content["schema"]) outcome.schema = CompileSchema(schema);
      EachMember(content["examples"], [&](const std::string& name, const Node& example) {
        const Node value = example["value"];
        if (!value) return Wrong(example, "the example has no 'value'");
        Json body = value.json();
        Fill(body, fill_);
        for (const Node& fill : {block["fill"], example["x-mockduit"]["fill"]}) {
          if (fill) Fill(body, fill.json());
        }
        outcome.variants.push_back({name, value.json(), CompileTemplate(value, body),
                                    ReadSource(example["x-mockduit"], outcome.source)});
      });
    });
    if (outcome.variants.empty()) {
      outcome.has_body = false;
      outcome.variants.push_back({"empty", {}, {}, outcome.source});
    }
  }

  // Puts a template in the place of each part of an example that varies. A part that this example
  // does not have is left out.
  static void Fill(Json& body, const Json& fill) {
    const Json::Object* parts = fill.IfObject();
    if (parts == nullptr) return;
    for (const JsonMember& part : *parts) {
      if (body.At(part.key) != nullptr) body.SetAt(part.key, part.value);
    }
  }

  const YamlDocument& document_;
  std::unique_ptr<Contract> contract_;
  std::vector<Problem> problems_;
  Json fill_;  // pointer → template, for every body of this contract
};

}  // namespace

Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document) {
  return Reader(document).Run();
}

}  // namespace mockduit
