#include "contract/read/request.h"

#include "base/text.h"
#include "contract/read/answers.h"

namespace mockduit {
namespace {

// `style` and `explode` of a parameter or of a field of a form; `in` is where it stands.
Writing ReadWriting(ContractReading& reading, const Node& node, std::string_view in) {
  Writing writing;
  const std::vector<std::string>& styles = StylesOf(in);
  const std::string name = node["style"].Text(styles.front());
  if (std::ranges::find(styles, name) == styles.end()) {
    const std::string advice = DidYouMean(name, styles);
    reading.Wrong(node["style"], "'" + name + "' is no style of what stands in a " +
                                     std::string(in) +
                                     (advice.empty() ? "; it is " + OrList(styles) : advice));
  }
  writing.style = FindStyle(name).value_or(ParameterStyle::kForm);
  writing.explode = node["explode"] ? node["explode"].Flag() : name == "form";
  return writing;
}

TextShape TextShapeOf(ContractReading& reading, const Node& schema) {
  return TextShape::Of(schema, [&](const Node& part) { return reading.CompileSchema(part); });
}

// The schema of a parameter stands in `schema`, or within the one media type of `content`.
Node SchemaOf(ContractReading& reading, const Node& node, bool& json) {
  const Node content = node["content"];
  if (!content) return node["schema"];
  const Json::Object* types = content.json().IfObject();
  if (types == nullptr) return node["schema"];
  if (types->size() != 1) reading.Wrong(content, "the 'content' of a parameter is of one type");
  if (node["schema"]) reading.WrongKey(content, "a parameter has 'schema' or 'content', not both");
  if (types->empty()) return node["schema"];
  const std::string type = types->front().key;
  const Node media = content[type].Follow();
  CheckMediaType(reading, content[type], type);
  if (media) reading.Check(media, blocks::kMediaType);
  json = KindOfType(type) == BodyKind::kJson;
  return media["schema"];
}

FieldWritings ReadEncodings(ContractReading& reading, const Node& node, const Node& schema,
                            BodyKind kind) {
  FieldWritings writings;
  const auto compiled = schema ? reading.CompileSchema(schema) : nullptr;
  const Shape members = compiled != nullptr ? compiled->Members(1) : Shape();
  reading.EachMember(node, [&](const std::string& name, const Node& encoding) {
    if (!reading.Check(encoding, blocks::kEncoding)) return;
    if (members.Find(name) == nullptr) {
      reading.WrongKey(encoding, "no property of this form is called '" + name + "'" +
                                     DidYouMean(name, members.MemberNames()));
    }
    // Without a word of these, a field is read by its media type.
    const bool is_styled = encoding["style"] || encoding["explode"] || encoding["allowReserved"];
    const std::string type = encoding["contentType"].Text();
    const bool is_json = !type.empty() && KindOfType(type) == BodyKind::kJson;
    if ((!is_styled || kind != BodyKind::kForm) && !is_json) return;
    Writing writing = ReadWriting(reading, encoding, "query");
    if (!is_styled) writing.json = is_json;
    writings.emplace_back(name, std::move(writing));
  });
  return writings;
}

// What `contentType` says: "image/png, image/*".
std::vector<std::string> MediaTypesIn(std::string_view list) {
  std::vector<std::string> types;
  while (!list.empty()) {
    const std::string_view type = Trim(TakeUntil(list, ","));
    if (!type.empty()) types.emplace_back(type);
  }
  return types;
}

// True where only objects are good by the schema: all others are no body to begin with.
bool TakesOnlyObjects(const Node& given, int depth) {
  constexpr int kMaxDepth = 20;
  const Node schema = given ? given.Follow() : given;
  if (!schema || !schema.json().IsObject() || depth > kMaxDepth) return false;
  const Json& type = schema.json().Get("type");
  if (type.IsString()) return type.AsString() == "object" && !schema["nullable"].Flag();
  if (const Json::Array* types = type.IfArray()) {
    return types->size() == 1 && types->front().AsString() == "object";
  }
  const auto of = [&](std::string_view key, auto count) {
    const Node list = schema[key];
    const Json::Array* parts = list ? list.json().IfArray() : nullptr;
    if (parts == nullptr || parts->empty()) return false;
    std::size_t found = 0;
    for (std::size_t i = 0; i < parts->size(); ++i) {
      if (TakesOnlyObjects(list.Item(i), depth + 1)) ++found;
    }
    return count(found, parts->size());
  };
  const auto some = [](std::size_t found, std::size_t /*all*/) { return found > 0; };
  const auto all = [](std::size_t found, std::size_t size) { return found == size; };
  return schema["properties"] || schema["required"] || of("allOf", some) || of("anyOf", all) ||
         of("oneOf", all);
}

}  // namespace

Parameter ReadParameter(ContractReading& reading, const Node& node) {
  Parameter parameter{.name = reading.Needed(node, "name"),
                      .in = reading.Needed(node, "in"),
                      .required = node["required"].Flag(),
                      .deprecated = node["deprecated"].Flag(),
                      .takes_empty = node["allowEmptyValue"].Flag()};
  static const std::vector<std::string> kIn = {"path", "query", "header", "cookie"};
  if (!parameter.in.empty() && std::ranges::find(kIn, parameter.in) == kIn.end()) {
    reading.Wrong(node["in"],
                  "'" + parameter.in + "' is no place of a parameter; it is " + OrList(kIn));
  }
  Writing writing = ReadWriting(reading, node, parameter.in);
  const Node schema = SchemaOf(reading, node, writing.json);
  if (schema) {
    parameter.schema = reading.CompileSchema(schema);
    writing.shape = TextShapeOf(reading, schema);
  }
  // A scalar that is written as it is, and of one type, needs no more than its text.
  const bool is_plain =
      !writing.json && !writing.shape.is_array() && !writing.shape.is_object() &&
      !writing.shape.reads_several() &&
      (writing.style == ParameterStyle::kForm || writing.style == ParameterStyle::kSimple) &&
      parameter.in != "cookie";
  if (!is_plain) parameter.writing = std::make_shared<const Writing>(std::move(writing));
  return parameter;
}

BodyType ReadBodyType(ContractReading& reading, const std::string& type, const Node& node) {
  CheckMediaType(reading, node, type);
  BodyType body{.type = type, .kind = KindOfType(type)};
  const Node schema = node["schema"];
  if (schema) body.schema = reading.CompileSchema(schema);
  body.only_objects = body.kind == BodyKind::kJson && schema && TakesOnlyObjects(schema, 0);
  const bool is_form = body.kind == BodyKind::kForm || body.kind == BodyKind::kMultipart;
  if (schema && (is_form || IsMediaRange(type))) body.shape = TextShapeOf(reading, schema);
  if (const Node encoding = node["encoding"]) {
    body.writings = ReadEncodings(reading, encoding, schema, body.kind);
    for (auto& [name, writing] : body.writings) writing.shape = body.shape.Member(name);
    reading.EachMember(encoding, [&](const std::string& name, const Node& part) {
      auto types = MediaTypesIn(part["contentType"].Text());
      const bool is_said = body.kind == BodyKind::kMultipart && !types.empty();
      if (is_said) body.part_types.emplace_back(name, std::move(types));
    });
    // Each item of a list is a field, and read by its own type.
    std::erase_if(body.writings, [](const auto& field) {
      return field.second.json && field.second.shape.is_array();
    });
  }
  return body;
}

void ReadRequestRules(ContractReading& reading, const Node& node) {
  if (!node || !reading.Check(node, blocks::kRequests)) return;
  RequestRules& rules = reading.contract->requests;
  const auto word_of = [&](std::string_view key, const std::vector<std::string>& words) {
    const Node word = node[key];
    if (!word) return words.front();
    if (std::ranges::find(words, word.Text()) == words.end()) {
      const std::string advice = DidYouMean(word.Text(), words);
      reading.Wrong(word, "'" + std::string(key) + "' is " + OrList(words) + advice);
    }
    return word.Text();
  };
  const auto is_second = [&](std::string_view key, const char* first, const char* second) {
    return word_of(key, {first, second}) == second;
  };
  rules.last_counts = is_second("repeated", "first", "last");
  rules.other_types_as_text = is_second("other_types", "json", "text");
  const std::string json_types = word_of("json_types", {"all", "application", "listed"});
  rules.only_application_json = json_types == "application";
  rules.only_listed_json = json_types == "listed";
  rules.ignores_codings = is_second("content_encoding", "decoded", "ignored");
  rules.no_head = node["head"] && !node["head"].Flag();
  rules.allows_first = is_second("allow", "all", "first");
  rules.any_unicode = is_second("json_encoding", "utf-8", "any");
  rules.json_first = node["json_first"].Flag();
  rules.lax = node["lax"].Flag();
  rules.flags_as_texts = is_second("flags", "json", "texts");
}

}  // namespace mockduit
