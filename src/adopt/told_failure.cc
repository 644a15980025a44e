#include "adopt/told_failure.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adopt/compose.h"
#include "adopt/merged_schema.h"
#include "adopt/outcome_of_status.h"
#include "base/text.h"
#include "http/message.h"

namespace mockduit {
namespace {

constexpr int kReasonLevels = 5;

// Members that say in words what went wrong, the likeliest first.
constexpr std::array<std::string_view, 9> kReasons = {"message",     "detail", "error_description",
                                                      "description", "msg",    "title",
                                                      "error",       "reason", "errorMessage"};
constexpr std::array<std::string_view, 4> kCodes = {"code", "type", "error_code", "errorCode"};
constexpr std::array<std::string_view, 6> kStatuses = {
    "status", "statusCode", "status_code", "httpStatus", "httpStatusCode", "http_status"};

bool IsOneOf(std::string_view name, const auto& names) {
  return std::ranges::find(names, name) != names.end();
}

bool IsMadeUpText(const Json& value) { return value.AsString().starts_with("example "); }

// True where the document says of a number no more than what it must not be.
bool IsMadeUpNumber(const Json& value, const Json* property, References& references) {
  const Json* schema = property != nullptr ? references.Follow(*property) : nullptr;
  if (!value.IsNumber() || schema == nullptr) return false;
  static constexpr std::array<std::string_view, 5> kSaid = {"example", "examples", "default",
                                                            "enum", "const"};
  return std::ranges::none_of(
      kSaid, [&](std::string_view keyword) { return schema->Find(keyword) != nullptr; });
}

class Teller {
 public:
  Teller(int status, References& references) : status_(status), references_(references) {}

  std::vector<std::string> told;  // the places of all that was told
  std::string reason;             // the place of the words that say most; "": there is none

  void Tell(Json& value, const Json& schema, const std::string& place, int levels = 0) {
    if (levels > kReasonLevels || (!value.IsObject() && !value.IsArray())) return;
    const Json merged = MergedSchema(schema, references_, 0).schema;
    if (Json::Array* items = value.IfArray()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        Tell((*items)[i], merged.Get("items"), place + "/" + std::to_string(i), levels + 1);
      }
      return;
    }
    const Json& properties = merged.Get("properties");
    for (const std::string_view name : kReasons) TellWords(value, name, place);
    for (JsonMember& member : *value.IfObject()) {
      const std::string here = place + "/" + PointerToken(member.key);
      const Json* property = properties.Find(member.key);
      TellCode(member, property, here);
      if (property != nullptr) Tell(member.value, *property, here, levels + 1);
    }
  }

 private:
  void Put(Json& member, Json value, const std::string& place) {
    member = std::move(value);
    told.push_back(place);
  }

  void TellWords(Json& object, std::string_view name, const std::string& place) {
    Json* member = object.Find(name);
    if (member == nullptr || !IsMadeUpText(*member)) return;
    const std::string here = place + "/" + std::string(name);
    Put(*member, ReasonPhrase(status_), here);
    if (reason.empty()) reason = here;
  }

  void TellCode(JsonMember& member, const Json* property, const std::string& here) {
    const bool is_status = IsOneOf(member.key, kStatuses);
    if (!is_status && !IsOneOf(member.key, kCodes)) return;
    if (IsMadeUpText(member.value)) {
      Put(member.value, is_status ? std::to_string(status_) : OutcomeOfStatus(status_), here);
    } else if ((is_status || member.key == "code") &&
               IsMadeUpNumber(member.value, property, references_)) {
      Put(member.value, status_, here);
    }
  }

  int status_;
  References& references_;
};

bool IsOfBadRequests(int status) { return status == 400 || status == 422; }

// The first list on the way to a place; "" where there is none.
std::string ListOnTheWay(const Json& value, const std::string& place) {
  for (std::size_t end = place.find('/', 1); end != std::string::npos;
       end = place.find('/', end + 1)) {
    if (value.At(place.substr(0, end))->IsArray()) return place.substr(0, end);
  }
  return "";
}

// A merge patch has the whole of a list.
Json NaturalInList(const ToldFailure& failure, const std::string& list, const std::string& place) {
  if (failure.value.At(list)->Dump().contains("{{")) return {};
  Json whole = failure.value;
  for (const auto& [pointer, text] : failure.fill) whole.SetAt(pointer, text);
  whole.SetAt(place, "{{violations.text ?? " + failure.value.At(place)->Dump() + "}}");
  Json patch = Json::MakeObject();
  patch.SetAt(list, *whole.At(list));
  return patch;
}

}  // namespace

Json NaturalAt(const std::string& place, int status) {
  if (!IsOfBadRequests(status)) return {};
  Json patch = Json::MakeObject();
  patch.SetAt(place, "{{violations.text ?? omit}}");
  return patch;
}

ToldFailure TellFailure(const Composed& composed, const Json& schema, int status,
                        WholeDocument& document) {
  ToldFailure failure{composed.value, composed.fill, {}};
  Teller teller(status, document);
  teller.Tell(failure.value, schema, "");
  const auto is_taken = [&](const Json& value) {
    return !composed.objection.empty() || ObjectionTo(value, schema, document).empty();
  };
  if (teller.told.empty()) return failure;
  if (!is_taken(failure.value)) return {composed.value, composed.fill, {}};
  std::erase_if(failure.fill, [&](const auto& one) { return IsOneOf(one.first, teller.told); });
  if (teller.reason.empty() || !IsOfBadRequests(status)) return failure;
  // What is wrong with a request may be long.
  Json longest = failure.value;
  longest.SetAt(teller.reason, std::string(1'000, 'x'));
  if (!is_taken(longest)) return failure;
  const std::string list = ListOnTheWay(failure.value, teller.reason);
  failure.natural =
      list.empty() ? NaturalAt(teller.reason, status) : NaturalInList(failure, list, teller.reason);
  return failure;
}

}  // namespace mockduit
