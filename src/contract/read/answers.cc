#include "contract/read/answers.h"

#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
void CheckMediaType(ContractReading& reading, const Node& node, const std::string& type) {
  if (!IsMediaType(type)) return reading.WrongKey(node, "'" + type + "' is no media type");
  // What goes on behind "json", as application/jsonl, is a type of its own.
  const bool is_other = KindOfType(type) != BodyKind::kBytes || type.contains('+') ||
                        type.starts_with("application/json");
  if (is_other) return;
  // All begin alike, so that what follows tells which is meant.
  constexpr std::string_view kAll = "application/";
  const std::string rest = type.starts_with(kAll) ? type.substr(kAll.size()) : type;
  const std::string meant = Nearest(rest, {"json", "x-www-form-urlencoded"});
  if (meant.empty()) return;
  reading.WrongKey(node, "'" + type + "' is no media type that is known; did you mean '" +
                             std::string(kAll) + meant + "'?");
}

const Outcome& AnswerReader::Read(const Node& node, int status) {
  const std::pair place{&node.json(), status};
  const auto known = answers_.find(place);
  if (known != answers_.end()) return known->second.outcome;
  return answers_.emplace(place, ReadAnswer(node, status)).first->second.outcome;
}

void AnswerReader::Use(const Node& node, int status, const Names& names,
                       const std::string& operation) {
  Answer& answer = answers_.at({&node.json(), status});
  answer.names.Add(names);
  answer.users.insert(operation);
}

void AnswerReader::Finish() {
  CheckNames();
  if (fill_) CheckPointers(fill_, filled_, {}, "no example of this contract has");
}

void AnswerReader::CheckNames() {
  // One answer may stand for several statuses.
  std::map<const Json*, Names> names;
  for (const auto& [place, answer] : answers_) names[place.first].Add(answer.names);
  for (const auto& [place, answer] : answers_) {
    Names known = names[place.first];
    if (answer.users.size() == 1 && !answer.users.contains("")) {
      known.SetPlace("in " + *answer.users.begin());
    }
    for (const Place& part : answer.templates)
      reading_.Add(part.node, part.value.FindUnknown(known));
  }
}

AnswerReader::Answer AnswerReader::ReadAnswer(const Node& node, int status) {
  Answer answer;
  Outcome& outcome = answer.outcome;
  outcome.status = status;
  if (!reading_.Check(node, blocks::kResponse)) return answer;
  const Node block = node["x-mockduit"];
  if (block) {
    reading_.Check(block, blocks::kAnswer);
    CheckDocument(reading_, block);
    ReadName(block, node, outcome);
  } else {
    reading_.Wrong(node, "this answer has no 'x-mockduit' block that names its outcome");
  }
  if (const Node natural = block["natural"]) {
    outcome.natural = reading_.CompileTemplate(natural, Names::Any());
    Keep(natural, answer);
  }
  reading_.EachMember(node["headers"], [&](const std::string& name, const Node& header) {
    reading_.CheckHeaderName(header, true, name);
    outcome.headers.push_back(ReadHeader(name, header, answer));
  });
  ReadBodies(node, block, answer);
  return answer;
}

void AnswerReader::ReadName(const Node& block, const Node& node, Outcome& outcome) {
  outcome.name = reading_.Needed(block, "outcome");
  if (const Node own = block["status"]) outcome.status = static_cast<int>(own.json().AsInteger());
  if (outcome.status < 200 || outcome.status > 599) {
    reading_.Wrong(block["status"] ? block["status"] : node,
                   "this answer has no status between 200 and 599");
  }
  const auto names = OutcomeNames();
  if (!outcome.name.empty() && std::ranges::find(names, outcome.name) == names.end()) {
    reading_.Wrong(block["outcome"],
                   "'" + outcome.name + "' is no outcome" + DidYouMean(outcome.name, names));
  }
  outcome.source = ReadSource(block, {});
  if (outcome.source.text.empty()) {
    reading_.Wrong(node, "this answer names no source and no inference");
  }
}

HeaderRule AnswerReader::ReadHeader(const std::string& name, const Node& node, Answer& answer) {
  HeaderRule rule;
  rule.name = name;
  if (!reading_.Check(node, blocks::kApiHeader)) return rule;
  const Node block = node["x-mockduit"];
  if (block) reading_.Check(block, blocks::kHeader);
  const Node value = block["value"] ? block["value"] : node["example"];
  std::string text;
  if (value) text = value.IsText() ? value.Text() : value.json().Dump();
  if (text.empty()) reading_.Wrong(node, "the header " + name + " has no example and no value");
  auto compiled = Template::Compile(text, Names::Any());
  if (compiled) {
    rule.value = *std::move(compiled);
    if (value) Keep(value, answer);
  } else {
    reading_.Add(value, compiled.error());
  }
  rule.retry_after = EqualsIgnoringCase(name, "Retry-After");
  if (const std::string advice = DidYouMean(name, {"Retry-After"});
      !rule.retry_after && !advice.empty()) {
    reading_.WrongKey(node, "'" + name + "' is no header that is known" + advice);
  }
  if (const Node schema = node["schema"]) reading_.CompileSchema(schema);
  if (const Node minimum = node["schema"]["minimum"]) {
    rule.minimum = static_cast<int>(minimum.json().AsInteger());
  }
  if (const Node maximum = node["schema"]["maximum"]) {
    rule.maximum = static_cast<int>(maximum.json().AsInteger());
  }
  return rule;
}

