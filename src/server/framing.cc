#include "server/framing.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "server/grammar.h"

namespace mockduit {
namespace {

constexpr std::string_view kLengthRule = " (RFC 9112, section 6.3).";
constexpr std::string_view kCodingRule = " (RFC 9112, section 6.1).";

Objection BadFraming(std::string reason, std::string_view rule) {
  return {400, std::move(reason.append(rule))};
}

std::vector<std::string_view> ValuesOf(const Headers& headers, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : headers.fields()) {
    if (EqualsIgnoringCase(key, name)) values.push_back(value);
  }
  return values;
}

std::vector<std::string_view> ListOf(const Headers& headers, std::string_view name) {
  std::vector<std::string_view> elements;
  for (const std::string_view value : ValuesOf(headers, name)) {
    for (const std::string_view element : SplitList(value)) elements.push_back(element);
  }
  return elements;
}

std::optional<Objection> ParseLength(std::string_view text, std::size_t& length) {
  const auto number = ParseNumber<std::size_t>(text);
  if (!number) {
    const bool too_long = !text.empty() && IsDigits(text);
    return BadFraming("Content-Length " + Quoted(text) +
                          (too_long ? " is more than can be counted" : " is not a number of bytes"),
                      kLengthRule);
  }
  length = *number;
  return std::nullopt;
}

std::optional<Objection> ParseContentLength(const Headers& headers, Framing& result) {
  const auto only = headers.Find("Content-Length");
  if (!only) return std::nullopt;
  if (headers.Count("Content-Length") == 1) return ParseLength(*only, result.content_length);
  const std::vector<std::string_view> values = ValuesOf(headers, "Content-Length");
  for (const std::string_view value : values) {
    if (value == values.front()) continue;
    return BadFraming("Content-Length is repeated with another value: " + Quoted(values.front()) +
                          " and " + Quoted(value),
                      kLengthRule);
  }
  return BadFraming("Content-Length is repeated", kLengthRule);
}

std::optional<Objection> ParseTransferEncoding(const Headers& headers, int minor_version,
                                               Framing& result) {
  const auto first = headers.Find("Transfer-Encoding");
  if (!first) return std::nullopt;
  if (minor_version == 0) return BadFraming("Transfer-Encoding came with HTTP/1.0", kCodingRule);
  if (headers.Find("Content-Length")) {
    return BadFraming("Transfer-Encoding and Content-Length stand side by side", kLengthRule);
  }
  const std::vector<std::string_view> codings = ListOf(headers, "Transfer-Encoding");
  if (codings.empty()) return BadFraming("Transfer-Encoding is empty", kCodingRule);

  const auto is_chunked = [](std::string_view c) { return EqualsIgnoringCase(c, "chunked"); };
  const auto others = std::ranges::find_if_not(codings, is_chunked);
  const auto chunks = std::ranges::count_if(codings, is_chunked);
  if (chunks > 1) return BadFraming("Transfer-Encoding says chunked more than once", kCodingRule);
  if (!is_chunked(codings.back())) {  // also of a coding that is not known: 400 comes before 501
    return BadFraming("Transfer-Encoding does not end with chunked", kCodingRule);
  }
  if (others != codings.end()) {
    return Objection{501, "The transfer coding " + Quoted(*others) +
                              " is not known here, only chunked" + std::string(kCodingRule)};
  }
  result.chunked = true;
  return std::nullopt;
}

std::optional<Objection> ParseExpect(const Headers& headers, int minor_version, Framing& result) {
  if (minor_version == 0) return std::nullopt;  // to be ignored (RFC 9110, section 10.1.1)
  for (const std::string_view value : ListOf(headers, "Expect")) {
    if (!EqualsIgnoringCase(value, "100-continue")) {
      return Objection{417, "Expect " + Quoted(value) +
                                " cannot be met, only 100-continue (RFC 9110, section 10.1.1)."};
    }
    result.expects_continue = true;
  }
  return std::nullopt;
}

bool KeepsAlive(const Headers& headers, int minor_version) {
  bool keep = minor_version == 1;
  for (const std::string_view option : ListOf(headers, "Connection")) {
    if (EqualsIgnoringCase(option, "close")) return false;
    if (EqualsIgnoringCase(option, "keep-alive")) keep = true;
  }
  return keep;
}

}  // namespace

std::optional<Objection> ParseFraming(const Headers& headers, int minor_version, Framing& result) {
  result.keep_alive = KeepsAlive(headers, minor_version);
  if (auto objection = ParseTransferEncoding(headers, minor_version, result)) return objection;
  if (auto objection = ParseContentLength(headers, result)) return objection;
  return ParseExpect(headers, minor_version, result);
}

}  // namespace mockduit
