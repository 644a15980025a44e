#include "contract/language/template.h"
#include "contract/language/condition.h"
#include "unit/parsed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::ElementsAre;

// Gives what it was asked for back: "root path offset", or a set value.
class EchoScope : public Scope {
 public:
  Json Value(const Hole& hole) override {
    if (hole.root == Root::kRequestBody) {
      const Json* found = body.AtPath(hole.path);
      return found != nullptr ? *found : Json();
    }
    return std::to_string(static_cast<int>(hole.root)) + " " + hole.path + " " +
           std::to_string(hole.offset.count());
  }
  Json body = Parsed(R"({"n":5,"t":"text","o":{"a":[1]},"b":false,"z":null})");
};

std::string TextOf(std::string_view text) {
  EchoScope scope;
  const auto compiled = Template::Compile(text, Names::Any());
  EXPECT_TRUE(compiled) << (compiled ? "" : compiled.error().front().message);
  return compiled ? compiled->Text(scope) : "";
}

Json ValueOf(std::string_view json) {
  EchoScope scope;
  const auto compiled = JsonTemplate::Compile(Parsed(json), Names::Any());
  EXPECT_TRUE(compiled) << (compiled ? "" : compiled.error().front().message);
  if (!compiled) return {};
  std::string text;
  compiled->AppendText(text, scope);
  const Json value = compiled->Value(scope);
  EXPECT_EQ(text, value.Dump()) << "both ways give the same";
  return value;
}

TEST(Template, KnowsEveryRoot) {
  const std::pair<std::string_view, Root> kRoots[] = {
      {"request.path.id", Root::kRequestPath},
      {"request.query.id", Root::kRequestQuery},
      {"request.header.id", Root::kRequestHeader},
      {"result.id", Root::kResult},
  };
  for (const auto& [name, root] : kRoots) {
    EXPECT_EQ(TextOf("{{" + std::string(name) + "}}"),
              std::to_string(static_cast<int>(root)) + " id 0");
  }
  const std::pair<std::string_view, Root> kAlone[] = {
      {"request.url", Root::kRequestUrl},
      {"base_url", Root::kBaseUrl},
      {"result", Root::kResult},
      {"now", Root::kNow},
      {"now.naive", Root::kNowNaive},
      {"now.millis", Root::kNowMillis},
      {"now.unix", Root::kNowUnix},
      {"uuid4", Root::kUuid4},
      {"uuid7", Root::kUuid7},
      {"uuid7.upper", Root::kUuid7Upper},
      {"token32", Root::kToken32},
      {"two_words", Root::kTwoWords},
      {"session", Root::kSession},
      {"attempt", Root::kAttempt},
      {"retry_after", Root::kRetryAfter},
      {"violations.text", Root::kViolationsText},
      {"violations.errors", Root::kViolationsErrors},
  };
  for (const auto& [name, root] : kAlone) {
    EXPECT_EQ(TextOf("{{" + std::string(name) + "}}"),
              std::to_string(static_cast<int>(root)) + "  0");
  }
}

TEST(Template, MovesNowByAnOffset) {
  const std::string now = std::to_string(static_cast<int>(Root::kNow));
  EXPECT_EQ(TextOf("{{now + 1h}}"), now + "  3600000000");
  EXPECT_EQ(TextOf("{{now - 1s}}"), now + "  -1000000");
  EXPECT_EQ(TextOf("{{now.unix+13s}}"),
            std::to_string(static_cast<int>(Root::kNowUnix)) + "  13000000");
}

TEST(Template, PutsValuesIntoText) {
  EXPECT_EQ(TextOf("no hole"), "no hole");
  EXPECT_EQ(TextOf("<{{request.body.n}}|{{ request.body.t }}|{{request.body.o}}>"),
            R"(<5|text|{"a":[1]}>)");
  EXPECT_EQ(TextOf("<{{request.body.none}}>"), "<>");
  EXPECT_EQ(TextOf("a { b } c }}"), "a { b } c }}");
}

