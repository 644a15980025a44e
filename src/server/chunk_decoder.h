// ChunkDecoder: puts a chunked body together (RFC 9112, section 7.1), as the bytes come. Used by
// the request reader and by the fuzzer. Knows no sockets; never takes more than its limits.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "server/limits.h"
#include "server/objection.h"

namespace mockduit {

class ChunkDecoder {
 public:
  // Both must outlive the decoder; what is decoded is appended to the body.
  ChunkDecoder(const ServerLimits& limits, std::string& body) : limits_(limits), body_(body) {}

  // Takes what it can off the front of the bytes; what it leaves, it wants again with more behind.
  // After an objection the decoder is of no more use.
  std::optional<Objection> Feed(std::string_view& bytes);
  bool done() const { return state_ == State::kDone; }

 private:
  enum class State { kSize, kData, kDataEnd, kTrailer, kDone };

  void TakeData(std::string_view& bytes);
  std::optional<Objection> ReadLine(std::string_view line);
  std::optional<Objection> ReadSize(std::string_view line);
  std::optional<Objection> ReadTrailer(std::string_view line);

  const ServerLimits& limits_;
  std::string& body_;
  State state_ = State::kSize;
  std::size_t chunk_left_ = 0;
  std::size_t trailer_bytes_ = 0;
};

}  // namespace mockduit
