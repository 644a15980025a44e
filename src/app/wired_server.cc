#include "app/wired_server.h"

#include <algorithm>

#include "adopt/adopt.h"
#include "app/machine_memory.h"
#include "app/tls.h"
#include "base/file.h"
#include "base/text.h"
#include "engine/forward.h"
#include "http/headers.h"
#include "http/problem.h"
#include "http/uri.h"
#include "vendors/behaviours.h"

namespace mockduit {
namespace {

// `authorities` is a file, or "".
Result<HttpClient> MakeClient(const std::string& authorities, const Files& files) {
  if (authorities.empty()) return HttpClient::Make();
  const auto file = ReadFile(authorities, files);
  if (!file) return std::unexpected(file.error());
  auto client = HttpClient::Make(file->text + "\n");  // also of an empty file
  if (!client) return Fail(authorities + ": " + client.error().message);
  return client;
}

Response RefuseForeign(const Catalog& catalog, std::string_view host, Log& log) {
  // Each host has its line, however many others are asked for.
  log.Often(
      LogLevel::kWarning, "no network to " + std::string(host),
      "a client wants '" + std::string(host) + "', which is no vendor's host: refused with 502", 1);
  return RefuseToForward(catalog, host);
}

bool IsClosed(const ServeOptions& options) {
  return !IsLoopback(options.host) && options.admin_token.empty() && !options.admin_open;
}

// Written once a second by each thread: every answer has it.
const std::string& HttpDateOf(Time now) {
  thread_local std::chrono::sys_seconds written{};
  thread_local std::string date;
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (date.empty() || second != written) {
    written = second;
    date = FormatHttpDate(now);
  }
  return date;
}

}  // namespace

WiredServer::WiredServer(const ServeOptions& options, HttpClient client, Log& log,
                         const Files& files)
    : options_(options),
      log_(log),
      files_(files),
      caller_(options.webhook_allow, std::move(client)) {
  if (WantsRequestLines(options)) lines_.emplace(log, RequestLineStyle(options));
  if (!options.watch) return;
  saved_scenarios_.emplace(options.library.scenarios, files);
  std::vector<std::string> contracts = PathsOf(options.library.contracts, files);
  if (!options.library.fixtures.empty()) contracts.push_back(options.library.fixtures);
  if (!contracts.empty()) fixtures_.emplace(std::move(contracts), files);
}

Result<std::unique_ptr<WiredServer>> WiredServer::Build(const ServeOptions& options, Log& log,
                                                        const Files& files) {
  auto client = MakeClient(options.webhook_ca, files);
  if (!client) return Fail("--webhook-ca: " + client.error().message);
  auto tls = MakeTls(options, files);
  if (!tls) return std::unexpected(tls.error());
  // From now on it watches.
  std::unique_ptr<WiredServer> wired(new WiredServer(options, std::move(*client), log, files));
  if (*tls) wired->authority_ = (*tls)->AuthorityText();
  wired->tls_ = std::move(*tls);
  std::vector<std::string> notes;
  auto catalog = LoadCatalog(options.library, {}, files, &notes);
  if (!catalog) return FailWith(catalog.error());
  for (const std::string& note : notes) log.Info(note);
  const auto loaded = LoadScenarios(options.library, *catalog, wired->scenarios_, files);
  if (!loaded) return std::unexpected(loaded.error());
  const bool found = wired->scenarios_.Find(options.scenario) != nullptr;
  if (!loaded->problems.empty() && (options.library.strict || !found)) {
    return FailWith(loaded->problems);
  }
  for (const Problem& problem : loaded->problems) log.Warning(problem.Shown());
  for (const Problem& problem : FindLookAlikes(options.library, files)) log.Warning(problem.Text());
  if (!found) return NoScenario(options.scenario, "--scenario", *loaded, wired->scenarios_);
  if (const auto made = wired->MakeSessions(*catalog); !made) return std::unexpected(made.error());
  auto contracts = wired->MakeContracts(std::move(*catalog));
  if (!contracts) return std::unexpected(contracts.error());
  {
    const MutexLock lock(wired->mutex_);
    wired->contracts_ = std::move(*contracts);
  }
  if (IsClosed(options)) {
    log.Warning("the server listens on " + options.host +
                ", beyond this machine, so the control API is closed: --admin-token TOKEN opens it "
                "to whoever bears the token, --admin-open to all");
  } else if (!IsLoopback(options.host) && options.admin_token.empty()) {
    log.Warning("the server listens on " + options.host +
                ", beyond this machine, and by --admin-open whoever reaches it may steer it");
  }
  wired->courier_.emplace(*wired->sessions_, wired->caller_, log);
  return wired;
}

Result<void> WiredServer::MakeSessions(const Catalog& catalog) {
  SessionSettings settings{options_.scenario, options_.seed, {}, {}};
  auto editions = ReadEditions(options_.editions, catalog);
  if (!editions) return std::unexpected(editions.error());
  settings.editions = std::move(*editions);
  const auto clock = ClockSetting::Parse(options_.clock);
  if (!clock) return Fail("--clock: " + clock.error().message);
  settings.clock = *clock;
  const auto idle = ParseDuration(options_.session_ttl);
  if (!idle) return Fail("--session-ttl: " + idle.error().message);
  auto seeds = ReadSeeds(catalog, options_.seed_state, files_);
  if (!seeds) return std::unexpected(seeds.error());
  const std::size_t memory = options_.max_memory.value_or(DefaultMaxMemory(MachineMemory()));
  // So that a session alone has room beside others.
  const std::size_t of_one = std::max<std::size_t>(memory / 4, 1);
  const SessionLimits limits{
      .journal = {.exchanges = options_.journal_size,
                  .bytes = std::min(options_.journal_bytes, of_one)},
      .resources = options_.max_resources,
      .sessions = options_.max_sessions,
      .idle = *idle,
      .store_bytes = std::min(options_.max_store, of_one),
      .memory = memory,
  };
  sessions_ =
      std::make_unique<Sessions>(std::move(settings), limits, clock_, std::move(*seeds), log_);
  scenarios_.SetAccount(sessions_->account());
  if (options_.state.empty()) return {};
  auto state = StateFile::Open(options_.state, options_.ignore_state, log_, files_);
  if (!state) return std::unexpected(state.error());
  state_ = std::move(*state);
  const auto lost = state_->Restore(*sessions_, scenarios_, catalog);
  if (!lost) return std::unexpected(lost.error());
  for (const std::string& what : *lost) log_.Warning("--state: not taken up: " + what);
  return {};
}

Result<std::shared_ptr<const WiredServer::Contracts>> WiredServer::MakeContracts(Catalog catalog) {
  auto contracts = std::make_shared<Contracts>();
  auto names = ReadOwnNames(options_, catalog);
  if (!names) return std::unexpected(names.error());
  contracts->names = std::move(*names);
  contracts->catalog = std::move(catalog);
  contracts->emulator = std::make_unique<Emulator>(
      EmulatorRooms{contracts->catalog, scenarios_, *sessions_, caller_, metrics_,
                    lines_ ? &*lines_ : nullptr},
      VendorBehaviours(caller_),
      EmulatorSettings{contracts->names, options_.max_answer, options_.max_body});
  ControlRooms rooms{contracts->catalog, scenarios_,    *sessions_, metrics_,
                     kVersion,           OpenApiText(), {},         authority_};
  if (state_) rooms.save_state = [this] { return SaveState(); };
  const GuardSettings guard{options_.admin_token, IsClosed(options_), contracts->names};
  contracts->control = std::make_unique<ControlApi>(std::move(rooms), guard);
  contracts->page = std::make_unique<LivePage>(PageText(), kVersion, guard);
  return contracts;
}

std::shared_ptr<const WiredServer::Contracts> WiredServer::Current() const {
  const MutexLock lock(mutex_);
  return contracts_;
}

std::shared_ptr<const Catalog> WiredServer::catalog() const {
  const auto contracts = Current();
  return {contracts, &contracts->catalog};
}

Response WiredServer::Handle(Request request) { return Dated(Lead(std::move(request))); }

Response WiredServer::Lead(Request request) {
  const auto contracts = Current();
  const Time came = lines_ ? clock_.Now() : Time();
  if (IsForOthers(*contracts, request)) {
    const std::string host(request.headers.Get("Host"));
    return Told(request, RefuseForeign(contracts->catalog, host, log_), came);
  }
  if (request.method == "CONNECT") return OpenTunnel(*contracts, std::move(request));
  if (auto page = contracts->page->Handle(request, {contracts->catalog, scenarios_, *sessions_})) {
    return Told(request, std::move(*page), came);
  }
  if (ControlApi::Owns(request.path)) {
    return Told(request, contracts->control->Handle(request), came);
  }
  return contracts->emulator->Handle(std::move(request));
}

// Whether it was meant for a host that is not here: of a tunnel, all but the vendors' and those
// that the user allows.
bool WiredServer::IsForOthers(const Contracts& contracts, const Request& request) const {
  const std::string_view authority = request.headers.Get("Host");
  if (request.method != "CONNECT") {
    return (request.for_proxy || options_.intercept) &&
           !EndsHere(contracts.names, contracts.catalog, authority, options_.intercept);
  }
  const std::string host(ParseAuthority(authority).value_or(Authority{}).host);
  const auto is_host = [&](const std::string& each) { return EqualsIgnoringCase(each, host); };
  return options_.speaks_tls() && contracts.catalog.FindVendorOfHost(host) == nullptr &&
         std::ranges::none_of(options_.allow_host, is_host);
}

Response WiredServer::OpenTunnel(const Contracts& contracts, Request request) const {
  if (options_.speaks_tls() && !request.secure) return {};
  const char* why = request.secure ? "no tunnel begins within TLS; write the proxy's URL as http://"
                                   : "CONNECT is for proxies; start the server with --tls, and it "
                                     "answers for the vendors' hosts";
  return contracts.emulator->Refuse({501, why, std::move(request)});
}

Response WiredServer::Told(const Request& request, Response response, Time came) {
  if (lines_) lines_->TellOutside(request, response, came, clock_.Now());
  return response;
}

bool WiredServer::HoldBody(std::size_t bytes, MemoryShare& held) {
  return sessions_->HoldBody(bytes, held);
}

Response WiredServer::Refuse(Refusal refusal) {
  return Dated(Current()->emulator->Refuse(std::move(refusal)));
}

// A session whose time stands still has dated its answers itself.
Response WiredServer::Dated(Response response) const {
  if (!response.headers.Find("Date")) {
    response.headers.Add("Date", HttpDateOf(clock_.Now()));
  }
  return response;
}

void WiredServer::Tend() {
  sessions_->DropIdle();
  sessions_->CatchUp();
  sessions_->MakeRoom("");
  TellEvictions();
  log_.Tend();
  const bool fixtures = fixtures_ && fixtures_->Changed();
  const bool scenarios = saved_scenarios_ && saved_scenarios_->Changed();
  const bool reloaded = fixtures && ReloadContracts();
  if (fixtures || scenarios) ReloadScenarios();
  if (reloaded) TellOutdatedScenarios();
}

void WiredServer::TellEvictions() {
  const std::uint64_t too_long = metrics_.too_long();
  if (too_long > logged_too_long_) {
    log_.Often(LogLevel::kWarning, "answers",
               "an answer was longer than " + std::to_string(options_.max_answer) +
                   " bytes (--max-answer) and became a 507",
               too_long - logged_too_long_);
    logged_too_long_ = too_long;
  }
  const std::uint64_t evicted = sessions_->CountEvictions().resources;
  if (evicted <= logged_evictions_) return;
  log_.Often(LogLevel::kWarning, "resources",
             "a store had no room, and its oldest resource was dropped; --max-resources says how "
             "many of a kind a store holds, --max-store how many bytes",
             evicted - logged_evictions_);
  logged_evictions_ = evicted;
}

// Logs what is broken and keeps what was there before.
bool WiredServer::ReloadContracts() {
  const auto stay = [&](const std::string& why) {
    log_.Warning(why + "\nthe contracts stay as they were");
    return false;
  };
  auto catalog = LoadCatalog(options_.library, {}, files_);
  if (!catalog) return stay(Lines(catalog.error()));
  auto seeds = ReadSeeds(*catalog, options_.seed_state, files_);
  if (!seeds) return stay(seeds.error().message);
  auto contracts = MakeContracts(std::move(*catalog));
  if (!contracts) return stay(contracts.error().message);
  sessions_->SetSeeds(*seeds);
  {
    const MutexLock lock(mutex_);
    contracts_ = std::move(*contracts);
  }
  std::vector<std::string> from = options_.library.contracts;
  if (!options_.library.fixtures.empty()) from.push_back(options_.library.fixtures);
  log_.Info("took up the contracts in " + Join(from));
  return true;
}

void WiredServer::ReloadScenarios() {
  const auto loaded = LoadScenarios(options_.library, Current()->catalog, scenarios_, files_);
  if (!loaded) return log_.Warning(loaded.error().message);
  for (const Problem& problem : loaded->problems) log_.Warning(problem.Shown());
  if (!loaded->changed.empty()) log_.Info("took up the scenarios " + Join(loaded->changed));
}

// A scenario may play what the contracts documented before and no longer do.
void WiredServer::TellOutdatedScenarios() {
  const auto outdated = scenarios_.FindOutdated(Current()->catalog);
  if (outdated.names.empty()) return;
  const bool is_one = outdated.names.size() == 1;
  log_.Warning(Lines(outdated.problems) + "\nthe scenario" + (is_one ? " " : "s ") +
               Join(outdated.names) + (is_one ? " does not" : " do not") +
               " fit the contracts any more; " +
               (is_one ? "it stays as it was" : "they stay as they were"));
}

void WiredServer::SaveChangedState() {
  if (state_) state_->SaveIfChanged(*sessions_);
}

Result<void> WiredServer::SaveState() {
  if (!state_) return {};
  return state_->Save(*sessions_);
}

}  // namespace mockduit
