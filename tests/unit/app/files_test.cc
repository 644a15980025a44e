// The files of a server: its state, what it watches, and what `lint` reads.
#include <gmock/gmock.h>

#include <memory>

#include "app/state_file.h"
#include "app/watcher.h"
#include "app/wired_server.h"
#include "unit/app/run.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

TEST(Watcher, NoticesWhatIsSavedAddedAndRemovedOnce) {
  const Folder folder;
  const std::string file = folder.Write("a.yaml", "a");
  Watcher watcher({folder.path()});
  EXPECT_FALSE(watcher.Changed());
  folder.Write("a.yaml", "longer");
  EXPECT_TRUE(watcher.Changed());
  EXPECT_FALSE(watcher.Changed());
  folder.Write("b.yaml", "b");
  EXPECT_TRUE(watcher.Changed());
  std::filesystem::remove(file);
  EXPECT_TRUE(watcher.Changed());
  folder.Write("notes.txt", "no document");
  EXPECT_FALSE(watcher.Changed());
}

class StateTest : public ::testing::Test {
 protected:
  Result<std::unique_ptr<WiredServer>> Start(bool ignore = false) {
    ServeOptions options;
    options.state = path_;
    options.ignore_state = ignore;
    options.clock = "2026-01-15T10:00:00Z";
    return WiredServer::Build(options, log_);
  }
  static int PutSession(WiredServer& server) {
    return server
        .Handle({"PUT",
                 "/__admin/sessions/kept",
                 "",
                 {{"Host", "localhost"}},
                 R"({"scenario":"rate-limited"})"})
        .status;
  }
  static std::string Session(WiredServer& server) {
    return server.Handle({"GET", "/__admin/sessions/kept", "", {{"Host", "localhost"}}, ""}).body;
  }

  Log log_;
  const Folder folder_;
  const std::string path_ = folder_.path() + "/state.json";
};

TEST_F(StateTest, KeepsTheSessionsFromOneRunToTheNext) {
  {
    const auto first = Start().value();
    ASSERT_EQ(PutSession(*first), 200);
    ASSERT_TRUE(first->SaveState());
  }
  EXPECT_THAT(Session(*Start().value()), HasSubstr("rate-limited"));
}

TEST_F(StateTest, StartsWithoutAFileThatIsNotThere) { EXPECT_TRUE(Start()); }

TEST_F(StateTest, PutsAnIgnoredFileAsideOnce) {
  folder_.Write("state.json", "precious");
  const auto server = Start(true).value();
  EXPECT_EQ(folder_.Text("state.json"), "precious") << "nothing is saved yet";
  ASSERT_TRUE(server->SaveState());
  EXPECT_EQ(folder_.Text("state.json.ignored"), "precious");
  ASSERT_TRUE(server->SaveState());
  EXPECT_EQ(folder_.Text("state.json.ignored"), "precious");
}

TEST_F(StateTest, SavesWhereItsFileIsIgnoredAndNotThere) {
  const auto server = Start(true).value();
  EXPECT_TRUE(server->SaveState());
  EXPECT_NE(folder_.Text("state.json"), "");
}

TEST_F(StateTest, RefusesAFileThatIsNoState) {
  for (const char* text : {"{", "{}"}) {
    folder_.Write("state.json", text);
    const auto server = Start();
    ASSERT_FALSE(server) << text;
    EXPECT_THAT(server.error().message, HasSubstr(path_));
    EXPECT_THAT(server.error().message, HasSubstr("; --ignore-state starts without it"));
    EXPECT_EQ(server.error().kind, ErrorKind::kInvalid);
  }
}

TEST_F(StateTest, RefusesAPlaceThatCannotBeWritten) {
  ServeOptions options;
  options.state = "/no/such/folder/state.json";
  const auto server = WiredServer::Build(options, log_);
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().message,
            "--state: cannot write /no/such/folder/state.json: No such file or directory");
  EXPECT_EQ(server.error().kind, ErrorKind::kIo);
}

TEST(Lint, TellsAHundredMistakesAndTheNumberOfTheRest) {
  const Folder folder;
  std::string text = "description: Bad.\n";
  for (int i = 0; i < 1'500; ++i) text += "unknown" + std::to_string(i) + ": 1\n";
  const std::string bad = folder.Write("bad.yaml", text);
  const Ran ran = RunWith({"lint", bad});
  EXPECT_EQ(ran.err, "1 file, 1500 mistakes\n");
  EXPECT_THAT(ran.out, HasSubstr(bad + ":101:1: 'unknown99' is no key of a scenario"));
  EXPECT_THAT(ran.out, ::testing::Not(HasSubstr("'unknown100'")));
  EXPECT_THAT(ran.out, HasSubstr(bad + ": and 1,400 more\n"));
}

TEST(Lint, CountsFilesAndMistakes) {
  const Folder folder;
  const std::string good = folder.Write("good.yaml", "description: Good.\n");
  Ran ran = RunWith({"lint", good});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "1 file, 0 mistakes\n");
  const std::string bad = folder.Write("bad.yaml", "rulez: 1\n");
  ran = RunWith({"lint", good, bad});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err, "2 files, 1 mistake\n");
  EXPECT_THAT(ran.out, HasSubstr(bad + ":1:1: 'rulez' is no key of a scenario"));
}

TEST(Lint, TellsTwoFilesOfOneScenario) {
  const Folder folder;
  const std::string one = folder.Write("one.yaml", "scenario: same\n");
  const std::string two = folder.Write("two.yaml", "scenario: same\n");
  const Ran ran = RunWith({"lint", folder.path()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("the scenario 'same' stands in " + one + ", too"));
}

TEST(Lint, WritesJson) {
  const Folder folder;
  const std::string bad = folder.Write("bad.yaml", "rulez: 1\n");
  const Ran ran = RunWith({"lint", "--format", "json", bad});
  const auto json = Json::Parse(ran.out);
  ASSERT_TRUE(json) << ran.out;
  EXPECT_EQ(json->Get("files"), Json(1));
  EXPECT_EQ(json->At("/problems/0/line")->AsInteger(), 1);
}

TEST(Lint, SaysWhichPathCannotBeRead) {
  const Folder empty;
  EXPECT_EQ(RunWith({"lint", "/no/such/file.yaml"}).code, 2);
  EXPECT_EQ(RunWith({"lint", empty.path()}).code, 2);
}

}  // namespace
}  // namespace mockduit
