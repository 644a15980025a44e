// Result<T>: a value, or the sentence that says why there is none. Errors cross rooms as values;
// exceptions of libraries stop at the door of the room that owns the library.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "base/problem.h"

namespace mockduit {

struct Error {
  std::string message;  // one line, in words a user can act on
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> Fail(std::string message) {
  return std::unexpected(Error{std::move(message)});
}

// What a reader of files that people write gives: the value, or every mistake found.
template <class T>
using Read = std::expected<T, std::vector<Problem>>;

}  // namespace mockduit
