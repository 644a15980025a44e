#include "contract/resources.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "unit/contract/acme.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

// The vendor of examples/, which declares its kinds.
const Catalog& Declared() {
  static const Catalog kCatalog = [] {
    std::vector<TextFile> files = ReadFiles(MOCKDUIT_SOURCE_DIR "/examples/fixtures").value();
    return LoadedCatalog(files);
  }();
  return kCatalog;
}

std::string WhyNot(const Catalog& catalog, std::string_view resources) {
  const auto checked = CheckResources(Parsed(resources), catalog);
  return checked ? "" : checked.error().message;
}

TEST(Resources, AreRefusedWithTheirPlaceAndTheNearestName) {
  const std::pair<const char*, const char*> kCases[] = {
      {R"([])", "the store must be an object of kinds"},
      {R"({"box":{}})", "'box' is no kind; a kind is written as vendor.kind"},
      {R"({"acme.box":[]})", "acme.box must be an object of ids to resources"},
      {R"({"acme.box":{"b":5}})", "acme.box 'b' must be an object"},
      {R"({"acm.box":{}})", "'acm.box' is no kind; there is no vendor 'acm'; did you mean 'acme'?"},
      {R"({"acme.bx":{}})", "acme.bx: 'bx' is no kind of acme; did you mean 'box'?"},
      {R"({"acme.elephant":{}})",
       "acme.elephant: 'elephant' is no kind of acme; the vendor block's 'kinds' has box, widget, "
       "member, job or webhook"},
      {R"({"acme.box":{"b":{},"":{}}})", "acme.box: an id must not be empty"},
      {R"({"acme.box":{"b":{"id":"b","colr":"red"}}})",
       "acme.box 'b': the kind 'box' has no member 'colr'; did you mean 'color'?"},
      {R"({"acme.box":{"b":{"lock":{"kid":"x"}}}})",
       "acme.box 'b': the kind 'box' has no member 'lock.kid'; did you mean 'lock.kind'?"},
      {R"({"acme.box":{"b":{"lock":"shut"}}})",
       "acme.box 'b': the member 'lock' of the kind 'box' must be a map: it has kind or code"},
      {R"({"acme.box":{"b":{"id":"c"}}})",
       "acme.box 'b': its member 'id' must be the id that it stands below, not 'c'"},
  };
  for (const auto& [text, message] : kCases) EXPECT_EQ(WhyNot(Declared(), text), message) << text;
}

TEST(Resources, MayLackMembersAndHoldAnythingBelowThoseThatDeclareNone) {
  EXPECT_EQ(WhyNot(Declared(), R"({"acme.box":{},"acme.webhook":{"w":{"events":{"a":[{}]},)"
                               R"("url":{"x":1}}},"acme.job":{"j":{"box_id":null}}})"),
            "");
  EXPECT_EQ(WhyNot(Declared(), R"({"acme.box":{"b":{"lock":null}}})"), "");
}

TEST(Resources, MayBeAnythingWhereNoKindsAreDeclared) {
  const Catalog catalog = AcmeCatalog();
  EXPECT_EQ(WhyNot(catalog, R"({"acme.widget":{"w":{"size":{"x":1}}},"acme.elephant":{"e":{}}})"),
            "");
  EXPECT_EQ(WhyNot(catalog, R"({"acme.widgt":{}})"),
            "acme.widgt: 'widgt' is no kind of acme; did you mean 'widget'?");
}

}  // namespace
}  // namespace mockduit
