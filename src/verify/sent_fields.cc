#include "verify/sent_fields.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

using Use = Schema::Use;
using Members = std::vector<std::pair<std::string, Use>>;

void SurveyQuery(const Entry& entry, Members& members) {
  std::string_view rest = entry.request().query;
  while (!rest.empty()) {
    const std::string name = DecodeQueryPart(TakeParameter(rest).name);
    const auto known =
        std::ranges::find_if(entry.operation->parameters(), [&](const Parameter& parameter) {
          return parameter.in == "query" && parameter.name == name;
        });
    if (known == entry.operation->parameters().end()) {
      members.emplace_back("query." + name, Use::kUnknown);
    } else if (known->deprecated) {
      members.emplace_back("query." + name, Use::kDeprecated);
    }
  }
}

void SurveyBody(const Entry& entry, Members& members) {
  const auto body = Json::Parse(entry.request().body);
  if (!body) return;
  std::vector<std::string> path{"body"};
  entry.operation->body()->SurveyMembers(
      *body, path, [&](const std::vector<std::string>& at, Use use) {
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
    const bool has_body = entry.operation->body() != nullptr && !entry.request().body.empty();
    if (!has_body && entry.request().query.empty()) continue;
    ++survey.surveyed;
    if (has_body && entry.exchange->request_bytes > Exchange::kMaxBody)
      survey.cut.push_back(&entry);
    const auto [members, fresh] = known.try_emplace(entry.call);
    if (fresh) {
      SurveyQuery(entry, members->second);
      if (has_body) SurveyBody(entry, members->second);
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
