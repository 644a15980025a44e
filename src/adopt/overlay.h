// Overlay: what people add to a foreign OpenAPI document, in the words of contracts: a file beside
// it, "nango.mockduit.yaml" beside "nango.yaml". docs/contracts.md describes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/yaml.h"

namespace mockduit {

// "specs/nango.mockduit.yaml" for "specs/nango.json".
std::string OverlayPathOf(const std::string& document);

// Nothing where there is no such file. The error is one that cannot be read.
Read<std::optional<YamlDocument>> ReadOverlay(const std::string& document,
                                              const Files& files = DiskFiles());

// Every key that an overlay has no use for, and every path and method that `document` lacks.
std::vector<Problem> MistakesOf(const YamlDocument& overlay, const Json& document);

}  // namespace mockduit
