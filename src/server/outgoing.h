// Outgoing: an answer that goes over the wire in a way of its own, with all that this takes. The
// connection makes one for every fault and stream; a plain answer does without. Owns nothing.
#pragma once

#include <string_view>

#include "http/message.h"
#include "server/limits.h"
#include "server/response_writer.h"
#include "server/wire_stream.h"

namespace mockduit {

// What becomes of the connection after an answer.
enum class Fate {
  kGoesOn,   // the answer is out, and so it is as its head has said
  kEnds,     // nothing follows; the client may still read what was sent
  kDropped,  // it is closed at once
  kLeft,     // the client has left, or reads no more: it is closed at once
};

struct Outgoing {
  const Response& response;
  std::string_view method;  // of the request
  int minor_version = 1;    // of the request's HTTP/1
  ConnectionField connection = ConnectionField::kNone;

  WireStream& wire;
  const FileDescriptor& stop;  // readable once the server stops
  const ServerLimits& limits;

  bool has_body() const { return TakesBody(response, method) && !response.body.empty(); }

  // False when the client is gone or has not read for too long.
  bool Write(std::string_view bytes) const {
    return wire.Write(bytes, DeadlineIn(limits.write_deadline)) == WireStream::Status::kOk;
  }

  // To be asked before the head is sent. A client that finishes sending after that has left; one
  // that had finished before may still be there, and the head brings a reset if it is not.
  WireStream::Leave ExpectedLeave() const {
    return wire.Finished() ? WireStream::Leave::kReset : WireStream::Leave::kFinish;
  }
};

}  // namespace mockduit
