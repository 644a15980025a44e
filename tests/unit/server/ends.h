// Ends: the two ends of a connection, without a network.
#pragma once

#include <sys/socket.h>

#include "server/file_descriptor.h"

namespace mockduit {

struct Ends {
  Ends() {
    int ends[2] = {-1, -1};
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    near = FileDescriptor(ends[0]);
    far = FileDescriptor(ends[1]);
  }
  FileDescriptor near;
  FileDescriptor far;
};

}  // namespace mockduit
