// AdoptedEdition: any OpenAPI document as an edition. Its operations are put into the words of
// contracts when they are first asked for; what the document is silent about is inferred, and what
// it has that is not understood is a note.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "adopt/error_model.h"
#include "adopt/gather_files.h"
#include "adopt/operation_index.h"
#include "adopt/whole_document.h"
#include "base/files.h"
#include "base/mutex.h"
#include "contract/read/edition_source.h"

namespace mockduit {

class AdoptedEdition : public EditionSource {
 public:
  // As the vendor of that name. Where `is_default`, it serves what nothing else decides.
  AdoptedEdition(OneDocument document, const std::string& vendor, bool is_default);
  ~AdoptedEdition() override;

  const YamlDocument& outline() const override { return outline_; }
  YamlDocument DocumentOf(const std::string& operation) const override;
  YamlDocument DocumentOfAnswers() const override;
  bool is_known_good() const override { return false; }
  void Take(std::vector<Problem> problems) const override;
  SharedParts* parts() const override { return &whole_->parts; }
  void Alone(const std::function<void()>& read) const override {
    const MutexLock lock(reading_);
    read();
  }

  // The ids of the operations that the overlay has something on.
  std::vector<std::string> Overlaid() const;
  // The overlay of the document; nullptr where there is none.
  const YamlDocument* overlay() const { return document_.overlay ? &*document_.overlay : nullptr; }

  // Looks through the whole document for what is wrong though no operation tells it.
  void LookThrough() const;
  // What was not understood, or is wrong, in what was read so far, each once.
  std::vector<Problem> notes() const;

 private:
  void MakeOutline();
  std::vector<const Json*> ParametersOf(const OperationPlace& place,
                                        const std::string& pointer) const REQUIRES(mutex_);
  // Those of a list at `pointer` that have no name and place of one that is there already.
  void AddParameters(const Json& list, const std::string& pointer, const std::string& path,
                     std::vector<const Json*>& parameters) const REQUIRES(mutex_);
  Json OperationOf(const OperationPlace& place) const REQUIRES(mutex_);
  YamlDocument Documented(Json root) const REQUIRES(mutex_);
  // What the schemas that were compiled so far have wrong.
  void KeepMistakes() const REQUIRES(mutex_);
  void Keep(std::vector<Problem> problems) const REQUIRES(mutex_);
  void Note(const std::string& pointer, std::string message) const REQUIRES(mutex_);

  OneDocument document_;
  YamlDocument outline_;
  Json block_;        // the vendor block
  std::string name_;  // of the document, in sources: "Nango API 1.0.0"
  std::unique_ptr<const OperationIndex> index_;

  // Operations are read one at a time: `reading_` is held by whoever reads one, and what that takes
  // is reached without another lock. `mutex_` guards what is asked for meanwhile.
  mutable Mutex reading_;
  std::unique_ptr<WholeDocument> whole_;
  mutable Mutex mutex_;
  mutable std::unique_ptr<ErrorModel> errors_ GUARDED_BY(mutex_);
  mutable std::vector<Problem> notes_ GUARDED_BY(mutex_);
  mutable std::unordered_set<std::string> told_
      GUARDED_BY(mutex_);  // notes as texts, and their places
};

}  // namespace mockduit
