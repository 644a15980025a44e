#include "verify/calls.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "verify/alike.h"
#include "verify/habits.h"

namespace mockduit {

namespace {

constexpr std::string_view kOthersCall =
    "unless another caller made an equal call at the same time: give each call an identity "
    "(X-Mockduit-Call), or each test a session";

constexpr std::string_view kNextThing =
    "unless the other name is that of another thing: give each call an identity (X-Mockduit-Call)";

}  // namespace

CallBook::CallBook(const History& history) {
  const std::vector<AlikeRequests> groups = SortAlike(history);
  const Habits habits(groups);
  for (const AlikeRequests& group : groups) {
    groups_.push_back(ReadCalls(group, habits.ShowOneClient(group.entries), history.truncated()));
  }
}

const CallBook& CallsOf(const History& history) {
  if (history.calls_ == nullptr) history.calls_ = std::make_shared<const CallBook>(history);
  return *history.calls_;
}

void JudgeGroup(const LikeRequests& group, Evaluation& evaluation, const JudgeCall& judge) {
  std::vector<Evaluation> judged;
  for (const Reading& reading : group.readings) {
    Evaluation& of_reading = judged.emplace_back(evaluation.Fresh());
    for (const ClientCall& call : reading) judge(call, of_reading);
    if (!group.overlap && !judged.front().failed()) break;
  }
  const auto failed = [](const Evaluation& one) { return one.failed(); };
  const auto faulty = std::ranges::count_if(judged, failed);
  if (faulty == 0 || faulty == std::ssize(judged)) {
    return evaluation.Add(std::move(judged.front()));
  }
  evaluation.AddDoubtful(*std::ranges::find_if(judged, failed),
                         group.renamed ? kNextThing : kOthersCall);
}

void JudgeCalls(const History& history, Evaluation& evaluation, const JudgeCall& judge) {
  for (const LikeRequests& group : CallsOf(history).groups()) JudgeGroup(group, evaluation, judge);
}

}  // namespace mockduit
