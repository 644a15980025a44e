#include "verify/client_call.h"

#include <algorithm>

#include "verify/identity.h"
#include "verify/overlap.h"

namespace mockduit {

Duration ClientCall::WaitAfter(std::size_t attempt) const {
  const Entry& before = *attempts[attempt];
  const Entry& next = *attempts[attempt + 1];
  const bool still = before.exchange->clock.rate == 0 && next.exchange->clock.rate == 0;
  const Duration moved = next.exchange->clock.moved - before.exchange->clock.moved;
  if (still && moved > Duration(0)) return moved;
  return std::max(next.at - before.answered, Duration(0));
}

bool MayBeCrowd(const ClientCall& call) {
  constexpr std::size_t kCrowd = 8;
  const auto identity = IdentityOf(call.first());
  if (call.attempts.size() > kCrowd || (identity && identity == IdentityOf(call.last()))) {
    return false;
  }
  for (std::size_t i = 0; i < call.attempts.size(); ++i) {
    const auto& wire = call.attempts[i]->exchange->wire;
    if (!wire || wire->request != 1 || !KeepsConnection(*call.attempts[i])) return false;
    if (i + 1 < call.attempts.size() && call.WaitAfter(i) >= kPause) return false;
  }
  return true;
}

std::vector<ClientCall> Tries(const ClientCall& call) {
  std::vector<ClientCall> parts(1);
  for (const Entry* attempt : call.attempts) {
    if (!parts.back().attempts.empty() && !parts.back().last().failed()) parts.emplace_back();
    parts.back().attempts.push_back(attempt);
  }
  return parts;
}

}  // namespace mockduit
