#include "app/house.h"

#include <algorithm>

#include "admin/landing.h"
#include "app/baked.h"
#include "base/suggest.h"
#include "vendors/behaviours.h"

namespace mockduit {
namespace {

std::vector<TextFile> Baked(std::string_view folder) {
  std::vector<TextFile> files;
  for (const BakedFile& file : BakedFiles()) {
    if (file.path.starts_with(folder)) {
      files.push_back({std::string(file.path), std::string(file.text)});
    }
  }
  return files;
}

// The last two parts of a path: "fivetran/v1.yaml". A file on disk stands over the baked one that
// has the same.
std::string_view VendorAndName(std::string_view path) {
  const std::size_t slash = path.rfind('/', path.rfind('/') - 1);
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string Lines(const std::vector<Problem>& problems) {
  std::string lines;
  for (const Problem& problem : problems) {
    if (!lines.empty()) lines += '\n';
    lines += problem.Text();
  }
  return lines;
}

Result<std::map<std::string, std::string>> ReadEditions(const std::vector<std::string>& texts,
                                                        const Catalog& catalog) {
  std::map<std::string, std::string> editions;
  for (const std::string& text : texts) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string name = text.substr(0, equals);
    const std::string edition = equals < text.size() ? text.substr(equals + 1) : "";
    const Vendor* vendor = catalog.FindVendor(name);
    if (vendor == nullptr) {
      return Fail("--edition " + text + ": there is no vendor '" + name + "'" +
                  DidYouMean(name, catalog.VendorNames()) + "; write it as VENDOR=EDITION");
    }
    if (vendor->FindEdition(edition) == nullptr) {
      std::vector<std::string> known;
      for (const auto& contract : vendor->editions) known.push_back(contract->edition);
      return Fail("--edition " + text + ": " + name + " has " + OrList(known));
    }
    editions[name] = edition;
  }
  return editions;
}

// What fixtures/<vendor>/seed.yaml puts into a new session's store.
Result<std::vector<SeedResource>> ReadSeeds(const Catalog& catalog) {
  std::vector<SeedResource> seeds;
  for (const Vendor& vendor : catalog.vendors()) {
    const Json* data = vendor.FindData("seed");
    if (data == nullptr) continue;
    if (!data->IsArray()) return Fail(vendor.name + "/seed.yaml must be a list");
    for (const Json& entry : *data->IfArray()) {
      const Json* kind = entry.Find("kind");
      const Json* id = entry.Find("id");
      const Json* resource = entry.Find("resource");
      if (kind == nullptr || id == nullptr || resource == nullptr) {
        return Fail(vendor.name + "/seed.yaml: each entry needs 'kind', 'id' and 'resource'");
      }
      seeds.push_back({vendor.name + "." + std::string(kind->AsString()),
                       std::string(id->AsString()), *resource});
    }
  }
  return seeds;
}

}  // namespace

Read<Catalog> LoadCatalog(const LibraryOptions& options) {
  std::vector<TextFile> files = Baked("fixtures/");
  if (options.fixtures.empty()) return Catalog::Load(files);
  auto own = ReadFiles(options.fixtures, ".yaml");
  if (!own) return std::unexpected(std::vector{Problem{"--fixtures", 0, 0, own.error().message}});
  for (TextFile& file : *own) {
    std::erase_if(files, [&](const TextFile& baked) {
      return VendorAndName(baked.path) == VendorAndName(file.path);
    });
    files.push_back(std::move(file));
  }
  return Catalog::Load(files);
}

Result<std::vector<Problem>> LoadScenarios(const LibraryOptions& options, const Catalog& catalog,
                                           ScenarioLibrary& scenarios) {
  std::vector<TextFile> files = Baked("scenarios/");
  for (const std::string& directory : options.scenarios) {
    auto own = ReadFiles(directory, ".yaml");
    if (!own) return Fail("--scenarios: " + own.error().message);
    std::ranges::move(*own, std::back_inserter(files));
  }
  return scenarios.Load(files, catalog);
}

Result<std::unique_ptr<House>> House::Build(const ServeOptions& options, Log& log) {
  auto catalog = LoadCatalog(options.library);
  if (!catalog) return Fail(Lines(catalog.error()));
  std::unique_ptr<House> house(new House(std::move(*catalog)));
  const auto problems = LoadScenarios(options.library, house->catalog_, house->scenarios_);
  if (!problems) return std::unexpected(problems.error());
  const bool found = house->scenarios_.Find(options.scenario) != nullptr;
  if (!problems->empty() && (options.library.strict || !found)) return Fail(Lines(*problems));
  for (const Problem& problem : *problems) log.Warning(problem.Text());
  if (!found) {
    return Fail("--scenario " + options.scenario + ": there is no such scenario" +
                DidYouMean(options.scenario, house->scenarios_.Names()));
  }
  auto editions = ReadEditions(options.editions, house->catalog_);
  if (!editions) return std::unexpected(editions.error());
  auto seeds = ReadSeeds(house->catalog_);
  if (!seeds) return std::unexpected(seeds.error());
  const auto clock = ClockSetting::Parse(options.clock);
  if (!clock) return Fail("--clock: " + clock.error().message);
  house->sessions_ = std::make_unique<Sessions>(
      SessionSettings{options.scenario, options.seed, *clock},
      SessionLimits{options.journal_size, options.max_resources}, house->clock_, std::move(*seeds));
  auto emulator = Emulator::Make(house->catalog_, house->scenarios_, *house->sessions_,
                                 VendorBehaviours(), {options.public_url, std::move(*editions)});
  if (!emulator) return std::unexpected(emulator.error());
  house->emulator_ = std::move(*emulator);
  house->control_ =
      std::make_unique<ControlApi>(house->catalog_, house->scenarios_, *house->sessions_, kVersion);
  return house;
}

Response House::Handle(Request request) {
  if (ControlApi::Owns(request.path)) return control_->Handle(request);
  if (request.path == "/" && (request.method == "GET" || request.method == "HEAD")) {
    return LandingPage(request, catalog_, scenarios_, kVersion);
  }
  return emulator_->Handle(std::move(request));
}

Response House::Refuse(Refusal refusal) { return emulator_->Refuse(std::move(refusal)); }

}  // namespace mockduit
