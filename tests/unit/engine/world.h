// TestWorld: a whole emulator in one process, with the contracts and scenarios that are inside the
// binary, on a clock that stands still. Tests of engine, vendors, admin and of our own answers
// drive it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "app/baked.h"
#include "base/crypto.h"
#include "engine/emulator.h"
#include "vendors/behaviours.h"
#include "vendors/play_extensions.h"

namespace mockduit {

// Read as the server reads them, when they are first needed; to read all of them takes seconds.
inline const Catalog& BuiltInCatalog() {
  static const Catalog kCatalog = Catalog::Open(BakedFixtures());
  return kCatalog;
}

inline std::vector<TextFile> BuiltInScenarios() {
  std::vector<TextFile> files;
  for (const BakedFile& file : BakedFiles()) {
    if (file.json.empty()) continue;
    files.push_back({std::string(file.path), std::string(file.text), true, file.json});
  }
  return files;
}

struct WorldOptions {
  std::string scenario = "success";
  std::uint64_t seed = 7;
  std::string clock = "2026-01-15T10:00:00Z";
  std::map<std::string, std::string, std::less<>> editions;
  EmulatorSettings emulator;
  std::vector<TextFile> scenarios;  // beside the built-in ones
  SessionLimits limits;
  RequestLog* requests = nullptr;
};

// In which this scenario is played.
inline WorldOptions OptionsPlaying(const std::string& scenario) {
  return {.scenario = "mine", .scenarios = {{"own/mine.yaml", scenario}}};
}

// Other servers, as the tests have them: they take what `taken` says.
class FakeCaller : public Caller {
 public:
  struct Posted {
    std::string url;
    Headers headers;
    std::string body;
  };

  CallPermission MayCall(const std::string& url) const override {
    if (url.starts_with("http://127.0.0.1")) return CallPermission::kAllowed;
    return url.starts_with("https://") ? CallPermission::kForbidden : CallPermission::kNotSecure;
  }
  Result<int> Post(const std::string& url, const Headers& headers, const std::string& body,
                   std::chrono::milliseconds /*timeout*/) const override {
    posted.push_back({url, headers, body});
    if (status == 0) return Fail("nobody is there");
    return status;
  }
  Result<int> Head(const std::string& url, std::chrono::milliseconds /*timeout*/) const override {
    return Post(url, {}, "", {});
  }

  int status = 200;  // 0: no answer comes
  mutable std::vector<Posted> posted;
};

class TestWorld {
 public:
  explicit TestWorld(const WorldOptions& options = {})
      : sessions_(
            {options.scenario, options.seed, *ClockSetting::Parse(options.clock), options.editions},
            options.limits, clock_, SeedsOf(BuiltInCatalog()), log_) {
    std::vector<TextFile> files = BuiltInScenarios();
    files.insert(files.end(), options.scenarios.begin(), options.scenarios.end());
    for (const Problem& problem : scenarios_.Load(files, BuiltInCatalog()).problems) {
      ADD_FAILURE() << problem.Text();
    }
    emulator_ = std::make_unique<Emulator>(
        EmulatorRooms{BuiltInCatalog(), scenarios_, sessions_, caller_, metrics_, options.requests},
        VendorBehaviours(caller_), options.emulator);
  }

  Response Send(Request request) { return emulator_->Handle(std::move(request)); }
  // The answer's body as JSON; a failure when it is none.
  Json SendForJson(Request request) {
    const Response response = Send(std::move(request));
    auto json = Json::Parse(response.body);
    EXPECT_TRUE(json) << response.body;
    return json ? *json : Json();
  }

  Emulator& emulator() { return *emulator_; }
  Sessions& sessions() { return sessions_; }
  ScenarioLibrary& scenarios() { return scenarios_; }
  SharedSession::Access session(std::string_view name = kDefaultSession) {
    return sessions_.Get(name)->Enter();
  }

  const Metrics& metrics() const { return metrics_; }
  // The real clock, which stands still until a test moves it.
  ManualClock& real_clock() { return clock_; }
  FakeCaller& caller() { return caller_; }

