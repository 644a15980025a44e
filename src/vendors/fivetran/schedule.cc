#include "vendors/fivetran/schedule.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace mockduit::fivetran {
namespace {

constexpr int kDay = 1440;  // minutes
constexpr std::array<std::string_view, 7> kDays = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                                   "FRIDAY", "SATURDAY", "SUNDAY"};
constexpr std::array<std::int64_t, 11> kFrequencies = {1,   5,   15,  30,  60,  120,
                                                       180, 360, 480, 720, 1440};

// The minutes by which all starts of a destination are behind its grid: 0 to 59, the same for all
// that sync into it. Which it is, is ours.
int OffsetOf(std::string_view destination) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : destination) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return static_cast<int>(hash % 60);
}

// "14:00", or "14:00:00", in minutes of the day.
int MinutesOf(std::string_view time) {
  const int hours = ParseNumber<int>(TakeUntil(time, ":")).value_or(0);
  return hours * 60 + ParseNumber<int>(TakeUntil(time, ":")).value_or(0);
}

std::string Join(const std::vector<int>& numbers) {
  std::string text;
  for (const int number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text;
}

// Every so many minutes, of which one start is `first` minutes past midnight, in UTC.
std::string CronOfGrid(int first, int every) {
  first = ((first % every) + every) % every;
  std::vector<int> minutes;
  std::vector<int> hours;
  if (every < 60) {
    for (int at = first; at < 60; at += every) minutes.push_back(at);
    return Join(minutes) + " * * * *";
  }
  for (int at = first; at < kDay; at += every) hours.push_back(at / 60);
  return std::to_string(first % 60) + " " + Join(hours) + " * * *";
}

// The days on which an hour of the destination falls in UTC, as cron has them.
std::string CronOfDays(const Json& days, int shift) {
  const Json::Array* named = days.IfArray();
  if (named == nullptr || named->empty() || named->size() == kDays.size()) return "*";
  std::vector<int> numbers;
  for (const Json& day : *named) {
    const auto found = std::ranges::find(kDays, day.AsString());
    const auto number = static_cast<int>(found - kDays.begin()) + 1;  // Monday is 1
    numbers.push_back((number + shift + 7) % 7);
  }
  std::ranges::sort(numbers);
  return Join(numbers);
}

std::string CronOfDaily(int minutes, const Json& days) {
  const int shift = minutes < 0 ? -1 : minutes >= kDay ? 1 : 0;
  const int at = (minutes + kDay) % kDay;
  return std::to_string(at % 60) + " " + std::to_string(at / 60) + " * * " +
         CronOfDays(days, shift);
}

// "" where no sync starts by itself.
std::string CronOf(const Json& connection, const Store& store) {
  if (connection.Get("schedule_type").AsString() == "manual") return "";
  const std::string group(connection.Get("group_id").AsString());
  const Json offset = store.FindMember("fivetran.destination", group, "time_zone_offset");
  const int zone = ParseNumber<int>(std::string(offset.AsString("0"))).value_or(0);
  const int behind = OffsetOf(group) - zone * 60;
  const Json& schedule = connection.Get("schedule");
  const std::string_view type = schedule.Get("schedule_type").AsString();
  if (type == "CRON") return std::string(schedule.Get("cron").AsString());
  if (type == "TIME_OF_DAY") {
    return CronOfDaily(MinutesOf(schedule.Get("time_of_day").AsString()) + behind,
                       schedule.Get("days_of_week"));
  }
  std::int64_t every = connection.Get("sync_frequency").AsInteger(360);
  if (type == "INTERVAL") every = schedule.Get("interval").AsInteger(every);
  if (every == kDay) {
    return CronOfDaily(MinutesOf(connection.Get("daily_sync_time").AsString()) + behind, Json());
  }
  // A day has no such grid; the nearest that it has is taken.
  const auto fits = std::ranges::find_if(kFrequencies, [&](auto one) { return one >= every; });
  return CronOfGrid(behind, static_cast<int>(fits != kFrequencies.end() ? *fits : kDay));
}

}  // namespace

void Schedule(const Json& request, const Store& store, Json& connection) {
  const Json& wanted = request.Get("schedule");
  if (wanted.IsObject()) {
    const std::string_view type = wanted.Get("schedule_type").AsString();
    connection.Set("schedule_type", type == "MANUAL" ? "manual" : "auto");
    const std::int64_t interval = wanted.Get("interval").AsInteger();
    const bool known = std::ranges::find(kFrequencies, interval) != kFrequencies.end();
    if (type == "INTERVAL" && known) connection.Set("sync_frequency", interval);
    if (type == "TIME_OF_DAY" && !wanted.Get("days_of_week").IsArray()) {
      Json days = Json::MakeArray();
      for (const std::string_view day : kDays) days.Append(day);
      connection.SetAt("/schedule/days_of_week", days);
    }
  }
  const std::string cron = CronOf(connection, store);
  if (cron.empty()) {
    connection.Remove("sync_cron");
  } else {
    connection.Set("sync_cron", cron);
  }
}

}  // namespace mockduit::fivetran
