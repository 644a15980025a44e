// The vendor block: what a contract says of the API as a whole.
#include <array>
#include <optional>

#include "base/text.h"
#include "contract/read/parts.h"
#include "contract/read/reading.h"
#include "contract/read/request.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// By their names in contracts.
constexpr std::array<std::pair<std::string_view, CredentialPlace::Scheme>, 8> kSchemes = {
    {{"bearer", CredentialPlace::Scheme::kBearer},
     {"raw", CredentialPlace::Scheme::kRaw},
     {"basic", CredentialPlace::Scheme::kBasic},
     {"other", CredentialPlace::Scheme::kOther},
     {"header", CredentialPlace::Scheme::kHeader},
     {"query", CredentialPlace::Scheme::kQuery},
     {"cookie", CredentialPlace::Scheme::kCookie},
     {"body", CredentialPlace::Scheme::kBody}}};

std::optional<CredentialPlace::Scheme> FindScheme(std::string_view name) {
  const auto known = std::ranges::find(kSchemes, name, [](const auto& s) { return s.first; });
  return known != kSchemes.end() ? std::optional(known->second) : std::nullopt;
}

std::string SchemeAdvice(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [scheme, value] : kSchemes) names.emplace_back(scheme);
  return "'" + name + "' is no credential scheme; it is " + OrList(names);
}

// The expression of that node; nothing where it is none, which is told.
std::optional<Pattern> ReadPattern(ContractReading& reading, const Node& node) {
  if (reading.trusts_patterns) return Pattern::Known(node.Text());
  auto pattern = Pattern::Compile(node.Text());
  if (pattern) return std::move(*pattern);
  reading.Wrong(node, pattern.error().message);
  return std::nullopt;
}

// "raw", {header: X, matches: Y} or {body: field}.
void ReadSign(ContractReading& reading, const Node& node) {
  std::vector<Sign>& signs = reading.contract->chosen_by;
  if (node.IsText()) {
    if (!FindScheme(node.Text())) reading.Wrong(node, SchemeAdvice(node.Text()));
    signs.push_back({Sign::In::kCredential, node.Text(), {}});
    return;
  }
  if (!reading.Check(node, blocks::kSign)) return;
  if (node["body"]) {
    if (node["header"]) reading.WrongKey(node["header"], "a sign is in the body or in a header");
    signs.push_back({Sign::In::kBody, node["body"].Text(), {}});
    return;
  }
  const std::string header = reading.Needed(node, "header");
  reading.CheckHeaderName(node["header"], false, header);
  auto pattern = ReadPattern(reading, node["matches"]);
  if (!pattern) return;
  signs.push_back({Sign::In::kHeader, header, std::move(pattern)});
}

// {header: Accept, matches: REGEX, written: TEXT, with_body: true, source: TEXT}
void ReadAskedHeader(ContractReading& reading, const Node& node) {
  if (!reading.Check(node, blocks::kAskedHeader)) return;
  reading.Needed(node, "matches");
  auto pattern = ReadPattern(reading, node["matches"]);
  if (!pattern) return;
  Source source = ReadSource(node, {});
  if (source.text.empty()) reading.Wrong(node, "this header names no source and no inference");
  reading.contract->asks_for.push_back({reading.Needed(node, "header"), std::move(*pattern),
                                        node["written"].Text(node["matches"].Text()),
                                        node["with_body"].Flag(), std::move(source)});
}

// {path: /v1/rooms, method: post, document: TEXT, reason: TEXT}
void ReadDeclined(ContractReading& reading, const Node& node, const std::string& before) {
  if (!reading.Check(node, blocks::kDeclined)) return;
  const std::string path = reading.Needed(node, "path");
  if (!path.empty() && !path.starts_with('/')) {
    reading.Wrong(node["path"], "a path begins with '/'");
  }
  const std::string method = node["method"].Text();
  if (!method.empty() && !IsMethod(LowerCase(method))) {
    reading.Wrong(node["method"], "'" + method + "' is no method of an operation");
  }
  reading.contract->declined.push_back({UriTemplate(before + path),
                                        UpperCase(method),
                                        reading.Needed(node, "document"),
                                        node["reason"].Text(),
                                        {}});
}

