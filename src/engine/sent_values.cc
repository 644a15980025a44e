#include "engine/sent_values.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "engine/prefer.h"
#include "http/form.h"
#include "http/uri.h"

namespace mockduit {
namespace {

Json ListOfTexts(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  Json list = Json::MakeArray();
  for (const std::string& text : texts) list.Append(ValidUtf8(text));
  return list;
}

// A client may spread its cookies over several fields.
Fields CookiesOf(const Sent& sent) {
  return ReadCookies(Join(sent.request.headers.All("Cookie"), "; "));
}

const Parameter* FindInQuery(const Call* call, std::string_view name) {
  if (call == nullptr) return nullptr;
  for (const Parameter& parameter : call->operation().parameters()) {
    if (parameter.in == "query" && parameter.name == name) return &parameter;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> SentHeaders(const Sent& sent, std::string_view name) {
  std::vector<std::string> fields = sent.request.headers.All(name);
  if (!EqualsIgnoringCase(name, "Prefer")) return fields;
  for (std::string& field : fields) field = WithoutOurs(field);
  std::erase(fields, "");
  return fields;
}

std::optional<Json> ReadWritten(const Call& call, const Parameter& parameter) {
  const Writing& writing = *parameter.writing;
  const Sent& sent = call.visit.sent;
  if (parameter.in == "path") {
    return ReadTextAs(call.PathValue(parameter.name), parameter.name, writing);
  }
  if (parameter.in == "header") {
    const std::vector<std::string> fields = SentHeaders(sent, parameter.name);
    if (fields.empty()) return std::nullopt;
    return ReadTextAs(ValidUtf8(Join(fields, ",")), parameter.name, writing);
  }
  Fields fields = parameter.in == "cookie" ? CookiesOf(sent) : ReadFields(sent.request.query);
  const bool is_scalar = !writing.shape.is_array() && !writing.shape.is_object();
  if (is_scalar && call.target.contract.requests.last_counts) {
    for (std::size_t i = fields.size(); i-- > 0;) {
      if (fields[i].name == parameter.name)
        return ReadFieldsAs({fields[i]}, parameter.name, writing);
    }
  }
  return ReadFieldsAs(fields, parameter.name, writing);
}

Json QueryValueAt(const Sent& sent, const Call* call, std::string_view path) {
  const Parameter* whole = FindInQuery(call, path);
  if (whole != nullptr && whole->writing != nullptr) {
    return ReadWritten(*call, *whole).value_or(Json());
  }
  const std::size_t dot = path.find('.');
  const Parameter* above = whole == nullptr && dot != std::string_view::npos
                               ? FindInQuery(call, path.substr(0, dot))
                               : nullptr;
  if (above != nullptr && above->writing != nullptr) {
    const Json value = ReadWritten(*call, *above).value_or(Json());
    const Json* below = value.AtPath(path.substr(dot + 1));
    return below != nullptr ? *below : Json();
  }
  if (call != nullptr && call->target.contract.requests.last_counts) {
    const auto values = QueryValues(sent.request.query, path);
    return values.empty() || values.back().empty() ? Json() : Json(ValidUtf8(values.back()));
  }
  const std::string text = QueryValue(sent.request.query, path).value_or("");
  return text.empty() ? Json() : Json(ValidUtf8(text));
}

Json QueryList(const Sent& sent, std::string_view name) {
  return ListOfTexts(QueryValues(sent.request.query, name));
}

Json HeaderList(const Sent& sent, std::string_view name) {
  return ListOfTexts(sent.request.headers.All(name));
}

Json CookieValue(const Sent& sent, std::string_view name) {
  for (const Field& cookie : CookiesOf(sent)) {
    if (cookie.name == name) return cookie.value;
  }
  return {};
}

}  // namespace mockduit
