#include "engine/reads.h"

#include <algorithm>

#include "http/uri.h"

namespace mockduit {
namespace {

const Parameter* FindParameter(const Operation& operation, std::string_view in,
                               std::string_view name) {
  const auto& all = operation.parameters();
  const auto found = std::ranges::find_if(
      all, [&](const Parameter& one) { return one.in == in && one.name == name; });
  return found != all.end() ? &*found : nullptr;
}

// A text that stands for a number stays the text that was sent, in the usual form.
std::string ReadText(std::string text, const Parameter* parameter) {
  if (parameter == nullptr || parameter->schema == nullptr) return text;
  Json value(text);
  parameter->schema->ReadLaxly(value);
  return value.ToText();
}

std::string ReadQuery(const Sent& sent, const Target& target) {
  const RequestRules& rules = target.contract.requests;
  std::string_view rest = sent.request.query;
  if ((!rules.lax && !rules.last_counts) || rest.empty()) return sent.request.query;
  std::vector<std::pair<std::string, std::string>> read;
  while (!rest.empty()) {
    const QueryParameter sent_one = TakeParameter(rest);
    std::string name = DecodeQueryPart(sent_one.name);
    const Parameter* parameter = FindParameter(target.operation, "query", name);
    std::string value = DecodeQueryPart(sent_one.value);
    const bool is_list = parameter != nullptr && parameter->IsList();
    if (rules.lax && !is_list) value = ReadText(std::move(value), parameter);
    if (rules.last_counts && !is_list)
      std::erase_if(read, [&](auto& one) { return one.first == name; });
    read.emplace_back(std::move(name), std::move(value));
  }
  std::string query;
  for (const auto& [name, value] : read) {
    if (!query.empty()) query += '&';
    query += PercentEncode(name) + '=' + PercentEncode(value);
  }
  return query;
}

// Whether a body may have a flag as a text, so that it is worth a look.
bool MayHaveFlags(std::string_view body) {
  return body.find("\"true\"") != std::string_view::npos ||
         body.find("\"false\"") != std::string_view::npos;
}

}  // namespace

void ReadAsVendorDoes(Sent& sent, Target& target) {
  const RequestRules& rules = target.contract.requests;
  target.query = ReadQuery(sent, target);
  const Schema* body = target.operation.body();
  if (rules.flags_as_texts && sent.body && body != nullptr && MayHaveFlags(sent.request.body)) {
    body->ReadFlags(*sent.body);
  }
  if (!rules.lax) return;
  const std::vector<std::string>& variables = target.operation.path.variables();
  for (std::size_t i = 0; i < std::min(variables.size(), target.path_values.size()); ++i) {
    std::string& value = target.path_values[i];
    value = ReadText(std::move(value), FindParameter(target.operation, "path", variables[i]));
  }
  if (sent.body && body != nullptr) body->ReadLaxly(*sent.body);
}

}  // namespace mockduit
