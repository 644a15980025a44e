// The fixture of tests that adopt one document and ask what its edition is.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "adopt/adopt.h"
#include "unit/base/memory_files.h"

namespace mockduit {

class AdoptedEditionTest : public ::testing::Test {
 protected:
  // `rest` stands below the head of the document.
  void Read(const std::string& rest) {
    files_.AddFolder("/api");
    files_.AddFile("/api/spec.yaml",
                   "openapi: 3.1.0\ninfo: {title: Acme API, version: '2'}\n" + rest);
    auto adopted = Adopt({"/api/spec.yaml"}, files_);
    ASSERT_TRUE(adopted) << adopted.error().front().Text();
    adopted_ = std::move(*adopted);
    for (const Problem& note : AllNotes(adopted_)) notes_.push_back(note.Text());
  }
  const Contract& contract() const { return *adopted_.vendors.at(0).editions.at(0); }
  std::vector<std::string> Operations() const {
    std::vector<std::string> names;
    for (const auto& one : contract().operations) {
      names.push_back(one->name + " " + one->method + " " + one->path.text());
    }
    return names;
  }
  const Operation& Only() const {
    EXPECT_EQ(contract().operations.size(), 1u);
    return *contract().operations.at(0);
  }

  MemoryFiles files_;
  Adopted adopted_;
  std::vector<std::string> notes_;
};

}  // namespace mockduit
