#include "server/crew.h"

#include <utility>

namespace mockduit {

thread_local Crew* Crew::own = nullptr;

Crew::Crew(std::function<bool()> work, std::size_t most, std::chrono::milliseconds spare_time,
           std::size_t max_threads)
    : work_(std::move(work)), most_(most), pool_(spare_time, max_threads) {}

bool Crew::CallIn() {
  {
    const MutexLock lock(mutex_);
    if (at_work_ >= most_) return true;
    ++at_work_;
  }
  if (pool_.Run([this] { Work(); })) return true;
  const MutexLock lock(mutex_);
  --at_work_;
  return at_work_ + waiting_ > 0;
}

void Crew::Work() {
  own = this;
  while (work_()) {
    if (!LeavesForOthers()) continue;
    own = nullptr;
    return;
  }
  own = nullptr;
  const MutexLock lock(mutex_);
  --at_work_;
}

// One has come in for each that has stepped out, and those come back.
bool Crew::LeavesForOthers() {
  const MutexLock lock(mutex_);
  if (at_work_ <= most_) return false;
  --at_work_;
  return true;
}

void Crew::StepOut() {
  {
    const MutexLock lock(mutex_);
    --at_work_;
    ++waiting_;
  }
  CallIn();
}

void Crew::StepIn() {
  const MutexLock lock(mutex_);
  ++at_work_;
  --waiting_;
}

Waiting::Waiting() : crew_(std::exchange(Crew::own, nullptr)) {
  if (crew_ != nullptr) crew_->StepOut();
}

Waiting::~Waiting() {
  if (crew_ == nullptr) return;
  crew_->StepIn();
  Crew::own = crew_;
}

}  // namespace mockduit
