// Statuses: what the keys of `responses` stand for: "404", a range of statuses, "4XX", or
// `default`.
#pragma once

#include <string>

#include "contract/read/reading.h"

namespace mockduit {

// An answer that another one of the operation stands before.
inline constexpr int kPassedOver = -1;

// The status of an answer. That of a range, and of `default`, is the usual one of the outcome that
// its block names; where another key stands for that status more exactly, it is kPassedOver. 0, and
// a problem, where the key is neither.
int StatusOfAnswer(ContractReading& reading, const Node& responses, const std::string& key,
                   const Node& response);
// The number that a key is. 0 where it is a range, and with a problem where it is neither.
int StatusOf(ContractReading& reading, const Node& node, const std::string& key);

}  // namespace mockduit
