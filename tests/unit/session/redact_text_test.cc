// Secrets within texts, and texts within texts.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "base/crypto.h"
#include "unit/session/kept.h"

namespace mockduit {
namespace {

TEST(RedactTexts, LooksIntoStringsThatHoldJson) {
  EXPECT_EQ(BodyKept(R"({"a":"{\"auth\":{\"x\":\"s\"},\"b\":1}"})"),
            R"({"a":"{\"auth\":{\"x\":\"[redacted]\"},\"b\":1}"})");
}

TEST(RedactTexts, TakesUsersAndAssignmentsOutOfStrings) {
  EXPECT_EQ(BodyKept(R"({"a":"see https://u:s@host/x?sig=s&b=1","mail":"me@example.com"})"),
            R"({"a":"see https://[redacted]@host/x?sig=[redacted]&b=1","mail":"me@example.com"})");
  EXPECT_EQ(BodyKept(R"({"dsn":"Server=x;Password=s;code=1"})"),
            R"({"dsn":"Server=x;Password=[redacted];code=1"})");
}

TEST(RedactTexts, LooksIntoStringsWithinStrings) {
  std::string text = R"({"auth":{"x":"hush"}})";
  for (int depth = 0; depth < 8; ++depth) {
    EXPECT_FALSE(TextKept(text).contains("hush")) << text;
    text = Json(text).Dump();
  }
}

TEST(RedactTexts, TakesSecretsOutOfFreeText) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"Server=x; Pwd = s; b=1", "Server=x; Pwd = [redacted]; b=1"},
      {"run --password s -h x", "run --password [redacted] -h x"},
      {"run --token=s -h x", "run --token=[redacted] -h x"},
      {"run --pwd 's t' -h x", "run --pwd '[redacted]' -h x"},
      {"run --password -h x", "run --password -h x"},
      {"got {\"password\": \"s\\\"t\", \"a\": 1}", "got {\"password\": \"[redacted]\", \"a\": 1}"},
      {"got {\"auth\": {\"x\": [\"s\"]}, \"a\": 1}", "got {\"auth\": [redacted], \"a\": 1}"},
      {"the 'password': it must be a string", "the 'password': it must be a string"},
      {"curl -H 'Authorization: Bearer s' x", "curl -H 'Authorization: Bearer [redacted]' x"},
      {"curl -H 'X-API-Key: s' x", "curl -H 'X-API-Key: [redacted]' x"},
      {"curl -u me:s -X GET https://h/", "curl -u [redacted] -X GET https://h/"},
      {"curl -X GET \\\n -su 'me:s t' https://h/", "curl -X GET \\\n -su '[redacted]' https://h/"},
      {"curl -ume:s x; curl --user=me:s x", "curl -u[redacted] x; curl --user=[redacted] x"},
      {"curl --proxy-user \"me:s\" x", "curl --proxy-user \"[redacted]\" x"},
      {"curl -u me https://h:80/", "curl -u me https://h:80/"},
      {"curl -o f x\nsort -u a:b", "curl -o f x\nsort -u a:b"},
      {"my curl -u", "my curl -u"},
      {"the token: it must be there", "the token: it must be there"},
      {"<a><password>s</password><b>c</b></a>", "<a><password>[redacted]</password><b>c</b></a>"},
      {"<x:pwd t='1'>s</x:pwd>", "<x:pwd t='1'>[redacted]</x:pwd>"},
      {"<c host='h' password='s t'/>", "<c host='h' password='[redacted]'/>"},
      {"<p name='password' value='s'/><p name='a' value='b'/>",
       "<p name='password' value='[redacted]'/><p name='a' value='b'/>"},
      {"<entry key=\"password\">s</entry>", "<entry key=\"password\">[redacted]</entry>"},
      {"<author>me</author> a < b, x > y", "<author>me</author> a < b, x > y"},
      {"k: -----BEGIN RSA PRIVATE KEY-----\ns\n-----END RSA PRIVATE KEY-----, x",
       "k: -----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY-----, x"},
      {"-----BEGIN PRIVATE KEY-----\ns", "-----BEGIN PRIVATE KEY-----[redacted]"},
      {"-----BEGIN CERTIFICATE-----\nc\n-----END CERTIFICATE-----",
       "-----BEGIN CERTIFICATE-----\nc\n-----END CERTIFICATE-----"},
      {"as eyJhbGciOiJI.eyJzdWIiOiIx.c2ln-_x, x", "as [redacted], x"},
      {"page eyJhbGciOiJIUzI1NiJ9AAAA", "page eyJhbGciOiJIUzI1NiJ9AAAA"},
      {"page eyJhbGciOiJI, as eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "page eyJhbGciOiJI, as [redacted]"},
      {"see https://h/?to=https%3A%2F%2Fu%3As%40h%2F%3Ftoken%3Ds%26a%3D1&b=2",
       "see https://h/?to=https%3A%2F%2F[redacted]%40h%2F%3Ftoken%3D[redacted]%26a%3D1&b=2"},
      {"100%25 of https%253A%252F%252Fu%253As%2540h",
       "100%25 of https%253A%252F%252F[redacted]%2540h"}};
  for (const auto& [text, redacted] : kTexts) EXPECT_EQ(TextKept(text), redacted);
}

TEST(RedactTexts, LooksIntoJsonInBase64) {
  const auto kept = [](std::string_view json) {
    return TextKept("as " + Base64Encode(json) + ", " + Base64UrlEncode(json));
  };
  EXPECT_EQ(kept(R"({"user":"me","password":"s"})"), "as [redacted]==, [redacted]");
  EXPECT_EQ(kept(R"({"auth":{"x":"s?>?>?>"}})"), "as [redacted], [redacted]");
  const std::string twice = Base64UrlEncode(R"({"password":"secret"})");
  EXPECT_EQ(kept(R"({"a":")" + twice + R"("})"), "as [redacted], [redacted]");
  EXPECT_EQ(TextKept(twice), "[redacted]");
  const std::string page = "page " + Base64Encode(R"({"skip":100,"name":"password"})");
  EXPECT_EQ(TextKept(page), page);
  EXPECT_FALSE(TextKept("cut " + twice.substr(0, twice.size() - 3)).contains(twice.substr(0, 12)));
}

}  // namespace
}  // namespace mockduit
