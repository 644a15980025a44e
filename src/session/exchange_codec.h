// The bytes in which a journal keeps an exchange. A journal holds thousands of exchanges of dozens
// of strings each; encoded, each takes one block of memory. The bytes are for this process alone:
// they are never written to a file or sent.
#pragma once

#include <string>
#include <string_view>

#include "session/exchange.h"

namespace mockduit {

// Leaves out the id, which the journal gives, and cuts bodies to Exchange::kMaxBody.
std::string EncodeExchange(const Exchange& exchange);
// `bytes` must come from EncodeExchange. The id of the result is 0.
Exchange DecodeExchange(std::string_view bytes);

}  // namespace mockduit
