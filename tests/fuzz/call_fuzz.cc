// The fuzzer of the whole emulator without its door: a list of calls (mutate.h says how they are
// written), of the vendors' APIs and of the control API, on a new session with the built-in
// contracts and scenarios. Every call is answered, kept once in the journal, and soundly: JSON that
// is JSON, headers without control characters, no secret in what is kept. Some inputs are run
// twice, and must give the same bytes; of some the state is saved and taken up again. Replayed over
// corpus/call/ as an ordinary test.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "admin/control_api.h"
#include "base/text.h"
#include "fuzz/contract_calls.h"
#include "fuzz/mutate.h"
#include "fuzz/require.h"
#include "http/uri.h"
#include "server/grammar.h"
#include "unit/engine/world.h"

namespace mockduit::fuzz {
namespace {

constexpr std::size_t kMostCalls = 12;
constexpr std::string_view kSecret = "fuzz-secret-8f3a91c27d";

// In a catch-up a few lifecycles begin and the rest later, as it is for anybody who moves the clock
// by ten years: with the server's own bound, one such call takes as long as all calls of a minute.
WorldOptions FewAtOnce() {
  WorldOptions options;
  options.limits.begun_at_once = 100;
  return options;
}

// One world for all inputs: reading the contracts takes a second.
class Rig {
 public:
  Rig() : scenarios_(world_.scenarios().List()) { world_.sessions().SetSeeds(FewSeeds()); }

  // As it was made, without the sessions and scenarios that calls have made.
  void Renew() {
    for (const auto& session : world_.sessions().List()) world_.sessions().Drop(session->name());
    for (const auto& scenario : world_.scenarios().List()) {
      const bool known = std::ranges::find(scenarios_, scenario) != scenarios_.end();
      if (!known) world_.scenarios().Remove(scenario->name);
    }
    for (const auto& scenario : scenarios_) {
      if (world_.scenarios().Find(scenario->name) != scenario) world_.scenarios().Put(scenario);
    }
    last_id_ = "none";
  }

  // Over all inputs.
  std::uint64_t calls() const { return calls_; }

  Response Send(const Call& call) {
    ++calls_;
    Request request;
    request.method = call.method;
    std::string_view target = call.target;
    request.path = Filled(TakeUntil(target, "?"));
    request.query = Filled(target);
    request.body = Filled(call.body);
    AddHeaders(call, request);
    if (!request.path.starts_with("/")) request.path.insert(0, "/");
    if (ControlApi::Owns(request.path)) return api_.Handle(request);
    return SendToVendor(std::move(request));
  }

  TestWorld& world() { return world_; }

 private:
  std::string Filled(std::string_view text) const {
    std::string filled(text);
    for (std::size_t at = 0; (at = filled.find(kLastId, at)) != std::string::npos;) {
      // "{}" is a whole body, too.
      if (filled.size() == kLastId.size()) break;
      filled.replace(at, kLastId.size(), last_id_);
      at += last_id_.size();
    }
    return filled;
  }

  static void AddHeaders(const Call& call, Request& request) {
    for (std::string_view header : call.headers) {
      const std::string name(TakeUntil(header, ":"));
      const std::string_view value = Trim(header);
      // Others do not come through the door.
      if (IsToken(name) && !HasControlCharacter(value)) request.headers.Add(name, value);
    }
    const auto add = [&](const char* name, const std::string& value) {
      if (!request.headers.Find(name)) request.headers.Add(name, value);
    };
    const bool bearer = request.path.contains("/teams/") || request.path.contains("/enterprise/");
    const std::string secret(kSecret);
    add("Host", "localhost:8080");
    add("Authorization", bearer ? "Bearer " + secret : Basic(secret, secret));
    add("X-API-Key", secret);
    add("Content-Type", "application/json");
  }

