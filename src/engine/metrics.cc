#include "engine/metrics.h"

#include <algorithm>
#include <charconv>

namespace mockduit {
namespace {

constexpr std::string_view kDuration = "mockduit_request_duration_seconds";

std::string Seconds(std::int64_t micros) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, static_cast<double>(micros) / 1e6).ptr;
  return {text, end};
}

void AppendHead(std::string& text, std::string_view name, std::string_view type,
                std::string_view help) {
  text.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void AppendLabel(std::string& text, std::string_view name, std::string_view value) {
  text += text.ends_with('{') ? "" : ",";
  text.append(name).append("=\"");
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  text += '"';
}

}  // namespace

void Metrics::Count(std::string_view operation, std::string_view outcome, int status) {
  const MutexLock lock(mutex_);
  const auto found = requests_.find(KeyView{operation, outcome, status});
  if (found != requests_.end()) {
    ++found->second;
  } else {
    requests_.emplace(Key{std::string(operation), std::string(outcome), status}, 1);
  }
}

void Metrics::ObserveDuration(Duration took) {
  const std::int64_t micros = std::max<std::int64_t>(took.count(), 0);
  const auto bucket = std::ranges::lower_bound(kBounds, micros) - kBounds.begin();
  durations_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  total_micros_.fetch_add(micros, std::memory_order_relaxed);
}

std::string Metrics::Text() const {
  std::string text;
  AppendHead(text, "mockduit_requests_total", "counter", "Requests that were answered.");
  {
    const MutexLock lock(mutex_);
    for (const auto& [key, count] : requests_) {
      text += "mockduit_requests_total{";
      AppendLabel(text, "vendor",
                  std::string_view(key.operation).substr(0, key.operation.find('.')));
      AppendLabel(text, "operation", key.operation);
      AppendLabel(text, "status", std::to_string(key.status));
      AppendLabel(text, "outcome", key.outcome);
      text += "} " + std::to_string(count) + "\n";
    }
  }
  AppendHead(text, kDuration, "histogram", "How long the emulator took to answer.");
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < durations_.size(); ++i) {
    count += durations_[i].load(std::memory_order_relaxed);
    const std::string bound = i < kBounds.size() ? Seconds(kBounds[i]) : "+Inf";
    text.append(kDuration).append("_bucket{le=\"").append(bound).append("\"} ");
    text += std::to_string(count) + "\n";
  }
  text.append(kDuration).append("_sum ").append(Seconds(total_micros_.load())).append("\n");
  text.append(kDuration).append("_count ").append(std::to_string(count)).append("\n");
  return text;
}

void AppendMetric(std::string& text, std::string_view name, std::string_view type,
                  std::string_view help, std::uint64_t value) {
  AppendHead(text, name, type, help);
  text.append(name).append(" ").append(std::to_string(value)).append("\n");
}

}  // namespace mockduit
