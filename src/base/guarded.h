// Guarded<T>: a value that can be reached only while its lock is held: Enter gives a handle, and
// there is no other way in. For state that several rooms share; a class that keeps its lock to
// itself uses a Mutex with GUARDED_BY.
#pragma once

#include <chrono>
#include <utility>

#include "base/mutex.h"

namespace mockduit {

template <class T>
class Guarded {
 public:
  // Holds the lock as long as it lives. One thread must not hold two of one Guarded.
  class Access {
   public:
    Access(const Access&) = delete;
    Access& operator=(const Access&) = delete;
    // Whoever waits in WaitFor looks again.
    ~Access() NO_THREAD_SAFETY_ANALYSIS {
      const bool awaited = owner_.waiting_ > 0;
      owner_.mutex_.unlock();
      if (awaited) owner_.changed_.notify_all();
    }

    T* operator->() const { return &value(); }
    T& operator*() const { return value(); }
    // Lets others in until `holds(value)`, or until `patience` is over: then it is false.
    template <class Holds>
    bool WaitFor(std::chrono::microseconds patience,
                 const Holds& holds) const NO_THREAD_SAFETY_ANALYSIS {
      ++owner_.waiting_;
      const bool came =
          owner_.changed_.wait_for(owner_.mutex_, patience, [&] { return holds(value()); });
      --owner_.waiting_;
      return came;
    }

   private:
    friend class Guarded;
    explicit Access(Guarded& owner) NO_THREAD_SAFETY_ANALYSIS : owner_(owner) {
      owner_.mutex_.lock();
    }
    T& value() const NO_THREAD_SAFETY_ANALYSIS { return owner_.value_; }

    Guarded& owner_;
  };

  template <class... Parts>
  explicit Guarded(Parts&&... parts) : value_(std::forward<Parts>(parts)...) {}

  // Waits until no other handle is alive.
  Access Enter() { return Access(*this); }

 private:
  Mutex mutex_;
  ConditionVariable changed_;
  int waiting_ GUARDED_BY(mutex_) = 0;
  T value_ GUARDED_BY(mutex_);
};

}  // namespace mockduit
