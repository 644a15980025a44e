// HardStop: ends the process when a stop takes too long. Used by `serve` and `exec` around their
// stop. It saves nothing: what is to be kept has been saved before.
#pragma once

#include <functional>
#include <thread>

#include "base/time.h"

namespace mockduit {

class HardStop {
 public:
  // Once `grace` is over, calls `last_words` and ends the process with `code`, unless this has gone
  // before that.
  HardStop(Duration grace, int code, std::function<void()> last_words);

 private:
  std::jthread watching_;
};

}  // namespace mockduit
