#include "engine/sent_body.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/unicode.h"
#include "http/form.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

constexpr std::ptrdiff_t kMaxFields = 10'000;  // of a form, as servers have such a bound

void SetError(Sent& sent, std::string message) {
  sent.body.reset();
  sent.body_error = {0, std::move(message)};
}

// A part that says nothing of its type may be of any.
void FindWrongParts(const Fields& parts, const BodyType& type, Sent& sent) {
  for (const auto& [name, types] : type.part_types) {
    for (const Field& part : parts) {
      if (part.name != name || part.type.empty()) continue;
      const auto takes = [&](const std::string& one) {
        return WeightOf(WithoutParameters(one), WithoutParameters(part.type)) > 0;
      };
      if (std::ranges::any_of(types, takes)) continue;
      sent.wrong_parts.push_back(
          {{"body", name}, "contentType", Join(types, " or "), part.type, "", ""});
    }
  }
}

// Fields are nothing that such a schema can take: it means the text as a whole.
bool IsOfScalar(const BodyType& type) {
  static constexpr std::array<std::string_view, 4> kScalars = {"string", "integer", "number",
                                                               "boolean"};
  return type.schema != nullptr &&
         std::ranges::find(kScalars, type.schema->SingleType()) != kScalars.end();
}

void ReadFormFor(const BodyType* type, bool last_counts, BodyKind kind, Sent& sent) {
  static const BodyType kAny;
  if (type == nullptr) type = &kAny;
  const std::string& text = sent.request.body;
  if (IsOfScalar(*type)) {
    sent.body = type->shape.Read(ValidUtf8(text));
    return;
  }
  if (kind == BodyKind::kMultipart) {
    const auto fields = ReadMultipart(text, sent.request.headers.Get("Content-Type"));
    if (!fields) return SetError(sent, fields.error().message);
    FindWrongParts(*fields, *type, sent);
    sent.body = ReadForm(*fields, type->shape, type->writings, last_counts);
    return;
  }
  if (std::ranges::count(text, '&') >= kMaxFields) {
    return SetError(sent, "it has more than " + std::to_string(kMaxFields) + " fields");
  }
  sent.body = ReadForm(ReadFields(text), type->shape, type->writings, last_counts);
}

// JSON as Python's json.loads takes bytes: in UTF-8, UTF-16 or UTF-32, found out by the first bytes
// and their zeros (RFC 4627, section 3).
void ReadAnyUnicode(Sent& sent) {
  if (sent.body) return;
  const auto text = JsonAsUtf8(sent.request.body);
  if (!text) return;
  auto body = Json::Parse(*text);
  if (body) {
    sent.body = std::move(*body);
  } else {
    sent.body_error = std::move(body.error());
  }
}

// Of a vendor that looks at no Content-Encoding.
void PutCodingsBack(Sent& sent) {
  sent.coding_fault.reset();
  if (sent.coded.empty()) return;
  sent.request.body = std::exchange(sent.coded, {});
  auto body = Json::Parse(sent.request.body);
  sent.body.reset();
  if (body) {
    sent.body = std::move(*body);
  } else {
    sent.body_error = std::move(body.error());
  }
}

}  // namespace

const BodyType* FindBodyType(const Operation& operation, const Request& request) {
  return operation.FindBody(request.headers.Get("Content-Type"));
}

bool IsOfOtherType(const Operation& operation, const Request& request) {
  return !operation.bodies().empty() && !request.body.empty() &&
         FindBodyType(operation, request) == nullptr;
}

void ReadBodyFor(const Operation& operation, Sent& sent) {
  if (sent.request.body.empty()) return;
  const RequestRules& rules = operation.contract->requests;
  if (rules.ignores_codings) PutCodingsBack(sent);
  const auto& bodies = operation.bodies();
  if (bodies.empty()) return;
  // Most take JSON alone, which is read already.
  const bool is_plain = !rules.other_types_as_text && !rules.any_unicode;
  if (is_plain && bodies.size() == 1 && bodies.front().kind == BodyKind::kJson) return;
  const BodyType* listed = FindBodyType(operation, sent.request);
  const std::string_view type = sent.request.headers.Get("Content-Type");
  BodyKind kind = BodyKind::kJson;
  if (listed != nullptr) {
    const bool by_type = IsMediaRange(listed->type) && !Trim(type).empty();
    kind = by_type ? KindOfType(type) : listed->kind;
  } else if (rules.other_types_as_text) {
    kind = BodyKind::kText;
  } else if (operation.UsualBody().kind != BodyKind::kJson) {
    kind = KindOfType(type);
  }
  sent.body_kind = kind;
  switch (kind) {
    case BodyKind::kJson:
      if (rules.any_unicode) ReadAnyUnicode(sent);
      return;
    case BodyKind::kForm:
    case BodyKind::kMultipart: return ReadFormFor(listed, rules.last_counts, kind, sent);
    case BodyKind::kText:
    case BodyKind::kBytes: sent.body = Json(ValidUtf8(sent.request.body)); return;
  }
}

}  // namespace mockduit
