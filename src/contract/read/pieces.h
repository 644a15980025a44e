// Pieces: an edition whose files are known to be right, taken apart, so that nothing has to be read
// before it is needed: an outline, which says what the contract says as a whole and which
// operations there are, and for each operation and each component a text that nobody has read yet.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"
#include "contract/read/edition_source.h"

namespace mockduit {

// One value of a document, as JSON.
struct Piece {
  std::string_view pointer;  // where it stands: "/components/schemas/Box"
  std::string_view text;
};

// A contract, a part of one, or a file beside them. What it points to must outlive all that is made
// of it.
struct FilePieces {
  std::string_view path;     // "fixtures/acme/v1.yaml"
  std::string_view text;     // the whole document as JSON
  std::string_view edition;  // that it is, or is a part of; "": neither
  bool is_part = false;
  // The document without its components, and with the heads alone of its operations.
  std::string_view outline;
  std::span<const Piece> pieces;
};

class EditionPieces : public EditionSource {
 public:
  // The first file has the whole's outline, others are its parts.
  explicit EditionPieces(const std::vector<FilePieces>& files);

  const YamlDocument& outline() const override { return outline_; }
  YamlDocument DocumentOf(const std::string& operation) const override;
  YamlDocument DocumentOfAnswers() const override;
  bool is_known_good() const override { return true; }
  // There are none.
  void Take(std::vector<Problem> problems) const override;

 private:
  struct Place {
    std::size_t file;  // by its order
    std::string_view text;
  };

  void AddPiece(YamlDocument& document, std::string_view pointer) const;
  bool AddReferences(YamlDocument& document) const;
  void Complete(YamlDocument& document) const;

  YamlDocument outline_;
  std::vector<Json> blocks_;                               // x-mockduit of each file
  std::map<std::string_view, Place, std::less<>> places_;  // by pointer
};

}  // namespace mockduit
