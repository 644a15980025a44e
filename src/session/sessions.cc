#include "session/sessions.h"

#include <mutex>

namespace mockduit {
namespace {

// 2^53 - 1: every JSON reader takes a seed up to here whole, so a client can put back what it got.
constexpr std::uint64_t kMaxSeed = (std::uint64_t{1} << 53) - 1;

// FNV-1a. Gives each session of a seeded server ids of its own, the same ones in every run.
std::uint64_t HashOf(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

}  // namespace

Sessions::Sessions(SessionSettings settings, SessionLimits limits, const Clock& clock,
                   std::vector<SeedResource> seed_resources)
    : settings_(std::move(settings)),
      limits_(limits),
      clock_(clock),
      seed_resources_(std::move(seed_resources)) {}

std::shared_ptr<Session> Sessions::Get(std::string_view name) {
  if (auto session = Find(name)) return session;
  const std::unique_lock lock(mutex_);
  auto& session = sessions_[std::string(name)];
  if (session == nullptr) {
    SessionSettings settings = settings_;
    if (settings.seed) *settings.seed = (*settings.seed ^ HashOf(name)) & kMaxSeed;
    session = std::make_shared<Session>(std::string(name), std::move(settings), limits_, clock_,
                                        seed_resources_);
  }
  return session;
}

std::shared_ptr<Session> Sessions::Find(std::string_view name) const {
  const std::shared_lock lock(mutex_);
  const auto found = sessions_.find(name);
  return found != sessions_.end() ? found->second : nullptr;
}

std::vector<std::shared_ptr<Session>> Sessions::List() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::shared_ptr<Session>> list;
  for (const auto& [name, session] : sessions_) list.push_back(session);
  return list;
}

bool Sessions::Drop(std::string_view name) {
  const std::unique_lock lock(mutex_);
  return sessions_.erase(std::string(name)) > 0;
}

}  // namespace mockduit
