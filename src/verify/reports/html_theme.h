// The theme of the HTML report: its colors for light and dark screens, its fonts and its badges.
// The report and the live page at / begin their style sheets with it, so that they look alike.
#pragma once

#include <string_view>

namespace mockduit {

extern const std::string_view kHtmlTheme;

}  // namespace mockduit
