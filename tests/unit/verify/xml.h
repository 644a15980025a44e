// Reads XML as far as JUnit uses it. What is wrong with it becomes a failure of the test.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace mockduit {

class Xml {
 public:
  struct Element {
    std::string name;
    std::map<std::string, std::string> attributes;
    std::string text;
    std::vector<Element> children;

    const std::string& operator[](const std::string& attribute) const {
      return attributes.at(attribute);
    }
  };

  static Element Parse(const std::string& text) {
    constexpr std::string_view kBegin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    EXPECT_TRUE(text.starts_with(kBegin)) << text;
    EXPECT_EQ(ValidUtf8(text), text);
    Xml xml{text.substr(kBegin.size())};
    Element root = xml.ReadElement();
    EXPECT_EQ(Trim(std::string_view(xml.rest_)).find_first_not_of('\n'), std::string::npos);
    return root;
  }

 private:
  explicit Xml(std::string text) : rest_(std::move(text)) {}

  void Take(const char* pattern) {
    std::smatch found;
    if (!std::regex_search(rest_, found, std::regex(pattern),
                           std::regex_constants::match_continuous)) {
      throw std::runtime_error("no " + std::string(pattern) + " at: " + rest_.substr(0, 80));
    }
    groups_.assign(found.begin(), found.end());
    rest_ = found.suffix().str();
  }
  bool Next(std::string_view text) const { return rest_.starts_with(text); }

  Element ReadElement() {
    Take(R"(\s*<([a-z]+))");
    Element element{.name = groups_[1]};
    while (!Next("/>") && !Next(">")) {
      Take(R"re(\s+([a-z]+)="([^"<]*)")re");
      const bool fresh = element.attributes.emplace(groups_[1], Plain(groups_[2])).second;
      EXPECT_TRUE(fresh) << groups_[1] << " twice in " << element.name;
    }
    if (Next("/>")) {
      Take("/>");
      return element;
    }
    Take(">");
    while (!Next("</")) {
      if (Next("<")) {
        element.children.push_back(ReadElement());
      } else {
        Take("([^<]+)");
        element.text += Plain(groups_[1]);
      }
    }
    Take("</([a-z]+)>");
    EXPECT_EQ(groups_[1], element.name);
    return element;
  }

  static std::string Plain(const std::string& escaped) {
    std::string plain;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
      const auto c = static_cast<unsigned char>(escaped[i]);
      EXPECT_TRUE(c >= 0x20 || c == '\n' || c == '\t') << static_cast<int>(c);
      if (escaped[i] != '&') {
        plain += escaped[i];
        continue;
      }
      const std::size_t end = escaped.find(';', i);
      const std::string entity = escaped.substr(i, end - i + 1);
      static const std::map<std::string, char> kKnown = {
          {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
      plain += kKnown.at(entity);
      i = end;
    }
    return plain;
  }

  std::string rest_;
  std::vector<std::string> groups_;
};

}  // namespace mockduit
