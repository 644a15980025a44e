// What goes on besides the operations themselves: steps, lifecycles and webhooks.
#include <array>

#include "base/time.h"
#include "contract/read/reading.h"

namespace mockduit {
namespace {

using Does = Step::Does;

struct Verb {
  std::string_view name;
  Does does;
  std::vector<std::string> keys;  // besides itself and `when`
};

const std::array<Verb, 8> kVerbs = {{{"update", Does::kUpdate, {"by", "where", "set", "merge"}},
                                     {"create", Does::kCreate, {"id", "by", "resource"}},
                                     {"delete", Does::kDelete, {"by", "where"}},
                                     {"each", Does::kEach, {"by", "where", "then"}},
                                     {"begin", Does::kBegin, {"of", "until", "unscripted"}},
                                     {"stop", Does::kStop, {"of"}},
                                     {"emit", Does::kEmit, {"data"}},
                                     {"set", Does::kSet, {"merge"}}}};

Patch ReadPatch(ContractReading& reading, const Node& node) {
  return {reading.CompileTemplate(node["set"]), reading.CompileTemplate(node["merge"])};
}

void ReadStepsResources(ContractReading& reading, const Node& node, std::string_view verb,
                        Step& step) {
  step.which = ReadWhich(reading, node, verb);
  step.then = ReadSteps(reading, node["then"]);
  const bool says_which = step.which.by || !step.which.where.empty();
  if (step.does == Does::kCreate && !step.which.by) step.id = reading.Needed(node, "id");
  if (step.does != Does::kCreate && !says_which) {
    reading.Wrong(node, "'by' or 'where' must say which ones");
  }
}

Step ReadStep(ContractReading& reading, const Node& node) {
  Step step;
  const auto verb =
      std::ranges::find_if(kVerbs, [&](const Verb& v) { return static_cast<bool>(node[v.name]); });
  if (verb == kVerbs.end()) {
    reading.Wrong(node, "a step is one of set, update, create, delete, each, begin, stop, emit");
    return step;
  }
  std::vector<std::string> keys = verb->keys;
  keys.insert(keys.end(), {"when", "if_there", "unless_there", std::string(verb->name)});
  reading.OnlyKeys(node, "this step", keys);
  step.does = verb->does;
  step.when = reading.CompileCondition(node["when"]);
  if (const Node there = node["if_there"]) step.if_there = ReadWhich(reading, there);
  if (const Node there = node["unless_there"]) step.unless_there = ReadWhich(reading, there);
  step.patch = ReadPatch(reading, node);
  step.resource = reading.CompileTemplate(node[step.does == Does::kEmit ? "data" : "resource"]);
  if (step.does == Does::kSet) return step;
  if (step.does == Does::kEmit) {
    step.event = reading.Needed(node, verb->name);
    step.webhooks = reading.contract->webhooks;
  } else if (step.does == Does::kBegin || step.does == Does::kStop) {
    const std::string name = reading.Needed(node, verb->name);
    step.lifecycle = reading.contract->FindLifecycle(name);
    if (step.lifecycle.expired()) reading.Wrong(node, "there is no lifecycle '" + name + "'");
    step.which.by = reading.CompileIfThere(node["of"]);
    step.until = reading.CompileIfThere(node["until"]);
    step.unscripted = node["unscripted"].Flag();
  } else {
    ReadStepsResources(reading, node, verb->name, step);
  }
  return step;
}

void ReadStages(ContractReading& reading, const Node& node, Lifecycle& lifecycle) {
  reading.EachItem(node, [&](const Node& stage) {
    if (!reading.OnlyKeys(stage, "a lifecycle's step", {"at", "set", "merge", "then"})) return;
    const double at = stage["at"] ? stage["at"].json().AsNumber(-1) : -1;
    const double before = lifecycle.stages.empty() ? 0 : lifecycle.stages.back().at;
    if (at < before || at > 1) {
      return reading.Wrong(
          stage, "'at' must be a share of the time, from 0 to 1, not below the one before");
    }
    lifecycle.stages.push_back({at, ReadPatch(reading, stage), ReadSteps(reading, stage["then"])});
  });
}

}  // namespace

Where ReadWhere(ContractReading& reading, const Node& node) {
  Where where;
  reading.EachMember(node, [&](const std::string& path, const Node& value) {
    where.emplace_back(path, reading.CompileAsked(value));
  });
  return where;
}

Which ReadWhich(ContractReading& reading, const Node& node, std::string_view kind_key) {
  return {reading.Kind(reading.Needed(node, kind_key)), reading.CompileIfThere(node["by"]),
          ReadWhere(reading, node["where"])};
}

Steps ReadSteps(ContractReading& reading, const Node& node) {
  Steps steps;
  reading.EachItem(node, [&](const Node& step) { steps.push_back(ReadStep(reading, step)); });
  return steps;
}

// All of them are there by name before their steps are read, which may begin and stop each other.
void ReadLifecycles(ContractReading& reading, const Node& node) {
  std::vector<std::pair<std::shared_ptr<Lifecycle>, Node>> made;
  reading.EachMember(node, [&](const std::string& name, const Node& lifecycle) {
    auto known = std::make_shared<Lifecycle>();
    known->edition = reading.contract->edition;
    known->name = reading.Kind(name);
    reading.contract->lifecycles.push_back(known);
    made.emplace_back(std::move(known), lifecycle);
  });
  for (auto& [lifecycle, from] : made) {
    reading.OnlyKeys(from, "a lifecycle", {"kind", "takes", "steps", "ends", "also_polled"});
    lifecycle->kind = reading.Kind(reading.Needed(from, "kind"));
    const auto takes = ParseDuration(from["takes"].Text());
    if (takes) {
      lifecycle->takes = *takes;
    } else {
      reading.Wrong(from["takes"] ? from["takes"] : from, takes.error().message);
    }
    ReadStages(reading, from["steps"], *lifecycle);
    reading.EachMember(from["ends"], [&](const std::string& ending, const Node& change) {
      reading.OnlyKeys(change, "an ending", {"set", "merge", "then"});
      lifecycle->endings.push_back(
          {ending, ReadPatch(reading, change), ReadSteps(reading, change["then"])});
    });
    reading.EachMember(from["also_polled"], [&](const std::string& kind, const Node& member) {
      lifecycle->watched.push_back({reading.Kind(kind), member.Text()});
    });
    if (lifecycle->endings.empty()) reading.Wrong(from, "a lifecycle needs 'ends'");
  }
}

void ReadWebhooks(ContractReading& reading, const Node& node) {
  using std::chrono::hours;
  using std::chrono::seconds;
  if (!node) return;
  reading.OnlyKeys(
      node, "webhooks",
      {"kind", "where", "body", "headers", "signature", "retries", "give_up_after", "timeout"});
  auto webhooks = std::make_shared<Webhooks>();
  webhooks->kind = reading.Kind(reading.Needed(node, "kind"));
  webhooks->where = ReadWhere(reading, node["where"]);
  webhooks->body = reading.CompileTemplate(node["body"]);
  reading.EachMember(node["headers"], [&](const std::string& name, const Node& value) {
    webhooks->headers.emplace_back(name, reading.CompileText(value, value.Text()));
  });
  const std::string signature = node["signature"].Text("upper");
  if (signature != "upper" && signature != "lower") {
    reading.Wrong(node["signature"], "signature is upper or lower: the case of its hex digits");
  }
  webhooks->upper_case_signature = signature == "upper";
  reading.EachItem(node["retries"], [&](const Node& wait) {
    webhooks->retries.push_back(reading.ReadDuration(wait, hours(1)));
  });
  webhooks->for_at_most = reading.ReadDuration(node["give_up_after"], hours(24));
  webhooks->timeout = reading.ReadDuration(node["timeout"], seconds(10));
  reading.contract->webhooks = std::move(webhooks);
}

}  // namespace mockduit
