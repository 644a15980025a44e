#include "server/faults/faults.h"
#include "server/faults/trickle.h"

namespace mockduit {
namespace {

Fate SendBody(std::string_view body, const Outgoing& outgoing) {
  const std::size_t rate = outgoing.response.delivery.bytes;
  const Deadline start = std::chrono::steady_clock::now();
  for (std::size_t sent = 0; sent < body.size();) {
    const Portion portion = NextPortion(sent, body.size(), rate, start);
    switch (outgoing.wire.Pause(portion.due, outgoing.stop, WireStream::Leave::kReset)) {
      case WireStream::Wake::kGone: return Fate::kLeft;
      case WireStream::Wake::kStop:
        return outgoing.Write(body.substr(sent)) ? Fate::kEnds : Fate::kLeft;
      case WireStream::Wake::kTime: break;
    }
    if (!outgoing.Write(body.substr(sent, portion.end - sent))) return Fate::kLeft;
    sent = portion.end;
  }
  return Fate::kGoesOn;
}

}  // namespace

Fate SendSlowly(const Outgoing& outgoing) {
  std::string head;
  AppendHead(outgoing.response, BodyFraming::kLength, outgoing.connection, head);
  if (!outgoing.Write(head)) return Fate::kLeft;
  return outgoing.has_body() ? SendBody(outgoing.response.body, outgoing) : Fate::kGoesOn;
}

}  // namespace mockduit
