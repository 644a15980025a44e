// SentBody: the body of a request as the operation that it is for takes it: which of the media
// types that the operation lists it is of, and its value: JSON, the fields of a form, a text.
#pragma once

#include <string_view>

#include "engine/call.h"

namespace mockduit {

// The one of the operation's media types that the request's body is of; nullptr where it is none.
const BodyType* FindBodyType(const Operation& operation, const Request& request);
// True where the operation lists media types, there is a body, and it is of none of them.
bool IsOfOtherType(const Operation& operation, const Request& request);

// Puts the body's value in place of what was read of it before anything was known of the operation:
// the JSON that it is, or is none.
void ReadBodyFor(const Operation& operation, Sent& sent);

}  // namespace mockduit
