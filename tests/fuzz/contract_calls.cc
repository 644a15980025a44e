#include "fuzz/contract_calls.h"

#include <algorithm>
#include <iterator>

#include "admin/control_api.h"
#include "base/text.h"
#include "http/uri.h"
#include "session/snapshot.h"
#include "unit/engine/world.h"

namespace mockduit::fuzz {
namespace {

constexpr std::string_view kExamples = "/requestBody/content/application~1json/examples";

// The bodies that calls of the control API have, by the end of their path.
struct ControlBody {
  std::string_view end;
  std::string_view body;
};
constexpr ControlBody kControlBodies[] = {
    {"/scenarios/{name}",
     "rules:\n  - {match: {operation: '*'}, play: [{outcome: rate_limited, times: 2}]}\n"},
    {"/sessions/{name}",
     R"({"scenario": "flaky", "seed": 3, "clock": "2026-02-01T00:00:00Z@2", "editions": {}})"},
    {"/clock", R"({"now": "2027-01-01T00:00:00Z", "rate": 60})"},
    {"/clock/advance", R"({"by": "1h"})"},
    {"/reset", R"({"keep": ["store", "journal"]})"},
    {"/requests/count", R"({"operation": "*", "body": {"name": {"contains": "a"}}})"},
    {"/store", R"({"resources": {"fivetran.group": {"g": {"id": "g", "name": "n"}}}})"},
};

// Calls that take nothing and answer hundreds of kilobytes, whatever was called before: nothing is
// found by them, and one takes as long as hundreds of others.
constexpr std::string_view kSameAnswers[] = {"/__admin/operations", "/__admin/openapi.json",
                                             "/public/connector-types"};

bool SaysTheSame(std::string_view path) {
  return std::ranges::find(kSameAnswers, path) != std::end(kSameAnswers);
}

constexpr std::size_t kMostSeeds = 4;  // of a kind

}  // namespace

Seeds FewSeeds() {
  const Seeds all = SeedsOf(BuiltInCatalog());
  const Json snapshot = all.store().Snapshot();
  Seeds::Resources few;
  for (const auto& [kind, resources] : *snapshot.IfObject()) {
    std::size_t count = 0;
    for (const auto& [id, resource] : *resources.IfObject()) {
      if (count++ >= kMostSeeds && id != "stripe") continue;
      few.push_back({kind, id, resource.Dump()});
    }
  }
  return Seeds(std::move(few));
}

ContractCalls::ContractCalls() {
  const auto fixtures = ReadFiles(MOCKDUIT_SOURCE_DIR "/fixtures");
  for (const TextFile& file : fixtures.value()) AddFile(file);
  const Seeds seeds = FewSeeds();
  const Json snapshot = seeds.store().Snapshot();
  for (const JsonMember& kind : *snapshot.IfObject()) {
    for (const JsonMember& resource : *kind.value.IfObject()) ids_.push_back(resource.key);
  }
  for (const TextFile& file : BuiltInScenarios()) {
    const std::size_t start = file.path.rfind('/') + 1;
    scenarios_.push_back(file.path.substr(start, file.path.rfind('.') - start));
  }
  AddControlCalls();
}

void ContractCalls::AddFile(const TextFile& file) {
  const auto document = ReadDocument(file);
  const Json::Object* paths = document ? document->root.Get("paths").IfObject() : nullptr;
  if (paths == nullptr) return;
  for (const auto& [path, item] : *paths) {
    for (const char* method : {"get", "post", "put", "patch", "delete"}) {
      if (const Json* operation = item.Find(method)) AddOperation(path, method, *operation);
    }
  }
}

void ContractCalls::AddOperation(const std::string& path, std::string_view method,
                                 const Json& operation) {
  if (SaysTheSame(path)) return;
  std::string target = path;
  for (int i = 0; const Json* parameter = operation.At("/parameters/" + std::to_string(i)); ++i) {
    if (parameter->Get("in") != Json("query")) continue;
    target += (target == path ? "?" : "&") + std::string(parameter->Get("name").AsString()) + "=1";
  }
  calls_.push_back({UpperCase(std::string(method)), target, {}, method == "get" ? "" : "{}"});
  const Json* examples = operation.At(kExamples);
  if (examples == nullptr || !examples->IsObject()) return;
  for (const auto& [name, example] : *examples->IfObject()) {
    calls_.push_back({UpperCase(std::string(method)), target, {}, example.Get("value").Dump()});
  }
}

void ContractCalls::AddControlCalls() {
  for (const ControlApi::Entry& entry : ControlApi::Table()) {
    if (SaysTheSame(entry.path.text())) continue;
    Call call{std::string(entry.method), entry.path.text(), {}, ""};
    for (const auto& [end, body] : kControlBodies) {
      if (call.method != "GET" && call.target.ends_with(end)) call.body = body;
    }
    for (const std::string& parameter : entry.parameters) {
      call.target += (call.target.contains('?') ? "&" : "?") + parameter + "=1";
    }
    calls_.push_back(std::move(call));
  }
}

std::string ContractCalls::Id(Random& random) const {
  if (random.Below(3) > 0) return std::string(kLastId);
  return random.Below(8) > 0 ? OneOf(ids_, random) : PercentEncode(OddText(random));
}

Call ContractCalls::Draw(Random& random) const {
  Call call = OneOf(calls_, random);
  std::string filled;
  std::string_view rest = call.target;
  while (true) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    filled += rest.substr(0, open);
    if (open == rest.size()) break;
    rest.remove_prefix(std::min(rest.find('}', open), rest.size() - 1) + 1);
    filled += call.target.starts_with("/__admin/sc") ? OneOf(scenarios_, random) : Id(random);
  }
  call.target = std::move(filled);
  return call;
}

}  // namespace mockduit::fuzz
