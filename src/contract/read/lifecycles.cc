// Lifecycles: how resources go on by themselves.
#include <algorithm>

#include "base/text.h"
#include "contract/read/reading.h"

namespace mockduit {
namespace {

void ReadStages(ContractReading& reading, const Node& node, Lifecycle& lifecycle, Names& names) {
  reading.EachItem(node, [&](const Node& stage) {
    if (!reading.Check(stage, blocks::kStage)) return;
    const double at = stage["at"] ? stage["at"].json().AsNumber(-1) : -1;
    const double before = lifecycle.stages.empty() ? 0 : lifecycle.stages.back().at;
    if (at < before || at > 1) {
      return reading.Wrong(
          stage["at"] ? stage["at"] : stage,
          "'at' must be a share of the time, from 0 to 1, not below the one before");
    }
    Patch patch = ReadPatch(reading, stage, lifecycle.kind, names);
    lifecycle.stages.push_back(
        {at, std::move(patch), ReadSteps(reading, stage["then"], lifecycle.kind, names)});
  });
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
void ReadLifecycles(ContractReading& reading, const Node& node) {
  std::vector<std::pair<std::shared_ptr<Lifecycle>, Node>> made;
  reading.EachMember(node, [&](const std::string& name, const Node& lifecycle) {
    auto known = std::make_shared<Lifecycle>();
    known->edition = reading.contract->edition;
    known->name = reading.StoreKind(name);
    known->kind = reading.StoreKind(lifecycle["kind"].Text());
    reading.CheckName(lifecycle, name);
    reading.contract->lifecycles.push_back(known);
    made.emplace_back(std::move(known), lifecycle);
  });
  for (auto& [lifecycle, from] : made) {
    if (!reading.Check(from, blocks::kLifecycle)) continue;
    reading.Needed(from, "kind");
    lifecycle->kind = reading.Kind(from["kind"]);
    if (!from["takes"]) reading.Missing(from, "takes");
    lifecycle->takes = reading.ReadDuration(from["takes"], {});
    lifecycle->quiet = from["quiet"].Flag();
    Names names = LifecycleNames(reading, lifecycle->kind);
    ReadStages(reading, from["steps"], *lifecycle, names);
    reading.EachMember(from["ends"], [&](const std::string& ending, const Node& change) {
      reading.CheckName(change, ending);
      if (!reading.Check(change, blocks::kEnding)) return;
      Names of_end = names;
      Patch patch = ReadPatch(reading, change, lifecycle->kind, of_end);
      lifecycle->endings.push_back({ending, std::move(patch),
                                    ReadSteps(reading, change["then"], lifecycle->kind, of_end),
                                    TellsError(change.json())});
    });
    const Node polled = from["also_polled"];
    if (polled && polled.json().IsObject()) {
      for (const JsonMember& entry : *polled.json().IfObject()) {
        const Node member = polled[entry.key];
        reading.CheckKind(member, true, entry.key);
        reading.CheckMember(member, false, lifecycle->kind, member.Text());
        lifecycle->watched.push_back({reading.StoreKind(entry.key), member.Text()});
      }
    }
    if (!from["ends"]) reading.Missing(from, "ends");
  }
}

}  // namespace mockduit
