// Listener: a socket that takes connections. Opened and used by the HTTP server. Never blocks: who
// accepts from it, polls first.
#pragma once

#include <string>

#include "base/result.h"
#include "server/file_descriptor.h"

namespace mockduit {

struct Listener {
  FileDescriptor socket;
  int port = 0;  // the real one, where 0 was asked for
};

// host is a name or an IPv4 or IPv6 address; port 0 is any free one.
Result<Listener> OpenListener(const std::string& host, int port);

}  // namespace mockduit
