#include "engine/validate.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// The value of a parameter, which comes as text. What does not read as the schema's type stays
// text, so that the schema finds it.
Json ReadParameterText(std::string_view text, const Schema& schema) {
  const std::string_view type = schema.SingleType();
  if (type == "integer") {
    if (const auto number = ParseNumber<std::int64_t>(text)) return *number;
  }
  if (type == "boolean" && (text == "true" || text == "false")) return text == "true";
  return text;
}

std::optional<std::string> SentParameter(const Call& call, const Parameter& parameter) {
  if (parameter.in == "path") return std::string(call.PathValue(parameter.name));
  if (parameter.in == "query") {
    const auto value = QueryValue(call.query(), parameter.name);
    return value ? std::optional(ValidUtf8(*value)) : std::nullopt;
  }
  const std::string* header = call.request().headers.Find(parameter.name);
  return header != nullptr ? std::optional(ValidUtf8(*header)) : std::nullopt;
}

std::string_view ValidateParameters(Call& call) {
  std::string_view condition;
  std::vector<std::string> path(2);
  for (const Parameter& parameter : call.operation().parameters()) {
    const std::size_t before = call.violations.size();
    const auto sent = SentParameter(call, parameter);
    path[0] = parameter.in;
    path[1] = parameter.name;
    if (sent && parameter.in == "query" && parameter.IsList()) {
      Json list = Json::MakeArray();
      for (const std::string& value : QueryValues(call.query(), parameter.name)) {
        list.Append(ValidUtf8(value));
      }
      parameter.schema->Validate(list, path, call.violations);
    } else if (!sent) {
      if (parameter.required)
        call.violations.push_back({path, "required", parameter.name, "", "", ""});
    } else if (parameter.schema != nullptr) {
      parameter.schema->Validate(ReadParameterText(*sent, *parameter.schema), path,
                                 call.violations);
    }
    if (call.violations.size() == before) continue;
    condition = parameter.in == "path" ? "bad_path" : "bad_query";
  }
  return condition;
}

// True for application/json and application/*+json, with any parameters.
bool IsJsonType(std::string_view type) {
  type = Trim(TakeUntil(type, ";"));
  return EqualsIgnoringCase(type, "application/json") ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

// True when one of the ranges in Accept takes application/json.
bool AcceptsJson(std::string_view accept) {
  if (accept.empty()) return true;
  while (!accept.empty()) {
    std::string_view range = TakeUntil(accept, ",");
    range = Trim(TakeUntil(range, ";"));
    if (range == "*/*" || range == "application/*" || IsJsonType(range)) return true;
  }
  return false;
}

std::string_view ValidateTypes(Call& call) {
  const Headers& headers = call.request().headers;
  if (call.target.contract.FindCondition("not_acceptable") && !AcceptsJson(headers.Get("Accept"))) {
    return "not_acceptable";
  }
  const bool sends_type = !call.request().body.empty() && headers.Find("Content-Type") != nullptr;
  if (call.target.contract.FindCondition("media_type") && call.operation().body() != nullptr &&
      sends_type && !IsJsonType(headers.Get("Content-Type"))) {
    if (call.operation().wording().messages.Find("media_type") != nullptr) {
      call.violations.push_back({{"body"}, "media_type", "application/json", "", "", ""});
    }
    return "media_type";
  }
  return "";
}

// Where reading the body as JSON stopped.
std::size_t OffsetInCharacters(const Sent& sent) {
  const std::string_view before =
      std::string_view(sent.request.body).substr(0, sent.body_error.offset);
  const auto begins_one = [](char c) { return (c & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(before, begins_one));
}

std::string_view ValidateBody(Call& call) {
  if (call.operation().body() == nullptr) return "";
  const bool is_null = call.body() != nullptr && call.body()->IsNull();
  const bool counts_as_none = is_null && call.target.contract.reads.lax;
  if (call.body() == nullptr || counts_as_none) {
    const std::string& sent = call.request().body;
    const bool empty = sent.empty() || counts_as_none;
    if (empty && !call.operation().needs_body()) return "";
    if (call.target.contract.FindCondition("undecodable") && FirstNotUtf8(sent)) {
      return "undecodable";
    }
    std::vector<std::string> path{"body"};
    // The place of a JSON error is its offset, as in {"body.17": "JSON decode error"}.
    if (!empty) path.push_back(std::to_string(OffsetInCharacters(call.visit.sent)));
    call.violations.push_back(
        {path, empty ? "empty" : "json", "", "", call.visit.sent.body_error.message, ""});
    return "malformed_body";
  }
  if (!call.body()->IsObject()) {
    call.violations.push_back(
        {{"body"}, "object", "object", call.body()->Dump().substr(0, 100), "", ""});
    return "malformed_body";
  }
  std::vector<std::string> path{"body"};
  const std::size_t before = call.violations.size();
  call.operation().body()->Validate(*call.body(), path, call.violations);
  return call.violations.size() > before ? "invalid" : "";
}

}  // namespace

std::string_view Validate(Call& call) {
  if (const std::string_view types = ValidateTypes(call); !types.empty()) return types;
  const std::string_view parameters = ValidateParameters(call);
  const std::string_view body = ValidateBody(call);
  return parameters.empty() ? body : parameters;
}

}  // namespace mockduit
