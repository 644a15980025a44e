#include "engine/validate.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "engine/sent_body.h"
#include "engine/sent_values.h"
#include "http/media_type.h"
#include "http/uri.h"

namespace mockduit {
namespace {

bool IsEmptyText(const Json& value) {
  if (value.IsString()) return value.AsString().empty();
  const Json::Array* items = value.IfArray();
  return items != nullptr && std::ranges::all_of(*items, IsEmptyText);
}

// True when one of the ranges in Accept takes JSON, by whichever name.
bool AcceptsJson(std::string_view accept) {
  if (accept.empty() || WeightOf(accept, "application/json") > 0) return true;
  while (!accept.empty()) {
    const std::string_view range = TakeUntil(accept, ",");
    const bool is_json = KindOfType(range) == BodyKind::kJson;
    if (is_json && WeightOf(range, WithoutParameters(range)) > 0) return true;
  }
  return false;
}

// True when the bytes of a body are text at all.
bool CanBeDecoded(const Call& call) {
  const std::string& body = call.request().body;
  if (call.target.contract.requests.any_unicode) return JsonAsUtf8(body).has_value();
  return !FirstNotUtf8(body);
}

// A text that is no JSON, XML for one, can be held against a schema of texts alone.
bool CanBeHeldAgainst(const Sent& sent, const Schema& schema) {
  const bool is_text = sent.body_kind == BodyKind::kText || sent.body_kind == BodyKind::kBytes;
  return !is_text || schema.SingleType() == "string";
}

// The value of a parameter, which comes as text. What does not read as the schema's type stays
// text, so that the schema finds it.
Json ReadParameterText(std::string_view text, const Schema& schema) {
  const std::string_view type = schema.SingleType();
  if (type == "integer" || type == "number") {
    if (const auto number = ParseNumber<std::int64_t>(text)) return *number;
    TextShape shape;
    shape.AddType(type);
    return shape.Read(text);
  }
  if (type == "boolean" && (text == "true" || text == "false")) return text == "true";
  return text;
}

// What was sent of a scalar that is written as it is.
std::optional<std::string> SentParameter(const Call& call, const Parameter& parameter) {
  if (parameter.in == "path") return std::string(call.PathValue(parameter.name));
  if (parameter.in == "query") {
    const auto value = QueryValue(call.query(), parameter.name);
    return value ? std::optional(ValidUtf8(*value)) : std::nullopt;
  }
  const std::vector<std::string> fields = SentHeaders(call.visit.sent, parameter.name);
  return fields.empty() ? std::nullopt : std::optional(ValidUtf8(fields.front()));
}

std::optional<Json> SentValue(const Call& call, const Parameter& parameter) {
  if (parameter.writing != nullptr) return ReadWritten(call, parameter);
  const auto text = SentParameter(call, parameter);
  if (!text) return std::nullopt;
  return parameter.schema != nullptr ? ReadParameterText(*text, *parameter.schema) : Json(*text);
}

std::string_view ValidateParameters(Call& call) {
  std::string_view condition;
  std::vector<std::string> path(2);
  for (const Parameter& parameter : call.operation().parameters()) {
    const std::size_t before = call.violations.size();
    auto sent = SentValue(call, parameter);
    const bool may_be_empty =
        call.target.contract.empty_query && parameter.in == "query" && !parameter.required;
    if (sent && may_be_empty && IsEmptyText(*sent)) sent.reset();
    path[0] = parameter.in;
    path[1] = parameter.name;
    const bool is_empty = parameter.takes_empty && sent && IsEmptyText(*sent);
    if (!sent) {
      if (parameter.required)
        call.violations.push_back({path, "required", parameter.name, "", "", ""});
    } else if (parameter.schema != nullptr && !is_empty) {
      parameter.schema->Validate(*sent, path, call.violations);
    }
    if (call.violations.size() == before) continue;
    condition = parameter.in == "path" ? "bad_path" : "bad_query";
  }
  return condition;
}

// Whether it is what the vendor asks its clients to send in Accept, whatever an operation answers.
bool IsAskedFor(const Contract& contract, std::string_view accept) {
  return std::ranges::any_of(contract.asks_for, [&](const AskedHeader& asked) {
    return EqualsIgnoringCase(asked.name, "Accept") && asked.pattern.Matches(accept);
  });
}

// True when Accept takes one of the types that the operation's success is of, or is what the vendor
// asks for. One without a body is taken for JSON.
bool AcceptsSuccess(const Call& call, std::string_view accept) {
  if (accept.empty() || accept == "*/*" || IsAskedFor(call.target.contract, accept)) return true;
  const Outcome* success = call.operation().FindOutcome("success");
  if (success == nullptr || success->types.empty()) return AcceptsJson(accept);
  const auto takes_range = [&](const Variant& variant) {
    return !variant.range.empty() && AcceptsSome(accept, variant.range);
  };
  if (std::ranges::any_of(success->variants, takes_range)) return true;
  return std::ranges::any_of(success->types, [&](const std::string& type) {
    return accept == type || WeightOf(accept, type) > 0 ||
           (KindOfType(type) == BodyKind::kJson && AcceptsJson(accept));
  });
}

std::string_view ValidateTypes(Call& call) {
  const Headers& headers = call.request().headers;
  if (call.operation().FindCondition("not_acceptable") != nullptr &&
      !AcceptsSuccess(call, headers.Get("Accept"))) {
    return "not_acceptable";
  }
  if (call.operation().FindCondition("media_type") != nullptr &&
      (IsOfOtherType(call.operation(), call.request()) ||
       call.visit.sent.coding_fault == CodingFault::kUnknown)) {
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

// A body that is none of the kind that it should be, and why.
std::string_view Malformed(Call& call, std::string keyword, std::string reason) {
  const bool is_json = call.visit.sent.body_kind == BodyKind::kJson;
  std::vector<std::string> path{"body"};
  // The place of a JSON error is its offset, as in {"body.17": "JSON decode error"}.
  if (keyword == "json") path.push_back(std::to_string(OffsetInCharacters(call.visit.sent)));
  const bool unreadable = is_json && keyword == "json" && !CanBeDecoded(call);
  call.violations.push_back({path, std::move(keyword), "", "", std::move(reason), ""});
  return unreadable && call.operation().FindCondition("undecodable") != nullptr ? "undecodable"
                                                                                : "malformed_body";
}

std::string_view ValidateBody(Call& call) {
  const Operation& operation = call.operation();
  if (operation.bodies().empty()) return "";
  const Sent& sent = call.visit.sent;
  const bool is_null = call.body() != nullptr && call.body()->IsNull();
  if (sent.request.body.empty() || (is_null && call.target.contract.requests.lax)) {
    return operation.needs_body() ? Malformed(call, "empty", sent.body_error.message) : "";
  }
  if (call.body() == nullptr) {
    return Malformed(call, sent.body_kind == BodyKind::kJson ? "json" : "form",
                     sent.body_error.message);
  }
  const bool is_only_one = operation.bodies().size() == 1;
  const BodyType* listed = is_only_one ? nullptr : FindBodyType(operation, sent.request);
  const BodyType& type = listed != nullptr ? *listed : operation.UsualBody();
  if (type.only_objects && !call.body()->IsObject()) {
    call.violations.push_back(
        {{"body"}, "object", "object", call.body()->Dump().substr(0, 100), "", ""});
    return "malformed_body";
  }
  const std::size_t before = call.violations.size();
  std::ranges::copy(sent.wrong_parts, std::back_inserter(call.violations));
  if (type.schema != nullptr && CanBeHeldAgainst(sent, *type.schema)) {
    std::vector<std::string> path{"body"};
    type.schema->Validate(*call.body(), path, call.violations);
  }
  return call.violations.size() > before ? "invalid" : "";
}

}  // namespace

std::string_view ValidateReading(Call& call) {
  const Sent& sent = call.visit.sent;
  const bool is_read = !call.operation().bodies().empty() && !sent.request.body.empty() &&
                       sent.body_kind == BodyKind::kJson &&
                       !IsOfOtherType(call.operation(), call.request());
  return is_read && call.body() == nullptr ? Malformed(call, "json", sent.body_error.message) : "";
}

std::string_view Validate(Call& call) {
  if (const std::string_view types = ValidateTypes(call); !types.empty()) return types;
  const std::string_view parameters = ValidateParameters(call);
  const std::string_view body = ValidateBody(call);
  return parameters.empty() ? body : parameters;
}

}  // namespace mockduit
