// Content codings (RFC 9110, 8.4) of the bodies of requests: gzip and deflate are taken off.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace mockduit {

enum class CodingFault : std::uint8_t {
  kUnknown,  // it is in a coding that nobody here knows
  kDamaged,  // it is not in the coding that it says
  kTooLong,  // it is longer without it than a body may be
};

// Those that are known, as an Accept-Encoding lists them.
inline constexpr std::string_view kContentCodings = "gzip, deflate";

// A body without its codings, which a Content-Encoding lists in the order they were put on.
std::expected<std::string, CodingFault> WithoutCodings(std::string body, std::string_view codings,
                                                       std::size_t most);

}  // namespace mockduit
