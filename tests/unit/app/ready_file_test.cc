#include "app/ready_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

class ReadyFileTest : public ::testing::Test {
 protected:
  ReadyFileTest() { files_.AddFolder("/"); }

  MemoryFiles files_;
};

TEST_F(ReadyFileTest, IsThereAsLongAsTheServerIs) {
  {
    ReadyFile ready("/url", files_);
    EXPECT_TRUE(ready.Write("http://h:1"));
    EXPECT_EQ(files_.Text("/url"), "http://h:1\n");
    EXPECT_THAT(files_.Paths(), ElementsAre("/", "/url")) << "nothing is left beside it";
  }
  EXPECT_EQ(files_.Text("/url"), std::nullopt);
}

TEST_F(ReadyFileTest, IsNeverHalfWritten) {
  files_.AddFile("/url", "old");
  files_.FailAt("Write", "/url.new", std::errc::no_space_on_device);
  ReadyFile ready("/url", files_);
  const auto written = ready.Write("http://h:1");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "cannot write /url: No space left on device");
  EXPECT_EQ(files_.Text("/url"), "old");
  EXPECT_EQ(files_.Text("/url.new"), std::nullopt);
}

TEST_F(ReadyFileTest, OfAnotherServerStays) {
  ReadyFile ready("/url", files_);
  EXPECT_TRUE(ready.Write("http://h:1"));
  files_.AddFile("/url", "http://h:2\n");
  ready.Remove();
  EXPECT_EQ(files_.Text("/url"), "http://h:2\n");
}

TEST_F(ReadyFileTest, WithoutAPathIsNone) {
  ReadyFile ready("", files_);
  EXPECT_TRUE(ready.Write("http://h:1"));
  EXPECT_THAT(files_.Paths(), ElementsAre("/"));
}

}  // namespace
}  // namespace mockduit
