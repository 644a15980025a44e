#include "app/load.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "adopt/adopt.h"
#include "app/baked.h"
#include "base/file.h"
#include "base/suggest.h"
#include "contract/read/vendors.h"
#include "contract/resources.h"
#include "http/uri.h"
#include "vendors/behaviours.h"

namespace mockduit {
namespace {

std::vector<TextFile> BakedScenarios() {
  std::vector<TextFile> files;
  for (const BakedFile& file : BakedFiles()) {
    if (file.json.empty()) continue;
    files.push_back({std::string(file.path), std::string(file.text), true, file.json});
  }
  return files;
}

// The last two parts of a path without its ending: "acme/v1". A file on disk stands over the baked
// one that has the same.
std::string_view VendorAndName(std::string_view path) {
  path = path.substr(0, path.rfind('.'));
  const std::size_t slash = path.rfind('/', path.rfind('/') - 1);
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// The catalog, once the vendors' own code has no complaint either.
Read<Catalog> CheckedCatalog(const std::vector<TextFile>& files) {
  const std::vector<std::string> behaviours = BehaviourNames();
  auto catalog = Catalog::Load(files, &behaviours);
  if (!catalog) return catalog;
  std::vector<Problem> problems = CheckVendorData(*catalog);
  if (!problems.empty()) return std::unexpected(Bounded(std::move(problems)));
  return catalog;
}

// "build-7.corp.example"; "" where the machine has none.
std::string OwnHostName() {
  std::array<char, 256> name{};  // the last byte stays 0
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

std::string Lines(const std::vector<Problem>& problems) {
  std::string lines;
  for (const Problem& problem : problems) {
    if (!lines.empty()) lines += '\n';
    lines += problem.Shown();
  }
  return lines;
}

std::unexpected<Error> FailWith(const std::vector<Problem>& problems, std::string_view option) {
  Error error{std::string(option) + Lines(problems)};
  error.has_lines = true;
  return std::unexpected(std::move(error));
}

Result<std::map<std::string, std::string, std::less<>>> ReadEditions(
    const std::vector<std::string>& texts, const Catalog& catalog) {
  std::map<std::string, std::string, std::less<>> editions;
  for (const std::string& text : texts) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string name = text.substr(0, equals);
    const std::string edition = equals < text.size() ? text.substr(equals + 1) : "";
    const Vendor* vendor = catalog.FindVendor(name);
    if (vendor != nullptr && edition.empty()) {
      const std::vector<std::string> editions_of = vendor->EditionNames();
      return Fail("--edition " + text + ": it is written VENDOR=EDITION, as in " + name + "=" +
                  editions_of.front() + "; " + name + " has " + OrList(editions_of));
    }
    if (vendor == nullptr) {
      return Fail("--edition " + text + ": there is no vendor '" + name + "'" +
                  DidYouMeanOf(name, catalog.VendorNames()) + "; write it as VENDOR=EDITION");
    }
    if (vendor->FindEdition(edition) == nullptr) {
      return Fail("--edition " + text + ": " + name + " has " + OrList(vendor->EditionNames()));
    }
    editions[name] = edition;
  }
  return editions;
}

Result<OwnNames> ReadOwnNames(const ServeOptions& options, const Catalog& catalog) {
  OwnNames names;
  names.any_host = std::ranges::find(options.allow_host, "*") != options.allow_host.end();
  std::ranges::remove_copy(options.allow_host, std::back_inserter(names.hosts), "*");
  names.origins = options.allow_origin;
  names.beyond_loopback = !IsLoopback(options.host);
  if (names.beyond_loopback) {  // other machines call it by them
    if (std::string own = OwnHostName(); !own.empty()) names.hosts.push_back(std::move(own));
    std::ranges::copy(catalog.Hosts(), std::back_inserter(names.hosts));
  }
  names.speaks_tls = options.speaks_tls();
  names.behind_proxy = options.behind_proxy;
  names.vendor_links = options.public_links == "vendor";
  for (const std::string& text : options.public_urls) {
    const std::size_t equals = text.find('=');
    if (equals >= text.find("://")) {
      names.public_url = text;
      continue;
    }
    const std::string vendor = text.substr(0, equals);
    if (catalog.FindVendor(vendor) == nullptr) {
      return Fail("--public-url " + text + ": there is no vendor '" + vendor + "'" +
                  DidYouMeanOf(vendor, catalog.VendorNames()));
    }
    names.vendor_urls[vendor] = text.substr(equals + 1);
  }
  return names;
}

Result<Seeds> ReadSeeds(const Catalog& catalog, const std::string& seed_state, const Files& files) {
  Seeds own = SeedsOf(catalog);
  if (seed_state.empty()) return own;
  const auto file = ReadFile(seed_state, files);
  if (!file) return Fail("--seed-state: " + file.error().message);
  const auto document = ReadDocument(*file);
  if (!document) return FailWith(document.error(), "--seed-state: ");
  const Json* resources = document->root.Find("resources");
  const Json& snapshot = resources != nullptr ? *resources : document->root;
  if (const auto checked = CheckResources(snapshot, catalog); !checked) {
    return Fail("--seed-state: " + seed_state + ": " + checked.error().message);
  }
  Seeds laid = LaidOver(own, snapshot);
  if (const auto checked = CheckReferences(laid, catalog); !checked) {
    return Fail("--seed-state: " + seed_state + ": " + checked.error().message);
  }
  return laid;
}

namespace {

// True where one of the files has that name, or that of the whole which the baked file is a part
// of.
bool IsReplaced(std::string_view path, const std::vector<TextFile>& own) {
  const auto stands_over = [&](std::string_view baked) {
    return std::ranges::any_of(own, [&](const TextFile& file) {
      return VendorAndName(file.path) == VendorAndName(baked);
    });
  };
  if (stands_over(path)) return true;
  // A whole that is another edition now leaves the baked parts of the old one without a whole.
  const auto& files = BakedFixtures();
  const auto part = std::ranges::find(files, path, &FilePieces::path);
  if (part == files.end() || !part->is_part) return false;
  const auto whole = std::ranges::find_if(files, [&](const FilePieces& file) {
    return !file.is_part && file.edition == part->edition &&
           FolderOf(std::string(file.path)) == FolderOf(std::string(path));
  });
  if (whole == files.end() || !stands_over(whole->path)) return false;
  return std::ranges::none_of(own, [&](const TextFile& file) {
    if (VendorAndName(file.path) != VendorAndName(whole->path)) return false;
    const auto document = ReadDocument(file);
    return !document || document->root.Get("x-mockduit").Get("edition").AsString() == part->edition;
  });
}

// Files of one's own, those of `over` in place of those below --fixtures.
Read<std::vector<TextFile>> OwnFiles(const LibraryOptions& options,
                                     const std::vector<TextFile>& over, const Files& files) {
  std::vector<TextFile> own;
  if (!options.fixtures.empty()) {
    auto read = ReadFiles(options.fixtures, files);
    if (!read) {
      return std::unexpected(
          std::vector{Problem{"--fixtures", 0, 0, read.error().message, {}, {}}});
    }
    if (auto twins = FindTwins(*read); !twins.empty()) return std::unexpected(std::move(twins));
    own = std::move(*read);
  }
  std::erase_if(own, [&](const TextFile& file) { return IsReplaced(file.path, over); });
  std::ranges::copy(over, std::back_inserter(own));
  return own;
}

// The contracts inside the binary, and what stands over them. Only those vendors are read of which
// there is a file of one's own.
Read<Catalog> OwnCatalog(const LibraryOptions& options, const std::vector<TextFile>& over,
                         const Files& files) {
  Catalog inside = Catalog::Open(BakedFixtures());
  const auto own = OwnFiles(options, over, files);
  if (!own) return std::unexpected(own.error());
  if (own->empty()) return inside;
  std::vector<TextFile> texts;
  for (const FilePieces& file : BakedFixtures()) {
    const bool is_touched = std::ranges::any_of(*own, [&](const TextFile& each) {
      return VendorOfFile(each.path) == VendorOfFile(file.path);
    });
    if (!is_touched || IsReplaced(file.path, *own)) continue;
    texts.push_back({std::string(file.path), std::string(file.text), true});
  }
  std::ranges::copy(*own, std::back_inserter(texts));
  auto read = CheckedCatalog(texts);
  if (!read) return read;
  return std::move(inside).Beside(*std::move(read));
}

}  // namespace

Read<Catalog> LoadCatalog(const LibraryOptions& options, const std::vector<TextFile>& over,
                          const Files& files, std::vector<std::string>* notes) {
  auto catalog = OwnCatalog(options, over, files);
  if (!catalog || options.contracts.empty()) return catalog;
  auto adopted = Adopt(options.contracts, files);
  if (!adopted) return std::unexpected(std::move(adopted.error()));
  for (const auto& [text, name] : adopted->titled) {
    if (notes == nullptr || catalog->FindVendor(name) == nullptr) continue;
    notes->push_back("--contract " + text + ": by its title it is '" + name +
                     "', so it stands in the place of that vendor inside; --contract NAME=" + text +
                     " gives it another name");
  }
  return std::move(*catalog).With(std::move(adopted->vendors));
}

Result<ScenarioLibrary::Loaded> LoadScenarios(const LibraryOptions& options, const Catalog& catalog,
                                              ScenarioLibrary& scenarios, const Files& files) {
  std::vector<TextFile> texts = BakedScenarios();
  std::vector<Problem> twins;
  for (const std::string& directory : options.scenarios) {
    auto own = ReadFiles(directory, files);
    if (!own) return Fail("--scenarios: " + own.error().message);
    std::ranges::move(FindTwins(*own), std::back_inserter(twins));
    std::ranges::move(*own, std::back_inserter(texts));
  }
  auto loaded = scenarios.Load(texts, catalog);
  std::ranges::move(twins, std::back_inserter(loaded.problems));
  return loaded;
}

std::unexpected<Error> NoScenario(const std::string& name, const std::string& option,
                                  const ScenarioLibrary::Loaded& loaded,
                                  const ScenarioLibrary& scenarios) {
  std::vector<Problem> why;
  std::ranges::copy_if(loaded.unfit, std::back_inserter(why), [&](const Problem& problem) {
    return problem.file == "scenarios/" + name + ".yaml";
  });
  if (!why.empty()) return FailWith(why);
  return Fail(option + " " + name + ": there is no such scenario" +
              DidYouMean(name, scenarios.Names()));
}

std::vector<Problem> FindLookAlikes(const LibraryOptions& options, const Files& files) {
  std::vector<Problem> problems;
  for (const std::string& directory : options.scenarios) {
    std::ranges::move(FindLookAlikes(directory, files), std::back_inserter(problems));
  }
  if (!options.fixtures.empty()) {
    std::ranges::move(FindLookAlikes(options.fixtures, files), std::back_inserter(problems));
  }
  return problems;
}

std::string_view OpenApiText() {
  const auto& files = BakedFiles();
  return std::ranges::find(files, "src/admin/openapi.yaml", &BakedFile::path)->text;
}

PageFiles PageText() {
  constexpr std::string_view kFolder = "src/admin/page/";
  PageFiles page;
  for (const BakedFile& file : BakedFiles()) {
    if (!file.path.starts_with(kFolder)) continue;
    page.emplace(file.path.substr(kFolder.size()), file.text);
  }
  return page;
}

}  // namespace mockduit
