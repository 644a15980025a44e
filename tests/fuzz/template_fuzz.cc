// The fuzzer of templates: any bytes at all are a template that can be filled, or mistakes that
// stand within them. Replayed over corpus/template/ as an ordinary test.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "contract/language/condition.h"
#include "contract/language/template.h"
#include "fuzz/require.h"

namespace mockduit {
namespace {

// Gives a list for every name, which no filter expects.
class ListScope : public Scope {
 public:
  Json Value(const Hole& hole) override {
    return Json::MakeArray({hole.path, 1, nullptr, Json::MakeObject({{"id", hole.path}})});
  }
};

void CheckMistakes(const std::vector<TemplateMistake>& mistakes, std::string_view text) {
  Require(!mistakes.empty());
  for (const TemplateMistake& mistake : mistakes) {
    Require(mistake.offset <= text.size() && !mistake.message.empty());
  }
}

void Check(std::string_view bytes) {
  ListScope scope;
  const auto text = Template::Compile(bytes, Names::Any());
  if (text) {
    text->Text(scope);
    text->Value(scope);
  } else {
    CheckMistakes(text.error(), bytes);
  }
  const auto strict = Template::Compile(bytes, Names());
  Require(text || !strict);  // who knows less takes no more
  const auto json = Json::Parse(bytes);
  if (!json) return;
  if (const auto compiled = JsonTemplate::Compile(*json, Names::Any())) {
    std::string written;
    compiled->AppendText(written, scope);
    Require(written == compiled->Value(scope).Dump());
    Require(compiled->FindUnknown(Names::Any()).empty());
  }
  if (const auto condition = Condition::Compile(*json, Names::Any())) condition->Holds(scope);
}

}  // namespace
}  // namespace mockduit

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
