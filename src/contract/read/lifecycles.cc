// Lifecycles: how resources go on by themselves.
#include <algorithm>

#include "base/text.h"
#include "contract/read/reading.h"

namespace mockduit {
namespace {

// Of a lifecycle of that kind.
std::vector<Lifecycle::Stage> ReadStages(ContractReading& reading, const Node& node,
                                         const std::string& kind, Names& names) {
  std::vector<Lifecycle::Stage> stages;
  reading.EachItem(node, [&](const Node& stage) {
    if (!reading.Check(stage, blocks::kStage)) return;
    const double at = stage["at"] ? stage["at"].json().AsNumber(-1) : -1;
    const double before = stages.empty() ? 0 : stages.back().at;
    if (at < before || at > 1) {
      return reading.Wrong(
          stage["at"] ? stage["at"] : stage,
          "'at' must be a share of the time, from 0 to 1, not below the one before");
    }
    Patch patch = ReadPatch(reading, stage, kind, names);
    stages.push_back({at, std::move(patch), ReadSteps(reading, stage["then"], kind, names)});
  });
  return stages;
}

// True when a template in it asks for `error`.
bool TellsError(const Json& json) {
  if (const std::string* text = json.IfString()) {
    std::string_view rest = *text;
    for (std::size_t open = rest.find("{{"); open != std::string_view::npos;
         open = rest.find("{{")) {
      rest.remove_prefix(open + 2);
      if (Trim(rest).starts_with("error")) return true;
    }
    return false;
  }
  if (const Json::Array* items = json.IfArray()) return std::ranges::any_of(*items, TellsError);
  const Json::Object* members = json.IfObject();
  return members != nullptr && std::ranges::any_of(*members, [](const JsonMember& member) {
           return TellsError(member.value);
         });
}

}  // namespace

Names LifecycleNames(const ContractReading& reading, const std::string& kind) {
  Names names;
  names.Know(Root::kError, Shape());
  names.Know(Root::kProcessId);
  names.Know(Root::kResult, reading.contract->kinds.MembersOf(ShortKind(kind)));
  return names;
}

// All of them are there by name before their steps are read, which may begin and stop each other.
std::vector<std::pair<Lifecycle*, Node>> ReadLifecycleHeads(ContractReading& reading,
                                                            const Node& node) {
  std::vector<std::pair<Lifecycle*, Node>> heads;
  reading.EachMember(node, [&](const std::string& name, const Node& lifecycle) {
    auto known = std::make_shared<Lifecycle>();
    known->edition = reading.contract->edition;
    known->name = reading.StoreKind(name);
    known->kind = reading.StoreKind(lifecycle["kind"].Text());
    reading.CheckName(lifecycle, name);
    const Node ends = lifecycle["ends"];
    if (ends && ends.json().IsObject()) {
      for (const JsonMember& ending : *ends.json().IfObject()) {
        known->ending_names.push_back(ending.key);
      }
    }
    heads.emplace_back(known.get(), lifecycle);
    reading.contract->lifecycles.push_back(std::move(known));
  });
  return heads;
}

LifecycleDetails ReadLifecycle(ContractReading& reading, const Node& node) {
  LifecycleDetails details;
  if (!reading.Check(node, blocks::kLifecycle)) return details;
  reading.Needed(node, "kind");
  const std::string kind = reading.Kind(node["kind"]);
  if (!node["takes"]) reading.Missing(node, "takes");
  details.takes = reading.ReadDuration(node["takes"], {});
  details.quiet = node["quiet"].Flag();
  Names names = LifecycleNames(reading, kind);
  details.stages = ReadStages(reading, node["steps"], kind, names);
  reading.EachMember(node["ends"], [&](const std::string& ending, const Node& change) {
    reading.CheckName(change, ending);
    if (!reading.Check(change, blocks::kEnding)) return;
    Names of_end = names;
    Patch patch = ReadPatch(reading, change, kind, of_end);
    details.endings.push_back({ending, std::move(patch),
                               ReadSteps(reading, change["then"], kind, of_end),
                               TellsError(change.json())});
  });
  const Node polled = node["also_polled"];
  if (polled && polled.json().IsObject()) {
    for (const JsonMember& entry : *polled.json().IfObject()) {
      const Node member = polled[entry.key];
      reading.CheckKind(member, true, entry.key);
      if (member.Text().empty()) {
        reading.Wrong(member, "this must name the member that refers to it");
      }
      reading.CheckMember(member, false, kind, member.Text());
      details.watched.push_back({reading.StoreKind(entry.key), member.Text()});
    }
  }
  if (!node["ends"]) reading.Missing(node, "ends");
  return details;
}

}  // namespace mockduit
