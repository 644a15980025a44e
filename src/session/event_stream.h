// EventStream: the exchanges of one session as server-sent events (the HTML standard, 9.2), while
// they happen. The control API answers with it; the server's threads call Next. It takes the
// session's lock itself.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "http/message.h"
#include "session/session.h"

namespace mockduit {

class EventStream : public BodyStream {
 public:
  // Begins with the first exchange whose id is above `after`.
  EventStream(std::shared_ptr<SharedSession> session, std::uint64_t after);

  // Appends an event for each exchange: `id` is the exchange's id, `data` its JSON. Where exchanges
  // are gone that this reader has not seen, an event `truncated` has their number. False when the
  // session is closed and nothing is left to send.
  bool Next(std::string& bytes, Duration patience) override;

 private:
  void AppendExchanges(const Journal& journal, std::string& bytes);

  std::shared_ptr<SharedSession> session_;
  std::uint64_t last_;        // the id of the last exchange that was sent or reported as missed
  std::uint64_t generation_;  // of the journal's ids
  Duration silence_{};        // since the last event
};

}  // namespace mockduit
