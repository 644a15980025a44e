// `mockduit health` and `mockduit verify`, which ask a server that runs in the test's own process.
#include <gmock/gmock.h>

#include <memory>
#include <set>

#include "app/running_server.h"
#include "base/mutex.h"
#include "unit/app/run.h"
#include "unit/server/test_server.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class AskingTest : public ::testing::Test {
 protected:
  void Start(const std::string& token = "") {
    ServeOptions options;
    options.port = 0;
    options.admin_token = token;
    server_ = RunningServer::Start(options, log_).value();
  }
  const std::string& url() const { return server_->url(); }

  Log log_;
  std::unique_ptr<RunningServer> server_;
};

// What answers every request with this status and body.
Ran AskAnother(const std::string& command, int status, const std::string& body,
               std::string* url = nullptr) {
  const TestServer other({}, [&](const Request&) { return Response{status, {}, body}; });
  const std::string address = "http://127.0.0.1:" + std::to_string(other.port());
  if (url != nullptr) *url = address;
  return RunWith({command, "--url", address});
}

TEST_F(AskingTest, HealthSaysThatAServerIsWell) {
  Start("t0ken");
  const Ran ran = RunWith({"health", "--url", url()});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "ok\n");
  for (const char* end : {"/", "//", "/__admin", "/__admin/"}) {
    EXPECT_EQ(RunWith({"health", "--url", url() + end}).code, 0) << end;
  }
}

TEST_F(AskingTest, SaysWhereNobodyListens) {
  Start();
  const std::string gone = url();
  server_->Stop();
  server_.reset();
  for (const char* command : {"health", "verify"}) {
    const Ran ran = RunWith({command, "--url", gone});
    EXPECT_EQ(ran.code, 1) << command;
    EXPECT_EQ(ran.err, "mockduit: no answer from " + gone +
                           ": it cannot be connected to: Connection refused\n");
  }
}

TEST_F(AskingTest, SaysThatAnotherServerAnswers) {
  std::string url;
  for (const char* command : {"health", "verify"}) {
    for (const auto& [status, body] : {std::pair(200, "hello"), {200, "{}"}, {404, "<html>"}}) {
      const Ran ran = AskAnother(command, status, body, &url);
      EXPECT_EQ(ran.code, 1);
      EXPECT_EQ(ran.err, "mockduit: " + url + " answers " + std::to_string(status) +
                             ", but not as mockduit\n")
          << command << " " << body;
    }
  }
}

TEST_F(AskingTest, HealthFailsWhereTheServerIsNotWell) {
  const Ran ran = AskAnother("health", 200, R"({"status":"ill"})");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "ill\n");
}

TEST_F(AskingTest, VerifyJudgesTheClientsOfAServer) {
  Start();
  const Ran ran = RunWith({"verify", "--url", url()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out, "");
}

TEST_F(AskingTest, VerifyBearsTheToken) {
  Start("t0ken");
  EXPECT_EQ(RunWith({"verify", "--url", url(), "--admin-token", "t0ken"}).code, 0);
  const Ran ran = RunWith({"verify", "--url", url()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err, "mockduit: " + url() +
                         "/__admin/verdicts answers 401: send the "
                         "--admin-token as 'Authorization: Bearer TOKEN'\n");
}

TEST_F(AskingTest, VerifyHoldsOneSessionOrAllAgainstGates) {
  Start();
  server_->wired().Handle({"PUT", "/__admin/sessions/one", "", {{"Host", "localhost"}}, "{}"});
  for (const std::vector<std::string>& of : {std::vector<std::string>{}, {"--session", "one"}}) {
    std::vector<std::string> arguments{"verify", "--url", url(), "--require", "recovers"};
    arguments.insert(arguments.end(), of.begin(), of.end());
    const Ran ran = RunWith(arguments);
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, HasSubstr("recovers is required, and nothing exercised it"));
  }
}

TEST_F(AskingTest, VerifyPassesTheParametersOfChecksOn) {
  Start();
  const Ran ran = RunWith({"verify", "--url", url(), "--set", "retries-bounded.max_attempts=9",
                           "--junit", "/no/such/folder/v.xml"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, StartsWith("mockduit: --junit: cannot write /no/such/folder/v.xml"));
}

TEST_F(AskingTest, VerifyAsksOfTheSessionWithEveryParameter) {
  Mutex mutex;
  std::set<std::string> asked;
  const TestServer other({}, [&](const Request& request) {
    const MutexLock lock(mutex);
    asked.insert(request.path + "?" + request.query);
    const bool coverage = request.path.ends_with("/coverage");
    return Response{200, {}, coverage ? R"({"called":{}})" : R"({"total":1,"verdicts":[]})"};
  });
  const Ran ran =
      RunWith({"verify", "--url", "http://127.0.0.1:" + std::to_string(other.port()), "--session",
               "one", "--set", "retries-bounded.max_attempts=9", "--set", "recovers.patience=1m"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const std::string of = "/__admin/sessions/one/";
  const std::string set = "retries-bounded.max_attempts=9&recovers.patience=1m";
  EXPECT_THAT(asked,
              UnorderedElementsAre(of + "verdicts?" + set, of + "coverage?only_called=true&" + set,
                                   of + "report?format=text&" + set));
}

TEST_F(AskingTest, VerifyWritesReports) {
  Start();
  const Folder folder;
  const Ran ran = RunWith({"verify", "--url", url(), "--junit", folder.path() + "/v.xml",
                           "--report", folder.path() + "/r.html"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(folder.Text("v.xml"), HasSubstr("<testsuites"));
  EXPECT_THAT(folder.Text("r.html"), HasSubstr("<html"));
}

}  // namespace
}  // namespace mockduit
