// Adopt: OpenAPI documents of anybody as vendors.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adopt/adopted_edition.h"
#include "base/files.h"
#include "contract/vendor.h"

namespace mockduit {

struct Adopted {
  std::vector<Vendor> vendors;
  // The documents that they were made of, which tell what was not understood in them.
  std::vector<std::shared_ptr<const AdoptedEdition>> editions;
  std::vector<std::string> files;  // all that were read
  // The texts that give no name, and the names that titles gave instead.
  std::vector<std::pair<std::string, std::string>> titled;
};

// Each text is a path, or a vendor's name with '=' and a path behind it; the path is that of a
// document, or of a directory whose documents are editions of one vendor. Without a name, the
// document's title gives one. Documents of one vendor are its editions, the first the default.
// The error is every document that cannot be read.
Read<Adopted> Adopt(const std::vector<std::string>& texts, const Files& files = DiskFiles());

// True where such a text gives a name.
bool NamesVendor(const std::string& text, const Files& files = DiskFiles());

// The paths of such texts.
std::vector<std::string> PathsOf(const std::vector<std::string>& texts,
                                 const Files& files = DiskFiles());

// Reads all of them, without keeping it, and tells what was not understood or is wrong in each, by
// file and place. Nobody else may know them meanwhile.
std::vector<Problem> AllNotes(const Adopted& adopted);

}  // namespace mockduit
