// Runs the corpus of integrations/corpus.json, whose path MOCKDUIT_CORPUS names: each of its tests
// is a test here, with its number before its name.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>

#include "mockduit/testing.h"

namespace {

const rapidjson::Document& Corpus() {
  static const rapidjson::Document corpus = [] {
    std::ifstream file(std::getenv("MOCKDUIT_CORPUS"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    rapidjson::Document json;
    json.Parse(text.data(), text.size());
    return json;
  }();
  return corpus;
}

std::string TextOf(const rapidjson::Value& json) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  json.Accept(writer);
  return buffer.GetString();
}

class CorpusTest : public mockduit::Session {
 public:
  explicit CorpusTest(const rapidjson::Value& test) : test_(test) {}

  void TestBody() override {
    if (test_.HasMember("settings")) Set(TextOf(test_["settings"]));
    for (const auto& step : test_["steps"].GetArray()) Take(step);
  }

 private:
  void Take(const rapidjson::Value& step) {
    const auto& member = *step.MemberBegin();
    const std::string kind = member.name.GetString();
    if (kind == "call") ExpectStatus(step["status"].GetInt(), member.value);
    if (kind == "set") Set(TextOf(member.value));
    if (kind == "advance") Advance(member.value.GetString());
    if (kind == "require") TakeRequire(member.value);
    if (kind == "requests") ExpectRequests(member.value.GetUint());
    if (kind == "verdict") ExpectVerdict(member.value[0].GetString(), member.value[1].GetString());
    if (kind == "url") ExpectUrl(member.value.GetString(), step["ends"].GetString());
    if (kind == "fail") FAIL() << member.value.GetString();
  }

  void ExpectRequests(unsigned count) { EXPECT_EQ(Requests()["requests"].Size(), count); }

  void ExpectStatus(int status, const rapidjson::Value& call) { EXPECT_EQ(Call(call), status); }

  int Call(const rapidjson::Value& call) {
    const std::string vendor = call["vendor"].GetString();
    const std::string url = Url(vendor) + call["path"].GetString();
    const std::size_t path = url.find('/', url.find("://") + 3);
    httplib::Client client(url.substr(0, path));
    httplib::Request request;
    request.method = call["method"].GetString();
    request.path = url.substr(path);
    if (call.HasMember("body")) request.body = TextOf(call["body"]);
    request.headers.emplace("Content-Type", "application/json");
    for (const auto& header : Corpus()["credentials"][vendor.c_str()].GetObject()) {
      request.headers.emplace(header.name.GetString(), header.value.GetString());
    }
    const httplib::Result answer = client.send(request);
    return answer ? answer->status : 0;
  }

  void TakeRequire(const rapidjson::Value& names) {
    std::set<std::string> checks;
    for (const auto& each : names.GetArray()) checks.insert(each.GetString());
    Require(checks);
  }

  void ExpectVerdict(const std::string& check, const std::string& result) {
    for (const mockduit::Verdict& each : Verdicts()) {
      if (each.check != check) continue;
      EXPECT_EQ(each.result, result) << each.summary;
    }
  }

  void ExpectUrl(const std::string& vendor, std::string end) {
    const std::string url = Url(vendor);
    const std::size_t hole = end.find("{session}");
    if (hole != std::string::npos) end.replace(hole, 9, session());
    EXPECT_TRUE(url.size() > end.size() && url.substr(url.size() - end.size()) == end) << url;
  }

  const rapidjson::Value& test_;
};

TEST(SessionNameTest, IsAsTheCorpusSays) {
  for (const auto& each : Corpus()["names"].GetArray()) {
    EXPECT_EQ(mockduit::SessionName({each["test"].GetString(), each["test"].GetStringLength()}),
              each["session"].GetString());
  }
}

}  // namespace

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  int number = 0;
  for (const auto& test : Corpus()["tests"].GetArray()) {
    const std::string name = std::to_string(number++) + " " + test["name"].GetString();
    ::testing::RegisterTest("CorpusTest", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [&test]() -> mockduit::Session* { return new CorpusTest(test); });
  }
  return RUN_ALL_TESTS();
}
