#include "verify/identity.h"

#include "base/text.h"

namespace mockduit {
namespace {

struct Header {
  std::string_view name;
  bool distinguishes;
};

constexpr Header kHeaders[] = {
    {"X-Mockduit-Call", true},       {"Idempotency-Key", true}, {"X-Idempotency-Key", true},
    {"amz-sdk-invocation-id", true}, {"X-Request-Id", false},   {"Request-Id", false},
    {"X-Correlation-Id", false},     {"traceparent", false},
};

// "00-TRACE-SPAN-01": the span is the attempt's own (W3C Trace Context).
std::string_view TraceOf(std::string_view traceparent) {
  const std::size_t begin = traceparent.find('-');
  if (begin == std::string_view::npos) return traceparent;
  return traceparent.substr(begin + 1, traceparent.find('-', begin + 1) - begin - 1);
}

}  // namespace

std::optional<Identity> IdentityOf(const Entry& entry) {
  const Headers& headers = entry.request().headers;
  for (const Header& header : kHeaders) {
    const auto value = headers.Find(header.name);
    if (!value || value->empty()) continue;
    const std::string_view own = header.name == "traceparent" ? TraceOf(*value) : *value;
    return Identity{header.name, own, &header == kHeaders, header.distinguishes};
  }
  return std::nullopt;
}

std::optional<std::uint64_t> AttemptOf(const Entry& entry) {
  const auto count = entry.request().headers.Find("x-stainless-retry-count");
  return count ? ParseNumber<std::uint64_t>(*count) : std::nullopt;
}

}  // namespace mockduit
