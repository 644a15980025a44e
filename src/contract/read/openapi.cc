#include "contract/read/openapi.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/suggest.h"
#include "base/text.h"
#include "contract/read/reading.h"
#include "http/headers.h"

namespace mockduit {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {"get",   "put",     "post", "delete",
                                                      "patch", "options", "head"};

class Reader : private ContractReading {
 public:
  using ContractReading::ContractReading;

  Read<std::unique_ptr<const Contract>> Run(const std::string& file) {
    const Node root = Root();
    contract->file = file;
    contract->title = root["info"]["title"].Text();
    ReadVendor(root["x-mockduit"]);
    EachMember(root["components"]["responses"], [&](const std::string& /*name*/, const Node& node) {
      if (node["x-mockduit"]["status"]) contract->shared.push_back(ReadOutcome(node, 0));
    });
    EachMember(root["paths"], [&](const std::string& path, const Node& node) {
      EachMember(node, [&](const std::string& method, const Node& operation) {
        if (std::ranges::find(kMethods, method) != kMethods.end()) {
          ReadOperation(path, method, operation);
        }
      });
    });
    if (!problems.empty()) return std::unexpected(std::move(problems));
    return std::unique_ptr<const Contract>(std::move(contract));
  }

 private:
  void ReadVendor(const Node& node) {
    if (!node) return Wrong(Root(), "the document has no 'x-mockduit' block");
    OnlyKeys(node, "the vendor block",
             {"vendor", "edition", "base_path", "default", "trailing_slash", "chosen_by",
              "credentials", "conditions", "wording", "fill", "aliases", "lifecycles", "webhooks",
              "answers", "asks_for", "client_variables"});
    contract->vendor = Needed(node, "vendor");
    contract->edition = Needed(node, "edition");
    contract->base_path = node["base_path"].Text();
    contract->is_default = node["default"].Flag();
    contract->trailing_slash = node["trailing_slash"].Flag();
    EachItem(node["chosen_by"], [&](const Node& sign) { ReadSign(sign); });
    EachItem(node["credentials"], [&](const Node& place) { ReadCredentialPlace(place); });
    ReadConditions(node["conditions"], contract->conditions);
    ReadWording(node["wording"], contract->wording);
    if (const Node fill = node["fill"]) fill_ = fill.json();
    EachItem(node["aliases"], [&](const Node& alias) {
      OnlyKeys(alias, "an alias", {"from", "to", "variant", "deprecated"});
      aliases_.push_back({Needed(alias, "from"), Needed(alias, "to"), alias["variant"].Text(),
                          alias["deprecated"].Flag()});
    });
    EachMember(node["client_variables"], [&](const std::string& name, const Node& path) {
      if (!path.IsText()) Wrong(path, "what stands after the server's URL must be a text");
      contract->client_variables.emplace_back(name, path.Text());
    });
    EachItem(node["asks_for"], [&](const Node& header) { ReadAskedHeader(header); });
    ReadWebhooks(*this, node["webhooks"]);
    ReadLifecycles(*this, node["lifecycles"]);
  }

  void ReadConditions(const Node& node, std::vector<ConditionOutcome>& conditions) {
    EachMember(node, [&](const std::string& name, const Node& told) {
      if (std::ranges::find(kConditions, name) == std::end(kConditions)) {
        return Wrong(told, "'" + name + "' is no condition" + DidYouMean(name, Conditions()));
      }
      const bool plain = told.IsText();
      conditions.push_back({name, plain ? told.Text() : Needed(told, "outcome"),
                            plain ? "" : told["variant"].Text()});
    });
  }

  // Lays the words over those that are there.
  static void ReadWording(const Node& node, Wording& wording) {
    wording.location = node["location"].Text(wording.location);
    if (const Node messages = node["messages"]) wording.messages.MergePatch(messages.json());
  }

  // "raw", {header: X, matches: Y} or {body: field}.
  void ReadSign(const Node& node) {
    if (node.IsText()) {
      contract->chosen_by.push_back({Sign::In::kCredential, node.Text(), {}});
    } else if (node["body"]) {
      contract->chosen_by.push_back({Sign::In::kBody, node["body"].Text(), {}});
    } else {
      auto pattern = Pattern::Compile(node["matches"].Text());
      if (!pattern) return Wrong(node["matches"], pattern.error().message);
      contract->chosen_by.push_back(
          {Sign::In::kHeader, Needed(node, "header"), std::move(*pattern)});
    }
  }

