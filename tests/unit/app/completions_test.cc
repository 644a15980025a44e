#include "app/completions.h"

#include <gmock/gmock.h>

#include "app/commands/commands.h"
#include "unit/app/run.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

// A table that has each kind of option once.
class CompletionsTest : public ::testing::Test {
 protected:
  CompletionsTest() {
    Command play{"play", "plays it: 'now' [or never]"};
    play.options = {FlagOption("--loud", flag_, "not quiet"),
                    TextOption("--file", text_, "FILE", "where it is"),
                    TextsOption("--folder", texts_, "DIR", "where more is"),
                    ChoiceOption("--as", text_, {"text", "json"}, "how"),
                    TextOption("--name", text_, "NAME", "a name")};
    play.words = {"COMMAND", "what to run", "", &texts_};
    play.footer = "Examples:\n  .hidden\n  a\\b\n";
    commands_ = {play};
  }

  bool flag_ = false;
  std::string text_;
  std::vector<std::string> texts_;
  std::vector<Command> commands_;
};

TEST_F(CompletionsTest, BashKnowsCommandsOptionsAndValues) {
  const std::string text = BashCompletion(commands_);
  EXPECT_THAT(text, HasSubstr("_mockduit_words 'play --help --version'"));
  EXPECT_THAT(text, HasSubstr("play) _mockduit_words '--loud --file --folder --as --name --help'"));
  EXPECT_THAT(text, HasSubstr("play:--as) _mockduit_words 'text json'; return"));
  EXPECT_THAT(text, HasSubstr("play:--folder) mapfile"));
  EXPECT_THAT(text, HasSubstr("play:--file) compopt -o default; return"));
  EXPECT_THAT(text, HasSubstr("play:--name) return"));
}

TEST_F(CompletionsTest, ZshEscapesItsMarks) {
  const std::string text = ZshCompletion(commands_);
  EXPECT_THAT(text, HasSubstr(R"('play:plays it\: '\''now'\'' \[or never\]')"));
  EXPECT_THAT(text, HasSubstr("'--loud[not quiet]'"));
  EXPECT_THAT(text, HasSubstr("'*--folder[where more is]:DIR:_files -/'"));
  EXPECT_THAT(text, HasSubstr("'--as[how]:WORD:(text json)'"));
  EXPECT_THAT(text, HasSubstr("'*::command:_normal'"));
}

TEST_F(CompletionsTest, FishCompletesFilesOnlyWhereTheyBelong) {
  const std::string text = FishCompletion(commands_);
  EXPECT_THAT(text, HasSubstr(R"(-a play -d 'plays it: \'now\' [or never]')"));
  EXPECT_THAT(text, HasSubstr("-l file -r -F -d 'where it is'"));
  EXPECT_THAT(text, HasSubstr("-l as -x -a 'text json' -d 'how'"));
  EXPECT_THAT(text, HasSubstr("-l name -x -d 'a name'"));
}

TEST_F(CompletionsTest, ManPageHasEveryOptionWithItsVariable) {
  const std::string text = ManPage(commands_);
  EXPECT_THAT(text, HasSubstr("\\fB\\-\\-file\\fR \\fIFILE\\fR\nwhere it is."));
  EXPECT_THAT(text, HasSubstr("Environment: MOCKDUIT_LOUD\n"));
}

TEST_F(CompletionsTest, ManPageShowsTextsAsTheyStand) {
  EXPECT_THAT(ManPage(commands_), HasSubstr("Examples:\n  .hidden\n  a\\eb\n.fi\n"));
}

TEST(CompletionCommandTest, PrintsWhatIsMadeOfAllCommands) {
  EXPECT_EQ(RunWith({"completion", "bash"}).out, BashCompletion(AllCommands()));
  EXPECT_EQ(RunWith({"completion", "zsh"}).out, ZshCompletion(AllCommands()));
  EXPECT_EQ(RunWith({"completion", "fish"}).out, FishCompletion(AllCommands()));
  EXPECT_EQ(RunWith({"completion", "man"}).out, ManPage(AllCommands()));
}

TEST(CompletionCommandTest, NamesTheShellsThatItKnows) {
  const Ran ran = RunWith({"completion", "bach"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("'bach' is not bash, zsh, fish or man; did you mean 'bash'?"));
}

TEST(CompletionCommandTest, IsInTheHelp) {
  EXPECT_THAT(RunWith({"--help"}).out, HasSubstr("completion"));
}

}  // namespace
}  // namespace mockduit
