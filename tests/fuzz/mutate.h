// Mutations that keep the form of an input, for code that plain bytes do not reach: JSON values,
// lines of YAML, lists of requests. Used by the fuzzers' own mutators. The same Random gives the
// same mutation, but for the bytes, which libFuzzer (or main.cc in its place) changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace mockduit::fuzz {

// Changes any bytes; gives at most `most` of them.
std::string MutateBytes(std::string text, std::size_t most);

// Changes one thing in a JSON text: a value, a key, a member or an item. Changes its bytes where it
// is no JSON.
std::string MutateJson(const std::string& text, Random& random);

// Changes lines: they go, come twice, move in or out, change places, get another value, or come
// from `other`.
std::string MutateLines(const std::string& text, std::string_view other, Random& random);

// A text that readers like to stumble over: "", "-1", "{{now}}", "%00" …
std::string OddText(Random& random);

// One request of an input, as it is written in the corpus:
//   POST /v1/connections?limit=1
//   Prefer: code=429
//
//   {"service": "s3"}
// An input is a list of them, with a line "---" between two.
struct Call {
  std::string method;
  std::string target;                // path and query
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
};
std::vector<Call> ReadCalls(std::string_view text);
std::string WriteCalls(const std::vector<Call>& calls);

template <class List>
auto& OneOf(List& list, Random& random) {
  return list[random.Below(list.size())];
}

// The end of a mutator: puts `text` into libFuzzer's buffer, cut where it is too long; gives its
// size.
std::size_t PutBack(std::string_view text, std::uint8_t* data, std::size_t most);

}  // namespace mockduit::fuzz

// libFuzzer's, or that of main.cc.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
