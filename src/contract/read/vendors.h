// Reads the files of vendors, <root>/<vendor>/<name>.yaml, as contracts with their parts and what
// lies beside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "contract/vendor.h"

namespace mockduit {

// Of "fixtures/acme/v1.yaml" the "acme", and the "v1".
std::string_view VendorOfFile(std::string_view path);
std::string_view NameOfFile(std::string_view path);

// By name. The error is every mistake of every file. A contract may name those behaviours only;
// nullptr: any.
Read<std::vector<Vendor>> ReadVendors(const std::vector<TextFile>& files,
                                      const std::vector<std::string>* behaviours);

}  // namespace mockduit
