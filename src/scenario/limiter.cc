#include "scenario/limiter.h"

#include <algorithm>

#include "base/crypto.h"

namespace mockduit {
namespace {

// Takes out what has left the window, and what a clock that was set back has not reached yet.
void Slide(std::deque<Time>& window, Duration per, Time now) {
  while (!window.empty() && now - window.front() >= per) window.pop_front();
  while (!window.empty() && window.back() > now) window.pop_back();
}

// The same key at two vendors is two credentials.
std::string Hashed(std::string_view operation, std::string_view credential) {
  const std::string vendor(operation.substr(0, operation.find('.')));
  return Base64UrlEncode(HmacSha256(vendor, credential));
}

}  // namespace

std::optional<Quota> Limiter::Take(const MatchInput& input, std::string_view credential, Time now) {
  std::optional<Quota> quota;  // with the least room
  std::optional<Quota> told;   // the same of those that are told of
  std::vector<std::deque<Time>*> windows;
  std::vector<Use*> uses;
  std::string hashed;
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    const Limit& limit = limits_[i];
    if (!limit.Counts(input)) continue;
    if (hashed.empty()) hashed = Hashed(input.operation, credential);
    std::deque<Time>& window =
        WindowOf(uses_[i], limit, limit.by == Limit::By::kCredential ? hashed : "", now);
    windows.push_back(&window);
    uses.push_back(&uses_[i]);
    const std::uint64_t used = std::min<std::uint64_t>(window.size(), limit.allow);
    Quota own{.limit = limit.allow, .remaining = limit.allow - used, .variant = limit.variant};
    own.refused = own.remaining == 0;
    own.reset = (window.empty() ? now : window.front()) + limit.per;
    if (own.refused) own.wait = own.reset - now;
    const auto rank = [](const Quota& q) { return std::pair(-q.wait, q.remaining); };
    if (!quota || rank(own) < rank(*quota)) quota = own;
    if (limit.told && (!told || rank(own) < rank(*told))) told = own;
  }
  if (!quota) return quota;
  for (Use* use : uses) ++(quota->refused ? use->refused : use->counted);
  if (quota->refused) return quota;
  for (std::deque<Time>* window : windows) window->push_back(now);
  if (told) --told->remaining;
  return told;
}

std::deque<Time>& Limiter::WindowOf(Use& use, const Limit& limit, const std::string& credential,
                                    Time now) {
  auto found = use.windows.find(credential);
  if (found == use.windows.end()) {
    if (use.windows.size() >= kMaxCredentials) {
      const auto last_use = [](const auto& entry) {
        return entry.second.empty() ? Time::min() : entry.second.back();
      };
      use.windows.erase(std::ranges::min_element(use.windows, {}, last_use));
    }
    found = use.windows.try_emplace(credential).first;
  }
  Slide(found->second, limit.per, now);
  return found->second;
}

bool Limiter::HasRefused() const {
  return std::ranges::any_of(uses_, [](const Use& use) { return use.refused > 0; });
}

Json Limiter::Progress() const {
  Json list = Json::MakeArray();
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    list.Append(Json::MakeObject({{"allow", limits_[i].allow},
                                  {"per", FormatDuration(limits_[i].per)},
                                  {"counted", uses_[i].counted},
                                  {"refused", uses_[i].refused}}));
  }
  return list;
}

Json Limiter::Save() const {
  Json list = Json::MakeArray();
  for (const Use& use : uses_) {
    Json windows = Json::MakeObject();
    for (const auto& [credential, window] : use.windows) {
      Json times = Json::MakeArray();
      for (const Time time : window) times.Append(FormatMicros(time));
      windows.Set(credential, std::move(times));
    }
    list.Append(Json::MakeObject(
        {{"counted", use.counted}, {"refused", use.refused}, {"windows", std::move(windows)}}));
  }
  return list;
}

bool Limiter::Restore(const Json& saved) {
  const Json::Array* list = saved.IfArray();
  if (list == nullptr || list->size() != uses_.size()) return false;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    const auto count = [&](std::string_view key) {
      return static_cast<std::uint64_t>((*list)[i].Get(key).AsInteger());
    };
    uses_[i] = {.windows = {}, .counted = count("counted"), .refused = count("refused")};
    const Json::Object* windows = (*list)[i].Get("windows").IfObject();
    if (windows == nullptr) return false;
    for (const JsonMember& window : *windows) {
      if (!window.value.IsArray()) return false;
      std::deque<Time>& times = uses_[i].windows[window.key];
      for (const Json& text : *window.value.IfArray()) {
        const auto time = ParseTime(text.AsString());
        if (!time) return false;
        times.push_back(*time);
      }
    }
  }
  return true;
}

}  // namespace mockduit
