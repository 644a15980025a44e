#include "session/redact.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/session/kept.h"

namespace mockduit {
namespace {

TEST(Redact, TakesCredentialsButSaysTheirScheme) {
  Request request;
  request.headers = {{"authorization", "Bearer sk-1"},
                     {"X-API-Key", "sk-2"},
                     {"Proxy-Authorization", "Basic a2V5"},
                     {"Cookie", "a=b"},
                     {"Accept", "x"}};
  Redactor().Redact(request, nullptr);
  EXPECT_EQ(request.headers.Get("Authorization"), "Bearer [redacted]");
  EXPECT_EQ(request.headers.Get("X-API-Key"), "[redacted]");
  EXPECT_EQ(request.headers.Get("Proxy-Authorization"), "Basic [redacted]");
  EXPECT_EQ(request.headers.Get("Cookie"), "[redacted]");
  EXPECT_EQ(request.headers.Get("Accept"), "x");
}

TEST(Redact, TakesARawKeyWhole) {
  Request request;
  request.headers = {{"Authorization", "sk-1"}};
  Redactor().Redact(request, nullptr);
  EXPECT_EQ(request.headers.Get("Authorization"), "[redacted]");
}

TEST(Redact, TakesACredentialOutOfTheUrlThatRepeatsIt) {
  Request request;
  request.path = "/v1/keys/sk-1234567890ab/x";
  request.query = "who=sk-1234567890ab&note=1";
  request.headers = {{"Authorization", "Bearer sk-1234567890ab~rate-limited@a"}};
  Redactor().Redact(request, nullptr);
  EXPECT_EQ(request.path, "/v1/keys/[redacted]/x");
  EXPECT_EQ(request.query, "who=[redacted]&note=1");
}

TEST(Redact, LeavesWhatMayStandInAUrlByChance) {
  Request request;
  request.path = "/v1/teams/12345";
  request.headers = {{"X-API-Key", "12345"}};
  Redactor().Redact(request, nullptr);
  EXPECT_EQ(request.path, "/v1/teams/12345");
}

TEST(Redact, TakesTheSecretsOfABody) {
  const std::pair<std::string, std::string> kBodies[] = {
      {R"({"data_source_id":"ADM","api_key":"sk-1"})",
       R"({"data_source_id":"ADM","api_key":"[redacted]"})"},
      {R"({"auth_fields":{"host":"h","port":5,"list":["x",null]}})",
       R"({"auth_fields":{"host":"[redacted]","port":"[redacted]","list":["[redacted]",null]}})"},
      {R"({"config":{"schema":"s","password":"p","deep":[{"client_secret":"c"}]}})",
       R"({"config":{"schema":"s","password":"[redacted]",)"
       R"("deep":[{"client_secret":"[redacted]"}]}})"},
      {R"({"auth":{"client_access":{"client_id":"i"}}})",
       R"({"auth":{"client_access":{"client_id":"[redacted]"}}})"},
      {R"({"config":{"connection_string":"c","schema_registry_secret":"s"}})",
       R"({"config":{"connection_string":"[redacted]","schema_registry_secret":"[redacted]"}})"},
      {R"({"PASSWORD":"p"})", R"({"PASSWORD":"[redacted]"})"},
      {R"({"p\u0061ssword":"p"})", R"({"p\u0061ssword":"[redacted]"})"},
      {R"({"\u0061uth":{"x":"p"}})", R"({"\u0061uth":{"x":"[redacted]"}})"},
      // '_' and '-' count for nothing, wherever they stand.
      {R"({"_auth":"p"})", R"({"_auth":"[redacted]"})"},
      {R"({"auth__":"p"})", R"({"auth__":"[redacted]"})"},
      {R"({"p-_wd":"p"})", R"({"p-_wd":"[redacted]"})"},
      {R"({"t_oken":"p"})", R"({"t_oken":"[redacted]"})"},
      {R"({"--a_pi_key":"p"})", R"({"--a_pi_key":"[redacted]"})"},
  };
  for (const auto& [sent, kept] : kBodies) EXPECT_EQ(BodyKept(sent), kept);
}

// What only stands behind it tells that it is one; it may stand in another such value.
TEST(Redact, TakesASecretThatIsNamedBehindIt) {
  const std::pair<std::string, std::string> kBodies[] = {
      {R"({"value":"p","name":"password"})", R"({"value":"[redacted]","name":"password"})"},
      {R"([{"value":{"a":["p",1]},"name":"password"},["password","q"],{"b":"token=t"}])",
       R"([{"value":{"a":["[redacted]","[redacted]"]},"name":"password"},)"
       R"(["password","[redacted]"],{"b":"token=[redacted]"}])"},
      {R"({"value":[{"value":"p","name":"password"},["pwd","q"],"r","**",null],"name":"secret"})",
       R"({"value":[{"value":"[redacted]","name":"[redacted]"},["[redacted]","[redacted]"],)"
       R"("[redacted]","**",null],"name":"secret"})"},
      {R"(["password","p","q"])", R"(["password","p","q"])"},
      {R"(["password",["p"]])", R"(["password",["p"]])"},
  };
  for (const auto& [sent, kept] : kBodies) EXPECT_EQ(BodyKept(sent), kept);
}

TEST(Redact, KeepsTheRestOfABodyByteByByte) {
  EXPECT_EQ(BodyKept("{ \"n\" : 1.50e2,\n\t\"t\" : \"\\u00e9\\/\", \"password\" : \"a\\\"b\" , "
                     "\"l\":[ ] }\n"),
            "{ \"n\" : 1.50e2,\n\t\"t\" : \"\\u00e9\\/\", \"password\" : \"[redacted]\" , "
            "\"l\":[ ] }\n");
}

TEST(Redact, LeavesABodyWithoutSecretsAsItWasSent) {
  for (const std::string body :
       {R"({ "a" : 1.0 })", R"({"password": null})", R"({"note":"my password"})", "not json", ""}) {
    EXPECT_EQ(BodyKept(body), body);
  }
}

TEST(Redact, KeepsNothingOfABodyThatIsNoJsonAndNamesASecret) {
  EXPECT_EQ(BodyKept(R"({"api_key":"sk-1")"),
            "[redacted: 17 bytes that are no JSON and name a secret]");
  // An escape may hide the name, also one that a form has encoded.
  for (const std::string body :
       {R"({"\U00000070assword": "s"})", "payload=%7B%22%5Cu0070assword%22%3A%22s%22%7D",
        "%5cu0070assword=s"}) {
    EXPECT_TRUE(BodyKept(body).starts_with("[redacted: ")) << BodyKept(body);
  }
}

// Whatever stands before it: the search looks at every second byte.
TEST(Redact, FindsANameAtEachPlace) {
  for (const std::string name : {"auth", "pwd", "api_key", "otp", "x_token"}) {
    for (std::size_t before = 0; before < 9; ++before) {
      const std::string start = R"({"b":")" + std::string(before, 'c') + R"(",")" + name;
      EXPECT_EQ(BodyKept(start + R"(":"s"})"), start + R"(":"[redacted]"})");
    }
  }
}

TEST(Redact, TakesTheSecretsOfAQuery) {
  Request request;
  request.query = "a=1&api_key=sk-1&access_token=t&api%5Fkey=sk-2&token&b";
  Redactor().Redact(request, nullptr);
  EXPECT_EQ(request.query,
            "a=1&api_key=[redacted]&access_token=[redacted]&api%5Fkey=[redacted]&token&b");
}

TEST(Redact, LeavesFlagsOfAQueryAsTheyAre) {
  Request request;
  request.query = "show_auth_fields=true&with_token=false&token=truer&password=";
  Redactor().Redact(request, nullptr);
  EXPECT_EQ(request.query, "show_auth_fields=true&with_token=false&token=[redacted]&password=");
}

TEST(Redact, TakesACredentialOfTwelveCharactersAndMoreOutOfTheUrl) {
  for (const std::string credential : {"sk-12345678", "sk-123456789"}) {
    Request request;
    request.path = "/" + credential;
    request.headers = {{"X-API-Key", credential}};
    Redactor().Redact(request, nullptr);
    EXPECT_EQ(request.path, credential.size() == 12 ? "/[redacted]" : "/sk-12345678");
  }
}

TEST(Redact, TakesTheSecretsOfAnAnswerButNoMasks) {
  EXPECT_EQ(Redactor().WithoutSecrets(R"({"a":1,"secret":"s","token":"***","password":"*x"})"),
            R"({"a":1,"secret":"[redacted]","token":"***","password":"[redacted]"})");
  EXPECT_EQ(Redactor().WithoutSecrets(R"({"password":""})"), R"({"password":"[redacted]"})");
}

TEST(Redact, GivesNothingForAnAnswerWithoutSecrets) {
  for (const char* body : {R"({"a":1})", R"({"secret":"****"})", R"({"secret":null})",
                           R"({"note":"my secret"})", "no JSON with a secret", ""}) {
    EXPECT_EQ(Redactor().WithoutSecrets(body), std::nullopt) << body;
  }
}

TEST(Redact, TakesSecretsOutOfAnAnswersHeaders) {
  const std::vector<std::string> credentials = {"a-key-that-was-sent"};
  const Headers answer = {{"Content-Type", "application/json"},
                          {"Location", "http://u:pw@h/?token=s&x=1"},
                          {"Set-Cookie", "session=s"},
                          {"X-Auth-Token", "s"},
                          {"X-Echo", "it was a-key-that-was-sent."},
                          {"Access-Control-Allow-Credentials", "true"}};
  const Headers expected = {{"Content-Type", "application/json"},
                            {"Location", "http://[redacted]@h/?token=[redacted]&x=1"},
                            {"Set-Cookie", "[redacted]"},
                            {"X-Auth-Token", "[redacted]"},
                            {"X-Echo", "it was [redacted]."},
                            {"Access-Control-Allow-Credentials", "true"}};
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(Redactor().WithoutSecrets(answer, credentials), expected);
  }
}

