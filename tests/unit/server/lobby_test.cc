#include "server/lobby.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>
#include <vector>

#include "unit/server/ends.h"

namespace mockduit {
namespace {

TEST(Lobby, TellsOnceWhoseClientHasSaidSomething) {
  const auto opened = Lobby::Open();
  ASSERT_TRUE(opened);
  const Lobby& lobby = *opened;
  Ends first;
  Ends second;
  EXPECT_TRUE(lobby.Add(first.near, 1));
  EXPECT_TRUE(lobby.Add(second.near, 2));
  ASSERT_EQ(write(second.far.get(), "a", 1), 1);
  EXPECT_EQ(lobby.Next()->number, 2u);
  ASSERT_EQ(write(first.far.get(), "a", 1), 1);
  EXPECT_EQ(lobby.Next()->number, 1u) << "not the second again, though nobody has read it";
  ASSERT_EQ(write(second.far.get(), "a", 1), 1);
  EXPECT_EQ(lobby.Next()->number, 2u);
}

TEST(Lobby, TellsOfWhatCameBefore) {
  const auto opened = Lobby::Open();
  ASSERT_TRUE(opened);
  const Lobby& lobby = *opened;
  Ends ends;
  ASSERT_EQ(write(ends.far.get(), "a", 1), 1);
  EXPECT_TRUE(lobby.Add(ends.near, 7));
  EXPECT_EQ(lobby.Next()->number, 7u);
}

TEST(Lobby, TellsOfAnEndTogetherWithWhatCameBefore) {
  const auto opened = Lobby::Open();
  ASSERT_TRUE(opened);
  const Lobby& lobby = *opened;
  Ends ends;
  EXPECT_TRUE(lobby.Add(ends.near, 1));
  ASSERT_EQ(write(ends.far.get(), "a", 1), 1);
  EXPECT_FALSE(lobby.Next()->has_ended);
  ASSERT_EQ(write(ends.far.get(), "b", 1), 1);
  shutdown(ends.far.get(), SHUT_WR);
  EXPECT_TRUE(lobby.Next()->has_ended);
}

TEST(Lobby, TellsThatAClientHasLeftAndThatReadingWasShutDown) {
  const auto opened = Lobby::Open();
  ASSERT_TRUE(opened);
  const Lobby& lobby = *opened;
  Ends first;
  Ends second;
  EXPECT_TRUE(lobby.Add(first.near, 1));
  EXPECT_TRUE(lobby.Add(second.near, 2));
  first.far = {};
  EXPECT_EQ(lobby.Next()->number, 1u);
  shutdown(second.near.get(), SHUT_RD);
  EXPECT_EQ(lobby.Next()->number, 2u);
}

TEST(Lobby, SendsAllAwayWhenItIsClosed) {
  const auto opened = Lobby::Open();
  ASSERT_TRUE(opened);
  const Lobby& lobby = *opened;
  std::vector<std::jthread> guests;
  for (int i = 0; i < 4; ++i) {
    guests.emplace_back([&] { EXPECT_FALSE(lobby.Next().has_value()); });
  }
  lobby.Close();
  guests.clear();
  EXPECT_FALSE(lobby.Next().has_value());
}

TEST(Lobby, TakesNoSocketThatIsNone) { EXPECT_FALSE(Lobby::Open()->Add(FileDescriptor(), 1)); }

}  // namespace
}  // namespace mockduit
