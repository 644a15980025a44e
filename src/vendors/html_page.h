// HtmlPage: pages that stand in for those of vendors: plain HTML without scripts, light and dark.
#pragma once

#include <string>
#include <string_view>

namespace mockduit {

// A whole page. `body` is HTML.
std::string HtmlPage(std::string_view title, std::string_view body);

}  // namespace mockduit
