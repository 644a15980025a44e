#include <algorithm>

#include "server/faults/faults.h"

namespace mockduit {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::size_t kPortionsPerSecond = 20;
constexpr std::size_t kLargestPortion = 64 * 1024UZ;

// Each portion leaves when its last byte is due, so a late one is made up for by the next ones.
Fate SendBody(std::string_view body, const Outgoing& outgoing) {
  const std::size_t rate = std::max(outgoing.response.delivery.bytes, 1UZ);
  const std::size_t portion = std::clamp(rate / kPortionsPerSecond, 1UZ, kLargestPortion);
  const Deadline start = std::chrono::steady_clock::now();
  for (std::size_t sent = 0; sent < body.size(); sent += portion) {
    const std::size_t end = std::min(sent + portion, body.size());
    const Seconds time(static_cast<double>(end) / static_cast<double>(rate));
    const Deadline due = start + std::chrono::ceil<Deadline::duration>(time);
    switch (outgoing.wire.Pause(due, outgoing.stop, WireStream::Leave::kReset)) {
      case WireStream::Wake::kGone: return Fate::kDropped;
      case WireStream::Wake::kStop:
        return outgoing.Write(body.substr(sent)) ? Fate::kEnds : Fate::kDropped;
      case WireStream::Wake::kTime: break;
    }
    if (!outgoing.Write(body.substr(sent, end - sent))) return Fate::kDropped;
  }
  return Fate::kGoesOn;
}

}  // namespace

Fate SendSlowly(const Outgoing& outgoing) {
  std::string head;
  AppendHead(outgoing.response, BodyFraming::kLength, outgoing.connection, head);
  if (!outgoing.Write(head)) return Fate::kDropped;
  return outgoing.has_body() ? SendBody(outgoing.response.body, outgoing) : Fate::kGoesOn;
}

}  // namespace mockduit
