#include "verify/client_call.h"

#include <algorithm>

namespace mockduit {

Duration ClientCall::WaitAfter(std::size_t attempt) const {
  const Entry& before = *attempts[attempt];
  const Entry& next = *attempts[attempt + 1];
  const bool still = before.exchange->clock.rate == 0 && next.exchange->clock.rate == 0;
  const Duration moved = next.exchange->clock.moved - before.exchange->clock.moved;
  if (still && moved > Duration(0)) return moved;
  return std::max(next.at - before.answered, Duration(0));
}

std::vector<ClientCall> Tries(const ClientCall& call) {
  const ClientCall part{.attempts = {}, .certain = call.certain, .identified = call.identified};
  std::vector<ClientCall> parts{part};
  for (const Entry* attempt : call.attempts) {
    if (!parts.back().attempts.empty() && !parts.back().last().failed()) parts.push_back(part);
    parts.back().attempts.push_back(attempt);
  }
  return parts;
}

}  // namespace mockduit