  // What is answered is kept, in the session that the answer names.
  Response SendToVendor(Request request) {
    Response response = world_.Send(std::move(request));
    const auto id = ParseNumber<std::uint64_t>(response.headers.Get("X-Mockduit-Exchange"));
    const auto session = world_.sessions().Find(response.headers.Get("X-Mockduit-Session"));
    Require(id && session != nullptr);
    const auto exchange = session->Enter()->journal().Find(*id);
    Require(exchange && exchange->response.status == response.status);
    return response;
  }

 public:
  // Of the answer before, for the calls that ask for its id.
  void Remember(const Json& answer) { LookForId(answer); }

 private:
  // The first member of an answer that is an id.
  bool LookForId(const Json& json) {
    if (const Json::Object* members = json.IfObject()) {
      for (const auto& [key, value] : *members) {
        const bool id = key == "id" || (key.ends_with("_id") && key != "request_id");
        if (id && value.IsString() && !value.AsString().empty()) {
          last_id_ = value.AsString();
          return true;
        }
        if (LookForId(value)) return true;
      }
    }
    const Json::Array* items = json.IfArray();
    return items != nullptr && !items->empty() && LookForId(items->front());
  }

  TestWorld world_{FewAtOnce()};
  const std::vector<std::shared_ptr<const Scenario>> scenarios_;
  ControlApi api_{
      {BuiltInCatalog(), world_.scenarios(), world_.sessions(), world_.metrics(), "1", "{}", {}},
      {}};
  std::string last_id_ = "none";
  std::uint64_t calls_ = 0;
};

Rig& TheRig() {
  static Rig& rig = [] -> Rig& {
    std::atexit([] {
      std::fprintf(stderr, "%llu calls\n", static_cast<unsigned long long>(TheRig().calls()));
    });
    return *new Rig;
  }();
  return rig;
}

void RequireSame(const std::string& first, const std::string& second) {
  if (first == second) return;
  std::fprintf(stderr, "first:\n%s\nthen:\n%s\n", first.c_str(), second.c_str());
  std::abort();
}

// Gives the body as JSON; null where it is none.
Json CheckResponse(const Response& response) {
  Require(response.status >= 100 && response.status <= 599);
  for (const auto& [name, value] : response.headers.fields()) {
    Require(IsToken(name) && !HasControlCharacter(value));
  }
  const std::string_view type = response.headers.Get("Content-Type");
  if (response.stream != nullptr || response.body.empty()) return {};
  auto body = Json::Parse(response.body);
  const auto require = [&](bool good, const char* what) {
    if (!good) RequireSame(what, std::string(response.headers.lines()) + response.body);
  };
  const std::string_view source = response.headers.Get("X-Mockduit-Source");
  // A vendor's problem need not have one (RFC 9457, 3.1.4).
  if (type == "application/problem+json" && source.empty()) {
    require(body && !body->Get("detail").AsString().empty(), "a problem with its detail");
  }
  const bool scripted = source.contains("the scenario ");
  if (type == "application/json" && !scripted) require(body.has_value(), "an answer in JSON");
  return body ? *std::move(body) : Json();
}

// What is saved has none of the credentials that were sent, and can be taken up again.
void CheckState(std::string_view input) {
  Sessions& sessions = TheRig().world().sessions();
  const Json saved = sessions.Save();
  const std::string text = saved.Dump();
  if (!input.contains(kSecret) && text.contains(kSecret)) RequireSame("no secret", text);
  const auto lost = sessions.Restore(saved, TheRig().world().scenarios(), BuiltInCatalog());
  if (!lost) RequireSame(lost.error().message, text);
  RequireSame(text, sessions.Save().Dump());
}

std::string Run(const std::vector<Call>& calls) {
  Rig& rig = TheRig();
  rig.Renew();
  std::string all;
  for (std::size_t i = 0; i < std::min(calls.size(), kMostCalls); ++i) {
    const Response response = rig.Send(calls[i]);
    const Json body = CheckResponse(response);
    if (!ControlApi::Owns(calls[i].target)) rig.Remember(body);
    all += std::to_string(response.status);
    // What counts over the life of the server is another number in each run.
    const bool counts = response.body.contains("\"unjudged\"") || response.body.contains("# TYPE");
    if (!counts) all += response.body;
    all += response.headers.lines();
  }
  return all;
}

void Check(std::string_view input) {
  const std::vector<Call> calls = ReadCalls(input);
  const std::string answers = Run(calls);
  const std::size_t hash = std::hash<std::string_view>()(input);
  // These take as long as all else, or longer.
  if (hash % 32 == 0) RequireSame(answers, Run(calls));
  if (hash % 32 == 1) CheckState(input);
}

const ContractCalls& TheCalls() {
  static const ContractCalls& calls = *new ContractCalls;
  return calls;
}

std::string OddHeader(Random& random) {
  static const std::vector<std::string> kHeaders = {"Prefer: code=429",
                                                    "Prefer: code=500",
                                                    "Prefer: code=422, example=documented",
                                                    "Accept: text/html",
                                                    "Accept: application/json;version=2",
                                                    "Content-Type: text/plain",
                                                    "Authorization: Bearer invalid-1",
                                                    "Authorization: Basic !!",
                                                    "Authorization: k~flaky@s",
                                                    "X-Mockduit-Session: s",
                                                    "X-API-Key: forbidden-1",
                                                    "X-Organization-ID: 1"};
  switch (random.Below(4)) {
    case 0: return "X-Mockduit-Scenario: " + TheCalls().Scenario(random);
    case 1: return OneOf(kHeaders, random) + OddText(random);
    default: return OneOf(kHeaders, random);
  }
}

void MutateTarget(std::string& target, Random& random) {
  const std::size_t slash = target.rfind('/');
  switch (random.Below(5)) {
    case 0: target += (target.contains('?') ? "&" : "?") + PercentEncode(OddText(random)); break;
    case 1: target.insert(0, "/~" + TheCalls().Scenario(random) + "@s"); break;
    case 2: target.resize(std::min(slash, target.size())); break;
    case 3: target += "/" + PercentEncode(OddText(random)); break;
    default: target = MutateBytes(target, target.size() + 16);
  }
}

void MutateCall(Call& call, Random& random) {
  switch (random.Below(8)) {
    case 0: call.headers.push_back(OddHeader(random)); break;
    case 1: call.headers.clear(); break;
    case 2: MutateTarget(call.target, random); break;
    case 3: call.body = TheCalls().Draw(random).body; break;
    default:
      call.body = call.target.starts_with("/__admin/scenarios/")
                      ? MutateLines(call.body, call.body, random)
                      : MutateJson(call.body, random);
  }
}

void Mutate(std::vector<Call>& calls, Random& random) {
  const auto at = [&](std::size_t extra) {
    return calls.begin() + static_cast<std::ptrdiff_t>(random.Below(calls.size() + extra));
  };
  const bool full = calls.size() >= kMostCalls;
  switch (calls.empty() ? 0 : random.Below(12)) {
    case 0:
    case 1:
    case 2:
      if (!full) calls.insert(at(1), TheCalls().Draw(random));
      break;
    case 3: calls.erase(at(0)); break;
    case 4: {
      const Call again = *at(0);
      if (!full) calls.insert(at(1), again);
      break;
    }
    case 5: std::iter_swap(at(0), at(0)); break;
    default: MutateCall(*at(0), random);
  }
}

}  // namespace
}  // namespace mockduit::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::fuzz::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  using namespace mockduit::fuzz;  // NOLINT(google-build-using-namespace)
  mockduit::Random random(seed);
  auto calls = ReadCalls({reinterpret_cast<const char*>(data), size});
  for (std::uint64_t count = 1 + random.Below(3); count > 0; --count) Mutate(calls, random);
  return PutBack(WriteCalls(calls), data, most);
}