TEST(Template, TakesADefaultForWhatIsAbsentOrNull) {
  EXPECT_EQ(TextOf(R"({{request.body.z ?? "none"}})"), "none");
  EXPECT_EQ(TextOf(R"(Group '{{request.body.none ?? "abc"}}')"), "Group 'abc'");
  EXPECT_EQ(TextOf(R"({{request.body.b ?? true}})"), "false") << "false is not absent";
}

TEST(JsonTemplate, GivesAHoleAloneItsType) {
  EXPECT_EQ(ValueOf(R"({"n":"{{request.body.n}}","o":"{{request.body.o}}","t":"{{request.body.t}}",
                       "b":"{{request.body.b}}","z":"{{request.body.none}}"})")
                .Dump(),
            R"({"n":5,"o":{"a":[1]},"t":"text","b":false,"z":null})");
}

TEST(JsonTemplate, LeavesOutWhatIsAbsentWhereItSaysOmit) {
  EXPECT_EQ(ValueOf(R"({"a":1,"x":"{{request.body.none ?? omit}}","n":"{{request.body.n ?? omit}}",
                       "y":{"z":"{{request.body.z ?? omit}}"}})")
                .Dump(),
            R"({"a":1,"n":5,"y":{}})");
}

TEST(JsonTemplate, TakesDefaultsOfEveryType) {
  EXPECT_EQ(ValueOf(R"({"a":"{{request.body.none ?? {} }}","b":"{{request.body.none ?? [1]}}",
                       "c":"{{request.body.none ?? 360}}","d":"{{request.body.none ?? null}}"})")
                .Dump(),
            R"({"a":{},"b":[1],"c":360,"d":null})");
}

TEST(JsonTemplate, KeepsOrderAndWhatHasNoHole) {
  constexpr std::string_view kJson =
      R"({"z":[1,{"a":"{{request.body.t}}"},"x"],"empty":{},"list":[],"q\"k":true,"a":1.5})";
  EXPECT_EQ(ValueOf(kJson).Dump(),
            R"({"z":[1,{"a":"text"},"x"],"empty":{},"list":[],"q\"k":true,"a":1.5})");
}

TEST(JsonTemplate, MakesOneMapOfSeveral) {
  EXPECT_EQ(ValueOf(R"({"$merge":[{"t":"before","b":1},{"t":"{{request.body.t}}"}]})").Dump(),
            R"({"t":"text","b":1})");
  EXPECT_EQ(ValueOf(R"({"x":{"$merge":[{"c":1},"{{request.body.o}}"]}})").Dump(),
            R"({"x":{"c":1,"a":[1]}})");
  EXPECT_EQ(ValueOf(R"({"$merge":[{"c":1},"{{request.body.none}}"]})").Dump(), "null");
  EXPECT_EQ(
      ValueOf(R"({"$first":[{"$merge":["{{request.body.n}}"]},"{{request.body.t}}"]})").Dump(),
      R"("text")");
}

TEST(JsonTemplate, KeepsKeysThatCouldBeItsWords) {
  for (const char* text :
       {R"({"a":[{"$first":["x",null]},{"$first":"y"},{"$merge":[{"$firts":1}]}]})",
        R"({"$$first":[1],"$id":"x","$$":{"b":"y"}})"}) {
    Json kept = Parsed(text);
    KeepBraces(kept);
    EXPECT_EQ(ValueOf(kept.Dump()).Dump(), text);
  }
}

TEST(JsonTemplate, CanBeOneHole) {
  EXPECT_EQ(ValueOf(R"("{{request.body.o}}")").Dump(), R"({"a":[1]})");
  EXPECT_EQ(ValueOf(R"("{{request.body.none ?? omit}}")").Dump(), "null");
  EXPECT_EQ(ValueOf("null").Dump(), "null");
}

TEST(JsonTemplate, EscapesWhatItPutsIn) {
  EchoScope scope;
  scope.body = Json::MakeObject({{"t", "a\"b\n{{now}}"}});
  const auto compiled =
      JsonTemplate::Compile(Json::MakeObject({{"k", "<{{request.body.t}}>"}}), Names::Any());
  std::string text;
  compiled->AppendText(text, scope);
  EXPECT_EQ(text, R"({"k":"<a\"b\n{{now}}>"})") << "a value is never read as a template";
}

