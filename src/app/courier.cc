#include "app/courier.h"

#include <optional>

#include "base/clock.h"

namespace mockduit {
namespace {

constexpr std::chrono::milliseconds kLook{20};  // how often clocks are looked at while notices wait

}  // namespace

Courier::Courier(Sessions& sessions, const Caller& caller, Log& log)
    : sessions_(sessions), caller_(caller), log_(log) {
  for (int i = 0; i < kThreads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { Work(stop); });
  }
}

Courier::~Courier() {
  for (std::jthread& thread : threads_) thread.request_stop();
  sessions_.wakeup().Notify();
}

void Courier::Work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::uint64_t seen = sessions_.wakeup().count();
    bool delivered = false;
    bool waiting = false;
    for (const auto& session : sessions_.List()) {
      delivered = DeliverOne(*session) || delivered;
      waiting = waiting || session->Enter()->world().outbox().waiting();
    }
    if (delivered) continue;
    if (waiting) {
      sessions_.wakeup().WaitFor(seen, kLook);
    } else {
      sessions_.wakeup().Wait(seen, stop);
    }
  }
}

bool Courier::DeliverOne(SharedSession& shared) {
  std::optional<Notice> notice;
  {
    const auto session = shared.Enter();
    session->CatchUp();
    notice = session->world().outbox().TakeDue(session->Now());
    if (notice) session->world().Sign(*notice, session->ClientNow());
  }
  if (!notice) return false;
  const auto timeout =
      std::chrono::duration_cast<std::chrono::milliseconds>(notice->rules->timeout);
  const Time sent = MonotonicNow();
  const auto status = caller_.Post(notice->url, notice->headers, notice->body, timeout);
  if (!status) {
    log_.Often(LogLevel::kInfo, notice->webhook,
               "webhook " + notice->webhook + ": " + status.error().message, 1);
  }
  const Time ended = MonotonicNow();
  const auto session = shared.Enter();
  session->Delivered(*notice, {.at = session->Now(),
                               .status = status.value_or(0),
                               .error = status ? "" : status.error().message,
                               .sent = sent,
                               .ended = ended});
  return true;
}

}  // namespace mockduit
