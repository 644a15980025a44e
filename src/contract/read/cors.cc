// Cors: what a vendor tells browsers of the pages that may call it.
#include "base/text.h"
#include "contract/read/reading.h"
#include "http/uri.h"

namespace mockduit {
namespace {

const std::vector<std::string> kListWords = {"*", "asked"};
const std::vector<std::string> kCorsMethods = {"GET",    "HEAD",    "POST",  "PUT",
                                               "DELETE", "OPTIONS", "PATCH", "TRACE"};

// Of a header's name (RFC 9110, section 5.6.2), in small letters.
constexpr const char* kNameBytes = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";

// What is wrong with an item of a list; "": nothing.
using CheckItem = std::string (*)(const std::string& text);

std::string CheckOriginItem(const std::string& text) {
  const auto url = ParseUrl(text);
  if (text == "null" || (url && url->Origin() == text)) return "";
  return "'" + text + "' is no origin, such as https://app.example" +
         (url ? "; did you mean '" + url->Origin() + "'?" : "");
}

std::string CheckMethodItem(const std::string& text) {
  if (std::ranges::find(kCorsMethods, text) != kCorsMethods.end()) return "";
  return "'" + text + "' is no method" + DidYouMean(UpperCase(text), kCorsMethods);
}

std::string CheckHeaderItem(const std::string& text) {
  const bool is_name =
      !text.empty() && LowerCase(text).find_first_not_of(kNameBytes) == std::string::npos;
  return is_name ? "" : "'" + text + "' is no name of a header";
}

// A list of texts, "*" or "asked".
Cors::List ReadList(ContractReading& reading, const Node& node, CheckItem check) {
  if (node.IsText()) {
    const std::string word = node.Text();
    if (std::ranges::find(kListWords, word) == kListWords.end()) {
      reading.Wrong(node, "'" + word + "' is neither a list nor '*' nor 'asked'" +
                              DidYouMean(word, kListWords));
    }
    return word == "asked" ? Cors::List{true, {}} : Cors::List{false, {word}};
  }
  Cors::List list;
  reading.EachItem(node, [&](const Node& item) {
    const std::string wrong = item.IsText() ? check(item.Text()) : "this must be text";
    if (!wrong.empty()) reading.Wrong(item, wrong);
    list.texts.push_back(item.Text());
  });
  return list;
}

// A whole number within bounds.
int ReadNumber(ContractReading& reading, const Node& node, int least, int most, int by_default) {
  if (!node) return by_default;
  const Json& json = node.json();
  if (json.IsInteger() && json.AsInteger() >= least && json.AsInteger() <= most) {
    return static_cast<int>(json.AsInteger());
  }
  if (json.IsNumber()) {
    reading.Wrong(node, "this is a whole number from " + std::to_string(least) + " to " +
                            std::to_string(most));
  }
  return by_default;
}

}  // namespace

void ReadCors(ContractReading& reading, const Node& node) {
  if (!node || !reading.Check(node, blocks::kCors)) return;
  Cors cors;
  if (!node["origins"]) reading.Missing(node, "origins");
  cors.origins = ReadList(reading, node["origins"], CheckOriginItem);
  cors.methods = ReadList(reading, node["methods"], CheckMethodItem);
  cors.headers = ReadList(reading, node["headers"], CheckHeaderItem);
  if (node["max_age"]) cors.max_age = ReadNumber(reading, node["max_age"], 0, 1'000'000'000, 0);
  reading.EachItem(node["expose"], [&](const Node& name) {
    const std::string wrong = name.Text().empty() ? "" : CheckHeaderItem(name.Text());
    if (!wrong.empty()) reading.Wrong(name, wrong);  // that it is empty, Check says
    cors.expose.push_back(name.Text());
  });
  cors.credentials = node["credentials"].Flag();
  cors.vary = node["vary"].Flag();
  cors.preflight = {ReadNumber(reading, node["status"], 200, 299, 204), node["body"].Text()};
  if (const Node refused = node["refused"];
      refused && reading.Check(refused, blocks::kCorsRefusal)) {
    cors.refused = {ReadNumber(reading, refused["status"], 400, 599, 403), refused["body"].Text()};
  }
  cors.source = ReadSource(node, {});
  if (cors.source.text.empty()) reading.Wrong(node, "this names no source and no inference");
  reading.contract->cors = std::move(cors);
}

}  // namespace mockduit
