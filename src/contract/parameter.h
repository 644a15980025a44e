// Parameter: what an operation takes beside its body, and how a value of several parts is written
// there: OpenAPI's `style` and `explode`, which are those of RFC 6570. The fields of a form are
// written the same way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "contract/schema.h"
#include "contract/text_shape.h"
#include "http/form.h"

namespace mockduit {

enum class ParameterStyle {
  kForm,            // q=1,2 or q=1&q=2
  kSimple,          // 1,2
  kLabel,           // .1.2
  kMatrix,          // ;q=1,2
  kSpaceDelimited,  // q=1%202
  kPipeDelimited,   // q=1|2
  kDeepObject,      // q[a]=1
};

// How a value is written as text.
struct Writing {
  ParameterStyle style = ParameterStyle::kForm;
  bool explode = true;
  bool json = false;  // as JSON, whatever its style
  TextShape shape;    // of the value
};

struct Parameter {
  std::string name;
  std::string in;  // "path", "query", "header" or "cookie"
  bool required = false;
  std::shared_ptr<const Schema> schema;
  bool deprecated = false;
  bool takes_empty = false;  // allowEmptyValue: what is empty is held against no schema
  // Nothing of a scalar that is written as it is, as most are.
  std::shared_ptr<const Writing> writing;

  // True where it may come several times, and each is an item.
  bool IsList() const { return schema != nullptr && schema->SingleType() == "array"; }
};

// The names of the styles that a place of parameters has, its usual one first.
const std::vector<std::string>& StylesOf(std::string_view in);
// "deepObject"; nothing where the name is that of none.
std::optional<ParameterStyle> FindStyle(std::string_view name);

// The value of `name` among fields; nothing where none of them belongs to it. Those that do are
// taken away where `taken` is there: their indexes are appended to it.
std::optional<Json> ReadFieldsAs(const Fields& fields, std::string_view name,
                                 const Writing& writing, std::vector<std::size_t>* taken = nullptr);
// The value of a text that stands alone: in a path or in a header.
Json ReadTextAs(std::string_view text, std::string_view name, const Writing& writing);
// A whole form, by the shape of its schema: an object of its fields. `writings` are those that its
// `encoding` names. Of a scalar that is repeated the first counts, or the last.
using FieldWritings = std::vector<std::pair<std::string, Writing>>;
Json ReadForm(const Fields& fields, const TextShape& shape, const FieldWritings& writings,
              bool last_counts);

}  // namespace mockduit
