#include "app/hard_stop.h"

#include <unistd.h>

#include <system_error>
#include <utility>

#include "base/mutex.h"

namespace mockduit {
namespace {

// False when it is stopped before that.
bool WaitFor(Duration time, const std::stop_token& stop) {
  Mutex mutex;
  ConditionVariable pause;
  const MutexLock lock(mutex);
  return !pause.wait_for(mutex, stop, time, [&] { return stop.stop_requested(); });
}

}  // namespace

HardStop::HardStop(Duration grace, int code, std::function<void()> last_words) {
  try {
    watching_ = std::jthread(
        [grace, code, last_words = std::move(last_words)](const std::stop_token& stop) {
          if (!WaitFor(grace, stop)) return;
          last_words();
          _exit(code);
        });
  } catch (const std::system_error&) {
    watching_ = {};  // then the stop takes the time that it takes
  }
}

}  // namespace mockduit
