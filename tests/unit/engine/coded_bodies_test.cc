// Bodies with a Content-Encoding, and HEAD, by contracts of our own.
#include <gtest/gtest.h>

#include "unit/engine/own_contract.h"
#include "unit/http/coded.h"

namespace mockduit {
namespace {

std::string CodedContract(const std::string& requests, const std::string& conditions = "") {
  return R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  requests: )" +
         requests + R"(
  conditions: {malformed_body: bad_request, unknown_method: method_not_allowed)" +
         conditions + R"(}
paths:
  /w:
    get:
      operationId: get
      responses: {"200": {x-mockduit: {outcome: success, source: s}}}
)" + EchoingPost("400: bad_request\n415: unsupported_media_type") +
         R"(
  /h:
    head:
      operationId: head
      responses: {"200": {x-mockduit: {outcome: success, source: s}, headers: {X-Own: {example: "1"}}}}
    get:
      operationId: get_h
      responses: {"200": {x-mockduit: {outcome: success, source: s}}}
components:
  responses:
    No: {x-mockduit: {outcome: method_not_allowed, status: 405, source: s}}
)";
}

class CodedBodies : public OwnContractTest {
 protected:
  explicit CodedBodies(const std::string& requests = "{}", const std::string& conditions = "")
      : OwnContractTest({{"f/acme/v1.yaml", CodedContract(requests, conditions)}}) {
    scenarios_.Load({{"success.yaml", "{}"}}, catalog_);
  }

  Response Post(const std::string& body, const std::string& coding) {
    return emulator_.Handle({"POST", "/w", "", {{"Content-Encoding", coding}}, body});
  }
  std::string Posted(const std::string& body, const std::string& coding) {
    return Answered({"POST", "/w", "", {{"Content-Encoding", coding}}, body});
  }
  Response Head(const std::string& path) { return emulator_.Handle({"HEAD", path, "", {}, ""}); }
};

class NeitherCodingNorHead : public CodedBodies {
 protected:
  NeitherCodingNorHead() : CodedBodies("{content_encoding: ignored, head: false}") {}
};

class HasAWordForTypes : public CodedBodies {
 protected:
  HasAWordForTypes() : CodedBodies("{}", ", media_type: unsupported_media_type") {}
};

TEST_F(CodedBodies, AreRead) {
  EXPECT_EQ(Posted(Gzipped(), "gzip"), R"(200 {"n":1})");
  EXPECT_EQ(Posted(ZlibDeflated(), "deflate"), R"(200 {"n":1})");
}

TEST_F(CodedBodies, AreInTheJournalAsTheyWereBefore) {
  Post(Gzipped(), "gzip");
  const auto session = sessions_.Get("default");
  EXPECT_EQ(session->Enter()->journal().Find(1)->request.body, R"({"n":1})");
}

TEST_F(CodedBodies, ThatAreDamagedAreMalformed) { EXPECT_EQ(Posted("xx", "gzip"), "400 "); }

TEST_F(CodedBodies, InACodingThatNobodyKnowsAreRefused) {
  const Response response = Post("{}", "br");
  EXPECT_EQ(response.status, 415);
  EXPECT_EQ(response.headers.Get("Accept-Encoding"), "gzip, deflate");
  EXPECT_EQ(response.headers.Get("X-Mockduit-Outcome"), "none");
}

TEST_F(HasAWordForTypes, WhichIsSaid) { EXPECT_EQ(Posted("{}", "br"), "415 "); }

TEST_F(CodedBodies, ThatWouldBeTooLongAreRefused) {
  std::string bomb = Bomb();
  while (bomb.size() < 20 * Bomb().size()) bomb += Bomb();
  EXPECT_EQ(Post(bomb, "gzip").status, 413);
}

TEST_F(NeitherCodingNorHead, ABodyIsTheBytesThatItIs) {
  EXPECT_EQ(Posted(Gzipped(), "gzip"), "400 ");
  EXPECT_EQ(Posted("{}", "br"), "200 {}");
}

TEST_F(CodedBodies, HeadIsGetUnlessItIsDocumented) {
  EXPECT_EQ(Head("/w").status, 200);
  EXPECT_EQ(Head("/h").headers.Get("X-Own"), "1");
}

TEST_F(NeitherCodingNorHead, HeadIsAWrongMethodUnlessItIsDocumented) {
  const Response response = Head("/w");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.Get("Allow"), "GET, POST");
  EXPECT_EQ(Head("/h").headers.Get("X-Own"), "1");
}

}  // namespace
}  // namespace mockduit
