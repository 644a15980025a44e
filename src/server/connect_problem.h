// Why a server cannot be connected to, in the system's words: the library that asks servers keeps
// only that it cannot. Used by HttpClient once a connection has failed.
#pragma once

#include <chrono>
#include <string>

namespace mockduit {

// Tries to connect once more to the IP address, and gives the reason why that fails: "Connection
// refused". "" where it does not fail within `patience`, or where the address is none.
std::string ConnectProblem(const std::string& address, int port,
                           std::chrono::milliseconds patience);

}  // namespace mockduit
