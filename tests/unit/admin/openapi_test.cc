// The description of the control API says what the table of its calls says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "admin/control_api.h"
#include "base/file.h"
#include "base/text.h"
#include "base/yaml.h"

namespace mockduit {
namespace {

using ::testing::IsSupersetOf;

// "GET /__admin/health"
using Calls = std::set<std::string>;

class OpenApiTest : public ::testing::Test {
 protected:
  OpenApiTest() {
    const auto file = ReadFile(MOCKDUIT_SOURCE_DIR "/src/admin/openapi.yaml");
    if (!file) {
      ADD_FAILURE() << file.error().message;
      return;
    }
    auto document = ReadYaml(file->path, file->text);
    if (document) {
      root_ = std::move(document->root);
    } else {
      for (const Problem& problem : document.error()) ADD_FAILURE() << problem.Text();
    }
  }

  // Calls `use` with the path, the method and the operation of each call; and the path's own item.
  template <class Use>
  void EachCall(Use use) const {
    const Json::Object* paths = root_.Get("paths").IfObject();
    ASSERT_NE(paths, nullptr);
    for (const auto& [path, item] : *paths) {
      ASSERT_TRUE(item.IsObject()) << path;
      for (const auto& [key, operation] : *item.IfObject()) {
        if (key != "parameters") use(path, UpperCase(key), operation, item);
      }
    }
  }

  // Where a "$ref" leads: itself where there is none, nullptr when it leads nowhere.
  const Json* Target(const Json& json) const {
    const Json* reference = json.Find("$ref");
    if (reference == nullptr) return &json;
    const std::string_view text = reference->AsString();
    return text.starts_with('#') ? root_.At(text.substr(1)) : nullptr;
  }

  void ExpectReferencesLeadSomewhere(const Json& json, const std::string& place) const {
    if (Target(json) == nullptr) ADD_FAILURE() << place << " leads nowhere: " << json.Dump();
    if (const Json::Object* members = json.IfObject()) {
      for (const auto& [key, value] : *members) {
        ExpectReferencesLeadSomewhere(value, place + "/" + key);
      }
    }
    if (const Json::Array* items = json.IfArray()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        ExpectReferencesLeadSomewhere((*items)[i], place + "/" + std::to_string(i));
      }
    }
  }

  // The names of the parameters in a list of them that are sent there: "path", "query".
  std::set<std::string> Parameters(const Json& list, std::string_view in) const {
    std::set<std::string> names;
    for (const Json& entry : list.IfArray() != nullptr ? *list.IfArray() : Json::Array()) {
      const Json* parameter = Target(entry);
      if (parameter == nullptr || parameter->Get("in").AsString() != in) continue;
      EXPECT_EQ(parameter->Get("required").AsBool(), in == "path") << parameter->Dump();
      names.emplace(parameter->Get("name").AsString());
    }
    return names;
  }

  Json root_;
};

TEST_F(OpenApiTest, IsOfTheVersionThatItSays) {
  EXPECT_EQ(root_.Get("openapi").AsString(), "3.1.0");
  EXPECT_NE(root_.Get("info").Get("title").AsString(), "");
}

TEST_F(OpenApiTest, HasEachCallOfTheTableAndNoOther) {
  Calls described;
  EachCall([&](const std::string& path, const std::string& method, const Json&, const Json&) {
    described.insert(method + " " + path);
  });
  Calls known;
  for (const ControlApi::Entry& entry : ControlApi::Table()) {
    known.insert(std::string(entry.method) + " " + entry.path.text());
  }
  EXPECT_EQ(described, known);
}

TEST_F(OpenApiTest, LeadsSomewhereWithEachReference) { ExpectReferencesLeadSomewhere(root_, "#"); }

TEST_F(OpenApiTest, SummarizesEachCallAndItsAnswers) {
  EachCall(
      [&](const std::string& path, const std::string& method, const Json& operation, const Json&) {
        const std::string call = method + " " + path;
        EXPECT_NE(operation.Get("summary").AsString(), "") << call;
        const Json::Object* responses = operation.Get("responses").IfObject();
        ASSERT_NE(responses, nullptr) << call;
        EXPECT_FALSE(responses->empty()) << call;
        for (const auto& [status, response] : *responses) {
          const Json* target = Target(response);
          ASSERT_NE(target, nullptr) << call << " " << status;
          EXPECT_NE(target->Get("description").AsString(), "") << call << " " << status;
        }
      });
}

TEST_F(OpenApiTest, TellsOfEachCallWhoIsRefused) {
  EachCall(
      [&](const std::string& path, const std::string& method, const Json& operation, const Json&) {
        std::vector<std::string> statuses;
        for (const auto& [status, response] : *operation.Get("responses").IfObject()) {
          statuses.push_back(status);
        }
        const bool open = path == "/__admin/health";
        EXPECT_THAT(statuses, IsSupersetOf(open ? std::vector<std::string>{"400", "403"}
                                                : std::vector<std::string>{"400", "401", "403"}))
            << method << " " << path;
      });
}

TEST_F(OpenApiTest, DescribesEachVariableOfAPath) {
  EachCall(
      [&](const std::string& path, const std::string&, const Json& operation, const Json& item) {
        std::set<std::string> variables;
        const UriTemplate pattern(path);
        for (const UriTemplate::Segment& segment : pattern.segments()) {
          if (segment.is_variable) variables.insert(segment.text);
        }
        std::set<std::string> described = Parameters(item.Get("parameters"), "path");
        described.merge(Parameters(operation.Get("parameters"), "path"));
        EXPECT_EQ(described, variables) << path;
      });
}

TEST_F(OpenApiTest, DescribesTheParametersThatEachCallTakes) {
  EachCall(
      [&](const std::string& path, const std::string& method, const Json& operation, const Json&) {
        const auto entry =
            std::ranges::find_if(ControlApi::Table(), [&](const ControlApi::Entry& each) {
              return each.method == method && each.path.text() == path;
            });
        ASSERT_NE(entry, ControlApi::Table().end());
        std::set<std::string> known(entry->parameters.begin(), entry->parameters.end());
        if (entry->check_parameters)
          known.insert("parameters");  // an object, one member a parameter
        EXPECT_EQ(Parameters(operation.Get("parameters"), "query"), known) << method << " " << path;
      });
}

}  // namespace
}  // namespace mockduit
