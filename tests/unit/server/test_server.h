// TestServer: an HttpServer on a free port, running on its own thread for the length of a test.
// Answers what it was asked, unless the test gives it something better to say.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "server/http_server.h"

namespace mockduit {

// "METHOD path?query|body"
inline Response Echo(const Request& request) {
  return {200, {}, request.method + " " + request.path + "?" + request.query + "|" + request.body};
}

class TestServer : private Handler {
 public:
  using Answer = std::function<Response(Request)>;

  // `log` must outlive the server; nullptr: it keeps silent.
  explicit TestServer(ServerLimits limits = {}, Answer answer = Echo, Log* log = nullptr,
                      std::unique_ptr<TlsAcceptor> tls = nullptr)
      : answer_(std::move(answer)),
        server_(std::move(HttpServer::Listen("127.0.0.1", 0, *this, limits,
                                             log != nullptr ? *log : silent_, std::move(tls))
                              .value())),
        thread_([this] { server_->Run(); }) {}
  ~TestServer() override { Stop(); }

  int port() const { return server_->port(); }
  // Returns when so many connections wait for a request: an answer comes a moment before that.
  void AwaitIdle(std::size_t count) {
    while (server_->CountIdle() != count) std::this_thread::yield();
  }
  void BeginStop() { server_->Stop(); }
  // Returns when Run has returned.
  void Stop() {
    BeginStop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  Response Handle(Request request) override { return answer_(std::move(request)); }
  Response Refuse(Refusal refusal) override {
    return {refusal.status, {}, refusal.request.path + "|" + refusal.reason};
  }

  Answer answer_;
  Log silent_;
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

}  // namespace mockduit
