#include "verify/phrases.h"

#include <cstdio>

namespace mockduit {
namespace {

std::string Rounded(double number, const char* unit) {
  char text[32];
  std::snprintf(text, sizeof text, number < 10 ? "%.2f %s" : "%.1f %s", number, unit);
  return text;
}

}  // namespace

std::string Spell(Duration duration) {
  using std::chrono::seconds;
  constexpr Duration kSecond = seconds(1);
  constexpr Duration kMinute = seconds(60);
  if (duration < kSecond) {
    return std::to_string(std::chrono::round<std::chrono::milliseconds>(duration).count()) + " ms";
  }
  if (duration % kSecond == Duration(0) && duration < kMinute) {
    return std::to_string(duration / kSecond) + " s";
  }
  if (duration < kMinute) return Rounded(static_cast<double>(duration.count()) / 1e6, "s");
  const auto left = (duration % kMinute) / kSecond;
  const std::string minutes = std::to_string(duration / kMinute) + " min";
  return left == 0 ? minutes : minutes + " " + std::to_string(left) + " s";
}

std::string Spell(std::uint64_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string Spell(const std::vector<Duration>& waits) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < waits.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + Spell(waits[i]);
  }
  return text + (waits.size() > kShown ? " …" : "");
}

std::string RequestText(const Entry& entry) {
  return entry.request().method + " " + std::string(entry.path);
}

std::string AnswerText(const Entry& entry) {
  if (entry.reply != Reply::kLost) return std::to_string(entry.exchange->response.status);
  const Fault fault = entry.exchange->response.delivery.fault;
  if (!LosesAnswer(fault)) return "no answer that it waited for";
  return "no whole answer (" + std::string(FaultName(fault)) + ")";
}

}  // namespace mockduit
