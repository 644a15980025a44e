// What keeps the log from holding anybody up: the limiter of frequent events, the writer of lines.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <sstream>
#include <string>
#include <vector>

#include "base/event_limiter.h"
#include "base/line_writer.h"

namespace mockduit {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr EventLimiter::Instant kStart{std::chrono::hours(1)};

std::vector<std::string> Texts(const std::vector<EventLimiter::Line>& lines) {
  std::vector<std::string> texts;
  for (const auto& line : lines) texts.push_back(line.text);
  return texts;
}

bool Lets(EventLimiter& limiter, std::string_view event, std::string_view message,
          milliseconds after) {
  return limiter.Add(LogLevel::kInfo, event, message, 1, kStart + after).has_value();
}

TEST(EventLimiter, LetsTheFirstMessageOfEachEventThrough) {
  EventLimiter limiter;
  EXPECT_TRUE(Lets(limiter, "a", "one", milliseconds(0)));
  EXPECT_TRUE(Lets(limiter, "b", "one", milliseconds(0)));
  EXPECT_FALSE(Lets(limiter, "a", "two", milliseconds(999)));
}

TEST(EventLimiter, GivesTheLastMessageOfASecondWithTheNumberOfAll) {
  EventLimiter limiter;
  for (int i = 0; i < 20'001; ++i) Lets(limiter, "a", "session " + std::to_string(i), {});
  EXPECT_THAT(limiter.TakeDue(kStart + milliseconds(999)), IsEmpty());
  EXPECT_THAT(Texts(limiter.TakeDue(kStart + milliseconds(1'000))),
              ElementsAre("session 20000 (20000 times in the last second)"));
  EXPECT_THAT(limiter.TakeDue(kStart + milliseconds(3'000)), IsEmpty());
}

TEST(EventLimiter, LetsAnEventThroughAtOnceWhenItHasBeenQuietForASecond) {
  EventLimiter limiter;
  Lets(limiter, "a", "one", milliseconds(0));
  EXPECT_TRUE(Lets(limiter, "a", "two", milliseconds(1'000)));
  EXPECT_FALSE(Lets(limiter, "a", "three", milliseconds(1'001)));
}

TEST(EventLimiter, CountsWhatItsCallerHasCounted) {
  EventLimiter limiter;
  const auto line = limiter.Add(LogLevel::kWarning, "a", "dropped", 7, kStart);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->text, "dropped (7 times in the last second)");
}

TEST(EventLimiter, GivesInTheEndWhatItHolds) {
  EventLimiter limiter;
  Lets(limiter, "a", "one", {});
  Lets(limiter, "a", "two", {});
  EXPECT_THAT(Texts(limiter.TakeAll()), ElementsAre("two"));
  EXPECT_THAT(limiter.TakeAll(), IsEmpty());
}

// A pipe, whose reader reads when the test says so.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe2(ends_.data(), O_CLOEXEC), 0); }
  ~Pipe() {
    CloseReader();
    if (ends_[1] >= 0) close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writing_end() const { return ends_[1]; }
  void CloseReader() {
    if (ends_[0] >= 0) close(ends_[0]);
    ends_[0] = -1;
  }
  // How many bytes it holds; it is full then.
  std::size_t Fill() const {
    fcntl(ends_[1], F_SETFL, O_NONBLOCK);
    std::size_t filled = 0;
    const std::string page(4096, '.');
    for (ssize_t n = 0; (n = write(ends_[1], page.data(), page.size())) > 0;) {
      filled += static_cast<std::size_t>(n);
    }
    fcntl(ends_[1], F_SETFL, 0);
    return filled;
  }
  std::size_t held() const {
    int bytes = 0;
    ioctl(ends_[0], FIONREAD, &bytes);
    return static_cast<std::size_t>(bytes);
  }
  std::string Read(std::size_t bytes) const {
    std::string text(bytes, '\0');
    std::size_t have = 0;
    while (have < bytes) {
      const ssize_t n = read(ends_[0], text.data() + have, bytes - have);
      if (n <= 0) break;
      have += static_cast<std::size_t>(n);
    }
    text.resize(have);
    return text;
  }
  std::string ReadToTheEnd() {
    close(std::exchange(ends_[1], -1));
    return Read(1 << 20);
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string Loss(std::uint64_t lost) { return "lost " + std::to_string(lost) + "\n"; }

TEST(LineWriter, WritesItsLinesInOrder) {
  Pipe pipe;
  {
    LineWriter writer(pipe.writing_end(), Loss, {});
    writer.Write("one\n");
    writer.Write(std::string(10'000, 'x') + "\n");
    writer.Write("three\n");
  }
  EXPECT_EQ(pipe.ReadToTheEnd(), "one\n" + std::string(10'000, 'x') + "\nthree\n");
}

TEST(LineWriter, FlushWaitsUntilItsLinesAreWritten) {
  Pipe pipe;
  LineWriter writer(pipe.writing_end(), Loss, {.patience = std::chrono::seconds(60)});
  writer.Write(std::string(50'000, 'x') + "\n");
  writer.Write("two\n");
  writer.Flush();
  EXPECT_EQ(pipe.held(), 50'005U);
}

TEST(LineWriter, FlushDoesNotWaitForALineThatNobodyReads) {
  Pipe pipe;
  pipe.Fill();
  LineWriter writer(pipe.writing_end(), Loss, {.patience = milliseconds(1)});
  writer.Write("one\n");
  writer.Flush();
}

TEST(LineWriter, DropsTheOldestLinesThatNobodyReadsAndCountsThem) {
  Pipe pipe;
  const std::size_t filled = pipe.Fill();
  {
    LineWriter writer(pipe.writing_end(), Loss,
                      {.lines = 2, .bytes = 100, .patience = std::chrono::seconds(60)});
    for (int i = 0; i < 10'000; ++i) writer.Write(std::to_string(i) + "\n");
    pipe.Read(filled);
  }
  int accounted_for = 0;
  std::string last;
  for (const std::string& line : SplitLines(pipe.ReadToTheEnd())) {
    const bool loss = line.starts_with("lost ");
    accounted_for += loss ? std::stoi(line.substr(5)) : 1;
    last = line;
  }
  EXPECT_EQ(accounted_for, 10'000);
  EXPECT_EQ(last, "9999");
}

TEST(LineWriter, IsBoundedInBytes) {
  Pipe pipe;
  const std::size_t filled = pipe.Fill();
  {
    LineWriter writer(pipe.writing_end(), Loss,
                      {.lines = 1'000, .bytes = 100, .patience = std::chrono::seconds(60)});
    for (int i = 0; i < 100; ++i) writer.Write(std::string(49, 'x') + "\n");
    pipe.Read(filled);
  }
  EXPECT_LE(pipe.ReadToTheEnd().size(), 3 * 50 + Loss(97).size());
}

TEST(LineWriter, EndsThoughNobodyReadsAndGivesTheLineUp) {
  Pipe pipe;
  const std::size_t filled = pipe.Fill();
  {
    LineWriter writer(pipe.writing_end(), Loss, {.patience = milliseconds(1)});
    writer.Write("one\n");
  }
  EXPECT_EQ(pipe.ReadToTheEnd(), std::string(filled, '.'));
}

TEST(LineWriter, GoesOnWhenItsReaderHasLeft) {
  signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.CloseReader();
  {
    LineWriter writer(pipe.writing_end(), Loss, {});
    for (int i = 0; i < 100; ++i) writer.Write("one\n");
  }
  signal(SIGPIPE, SIG_DFL);
}

}  // namespace
}  // namespace mockduit
