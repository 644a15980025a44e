// Mutex, and the annotations by which Clang's thread-safety analysis (./dev check) proves that what
// a mutex guards is never reached without it. Every room takes its locks from here.
#pragma once

#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#ifdef __clang__
#define MOCKDUIT_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define MOCKDUIT_THREAD_ANNOTATION(x)
#endif

#define CAPABILITY(name) MOCKDUIT_THREAD_ANNOTATION(capability(name))
#define SCOPED_CAPABILITY MOCKDUIT_THREAD_ANNOTATION(scoped_lockable)
#define GUARDED_BY(mutex) MOCKDUIT_THREAD_ANNOTATION(guarded_by(mutex))
#define REQUIRES(...) MOCKDUIT_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define REQUIRES_SHARED(...) MOCKDUIT_THREAD_ANNOTATION(requires_shared_capability(__VA_ARGS__))
#define ACQUIRE(...) MOCKDUIT_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define ACQUIRE_SHARED(...) MOCKDUIT_THREAD_ANNOTATION(acquire_shared_capability(__VA_ARGS__))
#define RELEASE(...) MOCKDUIT_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define EXCLUDES(...) MOCKDUIT_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))
#define NO_THREAD_SAFETY_ANALYSIS MOCKDUIT_THREAD_ANNOTATION(no_thread_safety_analysis)

namespace mockduit {

// What it guards is held for a few microseconds, which is less than going to sleep and being woken
// takes. So a thread that finds it taken looks again for as long before it sleeps. docs/adr/0001
// has what that brings.
class CAPABILITY("mutex") Mutex {
 public:
  void lock() ACQUIRE() {
    if (!LockWithoutSleep()) mutex_.lock();
  }
  void unlock() RELEASE() { mutex_.unlock(); }

 private:
  bool LockWithoutSleep() NO_THREAD_SAFETY_ANALYSIS {
    constexpr int kLooks = 200;
    for (int look = 0; look < kLooks; ++look) {
      if (mutex_.try_lock()) return true;
      Pause();
    }
    return false;
  }
  // Leaves the processor to the other thread of its core.
  static void Pause() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("isb" ::: "memory");
#endif
  }

  std::mutex mutex_;
};

// One writer, or any number of readers.
class CAPABILITY("mutex") SharedMutex {
 public:
  void lock() ACQUIRE() { mutex_.lock(); }
  void unlock() RELEASE() { mutex_.unlock(); }
  void lock_shared() ACQUIRE_SHARED() { mutex_.lock_shared(); }
  void unlock_shared() MOCKDUIT_THREAD_ANNOTATION(release_shared_capability()) {
    mutex_.unlock_shared();
  }

 private:
  std::shared_mutex mutex_;
};

// Holds a Mutex, or a SharedMutex as its writer, for the life of a scope.
template <class Kind>
class SCOPED_CAPABILITY ScopedLock {
 public:
  explicit ScopedLock(Kind& mutex) ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~ScopedLock() RELEASE() { mutex_.unlock(); }
  ScopedLock(const ScopedLock&) = delete;
  ScopedLock& operator=(const ScopedLock&) = delete;

 private:
  Kind& mutex_;
};
using MutexLock = ScopedLock<Mutex>;
using WriterLock = ScopedLock<SharedMutex>;

class SCOPED_CAPABILITY ReaderLock {
 public:
  explicit ReaderLock(SharedMutex& mutex) ACQUIRE_SHARED(mutex) : mutex_(mutex) {
    mutex_.lock_shared();
  }
  ~ReaderLock() RELEASE() { mutex_.unlock_shared(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  SharedMutex& mutex_;
};

// A condition that is waited for while a Mutex is held: wait(mutex), in a loop that the caller
// writes out, so that the analysis sees what the loop reads.
using ConditionVariable = std::condition_variable_any;

}  // namespace mockduit
