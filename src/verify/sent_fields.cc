#include "verify/sent_fields.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "http/form.h"
#include "http/uri.h"

namespace mockduit {
namespace {

using Use = Schema::Use;
using Members = std::vector<std::pair<std::string, Use>>;

// "filter[a]" is of a parameter `filter`, and the members of a map may stand by their own names.
bool IsOf(std::string_view name, const Parameter& parameter) {
  if (parameter.name == name) return true;
  if (parameter.writing == nullptr) return false;
  const Writing& writing = *parameter.writing;
  if (writing.style == ParameterStyle::kDeepObject) {
    return name.starts_with(parameter.name) && name.substr(parameter.name.size()).starts_with('[');
  }
  return writing.explode && writing.shape.is_object() && writing.shape.HasMember(name);
}

void SurveyQuery(const Entry& entry, Members& members) {
  std::string_view rest = entry.request().query;
  while (!rest.empty()) {
    const std::string name = DecodeQueryPart(TakeParameter(rest).name);
    const auto known =
        std::ranges::find_if(entry.operation->parameters(), [&](const Parameter& parameter) {
          return parameter.in == "query" && IsOf(name, parameter);
        });
    if (known == entry.operation->parameters().end()) {
      members.emplace_back("query." + name, Use::kUnknown);
    } else if (known->deprecated) {
      members.emplace_back("query." + name, Use::kDeprecated);
    }
  }
}

// JSON, or the fields of a form; nothing of all other bodies.
std::optional<Json> ValueOf(const BodyType& type, const std::string& body) {
  if (type.kind == BodyKind::kForm) {
    return ReadForm(ReadFields(body), type.shape, type.writings, false);
  }
  auto json = Json::Parse(body);
  return json ? std::optional(std::move(*json)) : std::nullopt;
}

// The type of its body, if that has members to be looked at.
const BodyType* TypeOf(const Entry& entry) {
  if (entry.operation->bodies().empty() || entry.request().body.empty()) return nullptr;
  const BodyType* listed = entry.operation->FindBody(entry.request().headers.Get("Content-Type"));
  const BodyType& type = listed != nullptr ? *listed : entry.operation->UsualBody();
  const bool has_members = type.kind == BodyKind::kJson || type.kind == BodyKind::kForm;
  return has_members && type.schema != nullptr ? &type : nullptr;
}

void SurveyBody(const Entry& entry, const BodyType& type, Members& members) {
  const auto body = ValueOf(type, entry.request().body);
  if (!body) return;
  std::vector<std::string> path{"body"};
  type.schema->SurveyMembers(*body, path, [&](const std::vector<std::string>& at, Use use) {
    // All items of a list count as one place.
    std::string place;
    for (const std::string& part : at) {
      place += (place.empty() ? "" : ".") + (IsDigits(part) ? "*" : part);
    }
    if (std::ranges::find(members, std::pair(place, use)) == members.end()) {
      members.emplace_back(std::move(place), use);
    }
  });
}

FieldSurvey Survey(const History& history) {
  FieldSurvey survey;
  std::map<std::pair<std::string, Use>, History::Entries> sent;
  std::unordered_map<std::uint64_t, Members> known;  // by call
  for (const Entry& entry : history.entries()) {
    if (entry.operation == nullptr) continue;
    const BodyType* body = TypeOf(entry);
    if (body == nullptr && entry.request().query.empty()) continue;
    ++survey.surveyed;
    if (body != nullptr && entry.exchange->request_bytes > Exchange::kMaxBody)
      survey.cut.push_back(&entry);
    const auto [members, fresh] = known.try_emplace(entry.call);
    if (fresh) {
      SurveyQuery(entry, members->second);
      if (body != nullptr) SurveyBody(entry, *body, members->second);
    }
    for (const auto& [place, use] : members->second) {
      sent[{place + " of " + entry.operation->name, use}].push_back(&entry);
    }
  }
  for (auto& [member, entries] : sent) {
    survey.members.push_back({member.first, member.second, std::move(entries)});
  }
  return survey;
}

}  // namespace

const FieldSurvey& SurveySentFields(const History& history) {
  if (history.survey_ == nullptr) {
    history.survey_ = std::make_shared<const FieldSurvey>(Survey(history));
  }
  return *history.survey_;
}

}  // namespace mockduit
