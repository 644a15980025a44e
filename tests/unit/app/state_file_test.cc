// The state file in a file system in memory, where every call can fail.
#include "app/state_file.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "app/wired_server.h"
#include "unit/base/memory_files.h"
#include "unit/kept_log.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class StateFileTest : public ::testing::Test {
 protected:
  StateFileTest() { files_.AddFolder("/"); }

  Result<std::unique_ptr<WiredServer>> Start(bool ignore = false) {
    ServeOptions options;
    options.state = "/state.json";
    options.ignore_state = ignore;
    options.clock = "2026-01-15T10:00:00Z";
    return WiredServer::Build(options, log_, files_);
  }
  std::string WhyNot() {
    const auto server = Start();
    return server ? "it started" : server.error().message;
  }
  static void PutSession(WiredServer& server, const std::string& name) {
    const Response answer = server.Handle({"PUT",
                                           "/__admin/sessions/" + name,
                                           "",
                                           {{"Host", "localhost"}},
                                           R"({"scenario":"success"})"});
    EXPECT_EQ(answer.status, 200) << answer.body;
  }

  MemoryFiles files_;
  KeptLog log_;
};

TEST_F(StateFileTest, OnAFullDiskLeavesTheOldFileAndNoOther) {
  const auto server = Start().value();
  ASSERT_TRUE(server->SaveState());
  const auto before = files_.Text("/state.json");
  PutSession(*server, "late");
  files_.FailAt("WriteForGood", "/state.json.new", std::errc::no_space_on_device);
  const auto saved = server->SaveState();
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().message, "cannot write /state.json: No space left on device");
  EXPECT_EQ(files_.Text("/state.json"), before);
  EXPECT_THAT(files_.Paths(), UnorderedElementsAre("/", "/state.json", "/state.json.lock"));
  files_.FailNoMore();
  EXPECT_TRUE(server->SaveState());
  EXPECT_THAT(*files_.Text("/state.json"), HasSubstr("late"));
}

TEST_F(StateFileTest, ThatCannotBeRenamedOverIsWrittenInItsPlace) {
  files_.AddFile("/state.json", R"({"mockduit_state":1,"sessions":[]})");
  const auto server = Start().value();
  PutSession(*server, "one");
  files_.FailAt("Rename", "/state.json.new", std::errc::device_or_resource_busy);
  ASSERT_TRUE(server->SaveState());
  EXPECT_THAT(*files_.Text("/state.json"), HasSubstr("one"));
  EXPECT_FALSE(files_.Text("/state.json.new"));
  const std::vector<std::string> logged = log_.lines;
  EXPECT_THAT(logged, ElementsAre(StartsWith("state: /state.json cannot be replaced by a new file "
                                             "(Device or resource busy), so it is written in its "
                                             "place")));
  PutSession(*server, "two");
  ASSERT_TRUE(server->SaveState());
  EXPECT_THAT(*files_.Text("/state.json"), HasSubstr("two"));
  EXPECT_EQ(log_.lines, logged) << "it is said once";
}

TEST_F(StateFileTest, InAFolderWhereNothingMayBeMadeIsWrittenInItsPlace) {
  files_.AddFile("/state.json", R"({"mockduit_state":1,"sessions":[]})");
  files_.FailAt("MakeLock", "/state.json.lock", std::errc::read_only_file_system);
  files_.FailAt("WriteForGood", "/state.json.new", std::errc::read_only_file_system);
  const auto server = Start().value();
  PutSession(*server, "one");
  ASSERT_TRUE(server->SaveState());
  EXPECT_THAT(*files_.Text("/state.json"), HasSubstr("one"));
}

TEST_F(StateFileTest, ThatCanNeitherBeMadeNorWrittenEndsTheStart) {
  files_.FailAt("MakeLock", "/state.json.lock", std::errc::permission_denied);
  EXPECT_EQ(WhyNot(), "--state: cannot write /state.json: Permission denied");
  files_.FailNoMore();
  files_.AddFolder("/state.json");
  EXPECT_EQ(WhyNot(), "--state: cannot write /state.json: Is a directory");
}

