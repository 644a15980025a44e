// Outbox: the events that a session has to deliver: one notice for each event and each webhook that
// asks for it, with every attempt to deliver it. app/courier.h delivers them. Bounded: past the
// limit, the oldest finished notices go. Not thread-safe: the session's lock guards it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "contract/language/template.h"
#include "contract/language/webhooks.h"
#include "http/headers.h"
#include "session/store.h"
#include "session/wakeup.h"

namespace mockduit {

// One event on its way to one webhook.
struct Notice {
  enum class State { kPending, kUnderWay, kDelivered, kGivenUp };
  struct Attempt {
    Time at{};          // on the session's clock
    int status = 0;     // that it was answered with; 0: with none
    std::string error;  // why there was no answer
    // When it began and ended in real time, by MonotonicNow, as http/passage.h has it of requests.
    Time sent{};
    Time ended{};
  };

  std::uint64_t id = 0;
  std::string event;
  std::string webhook;  // its id
  std::string url;
  Headers headers;  // with the signature
  std::string body;
  std::string message;  // the id that its receiver tells it by; "": none
  std::shared_ptr<const Webhooks> rules;
  State state = State::kPending;
  Time begun{};
  Time due{};  // the next attempt
  std::vector<Attempt> attempts;

  Json ToJson() const;
};

class Outbox {
 public:
  static constexpr std::size_t kMaxNotices = 1'000;

  // Is notified when there is something to deliver; may be nullptr, must outlive the outbox.
  void SetWakeup(Wakeup* wakeup) { wakeup_ = wakeup; }
  // Queues the event for every webhook of the store that is active, asks for it and is about what
  // `scope` knows.
  void Emit(std::shared_ptr<const Webhooks> webhooks, const std::string& event, const Json& data,
            Scope& scope, const Store& store, Time now);
  // Queues a message for one webhook, whether it is active or not.
  void Queue(Notice notice);
  // The next one that is due, now under way; a webhook's events go out one after the other.
  std::optional<Notice> TakeDue(Time now);
  bool Has(std::uint64_t id) const;
  // How the attempt ended. What is not delivered is due again, or given up. False: its webhook is
  // to be switched off.
  bool Record(std::uint64_t id, Notice::Attempt attempt);
  // True while something is to be delivered, now or later.
  bool waiting() const;
  const std::deque<Notice>& notices() const { return notices_; }
  void Clear() { notices_.clear(); }

  // [{"id", "event", "webhook", "url", "state", "body", "attempts", "next_attempt"}, …]
  Json ToJson() const;

 private:
  void DropOldest();

  std::deque<Notice> notices_;  // oldest first
  std::uint64_t last_id_ = 0;
  Wakeup* wakeup_ = nullptr;
};

// A message to a webhook as it is sent: its body and its headers.
struct Message {
  std::string body;
  Headers headers;
};
Message MakeMessage(const Webhooks& webhooks, const std::string& event, const Json& data,
                    std::string_view secret, Scope& scope);

}  // namespace mockduit
