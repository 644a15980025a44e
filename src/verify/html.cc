#include "verify/html.h"

namespace mockduit {

std::string HtmlPage(const std::vector<Report>&) { return "<!doctype html>"; }

}  // namespace mockduit
