// The door to the file system: what readers of whole files do with what it says.
#include "base/files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> PathsOf(const std::vector<TextFile>& files) {
  std::vector<std::string> paths;
  for (const TextFile& file : files) paths.push_back(file.path);
  return paths;
}

std::vector<std::string> TextsOf(const std::vector<Problem>& problems) {
  std::vector<std::string> texts;
  for (const Problem& problem : problems) texts.push_back(problem.Text());
  return texts;
}

TEST(MemoryFiles, AreReadAsThoseOnDiskAre) {
  MemoryFiles files;
  files.AddFolder("/d");
  files.AddFolder("/d/sub");
  files.AddFile("/d/b.yaml", "b");
  files.AddFile("/d/sub/a.json", "{}");
  files.AddFile("/d/.hidden.yaml", "");
  EXPECT_THAT(PathsOf(ReadFiles("/d", files).value()), ElementsAre("/d/b.yaml", "/d/sub/a.json"));
}

TEST(Links, ToThemselvesAreToldAndPassedOver) {
  MemoryFiles files;
  files.AddFolder("/d");
  files.AddFile("/d/a.yaml", "a");
  files.AddLink("/d/loop.yaml", "/d/loop.yaml");
  files.AddLink("/d/one.yaml", "/d/two.yaml");
  files.AddLink("/d/two.yaml", "/d/one.yaml");
  EXPECT_THAT(PathsOf(ReadFiles("/d", files).value()), ElementsAre("/d/a.yaml"));
  EXPECT_THAT(TextsOf(FindLookAlikes("/d", files)),
              ElementsAre("/d/loop.yaml: not read: the link leads to itself",
                          "/d/one.yaml: not read: the link leads to itself",
                          "/d/two.yaml: not read: the link leads to itself"));
}

TEST(Links, ToThemselvesThatAreNamedAreUnreadable) {
  const std::string folder = ::testing::TempDir() + "mockduit_links_" + std::to_string(getpid());
  std::filesystem::create_directories(folder);
  std::filesystem::create_symlink("loop", folder + "/loop");
  const std::string loop = folder + "/loop";
  EXPECT_EQ(ReadFile(loop).error().message,
            "cannot read " + loop + ": Too many levels of symbolic links");
  EXPECT_EQ(ReadFiles(loop).error().message,
            "cannot read " + loop + ": Too many levels of symbolic links");
  EXPECT_FALSE(FileExists(loop));
  EXPECT_FALSE(IsDirectory(loop));
  EXPECT_THAT(StampFiles(loop), IsEmpty());
  std::filesystem::remove_all(folder);
}

TEST(Folders, ThatCannotBeReadAreNamed) {
  MemoryFiles files;
  files.AddFolder("/d");
  files.AddFolder("/d/sub");
  files.FailAt("Names", "/d/sub", std::errc::permission_denied);
  EXPECT_EQ(ReadFiles("/d", files).error().message, "cannot read /d/sub: Permission denied");
}

TEST(IsDirectory, IsTrueOfFoldersAlone) {
  EXPECT_TRUE(IsDirectory("/"));
  EXPECT_FALSE(IsDirectory("/dev/null"));
  EXPECT_FALSE(IsDirectory("/no/such/folder"));
}

TEST(FolderOf, IsWhatStandsBeforeTheLastSlash) {
  EXPECT_EQ(FolderOf("a"), ".");
  EXPECT_EQ(FolderOf("/a"), "/");
  EXPECT_EQ(FolderOf("b/a"), "b");
  EXPECT_EQ(FolderOf("/b/c/a"), "/b/c");
}

