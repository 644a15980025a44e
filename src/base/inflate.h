// Inflate: gzip and deflate as plain bytes. The only door to zlib.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace mockduit {

enum class Deflated : std::uint8_t {
  kGzip,  // RFC 1952, one member behind the other
  kZlib,  // RFC 1950; and without its frame, as some clients send it (RFC 1951)
};

enum class InflateFault : std::uint8_t {
  kDamaged,  // it is none, or has no end
  kTooLong,  // it would be longer than it may
};

// What it was before; never more than `most` bytes, however little it is made of.
std::expected<std::string, InflateFault> Inflate(std::string_view bytes, Deflated format,
                                                 std::size_t most);

}  // namespace mockduit