TEST(Redact, TellsTheCredentialsThatAnAnswerMayRepeat) {
  Request request;
  request.headers = {{"Authorization", "Bearer a-long-secret~success"}, {"X-API-Key", "short"}};
  const auto credentials = Redactor().Redact(request, nullptr);
  EXPECT_TRUE(std::ranges::find(credentials, "a-long-secret") != credentials.end());
  EXPECT_TRUE(std::ranges::find(credentials, "short") == credentials.end());
}

TEST(Redact, TakesTheValueBesideASecretsName) {
  EXPECT_EQ(BodyKept(R"([{"name":"password","value":"s"},{"key":"x","value":"v"}])"),
            R"([{"name":"password","value":"[redacted]"},{"key":"x","value":"v"}])");
  EXPECT_EQ(
      BodyKept(R"([{"k":"password","v":"s"},{"k":"x","v":"v"},{"v":"s","k":"auth"}])"),
      R"([{"k":"password","v":"[redacted]"},{"k":"x","v":"v"},{"v":"[redacted]","k":"auth"}])");
  EXPECT_EQ(BodyKept(R"({"headers":[["X-Api-Key","s"],["Accept","x"]]})"),
            R"({"headers":[["X-Api-Key","[redacted]"],["Accept","x"]]})");
}

// Which begin as JSON does, or are made of what stands in it.
TEST(Redact, TakesSecretsOutOfBodiesThatAreNoJson) {
  for (const auto& [text, redacted] : std::vector<std::pair<std::string, std::string>>{
           {"eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "[redacted]"},
           {"[eyJhbGciOiJI.eyJzdWIiOiIx.c2ln]", "[[redacted]]"},
           {"[1] https://u:s@h/", "[1] https://[redacted]@h/"},
           {"\"a\" https://u:s@h/", "\"a\" https://[redacted]@h/"},
           {"{\"a\":1}{\"b\":\"https://u:s@h/\"}", "{\"a\":1}{\"b\":\"https://[redacted]@h/\"}"}}) {
    EXPECT_EQ(Redactor().WithoutSecrets(text), redacted);
    Request request;
    request.body = text;
    Redactor().Redact(request, nullptr, BodyKind::kText);
    EXPECT_EQ(request.body, redacted);
  }
}

TEST(Redact, TakesTheUserOfAUrlWhoseSlashesAreEscaped) {
  EXPECT_EQ(BodyKept(R"({"url":"https:\/\/u:s@h\/x"})"), R"({"url":"https://[redacted]@h/x"})");
}

TEST(Redact, TakesTheHeadersThatAContractNames) {
  const std::vector<std::string> names{"X-Zebra", "config.hue"};
  Request request;
  request.headers = {{"x-zebra", "s"}, {"hue", "9"}};
  Redactor(names).Redact(request, nullptr);
  EXPECT_EQ(request.headers.Get("X-Zebra"), kRedacted);
  EXPECT_EQ(request.headers.Get("Hue"), "9") << "a secret below config alone";
}

TEST(Redact, TakesAuthorizationWhereABodyHasIt) {
  EXPECT_EQ(BodyKept(R"({"header":"Authorization","value":"Bearer s"})"),
            R"({"header":"Authorization","value":"[redacted]"})");
  EXPECT_EQ(BodyKept(R"({"headers":{"Authorization":"Bearer s","bearer":"s"}})"),
            R"({"headers":{"Authorization":"[redacted]","bearer":"[redacted]"}})");
}

TEST(Redact, TakesWhatFollowsAFlagInAList) {
  EXPECT_EQ(BodyKept(R"(["run","--password","s","-h","x"])"),
            R"(["run","--password","[redacted]","-h","x"])");
}

TEST(Redact, LooksIntoTheValuesOfAQuery) {
  const std::pair<const char*, const char*> kQueries[] = {
      {"a=1&callback=https%3A%2F%2Fu%3AS%40h&b=%40",
       "a=1&callback=https%3A%2F%2F[redacted]%40h&b=%40"},
      {"to=%2Fx%3Fapi_key%3DS%26c%3D1", "to=%2Fx%3Fapi_key%3D[redacted]%26c%3D1"},
      {"f=%7B%22auth%22%3A%7B%22x%22%3A%22S%22%7D%7D",
       "f=%7B%22auth%22%3A%7B%22x%22%3A%22%5Bredacted%5D%22%7D%7D"},
      {"n=Pwd+%3D+S%3Bx%3D1", "n=Pwd+%3D+[redacted]%3Bx%3D1"}};
  for (const auto& [query, redacted] : kQueries) {
    Request request;
    request.query = query;
    Redactor().Redact(request, nullptr);
    EXPECT_EQ(request.query, redacted);
  }
}

TEST(Redact, TakesSecretsOutOfABodyThatIsNoJson) {
  EXPECT_EQ(BodyKept("a=1&to=https%3A%2F%2Fu%3AS%40h&mail=me%40x"),
            "a=1&to=https%3A%2F%2F[redacted]%40h&mail=me%40x");
  EXPECT_EQ(BodyKept("<a><pass>s</pass></a>"), "<a><pass>[redacted]</pass></a>");
  EXPECT_EQ(BodyKept("a=1&p%77d=s"), "[redacted: 11 bytes that are no JSON and name a secret]");
}

TEST(Redact, TakesSecretsOutOfAnAnswerThatIsNoJson) {
  EXPECT_EQ(Redactor().WithoutSecrets("you sent https://u:s@h/"), "you sent https://[redacted]@h/");
}

// Each of these would take a minute if the time grew with the square of the length.
TEST(Redact, TakesTimeInProportionToTheText) {
  for (const std::string part : {"<a ",
                                 "<a>",
                                 "<a b='",
                                 "<pwd>",
                                 "<a name='password' ",
                                 "%41",
                                 "//",
                                 "//u:s@",
                                 "-----BEGIN ",
                                 "eyJ",
                                 "eyJ.",
                                 "eyJwYXNzd29yZCI6InMifQ ",
                                 "curl -u 'me:s",
                                 "curl -u ",
                                 "pwd='",
                                 "--pwd \\",
                                 "\"auth\":{",
                                 "\"auth\":[\"",
                                 "Authorization: ",
                                 "password="}) {
    std::string text = "password=x <b> ";
    while (text.size() < 300'000) text += part;
    EXPECT_NE(TextKept(text), text) << part;
  }
}

TEST(Redact, TakesWholeHeadersAndPartsOfOthers) {
  Request request;
  request.headers = {{"X-Auth", "s"},         {"Ocp-Apim-Subscription-Key", "s"},
                     {"X-Jwt", "s"},          {"X-Credential", "s"},
                     {"X-Author", "me"},      {"Referer", "http://u:s@a/?key=s&b=1"},
                     {"Idempotency-Key", "1"}};
  Redactor().Redact(request, nullptr);
  std::string kept;
  for (const auto& [name, value] : request.headers.fields()) kept.append(value).append("|");
  EXPECT_EQ(kept,
            "[redacted]|[redacted]|[redacted]|[redacted]|me|"
            "http://[redacted]@a/?key=[redacted]&b=1|1|");
}

TEST(RedactText, TakesWhatAQuotedLineTells) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"Authorization Bearer s", "Authorization Bearer [redacted]"},
      {"\"Authorization: Basic s\" is", "\"Authorization: Basic [redacted]\" is"},
      {"X-API-Key: s, x", "X-API-Key: [redacted], x"},
      {"GET http://u:s@a/x?token=s&b=1 HTTP/1.1",
       "GET http://[redacted]@a/x?token=[redacted]&b=1 HTTP/1.1"},
      {"\"password\": \"s\"", "\"password\": \"[redacted]\""},
      {"Host is missing; HTTP/1.1 asks for it (RFC 9112, section 3.2).",
       "Host is missing; HTTP/1.1 asks for it (RFC 9112, section 3.2)."}};
  for (const auto& [text, redacted] : kTexts) EXPECT_EQ(Redactor().RedactText(text), redacted);
}

}  // namespace
}  // namespace mockduit
