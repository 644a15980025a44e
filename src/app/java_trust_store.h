// JavaTrustStore: a file by which Java trusts a certificate, in the format JKS, which every Java
// reads. A pure function.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace mockduit {

// `certificate` is as DER has it. The file's password is Java's default, "changeit"; it keeps no
// secret, for none is in the file.
std::string JavaTrustStore(std::string_view certificate, Time made);

}  // namespace mockduit
