// A URL must hold no credential and no password, because logs, proxies and histories keep URLs.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "http/uri.h"
#include "session/redact.h"
#include "session/secret_names.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// The journal has replaced the secret.
bool HasSecret(std::string_view text) { return text.contains(kRedacted); }

std::string NameOf(std::string_view parameter) {
  return std::string(parameter.substr(0, parameter.find('=')));
}

// "page_token" as "page" and "token", "pageToken" too; in small letters.
std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words(1);
  bool small = false;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    const bool between = c == '_' || c == '-' || c == '.';
    if ((between || (capital && small)) && !words.back().empty()) words.emplace_back();
    if (!between) words.back() += c;
    small = !capital && !between;
  }
  for (std::string& word : words) word = LowerCase(word);
  return words;
}

bool IsSecretWord(std::string_view word) {
  const auto is = [&](std::string_view known) {
    return word == known || (word.ends_with('s') && word.substr(0, word.size() - 1) == known);
  };
  return std::ranges::any_of(secret_names::Parts(), is) ||
         std::ranges::any_of(secret_names::Parameters(), is);
}

// The journal hides whatever may be a secret. A name that only looks like one, for a page's token
// or a tokenizer, is none: whole words count, one by one or written as one.
bool NamesSecret(std::string_view name) {
  constexpr std::string_view kPlaces[] = {
      "page",   "next",   "prev",  "previous", "continuation", "pagination", "sync",  "pager",
      "cursor", "resume", "delta", "start",    "starting",     "since",      "after", "bookmark",
      "scroll", "has",    "is",    "max",      "min",          "count",      "type",  "hint"};
  const std::vector<std::string> words = WordsOf(name);
  const bool place = std::ranges::any_of(words, [&](const std::string& word) {
    return std::ranges::find(kPlaces, word) != std::end(kPlaces);
  });
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    std::string joined;
    for (std::size_t i = begin; i < words.size(); ++i) {
      joined += words[i];
      if (IsSecretWord(joined)) return !place;
    }
  }
  const std::string flat = Flat(name);
  return std::ranges::none_of(secret_names::Parts(),
                              [&](std::string_view part) { return flat.contains(part); });
}

void EvaluateNoSecretInUrl(const History& history, Evaluation& evaluation) {
  for (const Entry& entry : history.entries()) {
    evaluation.Exercise();
    const Request& request = entry.request();
    for (std::string_view rest = request.query; !rest.empty();) {
      const QueryParameter parameter = TakeParameter(rest);
      if (!HasSecret(parameter.text) || !NamesSecret(parameter.name)) continue;
      evaluation.Fail(
          "in-query",
          RequestText(entry) + " has a secret in its URL: " + NameOf(parameter.text) + "=",
          {&entry});
      break;
    }
    if (HasSecret(request.path)) {
      evaluation.Fail("in-path", RequestText(entry) + " has a secret in its path", {&entry});
    }
  }
}

}  // namespace

Check NoSecretInUrl() {
  return {"no-secret-in-url",
          "keeps secrets out of URLs",
          "RFC 9110, section 17.9; RFC 6750, section 2.3",
          {},
          &EvaluateNoSecretInUrl};
}

}  // namespace mockduit