// As shells take it (POSIX 3.216).
bool IsNameOfVariable(std::string_view name) {
  const auto is_part = [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && !IsDigit(name.front()) && std::ranges::all_of(name, is_part);
}

// {header: X-Team, unlike: REGEX, outcome: forbidden, variant: team}
void ReadHeaderRefusal(ContractReading& reading, const Node& node) {
  if (!reading.Check(node, blocks::kHeaderRefusal)) return;
  reading.Needed(node, "unlike");
  reading.CheckHeaderName(node["header"], false, node["header"].Text());
  auto pattern = ReadPattern(reading, node["unlike"]);
  if (!pattern) return;
  reading.contract->refusals.push_back({reading.Needed(node, "header"),
                                        std::move(*pattern),
                                        {reading.Needed(node, "outcome"), node["variant"].Text()}});
}

// The documents that sources are made of: names to patterns with {operation} and {status}.
void ReadDocuments(ContractReading& reading, const Node& node) {
  reading.EachMember(node["documents"], [&](const std::string& name, const Node& pattern) {
    reading.documents.push_back(name);
    if (!pattern.IsText()) return reading.Wrong(pattern, "the pattern of a document must be text");
    const std::vector<std::string> words = DocumentWords();
    const std::string text = pattern.Text();
    for (std::size_t open = text.find('{'); open != std::string::npos;
         open = text.find('{', open + 1)) {
      const std::string word = text.substr(open + 1, text.find('}', open) - open - 1);
      if (std::ranges::find(words, word) != words.end()) continue;
      reading.Add(reading.document().InText(
          pattern.Pointer(), open,
          "'{" + word + "}' is nothing that the pattern of a document knows; there is " +
              OrList(words)));
    }
  });
  CheckDocument(reading, node);
}

}  // namespace

void CheckDocument(ContractReading& reading, const Node& block) {
  const Node named = block["document"];
  // Where a document made the source, it is in there, and gone.
  if (const Node besides = block["besides"]) {
    reading.WrongKey(besides, "'besides' is said besides what a document says, and here is none");
  }
  const std::vector<std::string>& known = reading.documents;
  if (!named || std::ranges::find(known, named.Text()) != known.end()) return;
  reading.Wrong(named, "'" + named.Text() + "' is none of the vendor block's 'documents'" +
                           DidYouMean(named.Text(), known));
}

Source ReadSource(const Node& block, const Source& fallback) {
  if (const Node why = block["inferred"]) return {why.Text(), true};
  if (const Node source = block["source"]) return {source.Text(), false, bool{block["document"]}};
  return fallback;
}

std::optional<CredentialPlace> ReadCredentialPlace(ContractReading& reading, const Node& node) {
  using Scheme = CredentialPlace::Scheme;
  if (!reading.Check(node, blocks::kCredential)) return std::nullopt;
  const std::string name = reading.Needed(node, "scheme");
  const auto scheme = FindScheme(name);
  if (!scheme) {
    if (!name.empty()) reading.Wrong(node["scheme"], SchemeAdvice(name));
    return std::nullopt;
  }
  const bool has_name = *scheme != Scheme::kBearer && *scheme != Scheme::kRaw &&
                        *scheme != Scheme::kBasic && *scheme != Scheme::kOther;
  if (has_name) reading.Needed(node, "name");
  if (*scheme == Scheme::kHeader) reading.CheckHeaderName(node["name"], false, node["name"].Text());
  const bool needs_password = node["needs_password"].Flag();
  if (needs_password && *scheme != Scheme::kBasic) {
    reading.WrongKey(node["needs_password"], "only of 'basic' there is a password");
  }
  return CredentialPlace{*scheme, node["name"].Text(), needs_password};
}

std::vector<CredentialWay> ReadCredentialWays(ContractReading& reading, const Node& node) {
  std::vector<CredentialWay> ways;
  reading.EachItem(node, [&](const Node& item) {
    CredentialWay way;
    const auto add = [&](const Node& place) {
      if (auto read = ReadCredentialPlace(reading, place)) way.push_back(*std::move(read));
    };
    if (const Node all = item["all"]) {
      reading.Check(item, blocks::kCredentials);
      reading.EachItem(all, add);
    } else {
      add(item);
    }
    if (!way.empty()) ways.push_back(std::move(way));
  });
  return ways;
}

void ReadConditions(ContractReading& reading, const Node& node,
                    std::vector<ConditionOutcome>& conditions) {
  static const std::vector<std::string> kNames = {std::begin(kConditions), std::end(kConditions)};
  if (!node || !node.json().IsObject()) return;
  for (const JsonMember& member : *node.json().IfObject()) {
    const Node answer = node.Below(member.value);
    if (std::ranges::find(kNames, member.key) == kNames.end()) {
      reading.WrongKey(answer,
                       "'" + member.key + "' is no condition" + DidYouMean(member.key, kNames));
      continue;
    }
    if (!answer.IsText() && !reading.Check(answer, blocks::kOutcome)) continue;
    if (answer.IsText() && answer.Text().empty()) {
      reading.Wrong(answer, "'" + member.key + "' must not be empty");
      continue;
    }
    conditions.push_back({member.key,
                          answer.IsText() ? answer.Text() : reading.Needed(answer, "outcome"),
                          answer["variant"].Text()});
  }
}

