#include "session/event_stream.h"

namespace mockduit {
namespace {

// In one portion, which waits for its reader: so many events, and none more once it has so many
// bytes.
constexpr std::size_t kMaxEvents = 100;
constexpr std::size_t kEnoughBytes = 64UZ * 1024;
constexpr Duration kKeepAlive = std::chrono::seconds(15);  // a comment keeps proxies from closing

void AppendEvent(std::string& bytes, std::string_view name, std::uint64_t id, const Json& data) {
  bytes.append("event: ").append(name).append("\n");
  bytes.append("id: ").append(std::to_string(id)).append("\n");
  bytes.append("data: ").append(data.Dump()).append("\n\n");
}

}  // namespace

EventStream::EventStream(std::shared_ptr<SharedSession> session, std::uint64_t after)
    : session_(std::move(session)), last_(after) {
  const auto entered = session_->Enter();
  generation_ = entered->journal().generation();
  // An id that is still to come stems from before a reset.
  if (last_ > entered->journal().last_id()) last_ = 0;
}

bool EventStream::Next(std::string& bytes, Duration patience) {
  session_->Touch();
  const auto entered = session_->Enter();
  const bool came = entered.WaitFor(patience, [&](const Session& session) {
    const Journal& journal = session.journal();
    return session.closed() || journal.last_id() > last_ || journal.generation() != generation_;
  });
  silence_ = came ? Duration(0) : silence_ + patience;
  AppendExchanges(entered->journal(), bytes);
  if (silence_ >= kKeepAlive) {
    bytes += ":\n\n";
    silence_ = {};
  }
  return !entered->closed() || !bytes.empty();
}

void EventStream::AppendExchanges(const Journal& journal, std::string& bytes) {
  if (journal.generation() != generation_) {  // the session was reset: its ids began anew
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
    return ++count < kMaxEvents && bytes.size() < kEnoughBytes;
  });
  if (count == 0 && last_ < journal.last_id()) append_missed(journal.last_id() + 1);
}

}  // namespace mockduit
