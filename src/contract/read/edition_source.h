// EditionSource: where an edition comes from that is read bit by bit: what it says as a whole at
// once, each operation when it is first asked for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/yaml.h"
#include "contract/read/shared_parts.h"

namespace mockduit {

// May be asked by several threads at once.
class EditionSource {
 public:
  EditionSource() = default;
  EditionSource(const EditionSource&) = delete;
  EditionSource& operator=(const EditionSource&) = delete;
  virtual ~EditionSource() = default;

  // The contract without its components, and with the heads alone of its operations.
  virtual const YamlDocument& outline() const = 0;
  // The document of one operation, "/paths/~1boxes/get": it, and all that it refers to. What the
  // contract says once for all answers is written out in it.
  virtual YamlDocument DocumentOf(const std::string& operation) const = 0;
  // The document of the answers in components, with all that they refer to.
  virtual YamlDocument DocumentOfAnswers() const = 0;
  // True when nothing in it can be wrong, so that it need not be looked at closely.
  virtual bool is_known_good() const = 0;
  // Takes what was found wrong in a document that it gave. What can be read of it is read.
  virtual void Take(std::vector<Problem> problems) const = 0;
  // What its documents share that refer to one whole; nullptr where each is whole by itself.
  virtual SharedParts* parts() const { return nullptr; }
  // Calls `read`, which reads one of the documents. Where they share something, one at a time.
  virtual void Alone(const std::function<void()>& read) const { read(); }
};

}  // namespace mockduit
