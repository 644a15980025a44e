// WiredServer: every room of the emulator, built from the options and wired together: what answers
// each request, whatever opens the port. RunningServer serves it; it never opens a socket to
// listen.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "admin/control_api.h"
#include "admin/live_page.h"
#include "app/courier.h"
#include "app/guarded_caller.h"
#include "app/load.h"
#include "app/options.h"
#include "app/request_lines.h"
#include "app/state_file.h"
#include "app/watcher.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mutex.h"
#include "contract/catalog.h"
#include "engine/emulator.h"
#include "http/message.h"
#include "scenario/scenario_library.h"
#include "server/tls/tls_acceptor.h"
#include "session/sessions.h"
#include "vendors/play_extensions.h"

namespace mockduit {

inline constexpr const char* kVersion = MOCKDUIT_VERSION;

class WiredServer : public Handler {
 public:
  // The error is what a user must change, in one line or several. `log` and `files` must outlive
  // the server.
  static Result<std::unique_ptr<WiredServer>> Build(const ServeOptions& options, Log& log,
                                                    const Files& files = DiskFiles());

  // The page at "/", the control API, or the emulator.
  Response Handle(Request request) override;
  Response Refuse(Refusal refusal) override;
  bool HoldBody(std::size_t bytes, MemoryShare& held) override;

  // To be called several times a second, by one thread: takes up files that were saved, where the
  // options ask for it, and drops sessions that nobody uses.
  void Tend();
  // The contracts that answer now, kept as long as somebody holds them.
  std::shared_ptr<const Catalog> catalog() const;
  const Sessions& sessions() const { return *sessions_; }
  const ScenarioLibrary& scenarios() const { return scenarios_; }
  // For the door, once; nullptr where no TLS is spoken.
  std::unique_ptr<TlsAcceptor> TakeTls() { return std::move(tls_); }
  // The certificate by which clients trust this server, in PEM form; "" where there is none.
  const std::string& authority() const { return authority_; }
  // Returns when the deliveries to webhooks that are under way have ended; none begins after it.
  void StopDeliveries() { courier_.reset(); }
  // Ends the calls of other servers, also those that requests wait for.
  void StopCalls() { caller_.Stop(); }
  // Saves the sessions, where the options name a file.
  Result<void> SaveState();
  // The same where something has changed since; a failure is logged.
  void SaveChangedState();

 private:
  Response Lead(Request request);
  Response Dated(Response response) const;
  // The contracts and what answers by them: replaced as a whole when a fixture is saved. A request
  // under way ends with the one it began with.
  struct Contracts {
    Catalog catalog;
    OwnNames names;
    std::unique_ptr<Emulator> emulator;
    std::unique_ptr<ControlApi> control;
    std::unique_ptr<LivePage> page;
  };

  WiredServer(const ServeOptions& options, HttpClient client, Log& log, const Files& files);

  bool IsForOthers(const Contracts& contracts, const Request& request) const;
  Response OpenTunnel(const Contracts& contracts, Request request) const;
  Result<void> MakeSessions(const Catalog& catalog);
  Result<std::shared_ptr<const Contracts>> MakeContracts(Catalog catalog);
  std::shared_ptr<const Contracts> Current() const;
  bool ReloadContracts();  // false: the old ones stay
  void ReloadScenarios();
  void TellOutdatedScenarios();
  // Gives the response back, and tells of it where there is a line for each request.
  Response Told(const Request& request, Response response, Time came);
  void TellEvictions();

  const ServeOptions options_;
  Log& log_;
  const Files& files_;
  SystemClock clock_;
  Metrics metrics_{clock_};
  std::optional<RequestLines> lines_;  // nothing: there are none
  ScenarioLibrary scenarios_{VendorPlayExtensions()};
  GuardedCaller caller_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<TlsAcceptor> tls_;
  std::string authority_;
  std::unique_ptr<StateFile> state_;
  std::optional<Watcher> saved_scenarios_;
  std::optional<Watcher> fixtures_;
  std::uint64_t logged_evictions_ = 0;
  std::uint64_t logged_too_long_ = 0;
  mutable Mutex mutex_;
  std::shared_ptr<const Contracts> contracts_ GUARDED_BY(mutex_);
  std::optional<Courier> courier_;  // the last one to come and the first to go
};

}  // namespace mockduit
