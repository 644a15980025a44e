// Result<T>: a value, or the sentence that says why there is none. Errors cross rooms as values;
// exceptions of libraries stop at the door of the room that owns the library.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace mockduit {

struct Error {
  std::string message;  // one line, in words a user can act on
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> Fail(std::string message) {
  return std::unexpected(Error{std::move(message)});
}

// A mistake in a file a person wrote, with its place. line and column count from 1; 0 = unknown.
struct Problem {
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;

  // "FILE:LINE:COL: message", or "FILE: message" where the place is unknown.
  std::string Text() const;
};

// What a reader of such files gives: the value, or every mistake found.
template <class T>
using Read = std::expected<T, std::vector<Problem>>;

}  // namespace mockduit