 private:
  FakeCaller caller_;
  ManualClock clock_{*ParseTime("2030-01-01")};
  Log log_;
  Metrics metrics_{clock_};
  ScenarioLibrary scenarios_{VendorPlayExtensions()};
  Sessions sessions_;
  std::unique_ptr<Emulator> emulator_;
};

// The Authorization of HTTP Basic.
inline std::string Basic(const std::string& user, const std::string& password = "secret") {
  std::string text = Base64UrlEncode(user + ":" + password);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  return "Basic " + text;
}

inline Request Post(std::string path, std::string body, Headers headers) {
  headers.Add("Host", "localhost:8080");
  headers.Add("Content-Type", "application/json");
  return {"POST", std::move(path), "", std::move(headers), std::move(body)};
}

// A call of one operation that meets success, and what a test changes in it.
struct GoodCall {
  std::string vendor;
  std::string edition;
  std::string operation;
  std::string path;
  std::string key_header;
  std::string (*credential)(const std::string& key);
  std::string body;

  Request With(const std::string& key) const {
    return Post(path, body, {{key_header, credential(key)}});
  }
  Request Make() const { return With("my-key"); }
  const Operation& InContract() const {
    return *BuiltInCatalog().FindVendor(vendor)->FindEdition(edition)->FindOperation(operation);
  }
};

inline const std::string kTeamPath = "/v1/teams/12345/data-source-connections";

inline const std::vector<GoodCall>& GoodCalls() {
  static const auto kRaw = [](const std::string& key) { return key; };
  static const auto kBearer = [](const std::string& key) { return "Bearer " + key; };
  static const auto kBasic = [](const std::string& key) { return Basic(key); };
  static const std::string kTeamBody =
      R"({"data_source_id":"ADM","destination_type":"DWH_SNOWFLAKE"})";
  static const std::vector<GoodCall> kCalls = {
      {"supermetrics", "2026-08", "create_data_source_connection", kTeamPath, "Authorization",
       kBearer, kTeamBody},
      {"supermetrics", "2026-06", "create_data_source_connection", kTeamPath, "Authorization", kRaw,
       kTeamBody},
      {"airweave", "2025-07", "create_source_connection", "/source-connections", "X-API-Key", kRaw,
       R"({"name":"My conn","short_name":"stripe","auth_fields":{"api_key":"sk"}})"},
      {"fivetran", "v1", "create_connection", "/v1/connections", "Authorization", kBasic,
       R"({"group_id":"group_id","service":"azure_service_bus","config":{"schema":"sales"}})"},
  };
  return kCalls;
}

inline const GoodCall& GoodCallOf(const std::string& vendor, const std::string& edition = "") {
  for (const GoodCall& call : GoodCalls()) {
    if (call.vendor == vendor && (edition.empty() || call.edition == edition)) return call;
  }
  throw std::out_of_range(vendor);
}

// `text` with ids put as <32>, <UUID7> (upper case) and <uuid4>, so that the rest can be compared.
inline std::string Masked(std::string text) {
  static const std::regex kToken(R"re("request_id":"[A-Za-z0-9_-]{32}")re");
  static const std::regex kUuid7(
      "[0-9A-F]{8}-[0-9A-F]{4}-7[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}");
  static const std::regex kUuid4(
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  text = std::regex_replace(text, kToken, R"("request_id":"<32>")");
  return std::regex_replace(std::regex_replace(text, kUuid7, "<UUID7>"), kUuid4, "<uuid4>");
}

// The vendor's own headers as they stand, one a line; all answers have a Date.
inline std::string HeaderLines(const Response& response) {
  std::string lines;
  for (const auto& [name, value] : response.headers.fields()) {
    if (name.starts_with("X-Mockduit-") || name == "Date") continue;
    lines.append(name).append(": ").append(value).append("\n");
  }
  return Masked(lines);
}

// `actual` with the parts that `holes` fills set to what `example` has there; then equal bytes mean
// that all else is to the letter, the order of keys included.
inline Json Levelled(const Json& holes, const Json& example, Json actual) {
  const std::string* text = holes.IfString();
  if (text != nullptr && text->find("{{") != std::string::npos) return example;
  Json::Object* members = actual.IfObject();
  for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
    auto& [key, value] = (*members)[i];
    const Json* hole = holes.Find(key);
    const Json* shown = example.Find(key);
    if (hole != nullptr && shown != nullptr) value = Levelled(*hole, *shown, std::move(value));
  }
  return actual;
}

}  // namespace mockduit
