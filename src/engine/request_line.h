// RequestLine: a request and its answer as one line, for people or for tools. Used by what writes
// the terminal's lines; a pure function of what it is given.
#pragma once

#include <string>

#include "base/log.h"
#include "engine/request_log.h"

namespace mockduit {

struct LineStyle {
  LogFormat format = LogFormat::kText;
  bool colours = false;   // of text
  bool verbose = false;   // with why it was answered so
  Duration utc_offset{};  // of the times in text; those in JSON are UTC
};

// With its line break. As text, the reasons of `verbose` are lines of their own, indented below the
// request's; as JSON, they are further members. What a terminal would obey is escaped.
std::string RequestLine(const RequestEntry& entry, const LineStyle& style);

}  // namespace mockduit
