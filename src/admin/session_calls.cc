// The worlds: their settings, clocks and stores.
#include <algorithm>
#include <cmath>

#include "admin/calls.h"
#include "admin/describe.h"
#include "base/suggest.h"
#include "base/text.h"
#include "contract/resources.h"
#include "http/problem.h"

namespace mockduit {
namespace {

struct NewSettings {
  std::optional<std::string> scenario;
  std::optional<std::uint64_t> seed;
  std::optional<ClockSetting> clock;
  std::optional<std::map<std::string, std::string, std::less<>>> editions;
  std::optional<Json> seed_state;
};

Result<std::map<std::string, std::string, std::less<>>> ReadEditions(const Json& json,
                                                                     const Catalog& catalog) {
  std::map<std::string, std::string, std::less<>> editions;
  if (!json.IsObject()) return Fail("'editions' must be an object of vendors to editions");
  for (const auto& [name, edition] : *json.IfObject()) {
    const Vendor* vendor = catalog.FindVendor(name);
    if (vendor == nullptr) {
      return Fail("there is no vendor '" + name + "'" + DidYouMeanOf(name, catalog.VendorNames()));
    }
    if (vendor->FindEdition(edition.AsString()) == nullptr) {
      return Fail(name + " has no edition '" + std::string(edition.AsString(edition.Dump())) +
                  "'; it has " + OrList(vendor->EditionNames()));
    }
    editions[name] = edition.AsString();
  }
  return editions;
}

Result<NewSettings> ReadSettings(const Json& body, const ControlRooms& rooms) {
  NewSettings settings;
  if (const Json* scenario = body.Find("scenario")) {
    const std::string name(scenario->AsString(scenario->Dump()));
    if (rooms.scenarios.Find(name) == nullptr) {
      return Fail("there is no scenario '" + name + "'" +
                  DidYouMean(name, rooms.scenarios.Names()));
    }
    settings.scenario = name;
  }
  if (const Json* seed = body.Find("seed")) {
    if (!seed->IsInteger() || seed->AsInteger(-1) < 0) {
      return Fail("'seed' must be a whole number from 0 to 9223372036854775807");
    }
    settings.seed = static_cast<std::uint64_t>(seed->AsInteger());
  }
  if (const Json* clock = body.Find("clock")) {
    const auto setting = ClockSetting::Parse(clock->AsString(clock->Dump()));
    if (!setting) return std::unexpected(setting.error());
    settings.clock = *setting;
  }
  if (const Json* editions = body.Find("editions")) {
    auto read = ReadEditions(*editions, rooms.catalog);
    if (!read) return std::unexpected(read.error());
    settings.editions = std::move(*read);
  }
  if (const Json* seed_state = body.Find("seed_state")) {
    const Json* resources = seed_state->Find("resources");
    if (resources == nullptr) resources = seed_state;
    const auto checked =
        resources->IsNull() ? Result<void>() : CheckResources(*resources, rooms.catalog);
    if (!checked) return Fail("seed_state: " + checked.error().message);
    settings.seed_state = *resources;
  }
  return settings;
}

Result<Keep> ReadKeep(const Json& body) {
  static const std::vector<std::string> kParts = {"store", "journal", "scenario", "clock"};
  Keep keep;
  const Json* parts = body.Find("keep");
  if (parts == nullptr) return keep;
  if (!parts->IsArray()) return Fail("'keep' must be a list of " + OrList(kParts));
  for (const Json& part : *parts->IfArray()) {
    const std::string name(part.AsString(part.Dump()));
    if (std::ranges::find(kParts, name) == kParts.end()) {
      return Fail("'" + name + "' cannot be kept; it is one of " + OrList(kParts) +
                  DidYouMean(name, kParts));
    }
    keep.store = keep.store || name == "store";
    keep.journal = keep.journal || name == "journal";
    keep.scenario = keep.scenario || name == "scenario";
    keep.clock = keep.clock || name == "clock";
  }
  return keep;
}

// What a PUT of the clock asks for. A mode alone means the real time, or to stand still now.
struct NewClock {
  bool real = false;  // the real time, at its own pace
  std::optional<Time> now;
  std::optional<double> rate;  // 0: stands still
};

Result<NewClock> ReadClock(const Json& body) {
  NewClock clock;
  if (const Json* now = body.Find("now")) {
    const auto time = ParseTime(now->AsString(now->Dump()));
    if (!time) return std::unexpected(time.error());
    if (*time < kFirstTime || *time > kLastTime) return Fail("'now' must be from 1970 to 9999");
    clock.now = *time;
  }
  if (const Json* rate = body.Find("rate")) {
    clock.rate = rate->AsNumber(-1);
    if (!(*clock.rate >= kMinRate) || *clock.rate > kMaxRate) {
      return Fail("'rate' must be a number from 0.001 to 1000000");
    }
  }
  const Json* mode = body.Find("mode");
  if (mode == nullptr) return clock;
  if (mode->AsString() == "frozen") {
    if (clock.rate) return Fail("a frozen clock has no 'rate'");
    clock.rate = 0;
  } else if (mode->AsString() == "real") {
    clock.real = !clock.now && !clock.rate;
    if (!clock.rate) clock.rate = 1;
  } else {
    return Fail("'mode' must be real or frozen" + DidYouMean(mode->AsString(), {"real", "frozen"}));
  }
  return clock;
}

Json DescribeClock(SessionClock& clock) {
  const double rate = clock.rate();
  const bool whole = rate == std::floor(rate);
  return Json::MakeObject({{"now", FormatMicros(clock.Now())},
                           {"mode", rate == 0 ? "frozen" : "real"},
                           {"rate", whole ? Json(static_cast<std::int64_t>(rate)) : Json(rate)}});
}

}  // namespace

Result<Response> ListSessions(const ControlCall& call) {
  Json list = Json::MakeArray();
  for (const auto& session : call.rooms.sessions.List()) {
    list.Append(DescribeSession(*session->Enter()));
  }
  return JsonAnswer(200, Json::MakeObject({{"sessions", std::move(list)}}));
}

Result<Response> GetSession(const ControlCall& call) {
  return WithSession(call,
                     [](Session& session) { return JsonAnswer(200, DescribeSession(session)); });
}

Result<Response> PutSession(const ControlCall& call) {
  const auto body =
      ReadObject(call.request, {"scenario", "seed", "clock", "editions", "seed_state"});
  if (!body) return std::unexpected(body.error());
  auto settings = ReadSettings(*body, call.rooms);
  if (!settings) return std::unexpected(settings.error());
  return WithSession(call, [&](Session& session) -> Result<Response> {
    if (settings->seed_state && !settings->seed_state->IsNull()) {
      const Seeds laid = LaidOver(session.server_seeds(), *settings->seed_state);
      const auto checked = CheckReferences(laid, call.rooms.catalog);
      if (!checked) return Fail("seed_state: " + checked.error().message);
    }
    if (settings->scenario) session.SetScenario(*settings->scenario);
    if (settings->clock) session.SetClock(*settings->clock);
    if (settings->seed) session.SetSeed(*settings->seed);
    if (settings->editions) session.SetEditions(std::move(*settings->editions));
    if (settings->seed_state) session.SetSeedState(std::move(*settings->seed_state));
    return JsonAnswer(200, DescribeSession(session));
  });
}

Result<Response> DropSession(const ControlCall& call) {
  if (const auto name = CheckName(call); !name) return std::unexpected(name.error());
  call.rooms.sessions.Drop(call.name);
  return NoContent();
}

Result<Response> ResetSession(const ControlCall& call) {
  const auto body = ReadObject(call.request, {"keep"});
  if (!body) return std::unexpected(body.error());
  const auto keep = ReadKeep(*body);
  if (!keep) return std::unexpected(keep.error());
  return WithSession(call, [&](Session& session) {
    session.Reset(*keep);
    return NoContent();
  });
}

Result<Response> GetClock(const ControlCall& call) {
  return WithSession(
      call, [](Session& session) { return JsonAnswer(200, DescribeClock(session.clock())); });
}

Result<Response> PutClock(const ControlCall& call) {
  const auto body = ReadObject(call.request, {"now", "mode", "rate"});
  if (!body) return std::unexpected(body.error());
  const auto asked = ReadClock(*body);
  if (!asked) return std::unexpected(asked.error());
  return WithSession(call, [&](Session& session) {
    SessionClock& clock = session.clock();
    const Time now = asked->real ? clock.RealNow() : asked->now.value_or(clock.Now());
    clock.Run(now, asked->rate.value_or(clock.rate()));
    return JsonAnswer(200, DescribeClock(clock));
  });
}

Result<Response> AdvanceClock(const ControlCall& call) {
  const auto body = ReadObject(call.request, {"by"});
  if (!body) return std::unexpected(body.error());
  const Json* how_far = body->Find("by");
  if (how_far == nullptr) return Fail("'by' must say how far, as in {\"by\": \"61s\"}");
  const auto by = ParseDuration(how_far->AsString(how_far->Dump()));
  if (!by) return Fail("by: " + by.error().message);
  return WithSession(call, [&](Session& session) -> Result<Response> {
    if (session.Now() > kLastTime - *by) return Fail("by: the year would be past 9999");
    session.clock().Advance(*by);
    const auto warning = session.CatchUp();
    Json clock = DescribeClock(session.clock());
    if (warning) clock.Set("warning", *warning);
    return JsonAnswer(200, clock);
  });
}

Result<Response> GetStore(const ControlCall& call) {
  return WithSession(call, [](Session& session) {
    session.CatchUp();
    return JsonAnswer(200, Json::MakeObject({{"resources", session.world().store().Snapshot()}}));
  });
}

Result<Response> DiffStore(const ControlCall& call) {
  return WithSession(call, [](Session& session) {
    session.CatchUp();
    return JsonAnswer(
        200, DiffSnapshots(session.seeds().store().Snapshot(), session.world().store().Snapshot()));
  });
}

Result<Response> ListDeliveries(const ControlCall& call) {
  return WithSession(call, [](Session& session) {
    session.CatchUp();
    return JsonAnswer(200, Json::MakeObject({{"deliveries", session.world().outbox().ToJson()}}));
  });
}

Result<Response> PutStore(const ControlCall& call) {
  const auto body = ReadObject(call.request, {"resources"});
  if (!body) return std::unexpected(body.error());
  const Json& resources = body->Get("resources");
  if (const auto checked = CheckResources(resources, call.rooms.catalog); !checked) {
    return std::unexpected(checked.error());
  }
  return WithSession(call, [&](Session& session) -> Result<Response> {
    const auto replaced = session.ReplaceStore(resources);
    if (!replaced) return std::unexpected(replaced.error());
    return NoContent();
  });
}

}  // namespace mockduit
