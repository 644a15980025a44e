#include "server/stream_sender.h"

#include <string>

#include "server/crew.h"

namespace mockduit {
namespace {

// How late it may be noticed that the client has left or that the server stops.
constexpr auto kPatience = std::chrono::milliseconds(200);

bool SendHead(BodyFraming framing, const Outgoing& outgoing) {
  std::string head;
  AppendHead(outgoing.response, framing, outgoing.connection, head);
  return outgoing.Write(head);
}

// No bytes are the end of the body.
bool SendPortion(std::string_view bytes, BodyFraming framing, const Outgoing& outgoing) {
  if (framing == BodyFraming::kNone) return outgoing.Write(bytes);
  std::string chunk;
  AppendChunk(bytes, chunk);
  return outgoing.Write(chunk);
}

// kTime when the stream has ended of itself.
WireStream::Wake SendBody(BodyFraming framing, WireStream::Leave leave, const Outgoing& outgoing) {
  std::string bytes;
  for (bool more = true; more; bytes.clear()) {
    const auto wake = outgoing.wire.Pause({}, outgoing.stop, leave);
    if (wake != WireStream::Wake::kTime) return wake;
    {
      const Waiting waiting;
      more = outgoing.response.stream->Next(bytes, kPatience);
    }
    if (bytes.empty()) continue;
    if (!SendPortion(bytes, framing, outgoing)) return WireStream::Wake::kGone;
  }
  return WireStream::Wake::kTime;
}

}  // namespace

Fate SendStream(const Outgoing& outgoing) {
  const auto framing = outgoing.minor_version > 0 ? BodyFraming::kChunked : BodyFraming::kNone;
  const WireStream::Leave leave = outgoing.ExpectedLeave();
  if (!SendHead(framing, outgoing)) return Fate::kLeft;
  if (!TakesBody(outgoing.response, outgoing.method)) return Fate::kGoesOn;
  const auto wake = SendBody(framing, leave, outgoing);
  if (wake == WireStream::Wake::kGone) return Fate::kLeft;
  if (!SendPortion("", framing, outgoing)) return Fate::kLeft;
  return wake == WireStream::Wake::kStop ? Fate::kEnds : Fate::kGoesOn;
}

}  // namespace mockduit
