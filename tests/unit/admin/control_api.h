// ControlApiTest: the control API in process, over a world of the real contracts. Used by the tests
// of its calls.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "admin/control_api.h"
#include "unit/engine/world.h"

namespace mockduit {

class ControlApiTest : public ::testing::Test {
 protected:
  Response Call(const char* method, std::string path, std::string body = "") {
    Request request{method, std::move(path), "", {}, std::move(body)};
    const std::size_t mark = request.path.find('?');
    if (mark != std::string::npos) {
      request.query = request.path.substr(mark + 1);
      request.path.resize(mark);
    }
    return api_.Handle(request);
  }

  Json Answer(const char* method, std::string path, std::string body = "", int status = 200) {
    const Response response = Call(method, std::move(path), std::move(body));
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_EQ(response.headers.Get("Content-Type"), "application/json");
    return Json::Parse(response.body).value_or(Json());
  }

  void ExpectProblem(const Response& response, int status, std::string_view detail) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.headers.Get("Content-Type"), "application/problem+json");
    const auto problem = Json::Parse(response.body);
    ASSERT_TRUE(problem) << response.body;
    EXPECT_EQ(problem->Find("detail")->AsString(), detail);
    EXPECT_EQ(problem->Find("status")->AsInteger(), status);
  }

  TestWorld world_{{.scenario = "throttled-twice"}};
  ControlApi api_{{BuiltInCatalog(),
                   world_.scenarios(),
                   world_.sessions(),
                   world_.metrics(),
                   "1.2.3",
                   "{}",
                   {}},
                  {}};
};

}  // namespace mockduit
