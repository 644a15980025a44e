// OwnContractTest: an emulator of a few contracts that the test has written, with nothing else.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "engine/emulator.h"
#include "unit/contract/acme.h"

namespace mockduit {

// The method `post` of a path, whose success is the body that was sent. `failures` are its other
// responses, each on a line: "400: bad_request".
inline std::string EchoingPost(std::string_view failures) {
  std::string post = R"(
    post:
      operationId: post
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s, fill: {"": "{{request.body}}"}}
          content: {application/json: {examples: {one: {value: 0}}}}
)";
  while (!failures.empty()) {
    std::string_view line = TakeUntil(failures, "\n");
    const std::string status(TakeUntil(line, ": "));
    post += "        \"" + status + "\": {x-mockduit: {outcome: " + std::string(line) +
            ", source: s}}\n";
  }
  return post;
}

class OwnContractTest : public ::testing::Test {
 protected:
  explicit OwnContractTest(const std::vector<TextFile>& contracts,
                           const std::string& clock = "2026-01-15T10:00:00Z")
      : catalog_(LoadedCatalog(contracts)), clock_(*ParseTime(clock)) {}

  // "200 body"
  std::string Answered(Request request) {
    const Response response = emulator_.Handle(std::move(request));
    return std::to_string(response.status) + " " + response.body;
  }

  const Catalog catalog_;
  ManualClock clock_;
  ScenarioLibrary scenarios_;
  Log log_;
  Metrics metrics_{clock_};
  NoCaller caller_;
  Sessions sessions_{{}, {}, clock_, Seeds(), log_};
  Emulator emulator_{{catalog_, scenarios_, sessions_, caller_, metrics_}, {}, {}};
};

}  // namespace mockduit
