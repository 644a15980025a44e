// OutcomeOfStatus: what the answers of a foreign document are called, by their statuses.
#pragma once

#include <string>
#include <string_view>

namespace mockduit {

// "not_found" for 404. A status without a name of its own has that of its class.
std::string OutcomeOfStatus(int status);

// What 2XX stands for, where no such answer is listed by itself: 201 of a POST, 200 of all others.
// Takes methods in small letters.
int UsualSuccess(std::string_view method);

}  // namespace mockduit