TEST_F(StateFileTest, InThePlaceOfADeviceEndsTheStart) {
  files_.AddDevice("/state.json");
  EXPECT_EQ(WhyNot(), "--state: /state.json is no file but a device, a pipe or a socket");
  EXPECT_THAT(files_.Paths(), ElementsAre("/", "/state.json"));
}

TEST_F(StateFileTest, OfAnotherServerIsRefusedWithItsProcess) {
  const auto first = Start().value();
  const auto second = Start();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kIo);
  EXPECT_EQ(second.error().message,
            "--state: /state.json is the state of another mockduit that "
            "runs, process " +
                std::to_string(getpid()) + "; two servers need two files");
}

TEST_F(StateFileTest, IsFreeOnceItsServerHasEnded) {
  Start().value().reset();
  EXPECT_THAT(files_.Paths(), ElementsAre("/"));
  EXPECT_TRUE(Start());
}

TEST_F(StateFileTest, WhoseLockWasRemovedIsLeftToTheServerThatTookIt) {
  const auto first = Start().value();
  ASSERT_TRUE(first->SaveState());
  ASSERT_TRUE(files_.Remove("/state.json"));
  ASSERT_TRUE(files_.Remove("/state.json.lock"));
  auto second = Start().value();
  PutSession(*second, "seconds");
  PutSession(*first, "firsts");
  const auto refused = first->SaveState();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "/state.json is the state of another mockduit that runs, "
            "process " +
                std::to_string(getpid()) + "; two servers need two files");
  EXPECT_FALSE(files_.Text("/state.json")) << "the second one has saved nothing yet";
  ASSERT_TRUE(second->SaveState());
  const auto text = files_.Text("/state.json");
  EXPECT_FALSE(first->SaveState());
  second.reset();
  EXPECT_EQ(first->SaveState().error().message,
            "/state.json was written by somebody else after its lock, /state.json.lock, was "
            "removed; it is left alone");
  EXPECT_EQ(files_.Text("/state.json"), text);
  EXPECT_THAT(files_.Paths(), ElementsAre("/", "/state.json")) << "no lock is left";
}

TEST_F(StateFileTest, WhoseLockWasRemovedAndIsNobodyElsesIsLockedAgain) {
  const auto server = Start().value();
  ASSERT_TRUE(server->SaveState());
  ASSERT_TRUE(files_.Remove("/state.json.lock"));
  PutSession(*server, "late");
  ASSERT_TRUE(server->SaveState());
  EXPECT_THAT(*files_.Text("/state.json"), HasSubstr("late"));
  EXPECT_THAT(log_.lines, ElementsAre("state: /state.json.lock was removed, and is made again"));
  EXPECT_THAT(WhyNot(), HasSubstr("is the state of another mockduit that runs"));
}

TEST_F(StateFileTest, ThatAnotherServerHasByAnotherNameIsRefused) {
  files_.AddFile("/state.json", R"({"mockduit_state":1,"sessions":[]})");
  files_.LockByAnother("/state.json");
  EXPECT_EQ(WhyNot(),
            "--state: /state.json is the state of another mockduit that runs; two "
            "servers need two files");
}

TEST_F(StateFileTest, IsWrittenWhereItsLinksLead) {
  files_.AddLink("/state.json", "/data/link.json");
  files_.AddLink("/data/link.json", "real.json");
  files_.AddFolder("/data");
  const auto server = Start().value();
  ASSERT_TRUE(server->SaveState());
  EXPECT_THAT(*files_.Text("/data/real.json"), HasSubstr("mockduit_state"));
  EXPECT_EQ(files_.Text("/state.json"), "/data/link.json");
  EXPECT_EQ(files_.Text("/data/real.json.lock"), std::to_string(getpid()) + "\n");
}

TEST_F(StateFileTest, ThatLinksToItselfEndsTheStart) {
  files_.AddLink("/state.json", "/state.json");
  EXPECT_EQ(WhyNot(), "--state: cannot read /state.json: Too many levels of symbolic links");
}

// As one is made so that it can be mounted into a container.
TEST_F(StateFileTest, ThatIsEmptyHoldsNothing) {
  files_.AddFile("/state.json", "");
  const auto server = Start(false).value();
  ASSERT_TRUE(server->SaveState());
  EXPECT_THAT(*files_.Text("/state.json"), HasSubstr("mockduit_state"));
}

