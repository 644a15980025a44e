#include "contract/read/openapi.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "contract/read/answered.h"
#include "contract/read/answers.h"
#include "contract/read/call.h"
#include "contract/read/gather.h"
#include "contract/read/kinds.h"
#include "contract/read/operation_block.h"
#include "contract/read/outcome_refs.h"
#include "contract/read/parts.h"
#include "contract/read/paths.h"
#include "contract/read/reading.h"
#include "contract/read/status.h"

namespace mockduit {
namespace {

class Reader : private ContractReading {
 public:
  using ContractReading::ContractReading;

  Read<std::unique_ptr<const Contract>> Run(const Known& known) {
    const Node root = Top();
    contract->kinds = known.kinds;
    trust_.behaviours = known.behaviours;
    all_is_here_ = known.all_is_here;
    if (Check(root, blocks::kDocument)) {
      if (root["info"]) Check(root["info"], blocks::kInfo);
      if (root["components"]) Check(root["components"], blocks::kComponents);
      ReadDocument(root);
    }
    if (!problems.empty()) return std::unexpected(std::move(problems));
    contract->notes = std::move(notes);
    return std::unique_ptr<const Contract>(std::move(contract));
  }

  // What it takes to read more of an edition that was opened: all of that, a bit at a time.
  struct Open {
    std::shared_ptr<const EditionSource> source;
    const Contract* contract;  // which has it
    std::map<std::string, Node, std::less<>> kind_blocks;
    std::vector<std::string> documents;
    std::string before_paths;
  };

  static std::unique_ptr<const Contract> OpenEdition(
      const std::shared_ptr<const EditionSource>& source) {
    Reader reader(source->outline());
    reader.trusts_patterns = source->is_known_good();
    reader.ReadOutline();
    if (!source->is_known_good()) reader.ReadLifecycles();
    const auto open = std::make_shared<const Open>(Open{
        source, reader.contract.get(), reader.kind_blocks, reader.documents, reader.before_paths_});
    for (Operation* head : reader.heads_) {
      head->details.Set([open, head] {
        OperationDetails details;
        open->source->Alone([&] { details = ReadOne(*open, *head); });
        return details;
      });
    }
    for (const auto& [lifecycle, node] : reader.lifecycles_) {
      lifecycle->details.Set([open, node] { return ReadOneLifecycle(*open, node); });
    }
    reader.contract->shared.Set([open] {
      std::vector<Outcome> answers;
      open->source->Alone([&] { answers = ReadAnswers(*open); });
      return answers;
    });
    if (reader.document().overlay != nullptr) reader.CheckVendorBlock();
    source->Take(reader.Told());
    return std::move(reader.contract);
  }

 private:
  void ReadOutline() {
    trust_.is_known_good = true;
    const Node root = Top();
    const Node block = root["x-mockduit"];
    ReadFacts(root);
    if (block["paths_below_base"].Flag()) before_paths_ = contract->base_path;
    ReadAliases(block["aliases"]);
    EachMember(root["paths"], [&](const std::string& path, const Node& node) {
      EachMember(node, [&](const std::string& method, const Node& head) {
        auto operation = ReadHead(path, method, head);
        heads_.push_back(operation.get());
        contract->operations.push_back(std::move(operation));
      });
    });
  }

  static OperationDetails ReadOne(const Open& open, const Operation& head) {
    const std::string written = head.path.text().substr(open.before_paths.size());
    const std::string path = "/paths/" + PointerToken(written);
    const std::string method = LowerCase(head.method);
    const YamlDocument document = open.source->DocumentOf(path + "/" + method);
    Reader reader(document);
    reader.TakeUp(open);
    const bool is_overlaid =
        document.overlay != nullptr && document.overlay->root.At(path + "/" + method) != nullptr;
    reader.trusts_templates = document.placed_by != nullptr && !is_overlaid;
    Operation operation;
    operation.contract = reader.contract.get();
    operation.id = head.id;
    operation.name = head.name;
    operation.method = head.method;
    operation.path = head.path;
    const Node of_path = reader.Top()["paths"][written];
    reader.ReadDetails(of_path[method], of_path["parameters"], operation);
    if (!open.source->is_known_good()) reader.answers_->CheckNames();
    open.source->Take(reader.Told());
    return std::move(operation.details.Edit());
  }
  static LifecycleDetails ReadOneLifecycle(const Open& open, const Node& node) {
    Reader reader(open.source->outline());
    reader.TakeUp(open);
    return ReadLifecycle(reader, node);
  }
  static std::vector<Outcome> ReadAnswers(const Open& open) {
    const YamlDocument document = open.source->DocumentOfAnswers();
    Reader reader(document);
    reader.TakeUp(open);
    reader.ReadAllShared();
    open.source->Take(reader.Told());
    return std::move(reader.contract->shared.Edit());
  }

