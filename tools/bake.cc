// bake: turns fixtures, scenarios, the control API's description, docs/checks.md and the page's
// files into C++ source, so that the binary carries them. Documents are written in YAML for people
// and baked as JSON, which is read about fifty times as fast; scenarios stay as they were written,
// so that the control API can show them with their comments.
//
//   bake OUT.cc ROOT PATH...      paths are relative to ROOT and are the names baked in
#include <fstream>
#include <iostream>

#include "base/file.h"

namespace {

constexpr std::size_t kChunk = 8000;  // bytes of one string literal

void WriteText(std::ostream& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size() || at == 0; at += kChunk) {
    out << "    R\"baked(" << text.substr(at, kChunk) << ")baked\"\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bake OUT.cc ROOT PATH...\n";
    return 2;
  }
  std::ofstream out(argv[1]);
  out << "#include \"app/baked.h\"\n\nnamespace mockduit {\n\n"
         "const std::vector<BakedFile>& BakedFiles() {\n"
         "  static const std::vector<BakedFile> kFiles = {\n";
  for (int i = 3; i < argc; ++i) {
    const std::string name = argv[i];
    auto file = mockduit::ReadFile(std::string(argv[2]) + "/" + name);
    if (!file) {
      std::cerr << "bake: " << file.error().message << "\n";
      return 1;
    }
    if (name.ends_with(".yaml") && !name.starts_with("scenarios/")) {
      const auto document = mockduit::ReadDocument(*file);
      if (!document) {
        for (const auto& problem : document.error()) std::cerr << problem.Text() << "\n";
        return 1;
      }
      file->text = document->root.Dump();
    }
    out << "  {\"" << name << "\",\n";
    WriteText(out, file->text);
    out << "  },\n";
  }
  out << "  };\n  return kFiles;\n}\n\n}  // namespace mockduit\n";
  return out.flush() ? 0 : 1;
}
