// The checks behind the table of formats. formats.cc alone uses them.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/json.h"
#include "contract/formats/reason.h"

namespace mockduit {

// times.cc: RFC 3339. A date-time has an offset; 60 is a second where it is the last of a day in
// UTC.
Reason WhyNoDateTime(std::string_view text);
Reason WhyNoLocalDateTime(std::string_view text);  // without an offset
Reason WhyNoDate(std::string_view text);
Reason WhyNoTime(std::string_view text);
Reason WhyNoDuration(std::string_view text);  // ISO 8601

// hosts.cc: RFC 1123, 2673, 4291, 5321.
Reason WhyNoHostname(std::string_view text);
Reason WhyNoIpv4(std::string_view text);
Reason WhyNoIpv6(std::string_view text);
Reason WhyNoEmail(std::string_view text);
Reason WhyNoIdnEmail(std::string_view text);

// uris.cc: RFC 3986, 3987, 6570.
Reason WhyNoUri(std::string_view text);
Reason WhyNoUriReference(std::string_view text);
Reason WhyNoIri(std::string_view text);
Reason WhyNoIriReference(std::string_view text);
Reason WhyNoUriTemplate(std::string_view text);

// uuids.cc: RFC 4122, and the other forms in which libraries read one.
Reason WhyNoUuid(std::string_view text);
Reason WhyNoUuidOfAnyForm(std::string_view text);

// tokens.cc: RFC 6901, ECMA-262, RFC 4648.
Reason WhyNoJsonPointer(std::string_view text);
Reason WhyNoRelativeJsonPointer(std::string_view text);
Reason WhyNoRegex(std::string_view text);
Reason WhyNoBase64(std::string_view text);
Reason WhyNoBase64Url(std::string_view text);
Reason WhyNoCharacter(std::string_view text);

// numbers.cc
Reason WhyOutside(const Json& number, const Json& least, const Json& most, int bits);

template <int kBits>
Reason WhyNoSignedInteger(const Json& number) {
  constexpr std::int64_t kMost = static_cast<std::int64_t>((std::uint64_t{1} << (kBits - 1)) - 1);
  return WhyOutside(number, Json(-kMost - 1), Json(kMost), kBits);
}

template <int kBits>
Reason WhyNoUnsignedInteger(const Json& number) {
  if constexpr (kBits == 64) {
    return WhyOutside(number, 0, Json::Number("18446744073709551615"), kBits);
  } else {
    return WhyOutside(number, 0, Json((std::int64_t{1} << kBits) - 1), kBits);
  }
}

}  // namespace mockduit
