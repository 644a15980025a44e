// bake: turns fixtures, scenarios, the control API's description, docs/checks.md and the page's
// files into C++ source, so that the binary carries them. Documents are written in YAML for people
// and baked as JSON, which is read about fifty times as fast; scenarios also as they were written,
// so that the control API can show them with their comments. Of a contract it notes where each
// operation and each component stands, so that a server reads only what it is asked for
// (contract/read/pieces.h).
//
//   bake OUT.cc ROOT PATH...      paths are relative to ROOT and are the names baked in
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "contract/read/gather.h"
#include "contract/read/parts.h"

namespace mockduit {
namespace {

constexpr std::size_t kChunk = 8000;  // bytes of one string literal

std::string Literal(std::string_view text) {
  std::string literal;
  for (std::size_t at = 0; at < text.size() || at == 0; at += kChunk) {
    literal += "\n    R\"baked(" + std::string(text.substr(at, kChunk)) + ")baked\"";
  }
  return literal;
}

// A contract, or a part of one, as JSON, with the places of its pieces in that text.
class Contract {
 public:
  struct Place {
    std::string pointer;
    std::size_t begin;
    std::size_t size;
  };

  explicit Contract(const Json& document) {
    Object(document, "", [&](const std::string& key, const Json& value, const std::string& at) {
      if (key == "paths") return Paths(value, at);
      if (key == "components") return Components(value, at);
      outline_.Set(key, value);
      text += value.Dump();
    });
    std::vector<std::string> secrets;
    GatherSecrets(document, secrets);
    if (secrets.empty()) return;
    Json names = document.Get("x-mockduit").Get("secrets");
    for (std::string& name : secrets) names.Append(std::move(name));
    outline_.SetAt("/x-mockduit/secrets", std::move(names));
  }

  std::string text;
  std::vector<Place> places;
  std::string Outline() const { return outline_.Dump(); }

 private:
  // Writes an object; `write` writes each value.
  template <class Write>
  void Object(const Json& json, const std::string& pointer, const Write& write) {
    text += '{';
    for (const JsonMember& member : *json.IfObject()) {
      if (text.back() != '{') text += ',';
      Json::AppendQuoted(text, member.key);
      text += ':';
      write(member.key, member.value, pointer + "/" + PointerToken(member.key));
    }
    text += '}';
  }

  void Piece(const Json& value, const std::string& pointer) {
    const std::string dumped = value.Dump();
    places.push_back({pointer, text.size(), dumped.size()});
    text += dumped;
  }

  void Components(const Json& components, const std::string& pointer) {
    Object(
        components, pointer, [&](const std::string&, const Json& section, const std::string& at) {
          Object(section, at, [&](const std::string&, const Json& value, const std::string& place) {
            Piece(value, place);
          });
        });
  }

  void Paths(const Json& paths, const std::string& pointer) {
    Object(paths, pointer, [&](const std::string&, const Json& item, const std::string& path) {
      Object(item, path, [&](const std::string& key, const Json& value, const std::string& place) {
        if (IsMethod(key)) outline_.SetAt(place, Head(value));
        Piece(value, place);
      });
    });
  }

  // What must be known of an operation before it is called.
  static Json Head(const Json& operation) {
    Json head = Json::MakeObject();
    for (const char* key : {"operationId", "summary", "deprecated"}) {
      if (const Json* value = operation.Find(key)) head.Set(key, *value);
    }
    if (const Json* creates = operation.Get("x-mockduit").Find("creates")) {
      head.SetAt("/x-mockduit/creates", *creates);
    }
    return head;
  }

  Json outline_ = Json::MakeObject();
};

class Writer {
 public:
  explicit Writer(std::ostream& out) : out_(out) {
    out << "#include \"app/baked.h\"\n\nnamespace mockduit {\nnamespace {\n\n";
  }

  // A document beside the scenarios; below fixtures/ also what is no contract.
  void Fixture(const std::string& path, const Json& document) {
    const std::string edition = PartOf(document);
    const bool is_part = !edition.empty();
    const bool is_contract = is_part || document.Find("openapi") != nullptr;
    if (!is_contract) {
      fixtures_ +=
          "  {\"" + path + "\", " + Constant(document.Dump()) + ", \"\", false, \"\", {}},\n";
      return;
    }
    const Contract contract(document);
    const std::string text = Constant(contract.text);
    const std::string outline = Constant(contract.Outline());
    const std::string pieces = "kPieces" + std::to_string(count_);
    out_ << "constexpr Piece " << pieces << "[] = {\n";
    for (const Contract::Place& place : contract.places) {
      out_ << "  {\"" << place.pointer << "\", " << text << ".substr(" << place.begin << ", "
           << place.size << ")},\n";
    }
    out_ << "};\n\n";
    const std::string name(document.Get("x-mockduit").Get("edition").AsString());
    fixtures_ += "  {\"" + path + "\", " + text + ", \"" + (is_part ? edition : name) + "\", " +
                 (is_part ? "true" : "false") + ", " + outline + ", " + pieces + "},\n";
  }

  void File(const std::string& path, const std::string& text, const std::string& json) {
    files_ += "  {\"" + path + "\", " + Constant(text) + ", " +
              (json.empty() ? "\"\"" : Constant(json)) + "},\n";
  }

  void Finish() {
    out_ << "}  // namespace\n\n"
         << "const std::vector<FilePieces>& BakedFixtures() {\n"
         << "  static const std::vector<FilePieces> kFixtures = {\n"
         << fixtures_ << "  };\n"
         << "  return kFixtures;\n}\n\n"
         << "const std::vector<BakedFile>& BakedFiles() {\n"
         << "  static const std::vector<BakedFile> kFiles = {\n"
         << files_ << "  };\n"
         << "  return kFiles;\n}\n\n}  // namespace mockduit\n";
  }

 private:
  std::string Constant(const std::string& text) {
    const std::string name = "kText" + std::to_string(++count_);
    out_ << "constexpr std::string_view " << name << "{" << Literal(text) << ", " << text.size()
         << "};\n\n";
    return name;
  }

  std::ostream& out_;
  int count_ = 0;
  std::string fixtures_;
  std::string files_;
};

// What a document says, or every mistake on standard error.
std::optional<Json> Read(const TextFile& file) {
  auto document = ReadDocument(file);
  if (document) return std::move(document->root);
  for (const Problem& problem : document.error()) std::cerr << problem.Text() << "\n";
  return std::nullopt;
}

int Bake(const std::string& root, const std::vector<std::string>& paths, std::ostream& out) {
  Writer writer(out);
  for (const std::string& path : paths) {
    const auto file = ReadFile(root + "/" + path);
    if (!file) {
      std::cerr << "bake: " << file.error().message << "\n";
      return 1;
    }
    if (!path.ends_with(".yaml")) {
      writer.File(path, file->text, "");
      continue;
    }
    const auto document = Read(*file);
    if (!document) return 1;
    if (path.starts_with("fixtures/")) {
      writer.Fixture(path, *document);
    } else if (path.starts_with("scenarios/")) {
      writer.File(path, file->text, document->Dump());
    } else {
      writer.File(path, document->Dump(), "");
    }
  }
  writer.Finish();
  return out.flush() ? 0 : 1;
}

}  // namespace
}  // namespace mockduit

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bake OUT.cc ROOT PATH...\n";
    return 2;
  }
  std::ofstream out(argv[1]);
  return mockduit::Bake(argv[2], {argv + 3, argv + argc}, out);
}