class DiskTest : public ::testing::Test {
 protected:
  DiskTest() {
    std::string path = ::testing::TempDir() + "mockduit_XXXXXX";
    folder_ = mkdtemp(path.data());
  }
  ~DiskTest() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

TEST_F(DiskTest, OverwritesInTheSamePlace) {
  const std::string path = folder_ + "/a";
  const Files& disk = DiskFiles();
  ASSERT_TRUE(disk.Write(path, "a long text"));
  std::filesystem::create_hard_link(path, folder_ + "/b");
  ASSERT_TRUE(disk.Overwrite(path, "short"));
  EXPECT_EQ(disk.Read(folder_ + "/b").value(), "short");
  ASSERT_TRUE(disk.Overwrite(path, ""));
  EXPECT_EQ(disk.Read(folder_ + "/b").value(), "");
  EXPECT_EQ(disk.Overwrite(folder_ + "/none", "x").error(), std::errc::no_such_file_or_directory);
}

TEST_F(DiskTest, HoldsALockUntilItGoes) {
  const std::string path = folder_ + "/lock";
  {
    const auto lock = DiskFiles().MakeLock(path, "7\n");
    ASSERT_TRUE(lock);
    EXPECT_EQ(DiskFiles().Read(path).value(), "7\n");
    EXPECT_EQ(DiskFiles().MakeLock(path, "8\n").error(), std::errc::resource_unavailable_try_again);
    EXPECT_EQ(DiskFiles().LockFile(path).error(), std::errc::resource_unavailable_try_again);
    EXPECT_EQ(DiskFiles().Read(path).value(), "7\n");
  }
  EXPECT_FALSE(FileExists(path));
  EXPECT_TRUE(DiskFiles().MakeLock(path, "8\n"));
}

TEST_F(DiskTest, KnowsWhetherItsLockIsInPlaceAndRemovesNobodyElses) {
  const std::string path = folder_ + "/lock";
  auto lock = DiskFiles().MakeLock(path, "7\n").value();
  EXPECT_TRUE(lock->IsInPlace());
  ASSERT_TRUE(DiskFiles().Remove(path));
  EXPECT_FALSE(lock->IsInPlace());
  const auto another = DiskFiles().MakeLock(path, "8\n").value();
  EXPECT_FALSE(lock->IsInPlace());
  lock.reset();
  EXPECT_TRUE(another->IsInPlace());
  EXPECT_EQ(DiskFiles().Read(path).value(), "8\n");
}

TEST_F(DiskTest, MakesNoLockBehindALink) {
  const std::string victim = folder_ + "/victim";
  ASSERT_TRUE(DiskFiles().Write(victim, "precious"));
  std::filesystem::create_symlink(victim, folder_ + "/lock");
  EXPECT_FALSE(DiskFiles().MakeLock(folder_ + "/lock", "7\n"));
  EXPECT_EQ(DiskFiles().Read(victim).value(), "precious");
}

TEST_F(DiskTest, ReadsNoFileWithoutEnd) {
  EXPECT_EQ(DiskFiles().Read("/dev/zero").error(), std::errc::file_too_large);
}

TEST_F(DiskTest, WaitsForNoPipeThatNobodyWritesTo) {
  const std::string pipe = folder_ + "/pipe.yaml";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(DiskFiles().Read(pipe).error(), std::errc::no_message_available);
  EXPECT_EQ(ReadFile(pipe, DiskFiles()).error().message,
            "cannot read " + pipe + ": nobody writes to this pipe");
}

TEST_F(DiskTest, ReadsAPipeAsLongAsSomebodyWrites) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string large(200'000, 'a');  // more than a pipe holds
  std::jthread writer([&] {
    std::string_view rest = large;
    while (!rest.empty()) rest.remove_prefix(write(ends[1], rest.data(), rest.size()));
    close(ends[1]);
  });
  EXPECT_EQ(DiskFiles().Read("/dev/fd/" + std::to_string(ends[0])).value(), large);
  close(ends[0]);
}

TEST_F(DiskTest, TellsWhereALinkLeads) {
  std::filesystem::create_symlink("nowhere", folder_ + "/link");
  EXPECT_EQ(DiskFiles().LinkTarget(folder_ + "/link").value(), "nowhere");
  EXPECT_EQ(DiskFiles().LinkTarget(folder_).value(), std::nullopt);
  EXPECT_EQ(DiskFiles().LinkTarget(folder_ + "/none").error(),
            std::errc::no_such_file_or_directory);
}

}  // namespace
}  // namespace mockduit
