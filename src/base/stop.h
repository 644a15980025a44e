// StopsWithin: how a thread waits that is to end when it is asked to.
#pragma once

#include <stop_token>

#include "base/mutex.h"
#include "base/time.h"

namespace mockduit {

// Waits for `time`, or until `stop` is requested. Says whether it is requested: not what the wait
// returned, which is false also where a request came between its look at the predicate and its own.
inline bool StopsWithin(Duration time, const std::stop_token& stop) {
  Mutex mutex;
  ConditionVariable pause;
  const MutexLock lock(mutex);
  pause.wait_for(mutex, stop, time, [] { return false; });
  return stop.stop_requested();
}

}  // namespace mockduit
