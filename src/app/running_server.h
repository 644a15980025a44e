// RunningServer: a WiredServer behind an open port. Threads of its own serve it from Start to Stop.
// Used by `serve` and `exec`, which decide when it ends.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "app/options.h"
#include "app/wired_server.h"
#include "base/log.h"
#include "base/result.h"
#include "server/http_server.h"

namespace mockduit {

class RunningServer {
 public:
  // Signals that must not end it have to be blocked before. `log` must outlive the server.
  static Result<std::unique_ptr<RunningServer>> Start(const ServeOptions& options, Log& log);
  ~RunningServer();

  const std::string& url() const { return url_; }
  WiredServer& wired() { return *wired_; }

  // Finishes the requests and the deliveries to webhooks that are under way. After it, no thread of
  // the server changes a session any more.
  void Stop();

 private:
  RunningServer(std::unique_ptr<WiredServer> wired, std::unique_ptr<HttpServer> server,
                std::chrono::seconds save_every);

  std::unique_ptr<WiredServer> wired_;
  std::unique_ptr<HttpServer> server_;
  std::string url_;
  std::thread serving_;
  std::jthread tending_;
  std::jthread saving_;
};

}  // namespace mockduit
