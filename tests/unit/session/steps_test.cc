// What each step does, and when it is passed over: the steps at the end of a lifecycle of a job.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/world.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kJobsAndBoxes = R"({
  "acme.job": {"a": {"id": "a", "of": "x"}},
  "acme.box": {"1": {"id": "1", "of": "x"}, "2": {"id": "2", "of": "x"}, "3": {"id": "3", "of": "y"}}
})";

// What is stored after the steps, which are YAML: "[{set: …}, …]".
std::string After(const std::string& steps) {
  const std::string contract =
      "openapi: 3.1.0\nx-mockduit:\n  vendor: acme\n  edition: v1\n"
      "  kinds: {job: &any {id: id, members: any}, box: *any, note: *any}\n  lifecycles:\n"
      "    rest: {kind: box, takes: 5s, ends: {done: {set: {rested: true}}}}\n"
      "    job: {kind: job, takes: 1s, ends: {done: {then: " +
      steps + "}}}\n";
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", contract}});
  World world(100, 7);
  const Json jobs_and_boxes = *Json::Parse(kJobsAndBoxes);
  for (const JsonMember& kind : *jobs_and_boxes.IfObject()) {
    for (const JsonMember& one : *kind.value.IfObject()) world.Put(kind.key, one.key, one.value);
  }
  const auto rest = catalog.FindLifecycle("acme.rest");
  world.Begin(rest, "1", {}, {Time(), nullptr});
  world.Begin(catalog.FindLifecycle("acme.job"), "a", {}, {Time(), nullptr});
  world.CatchUp(Time() + std::chrono::seconds(10));
  return world.store().Snapshot().Dump();
}

std::string Job(const std::string& more) { return R"("a":{"id":"a","of":"x")" + more + "}"; }
std::string Box(const std::string& id, const std::string& of, const std::string& more) {
  return "\"" + id + R"(":{"id":")" + id + R"(","of":")" + of + "\"" + more + "}";
}

TEST(Step, ThatIsNotDueIsPassedOverAndTheNextIsDone) {
  const std::string after = After("[{set: {first: 1}, when: {result.of: y}}, {set: {second: 2}}]");
  EXPECT_THAT(after, HasSubstr(Job(R"(,"second":2)")));
}

TEST(Step, SeesWhatTheStepsBeforeItHaveChanged) {
  EXPECT_THAT(After("[{set: {of: y}}, {set: {is: '{{result.of}}'}, when: {result.of: y}}]"),
              HasSubstr(R"("a":{"id":"a","of":"y","is":"y"})"));
  EXPECT_THAT(
      After("[{update: job, by: a, set: {of: z}}, {create: note, id: id, resource: {id: n1}},"
            " {set: {is: '{{result.of}}'}}]"),
      HasSubstr(R"("a":{"id":"a","of":"z","is":"z"})"))
      << "by whichever step, and whatever else has changed since";
}

TEST(Step, MayDependOnWhatIsThere) {
  const std::string there = "there: {find: box, where: {of: ";
  EXPECT_THAT(After("[{set: {set: 1}, if_" + there + "y}}}]"), HasSubstr(Job(R"(,"set":1)")));
  EXPECT_THAT(After("[{set: {set: 1}, if_" + there + "z}}}]"), HasSubstr(Job("")));
  EXPECT_THAT(After("[{set: {set: 1}, unless_" + there + "y}}}]"), HasSubstr(Job("")));
  EXPECT_THAT(After("[{set: {set: 1}, unless_" + there + "z}}}]"), HasSubstr(Job(R"(,"set":1)")));
}

TEST(Step, UpdatesOneByItsIdOrAllThatFit) {
  const std::string by = After("[{update: box, by: '2', set: {full: true}}]");
  EXPECT_THAT(by, HasSubstr(Box("2", "x", R"(,"full":true)")));
  EXPECT_THAT(by, HasSubstr(Box("3", "y", "")));
  const std::string where =
      After("[{update: box, where: {of: '{{result.of}}'}, set: {full: true}}]");
  EXPECT_THAT(where, HasSubstr(Box("2", "x", R"(,"full":true)")));
  EXPECT_THAT(where, HasSubstr(R"("1":{"id":"1","of":"x","full":true)"));
  EXPECT_THAT(where, HasSubstr(Box("3", "y", "")));
}

TEST(Step, DeletesOneByItsIdOrAllThatFit) {
  EXPECT_THAT(After("[{delete: box, by: '3'}]"), Not(HasSubstr("\"3\":")));
  const std::string where = After("[{delete: box, where: {of: x}}]");
  EXPECT_THAT(where, Not(HasSubstr("\"1\":")));
  EXPECT_THAT(where, Not(HasSubstr("\"2\":")));
  EXPECT_THAT(where, HasSubstr(Box("3", "y", "")));
}

TEST(Step, CreatesOneThatTheNextStepsKnow) {
  EXPECT_THAT(After("[{create: note, id: id, resource: {id: n1, of: '{{result.id}}'}},"
                    " {set: {note: '{{found.note.id}}', of_note: '{{found.note.of}}'}}]"),
              HasSubstr(Job(R"(,"note":"n1","of_note":"a")")));
}

TEST(Step, MayBeDoneForEachThatFits) {
  EXPECT_THAT(After("[{each: box, where: {of: x}, then: [{create: note, id: id, resource: {id: "
                    "'{{found.box.id}}'}}]}]"),
              HasSubstr(R"("acme.note":{"1":{"id":"1"},"2":{"id":"2"}})"));
}

TEST(Step, BeginsALifecycleOfAnotherResource) {
  EXPECT_THAT(After("[{begin: rest, of: '3'}]"), HasSubstr(Box("3", "y", R"(,"rested":true)")));
  EXPECT_THAT(After("[{begin: rest, of: '3', until: '{{now + 1h}}'}]"),
              HasSubstr(Box("3", "y", "")));
}

TEST(Step, StopsALifecycleOfAnotherResource) {
  EXPECT_THAT(After("[{set: {set: 1}}]"), HasSubstr(Box("1", "x", R"(,"rested":true)")));
  EXPECT_THAT(After("[{stop: rest, of: '1'}]"), HasSubstr(Box("1", "x", "")));
}

}  // namespace
}  // namespace mockduit
