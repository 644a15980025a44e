#include "admin/served.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <string_view>
#include <unordered_map>

#include "base/text.h"

namespace mockduit {
namespace {

bool IsBelow(std::string_view path, std::string_view base) {
  return path.starts_with(base) && (path.size() == base.size() || path[base.size()] == '/');
}

// "v2"
bool IsVersion(std::string_view segment) {
  return segment.size() > 1 && segment.front() == 'v' && IsDigits(segment.substr(1));
}

// The path up to its version: "/enterprise/v2" of "/enterprise/v2/ds/logins"; "" without one.
std::string BaseOf(const UriTemplate& path) {
  std::string base;
  for (const UriTemplate::Segment& segment : path.segments()) {
    base += "/" + segment.text;
    if (IsVersion(segment.text)) return base;
  }
  return "";
}

std::vector<std::string> BasesOf(const Contract& contract) {
  std::vector<std::string> bases = {contract.base_path};
  const auto add = [&](const UriTemplate& path) {
    const auto is_below = [&](const std::string& base) { return IsBelow(path.text(), base); };
    // A page of its own, outside all of them, is no base of clients.
    const std::string base = BaseOf(path);
    if (!base.empty() && std::ranges::none_of(bases, is_below)) bases.push_back(base);
  };
  for (const auto& operation : contract.operations) {
    // The prefix that documents name first, where there are two.
    for (const Alias& alias : operation->aliases) {
      if (!alias.deprecated && !BaseOf(alias.path).empty()) add(alias.path);
    }
    add(operation->path);
  }
  return bases;
}

bool AsksForNothing(const Operation& operation) {
  return operation.method == "GET" && !operation.needs_body() &&
         std::ranges::none_of(operation.parameters(), [](const Parameter& parameter) {
           return parameter.required && parameter.in != "path";
         });
}

// The path with 1 in the place of each variable.
std::string Filled(const UriTemplate& path) {
  std::string filled;
  for (const UriTemplate::Segment& segment : path.segments()) {
    filled += "/" + segment.Filled("1");
  }
  return filled;
}

// How many operations have each path, or one below it.
std::unordered_map<std::string_view, std::size_t> CountBelow(const Contract& contract) {
  std::unordered_map<std::string_view, std::size_t> below;
  for (const auto& operation : contract.operations) {
    const std::string_view path = operation->path.text();
    for (std::size_t end = path.find('/', 1); end != std::string_view::npos;
         end = path.find('/', end + 1)) {
      ++below[path.substr(0, end)];
    }
    ++below[path];
  }
  return below;
}

// Of the paths that can be read without anything else, the one that most others are below: the
// list of what the vendor is about.
std::string PathToTry(const Contract& contract) {
  constexpr std::size_t kMaxLooks = 20;  // operations that are read for it
  const std::unordered_map<std::string_view, std::size_t> below = CountBelow(contract);
  std::vector<const Operation*> candidates;
  for (const auto& operation : contract.operations) {
    const auto& segments = operation->path.segments();
    const bool is_list = !segments.back().is_variable && !segments.back().is_mixed();
    if (operation->method == "GET" && is_list) candidates.push_back(operation.get());
  }
  std::ranges::stable_sort(candidates, std::greater<>(), [&](const Operation* candidate) {
    return below.at(candidate->path.text());
  });
  for (const Operation* candidate : candidates | std::views::take(kMaxLooks)) {
    if (AsksForNothing(*candidate)) return Filled(candidate->path);
  }
  return contract.base_path + "/";
}

std::optional<std::string> OptionsOf(const CredentialPlace& place) {
  using Scheme = CredentialPlace::Scheme;
  switch (place.scheme) {
    case Scheme::kBearer: return "-H 'Authorization: Bearer my-key'";
    case Scheme::kRaw: return "-H 'Authorization: my-key'";
    case Scheme::kBasic: return "-u my-key:my-secret";
    case Scheme::kOther: return "-H 'Authorization: Token my-key'";
    case Scheme::kHeader: return "-H '" + place.field + ": my-key'";
    case Scheme::kCookie: return "-b '" + place.field + "=my-key'";
    case Scheme::kQuery:                      // is part of the URL
    case Scheme::kBody: return std::nullopt;  // a GET has none
  }
  return std::nullopt;
}

// A credential, and the headers that the vendor asks for.
std::string OptionsOf(const Contract& contract) {
  std::string options;
  const auto add = [&](const std::string& option) {
    if (!options.empty()) options += ' ';
    options += option;
  };
  for (const CredentialPlace& place : contract.credentials) {
    if (const auto credential = OptionsOf(place)) {
      add(*credential);
      break;
    }
  }
  for (const AskedHeader& header : contract.asks_for) {
    // The first of those that it may be.
    const std::string value = header.written.substr(0, header.written.find(" or "));
    if (!header.with_body) add("-H '" + header.name + ": " + value + "'");
  }
  return options;
}

std::string WordsOf(const Keys& keys) {
  std::string words = keys.any ? "Every credential that is not empty is good"
                               : "Only the credentials that keys.yaml lists are good";
  std::string_view joint = "; but one that begins with ";
  for (const Keys::Refusal& refusal : keys.refused) {
    words += std::string(joint) + "'" + refusal.prefix + "' " +
             (refusal.condition == "no_permission" ? "lacks the permission" : "is unknown");
    joint = ", and with ";
  }
  return words + ".";
}

}  // namespace

std::vector<ServedVendor> Served(const Catalog& catalog) {
  std::vector<ServedVendor> served;
  for (const Vendor& vendor : catalog.vendors()) {
    const Contract& contract = *vendor.editions.front();
    served.push_back({vendor.name, BasesOf(contract), PathToTry(contract), OptionsOf(contract),
                      WordsOf(vendor.keys)});
  }
  return served;
}

std::string CurlLine(const ServedVendor& vendor, const std::string& url) {
  const std::string call = "curl " + url + vendor.path;
  return vendor.options.empty() ? call : call + " " + vendor.options;
}

}  // namespace mockduit
