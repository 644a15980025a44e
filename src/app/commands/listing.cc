// `mockduit operations` and `mockduit scenarios`: what there is.
#include <algorithm>
#include <sstream>
#include <string>

#include "admin/describe.h"
#include "app/commands/commands.h"
#include "app/commands/serving_options.h"
#include "app/complain.h"
#include "app/load.h"
#include "app/output.h"
#include "base/suggest.h"
#include "base/text.h"
#include "vendors/play_extensions.h"

namespace mockduit {
namespace {

std::string_view TextOf(const Json& json, std::string_view key) {
  return json.Find(key)->AsString();
}

// A table of two columns, the left one as wide as its widest.
std::string Table(const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& [left, right] : rows) width = std::max(width, left.size());
  std::string table;
  for (const auto& [left, right] : rows) {
    table += left + std::string(width - left.size() + 2, ' ') + right + "\n";
  }
  return table;
}

// "201 success, 400 bad_request, …" of one edition.
std::string OutcomesOf(const Json& edition) {
  std::string list;
  for (const Json& outcome : *edition.Find("outcomes")->IfArray()) {
    if (!list.empty()) list += ", ";
    list += outcome.Find("status")->Dump() + " " + std::string(TextOf(outcome, "outcome"));
  }
  return list;
}

void ListOne(const Json& operation, std::ostream& list) {
  list << TextOf(operation, "name") << "\n  " << TextOf(operation, "method") << " "
       << TextOf(operation, "path") << "\n";
  for (const Json& edition : *operation.Find("editions")->IfArray()) {
    list << "  " << TextOf(edition, "edition") << ": " << OutcomesOf(edition) << "\n";
  }
}

// JSON that stands within more; it has no line break but between its parts.
std::string Indented(std::string_view json, const std::string& indent) {
  std::string text;
  while (!json.empty()) {
    if (!text.empty()) text += "\n" + indent;
    text += TakeUntil(json, "\n");
  }
  return text;
}

int ListOperations(const ListOptions& options) {
  const auto catalog = LoadCatalog(options.library);
  if (!catalog) return Complain(kMisused, catalog.error());
  if (!options.vendor.empty() && catalog->FindVendor(options.vendor) == nullptr) {
    return Complain(kMisused, "--vendor " + options.vendor + ": there is no such vendor" +
                                  DidYouMeanOf(options.vendor, catalog->VendorNames()));
  }
  const auto is_wanted = [&](std::string_view vendor) {
    return options.vendor.empty() || vendor == options.vendor;
  };
  Json declined = DescribeDeclined(*catalog);
  std::erase_if(*declined.IfArray(),
                [&](const Json& one) { return !is_wanted(TextOf(one, "vendor")); });
  std::vector<std::string> names = catalog->OperationNames();
  std::erase_if(names, [&](const std::string& name) {
    return !is_wanted(catalog->FindOperation(name)->contract->vendor);
  });
  if (options.json) {
    std::string list = "{\n  \"operations\": [";
    for (const std::string& name : names) {
      list += name == names.front() ? "\n    " : ",\n    ";
      list += Indented(DescribePassing(*catalog, name).DumpPretty(), "    ");
    }
    list += names.empty() ? "]" : "\n  ]";
    return Print(list + ",\n  \"declined\": " + Indented(declined.DumpPretty(), "  ") + "\n}\n");
  }
  std::ostringstream list;
  for (const std::string& name : names) ListOne(DescribePassing(*catalog, name), list);
  for (const Json& one : *declined.IfArray()) {
    const std::string method(TextOf(one, "method"));
    list << TextOf(one, "vendor") << ": " << method << (method.empty() ? "" : " ")
         << TextOf(one, "path") << "\n  documented by " << TextOf(one, "document")
         << ", not emulated here";
    const std::string_view reason = TextOf(one, "reason");
    list << (reason.empty() ? "" : ": ") << reason << "\n";
  }
  return Print(list.str());
}

int ListScenarios(const ListOptions& options) {
  const auto catalog = LoadCatalog(options.library);
  if (!catalog) return Complain(kMisused, catalog.error());
  ScenarioLibrary scenarios(VendorPlayExtensions());
  const auto loaded = LoadScenarios(options.library, *catalog, scenarios);
  if (!loaded) return Complain(kMisused, loaded.error().message);
  int printed = 0;
  if (options.json) {
    printed = Print(DescribeScenarios(scenarios).DumpPretty() + "\n");
  } else {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& scenario : scenarios.List()) {
      rows.emplace_back(scenario->name, scenario->description);
    }
    printed = Print(Table(rows));
  }
  return Complain(loaded->problems.empty() ? printed : kFailed, loaded->problems);
}

Command MakeListing(std::string name, std::string about, ListOptions& options) {
  Command command{std::move(name), std::move(about)};
  AddLibraryOptions(command, options.library);
  command.options.push_back(FlagOption("--json", options.json, "as JSON"));
  return command;
}

}  // namespace

Command OperationsCommand() {
  const auto options = std::make_shared<ListOptions>();
  Command command =
      MakeListing("operations", "list the emulated operations and their outcomes", *options);
  command.options.push_back(
      TextOption("--vendor", options->vendor, "VENDOR", "only this vendor's"));
  command.footer =
      "Examples:\n"
      "  mockduit operations --vendor fivetran      what is emulated, with every outcome\n"
      "  mockduit operations --json                 the same for tools, with the sources";
  command.run = [options](const auto&) { return ListOperations(*options); };
  return command;
}

Command ScenariosCommand() {
  const auto options = std::make_shared<ListOptions>();
  Command command = MakeListing("scenarios", "list the scenarios", *options);
  command.footer =
      "Examples:\n"
      "  mockduit scenarios                         those that are built in\n"
      "  mockduit scenarios --scenarios mine/       with your own in front\n"
      "  mockduit serve --scenario throttled-twice  two 429s, then success";
  command.run = [options](const auto&) { return ListScenarios(*options); };
  return command;
}

}  // namespace mockduit
