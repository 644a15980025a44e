#include <algorithm>

#include "server/faults/faults.h"

namespace mockduit {
namespace {

// Always short of the whole.
std::string_view FirstPart(std::string_view body, std::size_t bytes) {
  if (bytes == 0 || body.empty()) return body.substr(0, body.size() / 2);
  return body.substr(0, std::min(bytes, body.size() - 1));
}

}  // namespace

Fate SendTruncated(const Outgoing& outgoing) {
  std::string out = UnfinishedHead(outgoing);
  const Response& response = outgoing.response;
  if (outgoing.has_body()) out.append(FirstPart(response.body, response.delivery.bytes));
  return outgoing.Write(out) ? Fate::kEnds : Fate::kLeft;
}

}  // namespace mockduit
