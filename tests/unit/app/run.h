// Runs commands of the program in the process of the test, and folders for their files.
#pragma once

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "base/file.h"

namespace mockduit {

// A folder that no other test uses, for the length of a test.
class Folder {
 public:
  Folder() {
    std::string path = ::testing::TempDir() + "mockduit_XXXXXX";
    path_ = mkdtemp(path.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }
  std::string Write(const std::string& name, const std::string& text) const {
    const std::string path = path_ + "/" + name;
    EXPECT_TRUE(WriteFile(path, text));
    return path;
  }
  // "" where there is none.
  std::string Text(const std::string& name) const {
    const auto file = ReadFile(path_ + "/" + name);
    return file ? file->text : "";
  }

 private:
  std::string path_;
};

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

inline Ran RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "mockduit");
  // Should a server start after all, it stops again: this file cannot be written.
  if (arguments.size() > 2 && arguments[1] == "serve") {
    arguments.insert(arguments.begin() + 2, {"--ready-file", "/no/such/directory/url"});
  }
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  sigset_t signals;  // `exec` and `serve` leave some blocked
  pthread_sigmask(SIG_SETMASK, nullptr, &signals);
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Ran ran;
  ran.code = RunCommandLine(static_cast<int>(pointers.size()), pointers.data());
  ran.out = ::testing::internal::GetCapturedStdout();
  ran.err = ::testing::internal::GetCapturedStderr();
  pthread_sigmask(SIG_SETMASK, &signals, nullptr);
  return ran;
}

}  // namespace mockduit
