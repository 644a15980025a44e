#include "session/feed.h"

namespace mockduit {
namespace {

constexpr std::size_t kMostAtOnce = 100;                     // events in a portion
constexpr Duration kLongSilence = std::chrono::seconds(15);  // then a comment keeps proxies awake

void AppendEvent(std::string& bytes, std::string_view name, std::uint64_t id, const Json& data) {
  bytes.append("event: ").append(name).append("\n");
  bytes.append("id: ").append(std::to_string(id)).append("\n");
  bytes.append("data: ").append(data.Dump()).append("\n\n");
}

}  // namespace

bool Feed::Next(std::string& bytes, Duration patience) {
  std::unique_lock lock(session_->mutex());
  session_->Touch();
  session_->AwaitExchange(lock, last_, patience);
  const Journal& journal = session_->journal();
  if (last_ > journal.last_id()) last_ = 0;  // the session was reset: its ids began anew
  std::size_t count = 0;
  journal.Visit(last_, [&](const Exchange& exchange) {
    if (exchange.id > last_ + 1) {
      AppendEvent(bytes, "truncated", exchange.id - 1,
                  Json::MakeObject({{"missed", exchange.id - last_ - 1}}));
    }
    AppendEvent(bytes, "exchange", exchange.id, exchange.ToJson());
    last_ = exchange.id;
    return ++count < kMostAtOnce;
  });
  silence_ = count > 0 ? Duration(0) : silence_ + patience;
  if (silence_ >= kLongSilence) {
    bytes += ":\n\n";
    silence_ = {};
  }
  return !session_->closed() || count > 0;
}

}  // namespace mockduit
