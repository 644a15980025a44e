// Sessions: every world of the server, by name. Made on first use. Any thread may use it.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "session/session.h"

namespace mockduit {

inline constexpr std::string_view kDefaultSession = "default";

class Sessions {
 public:
  // What new sessions start with. `clock` must outlive this.
  Sessions(SessionSettings settings, SessionLimits limits, const Clock& clock,
           std::vector<SeedResource> seed_resources);

  // The session of that name, made when there is none.
  std::shared_ptr<Session> Get(std::string_view name);
  // nullptr when there is none.
  std::shared_ptr<Session> Find(std::string_view name) const;
  std::vector<std::shared_ptr<Session>> List() const;  // by name
  // The next use of the name makes a new world. False when there was none.
  bool Drop(std::string_view name);

 private:
  SessionSettings settings_;
  SessionLimits limits_;
  const Clock& clock_;
  std::vector<SeedResource> seed_resources_;
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<Session>, std::less<>> sessions_;
};

}  // namespace mockduit