// Lays the words over those that are there.
void ReadWording(ContractReading& reading, const Node& node, Wording& wording) {
  if (!node || !reading.Check(node, blocks::kWording)) return;
  const auto wrong = [&](const std::vector<WordingMistake>& mistakes) {
    for (const WordingMistake& mistake : mistakes) {
      const Node at = Node::At(reading.document(), *mistake.place);
      mistake.at_key ? reading.WrongKey(at, mistake.message) : reading.Wrong(at, mistake.message);
    }
  };
  if (const Node location = node["location"]) {
    wrong(CheckWords(location.json()));
    wording.location = location.Text();
  }
  if (const Node messages = node["messages"]) {
    wrong(CheckMessages(messages.json(), true));
    wording.messages.MergePatch(messages.json());
  }
}

void ReadVendorBlock(ContractReading& reading, const Node& node) {
  if (!node) return reading.Wrong(reading.Top(), "the document has no 'x-mockduit' block");
  if (!reading.Check(node, blocks::kVendor)) return;
  Contract& contract = *reading.contract;
  contract.vendor = reading.Needed(node, "vendor");
  contract.edition = reading.Needed(node, "edition");
  contract.base_path = node["base_path"].Text();
  if (!contract.base_path.empty() &&
      (!contract.base_path.starts_with('/') || contract.base_path.ends_with('/'))) {
    reading.Wrong(node["base_path"], "'base_path' is \"\", or begins with '/' and ends without");
  }
  contract.pages = node["pages"].Text();
  if (!contract.pages.empty() && (!ParseUrl(contract.pages) || contract.pages.ends_with('/'))) {
    reading.Wrong(node["pages"], "'pages' is a URL that ends without '/'");
  }
  contract.is_default = node["default"].Flag();
  contract.trailing_slash = node["trailing_slash"].Flag();
  reading.EachItem(node["slash_counts"], [&](const Node& path) {
    const std::string text = path.Text();
    if (!contract.trailing_slash) {
      reading.Wrong(path, "a slash counts everywhere, for 'trailing_slash' is not true");
    } else if (!text.starts_with('/') || text.ends_with('/')) {
      reading.Wrong(path, "such a path begins with '/' and ends without");
    }
    contract.slash_counts.push_back(text);
  });
  contract.empty_query = node["empty_query"].Flag();
  reading.EachItem(node["chosen_by"], [&](const Node& sign) { ReadSign(reading, sign); });
  reading.EachItem(node["credentials"], [&](const Node& place) {
    if (auto read = ReadCredentialPlace(reading, place)) {
      contract.credentials.push_back(*std::move(read));
    }
  });
  ReadConditions(reading, node["conditions"], contract.conditions);
  ReadWording(reading, node["wording"], contract.wording);
  reading.EachMember(node["client_variables"], [&](const std::string& name, const Node& path) {
    if (!path.IsText()) reading.Wrong(path, "what stands after the server's URL must be text");
    if (!IsNameOfVariable(name)) {
      reading.WrongKey(path, "'" + name + "' is no name of an environment variable");
    }
    contract.client_variables.emplace_back(name, path.Text());
  });
  reading.EachItem(node["secrets"], [&](const Node& name) {
    const std::string text = name.Text();
    if (text.empty() || text.starts_with('.') || text.ends_with('.')) {
      reading.Wrong(name,
                    "a secret is the name of a member: 'pin', or 'config.pin' below 'config'");
    }
    contract.secrets.push_back(text);
  });
  reading.EachItem(node["asks_for"], [&](const Node& header) { ReadAskedHeader(reading, header); });
  const std::string before = node["paths_below_base"].Flag() ? contract.base_path : "";
  reading.EachItem(node["declined"],
                   [&](const Node& item) { ReadDeclined(reading, item, before); });
  reading.EachItem(node["refuse"], [&](const Node& header) { ReadHeaderRefusal(reading, header); });
  ReadCors(reading, node["cors"]);
  ReadRequestRules(reading, node["requests"]);
  ReadTold(reading, node);
  ReadDocuments(reading, node);
  if (const Node headers = node["headers"]) reading.Check(headers, blocks::kClasses);
  ReadKinds(reading, node["kinds"]);
  ReadWebhooks(reading, node["webhooks"]);
}

}  // namespace mockduit
