// SuccessBody: what a foreign operation answers when it succeeds, and where that has something.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

struct Success {
  std::string status;
  const Json* schema = nullptr;  // nullptr: it has no JSON body
  Json sample;                   // composed from the schema
  Json examples;                 // the document's own, by name
};

// The first of the 2xx answers of an operation with that method ("post"); nothing where it
// documents none.
std::optional<Success> SuccessOf(std::string_view method, const Json& operation,
                                 WholeDocument& document);

// Where a body has the resource: at its top, or in its only object. Nothing where it has none
// with that member.
std::optional<std::string> PlaceOf(const Json& sample, std::string_view member);

// Whether all of the document's own examples have something at that place.
bool HasIn(const Success& success, const std::string& place);

}  // namespace mockduit
