#include "session/event_stream.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxEvents = 100;                    // in one portion
constexpr Duration kKeepAlive = std::chrono::seconds(15);  // a comment keeps proxies from closing

void AppendEvent(std::string& bytes, std::string_view name, std::uint64_t id, const Json& data) {
  bytes.append("event: ").append(name).append("\n");
  bytes.append("id: ").append(std::to_string(id)).append("\n");
  bytes.append("data: ").append(data.Dump()).append("\n\n");
}

}  // namespace

EventStream::EventStream(std::shared_ptr<Session> session, std::uint64_t after)
    : session_(std::move(session)), last_(after) {
  const std::lock_guard world(session_->mutex());
  generation_ = session_->journal().generation();
  // An id above the last one stems from before a reset.
  if (last_ > session_->journal().last_id()) last_ = 0;
}

bool EventStream::Next(std::string& bytes, Duration patience) {
  std::unique_lock lock(session_->mutex());
  session_->Touch();
  const bool waited = !session_->AwaitExchange(lock, last_, generation_, patience);
  silence_ = waited ? silence_ + patience : Duration(0);
  AppendExchanges(bytes);
  if (silence_ >= kKeepAlive) {
    bytes += ":\n\n";
    silence_ = {};
  }
  return !session_->closed() || !bytes.empty();
}

void EventStream::AppendExchanges(std::string& bytes) {
  const Journal& journal = session_->journal();
  if (journal.generation() != generation_) {  // after a reset the ids begin at 1 again
    generation_ = journal.generation();
    last_ = 0;
  }
  std::size_t count = 0;
  const auto append_missed = [&](std::uint64_t next) {
    if (next == last_ + 1) return;
    AppendEvent(bytes, "truncated", next - 1, Json::MakeObject({{"missed", next - last_ - 1}}));
    last_ = next - 1;
  };
  journal.Visit(last_, [&](const Exchange& exchange) {
    append_missed(exchange.id);
    AppendEvent(bytes, "exchange", exchange.id, exchange.ToJson());
    last_ = exchange.id;
    return ++count < kMaxEvents;
  });
  if (count == 0 && last_ < journal.last_id()) append_missed(journal.last_id() + 1);
}

}  // namespace mockduit
