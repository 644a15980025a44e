// Saves a session as JSON for the state file, and restores it from there.
#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "session/session.h"

namespace mockduit {
namespace {

// A state file that has more than these is damaged.
constexpr std::int64_t kMaxDraws = 10'000'000'000;
constexpr Duration kMaxAhead = std::chrono::hours(24 * 366 * 10'000L);

bool IsCount(const Json& json) { return json.IsInteger() && json.AsInteger(-1) >= 0; }

Json EditionsToJson(const SessionSettings& settings) {
  Json editions = Json::MakeObject();
  for (const auto& [vendor, edition] : settings.editions) editions.Set(vendor, edition);
  return editions;
}

Json IdsToJson(const Ids::State& state) {
  return Json::MakeObject({{"seed", state.seed},
                           {"draws", state.draws},
                           {"uuid7_millis", state.millis},
                           {"uuid7_high", state.high},
                           // A text, since many JSON readers do not keep all of its 62 bits.
                           {"uuid7_low", std::to_string(state.low)}});
}

Result<Ids> IdsFromJson(const Json& json) {
  const std::int64_t draws = json.Get("draws").AsInteger(-1);
  if (draws < 0 || draws > kMaxDraws) return Fail("ids/draws: it is no count of draws");
  for (const char* key : {"seed", "uuid7_millis", "uuid7_high"}) {
    if (!IsCount(json.Get(key))) return Fail("ids/" + std::string(key) + ": it is no number");
  }
  const auto number = [&](std::string_view key) {
    return static_cast<std::uint64_t>(json.Get(key).AsInteger());
  };
  const std::string_view low = json.Get("uuid7_low").AsString();
  return Ids(Ids::State{number("seed"), static_cast<std::uint64_t>(draws), number("uuid7_millis"),
                        number("uuid7_high"), ParseNumber<std::uint64_t>(low).value_or(0)});
}

// Numbers in place of marks, from 1 in the order of their first exchanges: equal for equal marks,
// and good for nothing else.
class Ordinals {
 public:
  Json Of(const Marks& marks) {
    return Json::MakeObject({{"credential", NumberOf(marks.credential, credentials_)},
                             {"body", NumberOf(marks.body, bodies_)},
                             {"cookie", NumberOf(marks.cookie, cookies_)}});
  }

 private:
  using Known = std::unordered_map<std::uint64_t, std::size_t>;

  static std::size_t NumberOf(std::uint64_t mark, Known& known) {
    return mark == 0 ? 0 : known.try_emplace(mark, known.size() + 1).first->second;
  }

  Known credentials_;
  Known bodies_;
  Known cookies_;
};

// Files of earlier programs have none, or none of cookies.
Result<Marks> MarksFromJson(const Json& json) {
  if (json.IsNull()) return Marks{};
  for (const char* key : {"credential", "body", "cookie"}) {
    const bool may_lack = std::string_view(key) == "cookie" && json.Get(key).IsNull();
    if (!may_lack && !IsCount(json.Get(key))) {
      return Fail(std::string(key) + ": it is no number");
    }
  }
  const auto number = [&](std::string_view key) {
    return static_cast<std::uint64_t>(json.Get(key).AsInteger());
  };
  return Marks{.credential = number("credential"),
               .body = number("body"),
               .cookie = json.Get("cookie").IsNull() ? 0 : number("cookie")};
}

}  // namespace

// A clock that runs at the real pace goes on while the server is stopped, however far it was moved.
// Any other clock stands still until the server runs again.
Json Session::SaveClock() const {
  const double rate = clock_.rate();
  Json clock =
      Json::MakeObject({{"setting", settings_.clock.Text()},
                        {"rate", rate},
                        {"moved_micros", static_cast<std::int64_t>(clock_.moved().count())}});
  if (rate == 1) {
    clock.Set("ahead_micros", static_cast<std::int64_t>((Now() - clock_.RealNow()).count()));
  } else {
    clock.Set("now", FormatMicros(Now()));
  }
  return clock;
}

Result<void> Session::RestoreClock(const Json& saved) {
  const auto setting = ClockSetting::Parse(saved.Get("setting").AsString());
  if (!setting) return Fail("clock/setting: " + setting.error().message);
  const double rate = saved.Get("rate").AsNumber(-1);
  if (rate != 0 && !(rate >= kMinRate && rate <= kMaxRate))
    return Fail("clock/rate: it is no rate");
  SetClock(*setting);
  const std::int64_t moved = saved.Get("moved_micros").AsInteger();
  if (rate == 1) {
    const Duration ahead(saved.Get("ahead_micros").AsInteger());
    if (ahead > kMaxAhead || ahead < -kMaxAhead) {
      return Fail("clock/ahead_micros: it is more than 10,000 years");
    }
    clock_.Run(clock_.RealNow() + ahead, 1);
    clock_.SetMoved(Duration(moved));
    return {};
  }
  const auto now = ParseTime(saved.Get("now").AsString());
  if (!now) return Fail("clock/now: " + now.error().message);
  clock_.Run(*now, rate);
  clock_.SetMoved(Duration(moved));
  return {};
}

Session::Captured Session::Capture() const {
  Json scripts = Json::MakeArray();
  for (const auto& [name, script] : scripts_) scripts.Append(script->Save());
  Json kept = Json::MakeObject({
      {"name", name_},
      {"scenario", settings_.scenario},
      {"seed", settings_.seed ? Json(*settings_.seed) : Json()},
      {"editions", EditionsToJson(settings_)},
      {"clock", SaveClock()},
      {"ids", IdsToJson(world_.ids().state())},
      {"seed_state", own_seed_},
      {"store", world_.store().Snapshot()},
      {"processes", world_.calendar().Save()},
      {"turns", world_.SaveTurns()},
      {"scripts", std::move(scripts)},
  });
  return {std::move(kept), journal_};
}

Json Session::Captured::ToJson() && {
  Json::Array exchanges;
  Ordinals ordinals;
  journal.Visit(0, [&](const Exchange& exchange) {
    exchanges.push_back(exchange.ToJson());
    exchanges.back().Set("marks", ordinals.Of(exchange.marks));
    return true;
  });
  but_the_journal.Set("journal", Json::MakeObject({{"total", journal.total()},
                                                   {"last_id", journal.last_id()},
                                                   {"requests", std::move(exchanges)}}));
  return std::move(but_the_journal);
}

Result<void> Session::RestoreJournal(const Json& saved) {
  const Json::Array* list = saved.Get("requests").IfArray();
  if (list == nullptr) return Fail("journal/requests: it must be a list");
  for (const char* key : {"total", "last_id"}) {
    if (!IsCount(saved.Get(key))) return Fail("journal/" + std::string(key) + ": it is no count");
  }
  std::vector<Exchange> exchanges;
  for (const Json& json : *list) {
    auto exchange = Exchange::FromJson(json);
    const std::string place = "journal/requests/" + std::to_string(exchanges.size());
    if (!exchange) return Fail(place + "/" + exchange.error().message);
    const auto marks = MarksFromJson(json.Get("marks"));
    if (!marks) return Fail(place + "/marks/" + marks.error().message);
    exchange->marks = *marks;
    if (exchange->id <= (exchanges.empty() ? 0 : exchanges.back().id)) {
      return Fail(place + "/id: ids must rise");
    }
    exchanges.push_back(std::move(*exchange));
  }
  journal_.Restore(exchanges, static_cast<std::uint64_t>(saved.Get("total").AsInteger()),
                   static_cast<std::uint64_t>(saved.Get("last_id").AsInteger()));
  return {};
}

Result<void> Session::RestoreSettings(const Json& saved, const ScenarioLibrary& scenarios,
                                      const Catalog& catalog, std::vector<std::string>& lost) {
  const std::string scenario(saved.Get("scenario").AsString());
  if (!IsName(scenario)) return Fail("scenario: it is no name");
  if (scenarios.Find(scenario) != nullptr) {
    settings_.scenario = scenario;
  } else {
    lost.push_back("session " + name_ + ": its scenario '" + scenario + "'");
  }
  const Json& seed = saved.Get("seed");
  settings_.seed.reset();
  if (!seed.IsNull()) {
    if (!IsCount(seed)) return Fail("seed: it is no seed");
    settings_.seed = static_cast<std::uint64_t>(seed.AsInteger());
  }
  const Json::Object* editions = saved.Get("editions").IfObject();
  if (editions == nullptr) return Fail("editions: it must be an object");
  settings_.editions.clear();
  for (const auto& [name, edition] : *editions) {
    const Vendor* vendor = catalog.FindVendor(name);
    if (vendor != nullptr && vendor->FindEdition(edition.AsString()) != nullptr) {
      settings_.editions[name] = edition.AsString();
    } else {
      lost.push_back("session " + name_ + ": the edition of " + name);
    }
  }
  return {};
}

Result<void> Session::Restore(const Json& saved, const ScenarioLibrary& scenarios,
                              const Catalog& catalog, std::vector<std::string>& lost) {
  if (auto settings = RestoreSettings(saved, scenarios, catalog, lost); !settings) return settings;
  if (auto clock = RestoreClock(saved.Get("clock")); !clock) return clock;
  const auto ids = IdsFromJson(saved.Get("ids"));
  if (!ids) return std::unexpected(ids.error());
  seed_ = ids->state().seed;
  SetOwnSeed(saved.Get("seed_state"));
  if (!own_seed_.IsNull()) {
    if (const auto seed = CheckSnapshot(own_seed_); !seed) {
      return Fail("seed_state: " + seed.error().message);
    }
  }
  std::vector<std::string> lost_here;
  if (auto world = world_.Restore(*ids, saved.Get("store"), saved.Get("processes"), catalog,
                                  scenarios, lost_here);
      !world) {
    return world;
  }
  if (auto turns = world_.RestoreTurns(saved.Get("turns")); !turns) return turns;
  for (const std::string& what : lost_here) lost.push_back("session " + name_ + ": " + what);
  const Json::Array* scripts = saved.Get("scripts").IfArray();
  if (scripts == nullptr) return Fail("scripts: it must be a list");
  for (const Json& script : *scripts) {
    const std::string scenario(script.Get("scenario").AsString());
    const auto found = scenarios.Find(scenario);
    if (found != nullptr && ScriptOf(found).Restore(script)) continue;
    scripts_.erase(scenario);
    lost.push_back("session " + name_ + ": its progress in the scenario '" + scenario + "'");
  }
  return RestoreJournal(saved.Get("journal"));
}

}  // namespace mockduit
