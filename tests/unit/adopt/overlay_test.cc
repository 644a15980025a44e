// Overlay: where it stands, and its mistakes, word for word.
#include "adopt/overlay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr const char* kDocument = R"({"paths": {
  "/things": {"get": {}, "post": {}, "parameters": []},
  "/shared": {"$ref": "paths.yaml#/shared"}
}})";

// What is said of these lines, as an overlay of the document above.
std::vector<std::string> Mistakes(const std::string& overlay) {
  std::vector<std::string> texts;
  for (const Problem& problem :
       MistakesOf(ReadYaml("o.yaml", overlay).value(), *Json::Parse(kDocument))) {
    texts.push_back(problem.Text());
  }
  return texts;
}

TEST(Overlay, StandsBesideItsDocument) {
  EXPECT_EQ(OverlayPathOf("specs/nango.json"), "specs/nango.mockduit.yaml");
  EXPECT_EQ(OverlayPathOf("nango.v2.yaml"), "nango.v2.mockduit.yaml");
  EXPECT_EQ(OverlayPathOf("specs.d/nango"), "specs.d/nango.mockduit.yaml");
  EXPECT_EQ(OverlayPathOf("nango"), "nango.mockduit.yaml");
}

TEST(Overlay, IsNothingWhereThereIsNone) {
  MemoryFiles files;
  files.AddFile("/spec.yaml", "");
  EXPECT_EQ(ReadOverlay("/spec.yaml", files).value(), std::nullopt);
  files.AddFile("/spec.mockduit.yaml", "paths: {/things: {}}");
  EXPECT_EQ(ReadOverlay("/spec.yaml", files).value()->root.Dump(), R"({"paths":{"/things":{}}})");
  files.AddFile("/spec.mockduit.yaml", "paths: [");
  EXPECT_EQ(ReadOverlay("/spec.yaml", files).error().front().file, "/spec.mockduit.yaml");
}

TEST(Overlay, HasNoMistakeWhereTheDocumentHasAllThatItNames) {
  EXPECT_THAT(Mistakes(""), ElementsAre());
  EXPECT_THAT(Mistakes("x-mockduit: {kinds: {}}\npaths: {/things: {post: {}}}\nseed: []\nkeys: {}"),
              ElementsAre());
  EXPECT_THAT(Mistakes("paths: {/shared: {put: {}}}"), ElementsAre()) << "it is in another file";
}

TEST(Overlay, TellsWhatTheDocumentLacks) {
  EXPECT_THAT(
      Mistakes("paths:\n  /thigns: {}\n  /things: {psot: {}, put: {}, parameters: []}"),
      ElementsAre("o.yaml:2:3: the document has no path '/thigns'; did you mean '/things'?",
                  "o.yaml:3:13: the document has no 'psot' here; it has get or post",
                  "o.yaml:3:23: the document has no 'put' here; it has get or post",
                  "o.yaml:3:32: the document has no 'parameters' here; it has get or post"));
}

TEST(Overlay, TellsWhatIsNoPartOfIt) {
  EXPECT_THAT(Mistakes("[]"), ElementsAre("o.yaml:1:1: an overlay is a map"));
  EXPECT_THAT(
      Mistakes("seeds: []\nx-mockduit: {vendor: acme}\npaths: []\nkeys: 5"),
      ElementsAre("o.yaml:1:1: an overlay has no 'seeds'; it has x-mockduit, paths, seed or "
                  "keys; did you mean 'seed'?",
                  "o.yaml:3:8: this must be a map", "o.yaml:4:7: this must be a map",
                  "o.yaml:2:14: the name of the vendor is said by --contract"));
}

}  // namespace
}  // namespace mockduit
