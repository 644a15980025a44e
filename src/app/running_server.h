// RunningServer: a house with its door open, served on threads of its own from its start to its
// end.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "app/house.h"
#include "app/options.h"
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
  House& house() { return *house_; }

  // Finishes the requests under way. After it, nothing changes in the house any more.
  void Stop();

 private:
  RunningServer(std::unique_ptr<House> house, std::unique_ptr<HttpServer> server);

  std::unique_ptr<House> house_;
  std::unique_ptr<HttpServer> server_;
  std::string url_;
  std::thread serving_;
  std::jthread tending_;
};

}  // namespace mockduit
