#include "server/request_reader.h"

#include <algorithm>
#include <string>

#include "server/chunk_decoder.h"

namespace mockduit {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::optional<Objection> FillBy(Deadline deadline, WireStream& stream, std::string_view part) {
  switch (stream.Fill(deadline)) {
    case WireStream::Status::kOk: return std::nullopt;
    case WireStream::Status::kGone: return Objection{};
    case WireStream::Status::kLate: break;
  }
  return Objection{408, "The " + std::string(part) + " of the request took too long to arrive."};
}

// The room for a body, for which is asked in steps, so that a short one asks for none.
class Room {
 public:
  Room(Handler& handler, MemoryShare& held) : handler_(handler), held_(held) {}

  // Before more is read of a body that has so many bytes.
  std::optional<Objection> Beyond(std::size_t bytes) {
    constexpr std::size_t kStep = 64 * 1024UZ;
    if (bytes < held_.bytes() + kStep || handler_.HoldBody(bytes - held_.bytes(), held_)) {
      return std::nullopt;
    }
    return Objection{503,
                     "There is no room for this body beside the others that are coming in "
                     "(a quarter of --max-memory)."};
  }

 private:
  Handler& handler_;
  MemoryShare& held_;
};

std::optional<Objection> ReadCounted(WireStream& stream, Deadline deadline, std::size_t length,
                                     Room room, std::string& body) {
  body.reserve(length);
  while (true) {
    const std::string_view part = stream.buffered().substr(0, length - body.size());
    body.append(part);
    stream.Consume(part.size());
    if (body.size() == length) return std::nullopt;
    if (auto objection = room.Beyond(body.size())) return objection;
    if (auto objection = FillBy(deadline, stream, "body")) return objection;
  }
}

std::optional<Objection> ReadChunked(WireStream& stream, Deadline deadline,
                                     const ServerLimits& limits, Room room, std::string& body) {
  ChunkDecoder decoder(limits, body);
  while (true) {
    std::string_view left = stream.buffered();
    auto objection = decoder.Feed(left);
    stream.Consume(stream.buffered().size() - left.size());
    if (objection || decoder.done()) return objection;
    if ((objection = room.Beyond(body.size()))) return objection;
    if ((objection = FillBy(deadline, stream, "body"))) return objection;
  }
}

}  // namespace

std::optional<Objection> ReadHead(WireStream& stream, const ServerLimits& limits, Head& head) {
  const Deadline deadline = DeadlineIn(limits.head_deadline);
  while (true) {
    const auto length = MeasureHead(stream.buffered(), limits);
    if (length && *length > 0) {
      auto objection = ParseHead(stream.buffered().substr(0, *length), head);
      stream.Consume(*length);
      return objection;
    }
    auto objection = length ? FillBy(deadline, stream, "head") : std::optional(length.error());
    if (objection) {
      ParseHead(stream.buffered(), head);  // what there is of it, for the refusal
      return objection;
    }
  }
}

std::optional<Objection> ReadBody(WireStream& stream, const ServerLimits& limits, Handler& handler,
                                  Head& head, MemoryShare& held) {
  const Framing& framing = head.framing;
  if (!framing.has_body()) return std::nullopt;
  if (framing.content_length > limits.body_bytes) {
    return Objection{413, "The body has " + std::to_string(framing.content_length) +
                              " bytes; at most " + std::to_string(limits.body_bytes) +
                              " are taken."};
  }
  const Deadline deadline = DeadlineIn(limits.body_deadline);
  if (framing.expects_continue && stream.buffered().empty() &&
      stream.Write(kContinue, deadline) != WireStream::Status::kOk) {
    return Objection{};
  }
  std::string& body = head.request.body;
  const Room room(handler, held);
  if (framing.chunked) return ReadChunked(stream, deadline, limits, room, body);
  return ReadCounted(stream, deadline, framing.content_length, room, body);
}

}  // namespace mockduit
