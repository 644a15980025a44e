// The fuzzer of the control API: any bytes at all, as a call ("PUT /clock\n" and then its body),
// are answered as they should be: with JSON or nothing when it is done, with a problem when it is
// refused, and then the session is as it was. Replayed over corpus/control/ as an ordinary test.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "admin/control_api.h"
#include "base/text.h"
#include "fuzz/mutate.h"
#include "fuzz/require.h"
#include "http/uri.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

const Catalog& TheCatalog() {
  static const Catalog kCatalog = AcmeCatalog();
  return kCatalog;
}

// A server with one contract and one scenario. It is made once, for all inputs.
class Server {
 public:
  Server() {
    scenarios_.Load({{"calm.yaml", "description: Nothing is played.\n"}}, TheCatalog());
    calm_ = scenarios_.Find("calm");
  }

  // As it was made: nothing has happened.
  void Renew() {
    for (const auto& session : sessions_.List()) sessions_.Drop(session->name());
    for (const std::string& name : scenarios_.Names()) scenarios_.Remove(name);
    scenarios_.Put(calm_);
  }

  Response Call(std::string_view call, std::string_view body) {
    Request request;
    request.method = TakeUntil(call, " ");
    request.path = "/__admin" + std::string(TakeUntil(call, "?"));
    request.query = call;
    request.body = body;
    return api_.Handle(request);
  }

  // The session, its clock and its store, as the API gives them.
  std::string State() {
    std::string state;
    for (const char* call : {"GET /sessions", "GET /clock", "GET /store", "GET /scenarios"}) {
      state += Call(call, "").body;
    }
    return state;
  }

 private:
  Log log_;
  ManualClock clock_{*ParseTime("2030-01-01")};
  Metrics metrics_{clock_};
  ScenarioLibrary scenarios_;
  std::shared_ptr<const Scenario> calm_;
  Sessions sessions_{
      {"calm", 7, *ClockSetting::Parse("2026-01-15"), {}}, {}, clock_, Seeds(), log_};
  ControlApi api_{{TheCatalog(), scenarios_, sessions_, metrics_, "1", "{}", {}}, {}};
};

void Check(std::string_view bytes) {
  static Server& server = *new Server;
  server.Renew();
  server.Call("PUT /sessions/default", "{}");  // which calls mean that name none
  // The clock stands still, so it is the same for each input.
  static const std::string& before = *new std::string(server.State());
  const std::string_view call = TakeUntil(bytes, "\n");
  const Response response = server.Call(call, bytes);
  if (response.stream != nullptr) return;
  if (response.status < 400) {
    Require(response.status == 200 || response.status == 201 || response.status == 204);
    Require((response.status == 204) == response.body.empty());
    const bool json = response.headers.Get("Content-Type") == "application/json";
    Require(!json || Json::Parse(response.body));
  } else {
    Require(response.status < 500 || response.status == 501);
    Require(response.headers.Get("Content-Type") == "application/problem+json");
    const auto problem = Json::Parse(response.body);
    Require(problem && !problem->Get("detail").AsString().empty());
    Require(problem->Get("status") == Json(response.status));
  }
  const std::string after = server.State();  // what was done can be looked at
  // A refused call may have made the session that it names, and nothing else.
  const bool may_have_made = response.status < 400 || call.contains("/sessions/");
  Require(may_have_made || after == before);
}

std::string Mutated(std::string_view input, Random& random) {
  std::string call(TakeUntil(input, "\n"));
  std::string body(input);
  switch (random.Below(8)) {
    case 0: {
      const ControlApi::Entry& entry = fuzz::OneOf(ControlApi::Table(), random);
      call = std::string(entry.method) + entry.path.text().substr(std::strlen("/__admin"));
      call.insert(entry.method.size(), " ");
      if (const std::size_t open = call.find('{'); open != std::string::npos) {
        call.replace(open, call.find('}') + 1 - open, random.Below(2) == 0 ? "1" : "calm");
      }
      break;
    }
    case 1: {
      const ControlApi::Entry& entry = fuzz::OneOf(ControlApi::Table(), random);
      if (entry.parameters.empty()) break;
      call += (call.contains('?') ? "&" : "?") + fuzz::OneOf(entry.parameters, random) + "=" +
              PercentEncode(fuzz::OddText(random));
      break;
    }
    case 2: call = fuzz::MutateBytes(call, call.size() + 16); break;
    default:
      body = call.contains("/scenarios/") ? fuzz::MutateLines(body, body, random)
                                          : fuzz::MutateJson(body, random);
  }
  return call + "\n" + body;
}

}  // namespace
}  // namespace mockduit

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  mockduit::Random random(seed);
  const std::string input(reinterpret_cast<const char*>(data), size);
  return mockduit::fuzz::PutBack(mockduit::Mutated(input, random), data, most);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