TEST_F(StateFileTest, OfANewerVersionIsLeftAlone) {
  files_.AddFile("/state.json", R"({"mockduit_state":2})");
  EXPECT_THAT(WhyNot(), HasSubstr("from a newer mockduit"));
  EXPECT_EQ(files_.Text("/state.json"), R"({"mockduit_state":2})");
  EXPECT_THAT(files_.Paths(), UnorderedElementsAre("/", "/state.json"));
}

TEST_F(StateFileTest, IsCopiedAsideWhereItCannotBeRenamed) {
  files_.AddFile("/state.json", "precious");
  files_.FailAt("Rename", "/state.json", std::errc::device_or_resource_busy);
  files_.FailAt("Rename", "/state.json.new", std::errc::device_or_resource_busy);
  const auto server = Start(true).value();
  ASSERT_TRUE(server->SaveState());
  EXPECT_EQ(files_.Text("/state.json.ignored"), "precious");
  EXPECT_THAT(*files_.Text("/state.json"), HasSubstr("mockduit_state"));
}

TEST_F(StateFileTest, IsSavedWhenSomethingHasChangedAndOnlyThen) {
  const auto server = Start().value();
  server->SaveChangedState();
  EXPECT_FALSE(files_.Text("/state.json"));
  PutSession(*server, "one");
  server->SaveChangedState();
  EXPECT_THAT(files_.Text("/state.json").value_or(""), HasSubstr("one"));
  files_.AddFile("/state.json", "as it was");
  server->SaveChangedState();
  EXPECT_EQ(files_.Text("/state.json"), "as it was");
}

TEST_F(StateFileTest, ThatCannotBeSavedIsToldOnceUntilItCan) {
  const auto server = Start().value();
  PutSession(*server, "one");
  files_.FailAt("WriteForGood", "/state.json.new", std::errc::no_space_on_device);
  server->SaveChangedState();
  server->SaveChangedState();
  EXPECT_THAT(log_.lines, ElementsAre("state: cannot write /state.json: No space left on device; "
                                      "it will be tried again"));
  files_.FailNoMore();
  log_.lines.clear();
  server->SaveChangedState();
  EXPECT_THAT(log_.lines, ElementsAre("state: /state.json is saved again"));
  log_.lines.clear();
  server->SaveChangedState();
  EXPECT_THAT(log_.lines, IsEmpty());
}

struct Change {
  const char* method;
  const char* path;
  const char* body;
};

class ChangeTest : public StateFileTest, public ::testing::WithParamInterface<Change> {};

TEST_P(ChangeTest, IsSaved) {
  const auto server = Start().value();
  PutSession(*server, "one");
  server->SaveChangedState();
  files_.AddFile("/state.json", "old");
  const auto [method, path, body] = GetParam();
  const Response answer = server->Handle(
      {method, path, "", {{"Host", "localhost"}, {"Authorization", "Bearer t"}}, body});
  EXPECT_LT(answer.status, 500) << answer.body;
  EXPECT_NE(answer.status, 404) << answer.body;
  server->SaveChangedState();
  EXPECT_NE(files_.Text("/state.json"), "old");
}

INSTANTIATE_TEST_SUITE_P(
    OfEachKind, ChangeTest,
    ::testing::Values(Change{"POST", "/@one/v1/teams/1/data-source-connections", "{}"},
                      Change{"PUT", "/__admin/sessions/one", R"({"scenario":"throttled-twice"})"},
                      Change{"PUT", "/__admin/sessions/one/clock", R"({"mode":"real"})"},
                      Change{"POST", "/__admin/sessions/one/clock/advance", R"({"by":"1s"})"},
                      Change{"DELETE", "/__admin/sessions/one/requests", ""},
                      Change{"PUT", "/__admin/sessions/one/store", R"({"resources":{}})"},
                      Change{"POST", "/__admin/sessions/one/reset", ""},
                      Change{"DELETE", "/__admin/sessions/one", ""},
                      Change{"PUT", "/__admin/sessions/two", "{}"}));

}  // namespace
}  // namespace mockduit
