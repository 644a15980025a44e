// Packing: an exchange as one string of bytes. A journal holds thousands of exchanges of dozens of
// strings each; packed, each takes one piece of memory and goes in one piece.
#pragma once

#include <string>
#include <string_view>

#include "session/exchange.h"

namespace mockduit {

// Without the id, which the journal gives. Bodies are cut to Exchange::kMaxBody.
std::string Pack(const Exchange& exchange);
// Says in what Pack made that the client left before the answer went out.
void SetAbandoned(std::string& packed);
// `packed` must come from Pack.
Exchange Unpack(std::string_view packed);

}  // namespace mockduit
