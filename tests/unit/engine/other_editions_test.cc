// Where two editions of a document contradict each other, the journal says which one takes what the
// other refuses, as long as nothing tells by which of them the client goes.
#include <gtest/gtest.h>

#include "unit/engine/own_contract.h"

namespace mockduit {
namespace {

// Of the same create, with another rule for its name.
std::string EditionThatWants(const std::string& rule, const std::string& more) {
  return R"(openapi: 3.1.0
x-mockduit:
  vendor: acme
)" + more +
         R"(
  conditions: {no_credential: bad_request, bad_query: bad_request, malformed_body: bad_request,
               invalid: bad_request}
  wording: {messages: {default: wrong}}
paths:
  /boxes:
    post:
      operationId: create_box
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [size], properties: {size: {type: integer}, name: )" +
         rule + R"(}}
      responses:
        "200": {x-mockduit: {outcome: success, source: s}}
        "400": {x-mockduit: {outcome: bad_request, source: s}}
)";
}

class OtherEditions : public OwnContractTest {
 protected:
  OtherEditions()
      : OwnContractTest(
            {{"f/acme/v1.yaml",
              EditionThatWants(
                  "{minLength: 4}",
                  "  edition: v1\n  default: true\n  credentials: [{scheme: header, name: "
                  "X-Key}, {scheme: header, name: X-Old}]")},
             {"f/acme/v2.yaml",
              EditionThatWants(
                  "{maxLength: 4}",
                  "  edition: v2\n  chosen_by: [{body: mark}, {header: X-V, matches: '2'}]\n"
                  "  credentials: [{scheme: header, name: X-Key}]")}}) {
    const auto loaded = scenarios_.Load(
        {{"success.yaml", "{}"},
         {"busy.yaml", "rules: [{play: [{status: 503, body: busy, times: forever}]}]"}},
        catalog_);
    for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.Text();
  }

  // "v1, by v2: body.name: minLength 4": who refused it, and who takes it.
  std::string Sent(const std::string& body, Headers headers = {{"X-Key", "k"}},
                   const std::string& path = "/boxes") {
    emulator_.Handle({"POST", path, "", std::move(headers), body});
    const auto exchanges = sessions_.Get(kDefaultSession)->Enter()->journal().Exchanges({});
    const Exchange& last = exchanges.back();
    return last.edition + ", by " + (last.allowed_by.empty() ? "none" : last.allowed_by) + ": " +
           last.violation;
  }
  void Pin(const std::string& edition) {
    sessions_.Get(kDefaultSession)->Enter()->SetEditions({{"acme", edition}});
  }
};

TEST_F(OtherEditions, AreNamedWhereTheyTakeTheVeryRequest) {
  EXPECT_EQ(Sent(R"({"size":1,"name":"abc"})"), "v1, by v2: body.name: minLength 4");
  EXPECT_EQ(Sent(R"({"size":1,"name":"abcde"})"), "v1, by none: ") << "nothing is wrong with it";
  EXPECT_EQ(Sent(R"({"size":1,"name":"abc"})", {{"X-Key", "k"}}, "/~busy/boxes"),
            "v1, by v2: body.name: minLength 4")
      << "though a play answered";
}

TEST_F(OtherEditions, AreNotNamedWhereTheyRefuseItAsWell) {
  EXPECT_EQ(Sent(R"({"name":"abc"})"), "v1, by none: body.size: required; body.name: minLength 4");
  EXPECT_EQ(Sent(R"({"size":1,"name":"abc"})", {{"X-Old", "k"}}),
            "v1, by none: body.name: minLength 4")
      << "the other takes no such credential";
}

TEST_F(OtherEditions, AreNotNamedWhereItIsKnownByWhichTheClientGoes) {
  EXPECT_EQ(Sent(R"({"size":1,"name":"abcde","mark":1})"), "v2, by none: body.name: maxLength 4");
  EXPECT_EQ(Sent(R"({"size":1,"name":"abcde"})", {{"X-Key", "k"}, {"X-V", "2"}}),
            "v2, by none: body.name: maxLength 4");
  Pin("v1");
  EXPECT_EQ(Sent(R"({"size":1,"name":"abc"})"), "v1, by none: body.name: minLength 4");
}

}  // namespace
}  // namespace mockduit
