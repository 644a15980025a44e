// Fields: the names and values that a query, a form (application/x-www-form-urlencoded), a Cookie
// header or a multipart body (RFC 7578) is made of. Takes texts apart, and knows nothing of what
// they mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mockduit {

struct Field {
  std::string name;   // decoded
  std::string value;  // decoded
  // The value as it was sent, still percent-encoded; of a file every byte of it, of other parts "".
  std::string raw;
  std::string type;      // the media type that a part of a multipart body says it is of; "" else
  bool is_file = false;  // a part with a file's name
};
using Fields = std::vector<Field>;

// Of a query or a form, in their order.
Fields ReadFields(std::string_view encoded);
// Of the values of Cookie headers: "a=1; b=2".
Fields ReadCookies(std::string_view header);
// Of a body whose Content-Type is given. The error says why it is none.
Result<Fields> ReadMultipart(std::string_view body, std::string_view content_type);

}  // namespace mockduit
