// The fuzzer of what stands in requests beside JSON: forms, multipart bodies, cookies, parameters
// in every style, media types and codings. Any bytes at all are read, or it is told why they are
// not. Replayed over corpus/fields/ as an ordinary test.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/unicode.h"
#include "base/utf8.h"
#include "base/yaml.h"
#include "contract/parameter.h"
#include "fuzz/require.h"
#include "http/content_coding.h"
#include "http/media_type.h"
#include "http/uri.h"
#include "http/uri_template.h"

namespace mockduit {
namespace {

const TextShape& Shape() {
  static const YamlDocument kDocument = *ReadYaml("s.yaml", R"(
type: [object, array]
items: {type: [integer, string, "null"]}
properties: {a: {type: integer}, l: {type: array, items: {type: number}}, m: {type: object}}
additionalProperties: {type: boolean}
)");
  static const TextShape kShape = TextShape::Of(Node(kDocument), [](const Node& node) {
    return std::shared_ptr<const Schema>(Schema::Compile(node.json(), kDocument.root).value());
  });
  return kShape;
}

// What is made of any bytes is JSON that can be written.
void CheckJson(const Json& json) { Require(!FirstNotUtf8(json.Dump())); }

void CheckFields(const Fields& fields) {
  for (const Field& field : fields) {
    Require(!FirstNotUtf8(field.name) && !FirstNotUtf8(field.value));
  }
  for (const auto style : {ParameterStyle::kForm, ParameterStyle::kSpaceDelimited,
                           ParameterStyle::kPipeDelimited, ParameterStyle::kDeepObject}) {
    for (const bool explode : {false, true}) {
      const Writing writing{.style = style, .explode = explode, .shape = Shape()};
      std::vector<std::size_t> taken;
      const auto value = ReadFieldsAs(fields, "a", writing, &taken);
      if (value) CheckJson(*value);
      Require(value || taken.empty());
      CheckJson(ReadForm(fields, Shape(), {{"a", writing}}, explode));
    }
  }
}

void CheckTexts(std::string_view text) {
  for (const auto style :
       {ParameterStyle::kSimple, ParameterStyle::kLabel, ParameterStyle::kMatrix}) {
    for (const bool explode : {false, true}) {
      CheckJson(ReadTextAs(text, "a", {.style = style, .explode = explode, .shape = Shape()}));
    }
  }
}

// A text that does not fit leaves nothing; one that does has something for each variable.
void CheckTemplate(std::string_view first, std::string_view second) {
  const UriTemplate path(first);
  for (const UriTemplate::Segment& segment : path.segments()) {
    if (!segment.is_mixed()) continue;
    std::vector<std::string_view> values;
    if (!segment.Match(second, values)) Require(values.empty());
    for (const std::string_view value : values) Require(!value.empty());
  }
  path.Matches(second);
}

void Check(std::string_view bytes) {
  const std::size_t line = std::min(bytes.find('\n'), bytes.size());
  const std::string_view head = bytes.substr(0, line);
  const std::string_view rest = bytes.substr(std::min(line + 1, bytes.size()));
  CheckFields(ReadFields(rest));
  CheckFields(ReadCookies(rest));
  if (const auto parts = ReadMultipart(rest, head)) CheckFields(*parts);
  std::string text(rest);
  if (!FirstNotUtf8(text)) CheckTexts(text);
  Require(WeightOf(head, rest) >= 0 && WeightOf(head, rest) <= 1000);
  Require(KindOfType(head) == KindOfType(WithoutParameters(head)));
  const auto plain = WithoutCodings(text, head, 10'000);
  Require(!plain || plain->size() <= std::max<std::size_t>(10'000, text.size()));
  if (const auto utf8 = JsonAsUtf8(rest)) Require(!FirstNotUtf8(*utf8));
  if (!FirstNotUtf8(text)) Require(!FirstNotUtf8(Capitals(text)));
  CheckTemplate(head, rest);
}

}  // namespace
}  // namespace mockduit

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
