// The fuzzer of the control API: any bytes at all, as a call ("PUT /clock\n" and then its body),
// are answered as they should be: with JSON or nothing when it is done, with a problem when it is
// refused, and then the session is as it was. Replayed over corpus/control/ as an ordinary test.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "admin/control_api.h"
#include "base/text.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

const Catalog& TheCatalog() {
  static const Catalog kCatalog = AcmeCatalog();
  return kCatalog;
}

// A server with one contract and one scenario, and nothing that has happened.
class Server {
 public:
  Server() { scenarios_.Load({{"calm.yaml", "description: Nothing is played.\n"}}, TheCatalog()); }

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
  Sessions sessions_{{"calm", 7, *ClockSetting::Parse("2026-01-15"), {}},
                     {},
                     clock_,
                     std::make_shared<const std::vector<SeedResource>>(),
                     log_};
  ControlApi api_{{TheCatalog(), scenarios_, sessions_, metrics_, "1", "{}", {}}, {}};
};

void Check(std::string_view bytes) {
  Server server;
  server.State();  // makes the session that calls mean which name none
  const std::string before = server.State();
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
    // A refused call may have made the session that it names, and nothing else.
    if (!call.contains("/sessions/")) Require(server.State() == before);
  }
  server.State();  // what was done can be looked at
}

}  // namespace
}  // namespace mockduit

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
