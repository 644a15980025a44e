#include "verify/entry_index.h"

#include "verify/hash.h"

namespace mockduit {

void PathIndex::Add(const Entry& entry) {
  std::string_view path = Trimmed(entry.path);
  at_.Add(Key(entry, path), entry);
  do {
    below_.Add(Key(entry, path), entry);
  } while (TakeLast(path));
}

std::uint64_t PathIndex::Key(const Entry& entry, std::string_view path) {
  return Hash().Add(entry.caller).Add(path).value();
}

std::string_view PathIndex::Trimmed(std::string_view path) {
  if (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

bool PathIndex::TakeLast(std::string_view& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return false;
  path = path.substr(0, slash);
  return !path.empty();
}

}  // namespace mockduit