  // {header: Accept, matches: REGEX, written: TEXT, with_body: true, source: TEXT}
  void ReadAskedHeader(const Node& node) {
    OnlyKeys(node, "a header that is asked for",
             {"header", "matches", "written", "with_body", "source", "inferred"});
    auto pattern = Pattern::Compile(Needed(node, "matches"));
    if (!pattern) return Wrong(node["matches"], pattern.error().message);
    Source source = ReadSource(node, {});
    if (source.text.empty()) Wrong(node, "this header names no source and no inference");
    contract->asks_for.push_back({Needed(node, "header"), std::move(*pattern),
                                  node["written"].Text(node["matches"].Text()),
                                  node["with_body"].Flag(), std::move(source)});
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
    contract->credentials.push_back({known->second, node["name"].Text()});
  }

  void ReadOperation(const std::string& path, const std::string& method, const Node& node) {
    auto operation = std::make_unique<Operation>();
    operation->contract = contract.get();
    operation->id = Needed(node, "operationId");
    operation->name = contract->vendor + "." + operation->id;
    operation->method = UpperCase(method);
    operation->summary = node["summary"].Text();
    operation->path = UriTemplate(path);
    operation->deprecated = node["deprecated"].Flag();
    EachItem(node["parameters"],
             [&](const Node& parameter) { ReadParameter(*operation, parameter); });
    operation->aliases = AliasesOf(operation->path);
    const Node request_body =
        node["requestBody"] ? Follow(node["requestBody"]) : node["requestBody"];
    if (const Node schema = request_body["content"]["application/json"]["schema"]) {
      operation->body = CompileSchema(schema);
    }
    operation->needs_body = request_body["required"].Flag();
    EachMember(node["responses"], [&](const std::string& status, const Node& response) {
      operation->outcomes.push_back(OutcomeAt(response, std::atoi(status.c_str())));
    });
    if (operation->outcomes.empty()) Wrong(node, "the operation has no 'responses'");
    const Node block = node["x-mockduit"];
    if (const Node effect = block["effect"]) {
      operation->effect = ReadEffect(*this, effect, operation->path);
      CheckOutcomes(effect, *operation);
    }
    if (block) {
      OnlyKeys(block, "an operation's block", {"effect", "behaviour", "conditions", "wording"});
    }
    operation->behaviour = block["behaviour"].Text();
    ReadConditions(block["conditions"], operation->conditions);
    operation->wording = contract->wording;
    ReadWording(block["wording"], operation->wording);
    contract->operations.push_back(std::move(operation));
  }

  // What an effect tells by must be an outcome of its operation.
  void CheckOutcomes(const Node& node, const Operation& operation) {
    for (const OutcomeRef& by : operation.effect->Outcomes()) {
      const Outcome* outcome = operation.FindOutcome(by.outcome);
      if (outcome != nullptr && outcome->FindVariant(by.variant) != nullptr) continue;
      Wrong(node, operation.name + " has no outcome '" + by.outcome +
                      (by.variant.empty() ? "" : ", " + by.variant) +
                      "', by which its effect tells");
    }
  }

  // The other paths that the vendor block has for one.
  std::vector<Alias> AliasesOf(const UriTemplate& path) const {
    std::vector<Alias> aliases;
    for (const Renamed& renamed : aliases_) {
      const std::string& text = path.text();
      const bool inside = text.starts_with(renamed.to + "/");
      if (!inside && text != renamed.to) continue;
      aliases.push_back({UriTemplate(renamed.from + text.substr(renamed.to.size())),
                         renamed.variant, renamed.deprecated});
    }
    return aliases;
  }

  void ReadParameter(Operation& operation, const Node& node) {
    Parameter parameter{Needed(node, "name"), Needed(node, "in"), node["required"].Flag(), nullptr,
                        node["deprecated"].Flag()};
    if (const Node schema = node["schema"]) parameter.schema = CompileSchema(schema);
    operation.parameters.push_back(std::move(parameter));
  }

  // The source that an x-mockduit block names, or that of its parent.
  static Source ReadSource(const Node& block, const Source& fallback) {
    if (const Node why = block["inferred"]) return {why.Text(), true};
    if (const Node source = block["source"]) return {source.Text(), false};
    return fallback;
  }

  // An answer that many operations share is read once.
  const Outcome& OutcomeAt(const Node& node, int status) {
    const std::pair place{&node.json(), status};
    const auto known = outcomes_.find(place);
    if (known != outcomes_.end()) return known->second;
    return outcomes_[place] = ReadOutcome(node, status);
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

  struct Renamed {
    std::string from;
    std::string to;
    std::string variant;
    bool deprecated;
  };
  std::vector<Renamed> aliases_;
  std::map<std::pair<const Json*, int>, Outcome> outcomes_;  // by place and status
  Json fill_;  // pointer → template, for every body of this contract
};

}  // namespace

Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document) {
  return Reader(document).Run(document.file);
}

}  // namespace mockduit
