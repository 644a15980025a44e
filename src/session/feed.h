// Feed: a session's exchanges as they happen, as server-sent events (the HTML standard, 9.2).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "http/message.h"
#include "session/session.h"

namespace mockduit {

class Feed : public BodyStream {
 public:
  // Begins with the first exchange whose id is above `after`.
  Feed(std::shared_ptr<SharedSession> session, std::uint64_t after);

  // An event for each exchange: `id` is the exchange's, `data` what the journal tells of it. Where
  // some are gone that the reader has not seen, an event `truncated` says how many.
  bool Next(std::string& bytes, Duration patience) override;

 private:
  void AppendExchanges(const Journal& journal, std::string& bytes);

  std::shared_ptr<SharedSession> session_;
  std::uint64_t last_;        // the id of the last exchange that was told of
  std::uint64_t generation_;  // of the journal's ids
  Duration silence_{};
};

}  // namespace mockduit
