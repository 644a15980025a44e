// `setup_tests` of a play: a map of titles, or "*" for all that are not named, to how each ends: a
// status, or {status, message, details}.
#include "scenario/read/reader.h"
#include "vendors/fivetran/setup_tests.h"

namespace mockduit::fivetran {
namespace {

constexpr std::string_view kSchema = R"({
  "description": "How Fivetran's setup tests end, by title, or by \"*\" for all that are not named.",
  "type": "object",
  "additionalProperties": {
    "anyOf": [
      {"$ref": "#/definitions/setup_status"},
      {
        "type": "object",
        "additionalProperties": false,
        "anyOf": [{"required": ["status"]}, {"required": ["check"]}],
        "properties": {
          "status": {
            "description": "How it ends.",
            "allOf": [{"$ref": "#/definitions/setup_status"}]
          },
          "message": {"description": "What it says.", "type": "string"},
          "details": {"description": "What more it tells, as JSON."},
          "check": {
            "description": "In place of all that: as the check of what must be trusted ends, until it is.",
            "enum": ["certificate", "fingerprint"]
          }
        }
      }
    ]
  }
})";

void CheckTest(ScenarioReader& reader, const Node& test) {
  if (const Json::Object* members = test.json().IfObject()) {
    static const std::vector<std::string> kKeys = {"status", "message", "details", "check"};
    for (const JsonMember& member : *members) {
      if (std::ranges::find(kKeys, member.key) == kKeys.end()) {
        reader.UnknownKey(test.Below(member.value), member.key, "a setup test", kKeys);
      } else if (member.key == "message") {
        reader.Text(test.Below(member.value), "message");
      }
    }
  }
  if (const Node check = test.json().IsObject() ? test["check"] : Node::None()) {
    reader.Word(check, "check", {"certificate", "fingerprint"});
    if (test.json().IfObject()->size() > 1) {
      reader.Wrong(test, "a setup test that ends as a check does says nothing else of its end");
    }
    return;
  }
  const Node status = test.json().IsObject() ? test["status"] : test;
  if (!status) return reader.Wrong(test, "a scripted setup test needs a 'status'");
  reader.Word(status, "setup test status",
              {"PASSED", "SKIPPED", "WARNING", "FAILED", "JOB_FAILED"});
}

void Check(ScenarioReader& reader, const Node& node) {
  if (!node.json().IsObject()) {
    return reader.Wrong(node, "setup_tests must be a map of titles to statuses");
  }
  for (const JsonMember& test : *node.json().IfObject()) CheckTest(reader, node.Below(test.value));
}

}  // namespace

PlayExtension ScriptedSetupTests() { return {"setup_tests", &Check, kSchema}; }

}  // namespace mockduit::fivetran