  void TakeUp(const Open& open) {
    trust_.is_known_good = true;
    trust_.is_adopted = !open.source->is_known_good();
    shared_parts = open.source->parts();
    contract->vendor = open.contract->vendor;
    contract->edition = open.contract->edition;
    contract->conditions = open.contract->conditions;
    contract->wording = open.contract->wording;
    contract->kinds = open.contract->kinds;
    contract->lifecycles = open.contract->lifecycles;
    contract->webhooks = open.contract->webhooks;
    kind_blocks = open.kind_blocks;
    documents = open.documents;
    headers = Shape();
    answers_.emplace(static_cast<ContractReading&>(*this),
                     Node(open.source->outline())["x-mockduit"]["fill"]);
  }

  void ReadFacts(const Node& root) {
    contract->file = document().file;
    contract->title = root["info"]["title"].Text();
    headers = trust_.is_known_good ? Shape() : HeadersOf(root.json());
    contract->hosts = HostsOf(root.json());
    ReadVendorBlock(*this, root["x-mockduit"]);
    lifecycles_ = ReadLifecycleHeads(*this, root["x-mockduit"]["lifecycles"]);
  }
  void ReadAliases(const Node& aliases) {
    EachItem(aliases, [&](const Node& alias) { paths_.ReadAlias(alias); });
    for (Declined& declined : contract->declined) {
      declined.aliases = paths_.AliasesOf(declined.path);
    }
  }
  void ReadLifecycles() {
    for (const auto& [lifecycle, node] : lifecycles_) {
      lifecycle->details.Set(ReadLifecycle(*this, node));
    }
    lifecycles_.clear();
  }

  // What the block says of operations and answers, which must be known by now.
  void CheckVendorBlock() {
    const Node block = Top()["x-mockduit"];
    CheckWebhooks(*this, block["webhooks"]);
    CheckTold(*this, block);
    // Those of an adopted document are known to be answered, and to look takes all operations.
    const YamlDocument* overlay = document().overlay;
    if (overlay == nullptr || overlay->root.Get("x-mockduit").Find("conditions") != nullptr) {
      CheckConditions(*this, block["conditions"], contract->conditions, nullptr);
    }
    CheckRefusals(*this, block["refuse"]);
    paths_.CheckAliases(block["aliases"]);
  }

  void ReadAllShared() {
    EachMember(Top()["components"]["responses"],
               [&](const std::string& /*name*/, const Node& node) {
                 if (node["x-mockduit"]["status"]) ReadShared(node);
               });
  }

  void ReadDocument(const Node& root) {
    CheckReferences(*this);
    GatherSecrets(root.json(), contract->secrets);
    const Node block = root["x-mockduit"];
    EachItem(root["servers"], [&](const Node& server) {
      if (!server["url"]) Missing(server, "url");
    });
    ReadFacts(root);
    ReadLifecycles();
    if (block["paths_below_base"].Flag()) before_paths_ = contract->base_path;
    answers_.emplace(static_cast<ContractReading&>(*this), block["fill"]);
    ReadAnswersOfAll(block["answers"]);
    ReadAliases(block["aliases"]);
    ReadAllShared();
    EachMember(root["paths"], [&](const std::string& path, const Node& node) {
      if (!Check(node, blocks::kPathItem)) return;
      paths_.Check(path, node);
      EachMember(node, [&](const std::string& method, const Node& operation) {
        if (IsMethod(method)) ReadOperation(path, method, operation, node["parameters"]);
      });
    });
    CheckVendorBlock();
    // What is read wrong may be what is missing.
    if (problems.empty() && all_is_here_) {
      std::set<std::string_view> unnamed;
      for (const auto& [node, operation] : nodes_) {
        CheckAnswered(*this, node, calls_.ParametersOf(*operation), *operation, unnamed);
      }
    }
    answers_->Finish();
  }

