#include "verify/verdict.h"

namespace mockduit {

std::string_view ResultName(Verdict::Result result) {
  switch (result) {
    case Verdict::Result::kPass: return "pass";
    case Verdict::Result::kFail: return "fail";
    case Verdict::Result::kNotExercised: return "not_exercised";
    case Verdict::Result::kInconclusive: return "inconclusive";
    case Verdict::Result::kKnown: return "known";
  }
  return "";
}

Verdict::Result ResultNamed(std::string_view name) {
  using Result = Verdict::Result;
  for (const Result result :
       {Result::kPass, Result::kFail, Result::kInconclusive, Result::kKnown}) {
    if (ResultName(result) == name) return result;
  }
  return Result::kNotExercised;
}

Json Verdict::ToJson() const {
  Json list = Json::MakeArray();
  for (const Finding& finding : findings) {
    Json exchanges = Json::MakeArray();
    for (const std::uint64_t id : finding.exchanges) exchanges.Append(id);
    list.Append(Json::MakeObject(
        {{"code", finding.code}, {"text", finding.text}, {"exchanges", std::move(exchanges)}}));
  }
  return Json::MakeObject({{"check", check},
                           {"result", ResultName(result)},
                           {"summary", summary},
                           {"exercised", exercised},
                           {"findings", std::move(list)}});
}

}  // namespace mockduit
