#include "scenario/match.h"

#include <algorithm>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

std::string_view VendorOf(std::string_view operation) {
  return operation.substr(0, operation.find('.'));
}

bool FitsAny(const std::vector<std::string>& globs, std::string_view operation) {
  return globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
           return GlobMatches(glob, operation);
         });
}

// "/x/" also fits "/x": vendors that take both mean the same.
bool PathFits(const UriTemplate& wanted, std::string_view path) {
  if (wanted.Matches(path)) return true;
  return path.size() > 1 && path.ends_with('/') && wanted.Matches(path.substr(0, path.size() - 1));
}

std::string Shown(const Json* value) { return value != nullptr ? value->Dump() : "nothing"; }

std::string OrNothing(std::string_view text) {
  return text.empty() ? "nothing" : std::string(text);
}

// One value as it is, several as a list.
std::string ShownTexts(const std::vector<std::string>& texts) {
  if (texts.empty()) return Shown(nullptr);
  if (texts.size() == 1) return Json(texts.front()).Dump();
  Json list = Json::MakeArray();
  for (const std::string& text : texts) list.Append(text);
  return list.Dump();
}

}  // namespace

bool Match::Hold(const MatchInput& input, std::vector<Miss>* misses) const {
  bool hold = true;
  // Gives true when nothing more needs to be looked at.
  const auto missed = [&](const auto& tell) {
    hold = false;
    if (misses != nullptr) misses->push_back(tell());
    return misses == nullptr;
  };
  if (!FitsAny(operations, input.operation) && missed([&]() -> Miss {
        return {"operation", Join(operations, " or "), OrNothing(input.operation)};
      })) {
    return false;
  }
  if (!vendor.empty() && VendorOf(input.operation) != vendor &&
      missed([&]() -> Miss { return {"vendor", vendor, OrNothing(VendorOf(input.operation))}; })) {
    return false;
  }
  if (!method.empty() && input.request->method != method &&
      missed([&]() -> Miss { return {"method", method, input.request->method}; })) {
    return false;
  }
  if (creates && input.creates != *creates && missed([&]() -> Miss {
        return {"creates", Json(*creates).Dump(), Json(input.creates).Dump()};
      })) {
    return false;
  }
  if (path && !PathFits(*path, input.path) &&
      missed([&]() -> Miss { return {"path", path->text(), std::string(input.path)}; })) {
    return false;
  }
  const auto check = [&](std::string_view kind, const Part& part, const Json* value) {
    return part.matcher.Matches(value) || !missed([&]() -> Miss {
             return {std::string(kind) + "." + part.name, part.matcher.source().Dump(),
                     Shown(value)};
           });
  };
  const auto check_texts = [&](std::string_view kind, const Part& part,
                               const std::vector<std::string>& texts) {
    return part.matcher.MatchesTexts(texts, input.last_counts) || !missed([&]() -> Miss {
             return {std::string(kind) + "." + part.name, part.matcher.source().Dump(),
                     ShownTexts(texts)};
           });
  };
  for (const Part& part : query) {
    if (!check_texts("query", part, QueryValues(input.request->query, part.name))) return false;
  }
  for (const Part& part : headers) {
    if (!check_texts("headers", part, input.request->headers.All(part.name))) return false;
  }
  for (const Part& part : body) {
    const Json* value = input.body != nullptr ? input.body->At(part.pointer) : nullptr;
    if (!check("body", part, value)) return false;
  }
  return hold;
}

std::vector<Miss> Match::Misses(const MatchInput& input) const {
  std::vector<Miss> misses;
  Hold(input, &misses);
  return misses;
}

bool Match::CanMeet(const Operation& operation) const {
  return FitsAny(operations, operation.name) &&
         (vendor.empty() || operation.contract->vendor == vendor) &&
         (!creates || operation.creates == *creates) &&
         (method.empty() || operation.method == method ||
          (method == "HEAD" && operation.method == "GET"));
}

}  // namespace mockduit
