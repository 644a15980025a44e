#include "http/content_coding.h"

#include <utility>
#include <vector>

#include "base/inflate.h"
#include "base/text.h"
#include "http/headers.h"

namespace mockduit {

std::expected<std::string, CodingFault> WithoutCodings(std::string body, std::string_view codings,
                                                       std::size_t most) {
  std::vector<Deflated> formats;
  while (!codings.empty()) {
    const std::string_view name = Trim(TakeUntil(codings, ","));
    if (name.empty() || EqualsIgnoringCase(name, "identity")) continue;
    const bool gzip = EqualsIgnoringCase(name, "gzip") || EqualsIgnoringCase(name, "x-gzip");
    // Each takes off one; nobody sends more of them.
    constexpr std::size_t kMost = 3;
    if ((!gzip && !EqualsIgnoringCase(name, "deflate")) || formats.size() == kMost) {
      return std::unexpected(CodingFault::kUnknown);
    }
    formats.push_back(gzip ? Deflated::kGzip : Deflated::kZlib);
  }
  for (; !formats.empty(); formats.pop_back()) {
    auto plain = Inflate(body, formats.back(), most);
    if (!plain) {
      return std::unexpected(plain.error() == InflateFault::kTooLong ? CodingFault::kTooLong
                                                                     : CodingFault::kDamaged);
    }
    body = std::move(*plain);
  }
  return body;
}

}  // namespace mockduit