  void ReadShared(const Node& node) {
    contract->shared.Edit().push_back(answers_->Read(node, 0));
    if (const Node document = node["x-mockduit"]["document"]) {
      Wrong(document, "an answer with a 'status' is of no operation; name its 'source'");
    }
    Names names = calls_.CallNames();
    CallReader::KnowAnswers(names);
    names.Know(Root::kRequestPath, Shape::Of({}));
    names.Know(Root::kRequestQuery, Shape());
    names.Know(Root::kRequestQueryList, Shape());
    names.Know(Root::kRequestBody, Shape());
    answers_->Use(node, 0, names, "");
  }

  // Where the operations list the status themselves, this is never looked at.
  void ReadAnswersOfAll(const Node& node) {
    if (!node || !node.json().IsObject()) return;
    for (const JsonMember& answer : *node.json().IfObject()) {
      StatusOf(*this, node[answer.key], answer.key);
    }
  }

  void ReadOperation(const std::string& path, const std::string& method, const Node& node,
                     const Node& of_path) {
    if (!Check(node, blocks::kApiOperation)) return;
    std::unique_ptr<Operation> operation = ReadHead(path, method, node);
    CheckNewId(node["operationId"], *operation);
    paths_.CheckNew(node, *operation);
    ReadDetails(node, of_path, *operation);
    nodes_.emplace_back(node, operation.get());
    contract->operations.push_back(std::move(operation));
  }

  static bool IsCalledACreate(std::string_view id) {
    constexpr std::array<std::string_view, 4> kBeginnings = {"create", "Create", "post", "Post"};
    return id.ends_with("_create") || std::ranges::any_of(kBeginnings, [&](std::string_view one) {
             return id.starts_with(one);
           });
  }

  // What must be known of an operation before it is called.
  std::unique_ptr<Operation> ReadHead(const std::string& path, const std::string& method,
                                      const Node& node) {
    auto operation = std::make_unique<Operation>();
    operation->contract = contract.get();
    operation->id = Needed(node, "operationId");
    operation->name = contract->vendor + "." + operation->id;
    operation->method = UpperCase(method);
    operation->summary = node["summary"].Text();
    operation->path = UriTemplate(before_paths_ + path);
    operation->deprecated = node["deprecated"].Flag();
    const Node creates = node["x-mockduit"]["creates"];
    operation->creates = creates ? creates.Flag() : IsCalledACreate(operation->id);
    operation->aliases = paths_.AliasesOf(operation->path);
    return operation;
  }

  void ReadDetails(const Node& node, const Node& of_path, Operation& operation) {
    Names names = calls_.Read(node, of_path, operation);
    ReadOperationBlock(*this, *answers_, trust_, node, operation, names);
  }

  void CheckNewId(const Node& node, const Operation& operation) {
    if (operation.id.empty()) return;
    const auto [known, is_new] =
        ids_.emplace(operation.id, operation.method + " " + operation.path.text());
    if (!is_new) {
      Wrong(node, "the operationId '" + operation.id + "' is that of " + known->second + ", too");
    }
  }

  std::string before_paths_;  // what stands in front of the paths as the document has them
  OperationTrust trust_;
  std::vector<Operation*> heads_;                        // of an outline
  std::vector<std::pair<Lifecycle*, Node>> lifecycles_;  // whose details are not read yet
  std::optional<AnswerReader> answers_;
  PathReader paths_{*this};
  CallReader calls_{*this};
  std::vector<std::pair<Node, const Operation*>> nodes_;  // of operations, and what they are
  bool all_is_here_ = true;                               // Known::all_is_here
  std::map<std::string, std::string> ids_;  // by operationId: the operation that has it
};

}  // namespace

Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document,
                                                   const Known& known) {
  return Reader(document).Run(known);
}

std::unique_ptr<const Contract> OpenContract(const std::shared_ptr<const EditionSource>& source) {
  return Reader::OpenEdition(source);
}

Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document) {
  Known known;
  GatherKinds(document.root, known.kinds);
  return ReadContract(document, known);
}

}  // namespace mockduit