void AnswerReader::ReadBodies(const Node& node, const Node& block, Answer& answer) {
  Outcome& outcome = answer.outcome;
  std::set<std::string> met;
  Json last;  // an example, for advice
  const Node fill = block["fill"];
  if (fill) KeepFill(fill, answer);
  reading_.EachMember(node["content"], [&](const std::string& type, const Node& content) {
    CheckMediaType(reading_, content, type);
    if (!reading_.Check(content, blocks::kMediaType)) return;
    if (const Node schema = content["schema"]) {
      auto compiled = reading_.CompileSchema(schema);
      if (outcome.schema == nullptr) outcome.schema = std::move(compiled);
    }
    reading_.EachMember(content["examples"], [&](const std::string& name, const Node& example) {
      if (!reading_.Check(example, blocks::kApiExample)) return;
      if (!example["value"]) return reading_.Missing(example, "value");
      outcome.variants.push_back(ReadVariant(name, example, fill, answer));
      Variant& variant = outcome.variants.back();
      variant.type = type;
      if (IsMediaRange(type)) {
        variant.range = type;
        variant.type = variant.TypeFor("");
      }
      const bool is_written = variant.body->example.IsString() || variant.type.starts_with("text/");
      variant.is_text = is_written && KindOfType(variant.type) != BodyKind::kJson;
      if (std::ranges::find(outcome.types, variant.type) == outcome.types.end()) {
        outcome.types.push_back(variant.type);
      }
      last = variant.body->example;
      if (!fill) return;
      Json body = last;
      met.merge(Fill(body, fill));
    });
  });
  if (fill) CheckPointers(fill, met, last, "no example of this answer has");
  if (outcome.variants.empty()) {
    outcome.has_body = false;
    outcome.variants.push_back({.name = "empty", .source = outcome.source});
  }
}

Variant AnswerReader::ReadVariant(const std::string& name, const Node& example, const Node& of_all,
                                  Answer& answer) {
  const Node value = example["value"];
  const Node block = example["x-mockduit"];
  if (block) {
    reading_.Check(block, blocks::kExample);
    CheckDocument(reading_, block);
    CheckSourceIsMade(block);
  }
  Json body = value.json();
  const bool is_literal = block["literal"].Flag();
  if (is_literal) KeepBraces(body);
  if (fill_) filled_.merge(Fill(body, fill_));
  if (of_all) Fill(body, of_all);
  if (const Node fill = block["fill"]) {
    KeepFill(fill, answer);
    CheckPointers(fill, Fill(body, fill), value.json(), "this example does not have");
  }
  if (!is_literal) {
    reading_.CompileTemplate(value, Names::Any());
    Keep(value, answer);
  }
  VariantBody shown{value.json(),
                    JsonTemplate::Compile(body, Names::Any()).value_or(JsonTemplate())};
  return {.name = name,
          .body = reading_.shared_parts != nullptr
                      ? reading_.shared_parts->bodies.Of(std::move(shown))
                      : std::make_shared<const VariantBody>(std::move(shown)),
          .source = ReadSource(block, answer.outcome.source)};
}

// The source that a document makes is that of one operation and status.
void AnswerReader::CheckSourceIsMade(const Node& block) {
  const auto& known = reading_.documents;
  const Node named = block["document"];
  if (!named || block["source"] || block["inferred"]) return;
  if (std::ranges::find(known, named.Text()) == known.end()) return;  // reported already
  reading_.Wrong(named,
                 "only an example within an answer can name a 'document'; name its 'source'");
}

void AnswerReader::Keep(const Node& node, Answer& answer) {
  auto compiled = JsonTemplate::Compile(node.json(), Names::Any());
  if (compiled && !compiled->IsConstant()) answer.templates.push_back({node, *std::move(compiled)});
}

void AnswerReader::KeepFill(const Node& fill, Answer& answer) {
  if (!fill.json().IsObject()) return;
  for (const JsonMember& part : *fill.json().IfObject()) {
    const Node value = fill[part.key];
    reading_.CompileTemplate(value, Names::Any());
    Keep(value, answer);
  }
}

std::set<std::string> AnswerReader::Fill(Json& body, const Node& fill) {
  std::set<std::string> met;
  const Json::Object* parts = fill.json().IfObject();
  if (parts == nullptr) return met;
  for (const JsonMember& part : *parts) {
    if (body.At(part.key) == nullptr) continue;
    body.SetAt(part.key, part.value);
    met.insert(part.key);
  }
  return met;
}

void AnswerReader::CheckPointers(const Node& fill, const std::set<std::string>& met,
                                 const Json& example, std::string_view of) {
  if (!fill.json().IsObject()) return;
  for (const JsonMember& part : *fill.json().IfObject()) {
    if (met.contains(part.key)) continue;
    std::vector<std::string> pointers;
    if (const Json::Object* members = example.IfObject()) {
      for (const JsonMember& member : *members) {
        pointers.push_back("/" + PointerToken(member.key));
        if (const Json::Object* below = member.value.IfObject()) {
          for (const JsonMember& inner : *below) {
            pointers.push_back("/" + PointerToken(member.key) + "/" + PointerToken(inner.key));
          }
        }
      }
    }
    reading_.WrongKey(fill[part.key], std::string(of) + " a part at '" + part.key + "'" +
                                          DidYouMean(part.key, pointers));
  }
}

}  // namespace mockduit
