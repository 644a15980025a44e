#include "app/machine_memory.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

// "max", an empty text and a file that is not there are no limit.
std::size_t LimitIn(const std::string& path) {
  const auto file = ReadFile(path);
  if (!file) return kNoLimit;
  std::string_view text = file->text;
  return ParseNumber<std::size_t>(TakeUntil(text, "\n")).value_or(kNoLimit);
}

// The smallest limit of the group and of those that it is in; of version 2, then of version 1.
std::size_t GroupLimit() {
  std::size_t limit = LimitIn("/sys/fs/cgroup/memory/memory.limit_in_bytes");
  std::string group;
  if (const auto file = ReadFile("/proc/self/cgroup")) {
    std::string_view rest = file->text;
    while (!rest.empty()) {
      const std::string_view line = TakeUntil(rest, "\n");
      if (line.starts_with("0::/")) group = line.substr(3);
    }
  }
  while (true) {
    if (group == "/") group.clear();
    limit = std::min(limit, LimitIn("/sys/fs/cgroup" + group + "/memory.max"));
    if (group.empty()) return limit;
    group.resize(group.rfind('/'));
  }
}

}  // namespace

std::size_t MachineMemory() {
  const std::int64_t pages = sysconf(_SC_PHYS_PAGES);
  const std::int64_t page = sysconf(_SC_PAGE_SIZE);
  const std::size_t machine = pages > 0 && page > 0
                                  ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(page)
                                  : kNoLimit;
  return std::min(machine, GroupLimit());
}

std::size_t DefaultMaxMemory(std::size_t machine) {
  constexpr std::size_t kMiB = 1024UZ * 1024;
  return std::clamp(machine / 4, 64 * kMiB, 4096 * kMiB);
}

}  // namespace mockduit
