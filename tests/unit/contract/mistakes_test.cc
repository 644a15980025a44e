// The mistakes that a person makes: each a word changed in examples/fixtures/acme, and what the
// reader says of it, word for word, with the line and the caret below.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/file.h"
#include "contract/catalog.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

struct Mistake {
  std::string_view name;  // of the test
  std::string_view file;
  std::string_view old;
  std::string_view fresh;
  std::string_view shown;  // the problems as people see them, each behind the other
};

std::string Shown(const Mistake& mistake) {
  static const std::vector<TextFile> kGood =
      ReadFiles(MOCKDUIT_SOURCE_DIR "/examples/fixtures").value();
  std::vector<TextFile> files;
  for (const TextFile& file : kGood) {
    const std::string name = file.path.substr(file.path.rfind('/') + 1);
    std::string text =
        name == mistake.file ? Replaced(file.text, mistake.old, mistake.fresh) : file.text;
    files.push_back({"acme/" + name, std::move(text)});
  }
  const auto catalog = Catalog::Load(files);
  std::string shown;
  if (catalog) return shown;
  for (const Problem& problem : catalog.error()) shown += problem.Shown() + "\n";
  return shown;
}

class OneWordMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(OneWordMistake, IsToldWithItsLineAndACaret) {
  EXPECT_EQ(Shown(GetParam()), GetParam().shown);
}

const Mistake kMistakes[] = {
#include "unit/contract/mistakes.inc"
};

INSTANTIATE_TEST_SUITE_P(Acme, OneWordMistake, ::testing::ValuesIn(kMistakes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Mistakes, AreNoneInTheGoodContract) {
  EXPECT_EQ(Shown({"None", "v1.yaml", "vendor: acme", "vendor: acme", ""}), "");
}

}  // namespace
}  // namespace mockduit
