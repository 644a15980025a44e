// What the steps of an effect know and make, and the mistakes in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

// What is wrong with a contract whose operation does these steps to a box.
std::vector<std::string> MistakesOfSteps(const std::string& then,
                                         const std::string& fill = "{{result.id}}") {
  const std::string contract =
      "openapi: 3.1.0\n"
      "x-mockduit:\n"
      "  vendor: acme\n"
      "  edition: v1\n"
      "  kinds: {box: {id: id, members: [id, full]}, note: {id: key, members: [key, text]},\n"
      "          lid: {members: [number, of]}, job: {members: any}}\n"
      "  lifecycles: {paint: {kind: job, takes: 1s, ends: {done: {}}}}\n"
      "  webhooks: {kind: job, body: {}}\n"
      "paths:\n"
      "  /boxes/{id}:\n"
      "    put:\n"
      "      operationId: put_box\n"
      "      x-mockduit:\n"
      "        effect:\n"
      "          update: box\n"
      "          absent: not_found\n"
      "          then:\n"
      "            - " +
      then +
      "\n"
      "      responses:\n"
      "        '200':\n"
      "          x-mockduit: {source: s, fill: {/a: '" +
      fill +
      "'}}\n"
      "          content: {application/json: {examples: {one: {value: {a: 1}}}}}\n"
      "        '404': {x-mockduit: {source: s}}\n";
  const auto catalog = Catalog::Load({{"acme/v1.yaml", contract}});
  std::vector<std::string> told;
  if (catalog) return told;
  for (const Problem& problem : catalog.error()) {
    told.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + " " +
                   problem.message);
  }
  return told;
}

TEST(StepsReader, TakesStepsOfEveryVerb) {
  for (const char* then :
       {"{set: {full: true}}", "{merge: {full: true}}", "{update: note, by: x, set: {text: a}}",
        "{create: note, resource: {key: k, text: '{{result.id}}'}}",
        "{create: lid, id: number, resource: {number: 1, of: a}}",
        "{create: lid, by: x, resource: {of: a}}", "{delete: note, where: {text: a}}",
        "{each: note, where: {text: a}, then: [{update: note, by: '{{found.note.key}}', set: "
        "{text: b}}]}",
        "{begin: paint, of: x, until: '{{now + 1h}}', unscripted: true}", "{stop: paint, of: x}",
        "{emit: box.full, data: {id: '{{result.id}}'}, when: {result.full: true}}",
        "{set: {full: true}, if_there: {find: note, by: x}, unless_there: {find: lid, where: {of: "
        "a}}}"}) {
    EXPECT_THAT(MistakesOfSteps(then), ElementsAre()) << then;
  }
}

TEST(StepsReader, TellsWhatAStepLacks) {
  const std::pair<const char*, const char*> kSteps[] = {
      {"{create: note}", "18:15 'resource' is missing here"},
      {"{create: lid, resource: {of: a}}", "18:15 'id' is missing here"},
      {"{create: note, resource: {text: b}}",
       "18:40 what is created needs its id, 'key': all that have none would be one resource"},
      {"{create: lid, id: nmuber, resource: {of: a}}",
       "18:33 the kind 'lid' has no member 'nmuber'; did you mean 'number'?"},
      {"{update: note, set: {text: a}}", "18:15 'by' or 'where' must say which ones"},
      {"{delete: note}", "18:15 'by' or 'where' must say which ones"},
      {"{each: note, then: []}", "18:15 'by' or 'where' must say which ones"},
      {"{set: {full: true}, if_there: {fnid: note, by: x}}",
       "18:46 'fnid' is no key of what is looked for; did you mean 'find'?"},
      {"{begin: paint, of: x, untill: x}",
       "18:37 'untill' is no key of the step 'begin'; did you mean 'until'?"},
      {"{create: note, resource: {key: a, txet: b}}",
       "18:49 the kind 'note' has no member 'txet'; did you mean 'text'?"},
      {"{stop: paint, of: '{{found.job.id}}'}",
       "18:36 'found.job.id' is not known here, only where something was found"},
      {"5", "18:15 a step is one of set, update, create, delete, each, begin, stop, emit"},
  };
  for (const auto& [then, told] : kSteps)
    EXPECT_THAT(MistakesOfSteps(then), ElementsAre(told)) << then;
}

TEST(StepsReader, LetsLaterStepsAndTheAnswerKnowWhatOneMakes) {
  const std::string makes = "{create: note, resource: {key: k}}";
  EXPECT_THAT(MistakesOfSteps(makes + "\n            - {delete: note, by: '{{found.note.key}}'}"),
              ElementsAre());
  EXPECT_THAT(
      MistakesOfSteps("{delete: note, by: '{{found.note.key}}'}\n            - " + makes),
      ElementsAre("18:37 'found.note.key' is not known here, only where something was found"));
  EXPECT_THAT(MistakesOfSteps(makes, "{{made.note | pluck key}}"), ElementsAre());
  EXPECT_THAT(MistakesOfSteps(makes, "{{made.note.0.kye}}"),
              ElementsAre("21:49 'made.note.0.kye' is not known in acme.put_box; did you mean "
                          "'made.note.0.key'?"));
  EXPECT_THAT(
      MistakesOfSteps("{each: lid, where: {of: a}, then: [" + makes + "]}", "{{made.note}}"),
      ElementsAre())
      << "also what is made inside";
  EXPECT_THAT(MistakesOfSteps("{set: {full: true}}", "{{made.note}}"),
              ElementsAre("21:49 'made.note' is not known in acme.put_box, only behind the steps "
                          "that make something"));
}

}  // namespace
}  // namespace mockduit
