#include "contract/read/vendor_files.h"

#include <array>

#include "contract/read/reading.h"
#include "contract/reference.h"

namespace mockduit {
namespace {

void Take(ContractReading& reading, std::vector<Problem>& problems) {
  problems.insert(problems.end(), std::make_move_iterator(reading.problems.begin()),
                  std::make_move_iterator(reading.problems.end()));
}

}  // namespace

Keys ReadKeys(const YamlDocument& document, std::vector<Problem>& problems) {
  static const std::vector<std::string> kRefusals = {"unknown_credential", "no_permission"};
  ContractReading reading(document);
  const Node root = reading.Top();
  Keys keys;
  if (reading.Check(root, blocks::kKeysFile)) {
    keys.any = !root["accepted"];
    keys.accepted = reading.Texts(root["accepted"]);
    const Node refused = root["refused"];
    if (refused && refused.json().IsObject()) {
      for (const JsonMember& entry : *refused.json().IfObject()) {
        const Node condition = refused[entry.key];
        keys.refused.push_back({entry.key, condition.Text()});
        if (entry.key.empty()) {
          reading.WrongKey(condition,
                           "'refused' has an empty key, which every credential begins with");
        }
        if (std::ranges::find(kRefusals, condition.Text()) != kRefusals.end()) continue;
        const std::string written = condition.IsText() ? condition.Text() : condition.json().Dump();
        reading.Wrong(condition, "'" + written + "' is no refusal; it is " + OrList(kRefusals));
      }
    }
  }
  Take(reading, problems);
  return keys;
}

void CheckKeys(const YamlDocument& document, const Vendor& vendor, std::vector<Problem>& problems) {
  ContractReading reading(document);
  const auto check = [&](const Node& node, const std::string& condition) {
    const bool answered = std::ranges::any_of(vendor.editions, [&](const auto& contract) {
      return contract->FindCondition(condition) != nullptr;
    });
    const bool is_refusal = condition == "unknown_credential" || condition == "no_permission";
    if (answered || !is_refusal || vendor.editions.empty()) return;
    reading.Wrong(node, "no edition of " + vendor.name + " has the condition '" + condition +
                            "' among its 'conditions'");
  };
  if (!vendor.keys.any) check(reading.Top()["accepted"], "unknown_credential");
  for (const Keys::Refusal& refusal : vendor.keys.refused) {
    check(reading.Top()["refused"][refusal.prefix], refusal.condition);
  }
  Take(reading, problems);
}

namespace {

// What is there from the start was made by no request, so its texts are kept as they stand.
void CheckNoTemplates(ContractReading& reading, const Node& node) {
  if (node.IsText()) {
    const std::size_t open = node.json().AsString().find("{{");
    if (open == std::string_view::npos) return;
    return reading.Add(node.WrongAt(open, "a seed has no templates; this would be kept as it is"));
  }
  if (const Json::Array* items = node.json().IfArray()) {
    for (const Json& item : *items) CheckNoTemplates(reading, node.Below(item));
  }
  if (const Json::Object* members = node.json().IfObject()) {
    for (const JsonMember& member : *members) CheckNoTemplates(reading, node.Below(member.value));
  }
}

}  // namespace

void CheckSeed(const YamlDocument& document, const Vendor& vendor, std::vector<Problem>& problems) {
  ContractReading reading(document);
  reading.contract->vendor = vendor.name;
  for (const auto& contract : vendor.editions) {
    for (const Kind& kind : contract->kinds.all()) reading.contract->kinds.Add(kind);
  }
  const Node root = reading.Top();
  if (!root.json().IsArray() && !root.json().IsNull())
    reading.Wrong(root, "seed.yaml must be a list of resources");
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t i = 0; root.json().IsArray() && i < root.json().IfArray()->size(); ++i) {
    const Node entry = root.Item(i);
    if (!reading.Check(entry, blocks::kSeed)) continue;
    const std::string kind = reading.Needed(entry, "kind");
    const std::string id = reading.Needed(entry, "id");
    if (!entry["resource"]) reading.Missing(entry, "resource");
    if (kind.empty()) continue;
    const std::string stored = reading.Kind(entry["kind"]);
    CheckMembers(reading, entry["resource"], stored);
    CheckNoTemplates(reading, entry);
    const Kind* known = reading.contract->kinds.Find(kind);
    const Node own =
        known != nullptr && !known->id.empty() ? entry["resource"][known->id] : Node::None();
    if (own && own.IsText() && own.Text() != id) {
      reading.Wrong(entry["id"],
                    "the '" + known->id + "' of this resource is '" + own.Text() + "'");
    }
    if (!id.empty() && !seen.emplace(kind, id).second) {
      reading.Wrong(entry["id"], "the " + kind + " '" + id + "' stands here a second time");
    }
  }
  Take(reading, problems);
}

void CheckPart(const YamlDocument& part, std::vector<Problem>& problems) {
  ContractReading reading(part);
  reading.Check(reading.Top(), blocks::kDocument);
  reading.Check(reading.Top()["x-mockduit"], blocks::kPart);
  Take(reading, problems);
}

void CheckAnswersOfPart(const YamlDocument& part, const Json& whole,
                        std::vector<Problem>& problems) {
  ContractReading reading(part);
  const Node answers = reading.Top()["x-mockduit"]["answers"];
  if (!answers || !answers.json().IsObject()) return;
  for (const JsonMember& answer : *answers.json().IfObject()) {
    const Node ref = answers[answer.key]["$ref"];
    if (!ref) continue;
    if (auto why = WhyNowhere(ref.json(), whole)) reading.Wrong(ref, *std::move(why));
  }
  Take(reading, problems);
}

}  // namespace mockduit