TEST(Template, SaysWhatItCannotRead) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"{{uuid5}}", "'uuid5' is nothing a template knows; did you mean 'uuid4'?"},
      {"{{request.boddy.name}}",
       "'request.boddy.name' is nothing a template knows; did you mean 'request.body.name'?"},
      {"{{}}", "'' is nothing a template knows"},
      {"{{now.naive.x}}", "'now.naive.x' is nothing a template knows; did you mean 'now.naive'?"},
      {"{{request.body.}}",
       "'request.body.' is nothing a template knows; did you mean 'request.body'?"},
      {"a {{now", "'{{' is never closed by '}}'"},
      {"{{now + soon}}", "'soon' is no duration; write it as 150ms, 2s, 1m30s or 1h"},
      {"{{now ?? }}", "after ?? comes JSON or 'omit', not ''"},
      {"{{now ?? none}}", "after ?? comes JSON or 'omit', not 'none'"},
  };
  for (const auto& [text, message] : kTexts) {
    const auto compiled = Template::Compile(text, Names::Any());
    ASSERT_FALSE(compiled) << text;
    ASSERT_EQ(compiled.error().size(), 1u);
    EXPECT_EQ(compiled.error().front().message, message);
  }
}

// "pointer offset: message" of each mistake.
template <class T>
std::vector<std::string> Mistakes(const Compiled<T>& compiled) {
  std::vector<std::string> texts;
  if (compiled) return texts;
  for (const TemplateMistake& mistake : compiled.error()) {
    texts.push_back(mistake.pointer + " " + std::to_string(mistake.offset) +
                    (mistake.at_key ? " key: " : ": ") + mistake.message);
  }
  return texts;
}

TEST(JsonTemplate, TellsEveryMistakeOfAllItsParts) {
  EXPECT_THAT(Mistakes(JsonTemplate::Compile(
                  Parsed(R"({"a":[{"b":"{{oops}}"},"x {{ now }} {{ ups }}"],"c/d":"{{ now","e":
                         {"$first":["{{now}}","{{nwo}}"]}})"),
                  Names::Any())),
              ElementsAre("/a/0/b 2: 'oops' is nothing a template knows",
                          "/a/1 15: 'ups' is nothing a template knows",
                          "/c~1d 0: '{{' is never closed by '}}'",
                          "/e/$first/1 2: 'nwo' is nothing a template knows; did you mean 'now'?"));
}

TEST(JsonTemplate, TellsWhatIsNearlyOneOfItsWords) {
  EXPECT_THAT(
      Mistakes(JsonTemplate::Compile(Parsed(R"({"a":{"$frist":["{{now}}"]},"$id":"{{now}}"})"),
                                     Names::Any())),
      ElementsAre("/a/$frist 0 key: '$frist' is no word of templates; did you mean '$first'?"));
}

TEST(Condition, TellsEveryMistakeAtItsNameOrItsMatcher) {
  EXPECT_THAT(Mistakes(Condition::Compile(
                  Parsed(R"([{"request.body.a":{"one_fo":[1]},"nwo":1},5,{}])"), Names::Any())),
              ElementsAre("/0/request.body.a 0: 'one_fo' is no matcher; did you mean 'one_of'?",
                          "/0/nwo 0 key: 'nwo' is nothing a template knows; did you mean 'now'?",
                          "/1 0: a condition is a map of names to what they must be",
                          "/2 0: a condition is a map of names to what they must be"));
  EXPECT_THAT(
      Mistakes(Condition::Compile(
          Parsed(R"({"now":{"gt":"{{now}}","one_of":"{{now}}","gtt":"{{now}}"}})"), Names::Any())),
      ElementsAre("/now 0: 'gtt' is no matcher; did you mean 'gt'?"))
      << "the words are checked though templates stand behind them";
}

}  // namespace
}  // namespace mockduit
