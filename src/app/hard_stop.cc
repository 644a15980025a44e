#include "app/hard_stop.h"

#include <unistd.h>

#include <system_error>
#include <utility>

#include "base/stop.h"

namespace mockduit {
HardStop::HardStop(Duration grace, int code, std::function<void()> last_words) {
  try {
    watching_ = std::jthread(
        [grace, code, last_words = std::move(last_words)](const std::stop_token& stop) {
          if (StopsWithin(grace, stop)) return;
          last_words();
          _exit(code);
        });
  } catch (const std::system_error&) {
    watching_ = {};  // then the stop takes the time that it takes
  }
}

}  // namespace mockduit
