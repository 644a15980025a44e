// The fuzzer of the HTTP door: any bytes at all go into the head parser and the chunk decoder. They
// must not crash, must not let a malformed request through, and must read the same bytes in the
// same way whether they come at once or one by one. Replayed over corpus/head/ as an ordinary test.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz/require.h"
#include "server/chunk_decoder.h"
#include "server/grammar.h"
#include "server/head_parser.h"

namespace mockduit {
namespace {

const ServerLimits kLimits{.request_line_bytes = 512, .head_bytes = 1024, .body_bytes = 4096};

// The length of the head, or 0 when there is none or it is objected to.
std::size_t Parse(std::string_view bytes, Head& head) {
  const auto length = MeasureHead(bytes, kLimits);
  if (!length || *length == 0) return 0;
  Require(*length <= bytes.size());
  return ParseHead(bytes.substr(0, *length), head) ? 0 : *length;
}

std::size_t ParseByteByByte(std::string_view bytes, Head& head) {
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    const auto length = MeasureHead(bytes.substr(0, size), kLimits);
    if (!length || *length > 0) return Parse(bytes.substr(0, size), head);
  }
  return 0;
}

void CheckHead(const Head& head) {
  const Request& request = head.request;
  Require(IsToken(request.method));
  Require(request.path.starts_with('/') || request.path == "*");
  Require(head.minor_version == 0 || request.headers.Count("Host") == 1);
  for (const auto& [name, value] : request.headers.fields()) {
    Require(IsToken(name));
    Require(!HasControlCharacter(value) && Trim(value) == value);
  }
  Require(!head.framing.chunked || head.framing.content_length == 0);
}

struct Decoded {
  std::string body;
  bool done = false;
  bool refused = false;
  bool operator==(const Decoded&) const = default;
};

Decoded Decode(std::string_view bytes, std::size_t piece) {
  Decoded result;
  ChunkDecoder decoder(kLimits, result.body);
  std::string buffered;
  while (!bytes.empty() && !result.done && !result.refused) {
    buffered += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    std::string_view left = buffered;
    result.refused = decoder.Feed(left).has_value();
    result.done = decoder.done();
    buffered.erase(0, buffered.size() - left.size());
  }
  Require(result.body.size() <= kLimits.body_bytes);
  return result;
}

void Check(std::string_view bytes) {
  Head head;
  Head head_by_byte;
  const std::size_t length = Parse(bytes, head);
  Require(ParseByteByByte(bytes, head_by_byte) == length);
  if (length > 0) CheckHead(head);
  const std::string_view rest = bytes.substr(length);
  Require(Decode(rest, rest.size()) == Decode(rest, 1));
}

}  // namespace
}  // namespace mockduit

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
