#include "server/crew.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <semaphore>

namespace mockduit {
namespace {

constexpr std::chrono::seconds kSpareTime{60};

// Work that is given out one by one, and what it is to do.
class Errands {
 public:
  void Add(std::function<void()> errand) {
    {
      const MutexLock lock(mutex_);
      errands_.push_back(std::move(errand));
    }
    there_.release();
  }
  // The end of the work, for all who ask.
  void End() {
    ended_ = true;
    there_.release(100);
  }
  bool DoNext() {
    there_.acquire();
    if (ended_) return false;
    std::function<void()> errand;
    {
      const MutexLock lock(mutex_);
      errand = std::move(errands_.front());
      errands_.erase(errands_.begin());
    }
    errand();
    return true;
  }

 private:
  Mutex mutex_;
  std::vector<std::function<void()>> errands_ GUARDED_BY(mutex_);
  std::counting_semaphore<> there_{0};
  std::atomic<bool> ended_ = false;
};

TEST(Crew, HasNoMoreThreadsThanAreAtWork) {
  Errands errands;
  Crew crew([&] { return errands.DoNext(); }, 2, kSpareTime, 100);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(crew.CallIn());
  EXPECT_EQ(crew.thread_count(), 2u);
  errands.End();
}

TEST(Crew, HasAnotherOneWorkForEachThatWaits) {
  Errands errands;
  std::promise<void> over;
  const std::shared_future<void> is_over = over.get_future().share();
  Crew crew([&] { return errands.DoNext(); }, 2, kSpareTime, 100);
  EXPECT_TRUE(crew.CallIn());
  EXPECT_TRUE(crew.CallIn());
  for (int i = 0; i < 20; ++i) {
    errands.Add([is_over] {
      const Waiting waiting;
      const Waiting within_it;
      is_over.wait();
    });
  }
  std::promise<void> done;
  errands.Add([&] { done.set_value(); });
  done.get_future().wait();
  EXPECT_GE(crew.thread_count(), 21u);
  over.set_value();
  errands.End();
}

TEST(Crew, GoesOnWithAsManyAsBeforeWhenThoseThatWaitedAreBack) {
  Errands errands;
  std::atomic<int> at_once = 0;
  std::atomic<int> most = 0;
  std::counting_semaphore<> done{0};
  Crew crew([&] { return errands.DoNext(); }, 2, kSpareTime, 100);
  EXPECT_TRUE(crew.CallIn());
  EXPECT_TRUE(crew.CallIn());
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < 8; ++i) {
      errands.Add([&] {
        {
          const Waiting waiting;
        }
        done.release();
      });
    }
    for (int i = 0; i < 8; ++i) done.acquire();
  }
  for (int i = 0; i < 200; ++i) {
    errands.Add([&] {
      const int now = ++at_once;
      int before = most;
      while (before < now && !most.compare_exchange_weak(before, now)) {
      }
      std::this_thread::yield();
      --at_once;
      done.release();
    });
  }
  for (int i = 0; i < 200; ++i) done.acquire();
  EXPECT_GE(most, 1);
  EXPECT_LE(most, 2 + 2) << "those that step in again may end what they have begun";
  errands.End();
}

TEST(Crew, SaysThatNobodyIsThereWhereNoThreadCanBeMade) {
  Crew nobody([] { return false; }, 2, kSpareTime, 0);
  EXPECT_FALSE(nobody.CallIn());
  Errands errands;
  Crew one([&] { return errands.DoNext(); }, 2, kSpareTime, 1);
  EXPECT_TRUE(one.CallIn());
  EXPECT_TRUE(one.CallIn());
  EXPECT_EQ(one.thread_count(), 1u);
  errands.End();
}

TEST(Waiting, IsNothingToAThreadOfNoCrew) {
  const Waiting waiting;
  const Waiting within_it;
}

}  // namespace
}  // namespace mockduit
