#include "server/worker_pool.h"

#include <gtest/gtest.h>

#include <future>
#include <set>
#include <thread>

namespace mockduit {
namespace {

std::thread::id IdOfNextThread(WorkerPool& pool) {
  std::promise<std::thread::id> id;
  EXPECT_TRUE(pool.Run([&] { id.set_value(std::this_thread::get_id()); }));
  return id.get_future().get();
}

TEST(WorkerPool, TakesNoJobFromAJobOnceItIsBeingDestroyed) {
  std::promise<void> begun;
  {
    WorkerPool pool;
    pool.Run([&] {
      begun.set_value();
      while (pool.Run([] {})) std::this_thread::yield();
    });
    begun.get_future().wait();
  }
}

TEST(WorkerPool, RunsAJobWhileAllOtherThreadsAreBusy) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  WorkerPool pool;
  for (int i = 0; i < 50; ++i) pool.Run([released] { released.wait(); });
  IdOfNextThread(pool);
  EXPECT_GE(pool.thread_count(), 51U);
  release.set_value();
}

TEST(WorkerPool, UsesIdleThreadsAgain) {
  WorkerPool pool(std::chrono::seconds(60));
  std::set<std::thread::id> seen;
  while (seen.insert(IdOfNextThread(pool)).second) std::this_thread::yield();
}

TEST(WorkerPool, EndsThreadsThatHaveNothingToDo) {
  WorkerPool pool(std::chrono::milliseconds(1));
  for (int i = 0; i < 10; ++i) IdOfNextThread(pool);
  while (pool.thread_count() > 0) std::this_thread::yield();
}

TEST(WorkerPool, RefusesAJobWhereAllOfItsThreadsAreBusy) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  WorkerPool pool(std::chrono::seconds(60), 2);
  const auto wait = [released] { released.wait(); };
  EXPECT_TRUE(pool.Run(wait));
  EXPECT_TRUE(pool.Run(wait));
  EXPECT_FALSE(pool.Run(wait));
  EXPECT_EQ(pool.thread_count(), 2U);
  release.set_value();
}

TEST(WorkerPool, WaitsInTheEndForTheJobsUnderWay) {
  std::promise<void> release;
  bool finished = false;
  {
    WorkerPool pool;
    std::promise<void> started;
    pool.Run([&] {
      started.set_value();
      release.get_future().wait();
      finished = true;
    });
    started.get_future().wait();
    release.set_value();
  }
  EXPECT_TRUE(finished);
}

}  // namespace
}  // namespace mockduit
