// Result<T>: a value, or the sentence that says why there is none. Errors cross rooms as values;
// exceptions of libraries stop at the door of the room that owns the library.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "base/problem.h"

namespace mockduit {

// What a failure is about. The command line maps it to an exit code (app/complain.cc), the control
// API to a status (admin/control_api.cc), each in one place.
enum class ErrorKind : std::uint8_t {
  kInvalid,   // what was given is wrong, whatever the state of things
  kNotFound,  // what was named does not exist
  kConflict,  // the state of things forbids it
  kIo,        // a file, a port or another server failed
};

struct Error {
  std::string message;  // in words a user can act on; a line break in it is one of what it quotes
  ErrorKind kind = ErrorKind::kInvalid;
  bool has_lines = false;  // but where this is true: then the message has several lines of its own
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> Fail(std::string message) {
  return std::unexpected(Error{std::move(message)});
}
inline std::unexpected<Error> Fail(ErrorKind kind, std::string message) {
  return std::unexpected(Error{std::move(message), kind});
}

// What a reader of files that people write gives: the value, or every mistake found.
template <class T>
using Read = std::expected<T, std::vector<Problem>>;

}  // namespace mockduit
