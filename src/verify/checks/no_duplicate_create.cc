// A create may take effect although its response was lost or reported a failure. A client that
// sends it again without looking first creates the resource twice.
#include <algorithm>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

// True for a create that makes a new resource each time. One that names its resource makes the same
// one again.
bool Creates(const Entry& entry) {
  return entry.exchange->applied && entry.Asks(Does::kCreate) && !entry.operation->effect->which.by;
}

// The create took effect, and its client does not know.
bool IsUnseen(const Entry& create) { return Creates(create) && create.reply != Reply::kSuccess; }

// Why the client does not know.
std::string Why(const Entry& create) {
  if (create.reply != Reply::kLost) return "it was answered " + AnswerText(create);
  const Fault fault = create.exchange->response.delivery.fault;
  if (!LosesAnswer(fault)) return "its client did not wait for the answer";
  return "its answer was lost (" + std::string(FaultName(fault)) + ")";
}

const std::string& KindOf(const Entry& entry) { return entry.operation->effect->which.kind; }

// Whether the caller deleted one of the two later on: by its id, where the journal shows it; else
// any of the kind, made by this caller and not seen to be another.
bool IsCleanedUp(const History& history, const Entry& first, const Entry& second) {
  const auto names = [](const Entry& create, std::string_view path) {
    const std::string_view id = path.substr(path.rfind('/') + 1);
    return !id.empty() && create.exchange->response.body.contains("\"" + std::string(id) + "\"");
  };
  return std::ranges::any_of(history.entries(), [&](const Entry& entry) {
    if (entry.index <= first.index || !entry.exchange->applied || !entry.Asks(Does::kDelete) ||
        KindOf(entry) != KindOf(first) || entry.caller != first.caller) {
      return false;
    }
    if (names(first, entry.path) || names(second, entry.path)) return true;
    // That of another create, which is in the journal.
    return std::ranges::none_of(history.entries(), [&](const Entry& other) {
      return Creates(other) && names(other, entry.path);
    });
  });
}

bool LooksAfter(const History& history, const Entry& create) {
  const auto& entries = history.entries();
  return std::any_of(entries.begin() + static_cast<std::ptrdiff_t>(create.index) + 1, entries.end(),
                     [&](const Entry& later) {
                       return later.caller == create.caller && later.reply == Reply::kSuccess &&
                              (later.Asks(Does::kGet) || later.Asks(Does::kList)) &&
                              KindOf(later) == KindOf(create);
                     });
}

// The next create by the same caller that repeats this one by another name, and what it met.
const Entry* RenamedRetryOf(const History& history, const Entry& create, Duration within) {
  const auto& entries = history.entries();
  for (std::size_t i = create.index + 1; i < entries.size(); ++i) {
    const Entry& next = entries[i];
    if (next.at - create.answered > within) return nullptr;
    if (next.place == create.place && next.decided >= create.answered && Creates(next)) {
      return Compare(create, next) == Likeness::kRenamed ? &next : nullptr;
    }
  }
  return nullptr;
}

class Creations {
 public:
  Creations(const History& history, Evaluation& evaluation)
      : history_(history), evaluation_(evaluation) {}

  void Judge(const ClientCall& call) {
    for (std::size_t i = 0; i < call.attempts.size(); ++i) {
      if (!IsUnseen(*call.attempts[i])) continue;
      const auto next =
          std::find_if(call.attempts.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                       call.attempts.end(), [](const Entry* entry) { return Creates(*entry); });
      JudgeOne(*call.attempts[i],
               next != call.attempts.end()
                   ? *next
                   : RenamedRetryOf(history_, *call.attempts[i], evaluation_.Time("within")));
    }
  }

 private:
  void JudgeOne(const Entry& first, const Entry* second) {
    const std::string happened = RequestText(first) + " took effect although " + Why(first);
    if (second == nullptr) {
      return evaluation_.Exercise(happened + (LooksAfter(history_, first)
                                                  ? "; its client looked whether it had happened"
                                                  : "; it was not sent again"));
    }
    if (IsCleanedUp(history_, first, *second)) {
      return evaluation_.Exercise(happened + ", and was sent again; one of the two was deleted");
    }
    evaluation_.Exercise();
    evaluation_.Fail(happened + ", and was sent again: there are two now", {&first, second});
  }

  const History& history_;
  Evaluation& evaluation_;
};

void EvaluateNoDuplicateCreate(const History& history, Evaluation& evaluation) {
  JudgeCalls(history, evaluation, [&](const ClientCall& call, Evaluation& of_call) {
    Creations(history, of_call).Judge(call);
  });
}

}  // namespace

Check NoDuplicateCreate() {
  return {"no-duplicate-create",
          "looks whether a create has happened before it tries it again",
          "RFC 9110, section 9.2.2: POST is not idempotent",
          {{"within", "10m", "after which a create with another name is taken for a new one"}},
          &EvaluateNoDuplicateCreate};
}

}  // namespace mockduit
