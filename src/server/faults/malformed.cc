#include "server/faults/faults.h"

namespace mockduit {
namespace {

// After any half of a JSON text, be it in the middle of a string, this makes it none.
constexpr std::string_view kNoJson = "<!-- this is no JSON";

// Hexadecimal is what it would have to be (RFC 9112, section 7.1).
constexpr std::string_view kNoChunkSize = "zz\r\n";

Fate SendWhole(const Response& response, const Outgoing& outgoing) {
  std::string out;
  AppendResponse(response, outgoing.method, outgoing.connection, out);
  return outgoing.Write(out) ? Fate::kGoesOn : Fate::kLeft;
}

}  // namespace

Fate SendMalformedBody(const Outgoing& outgoing) {
  Response malformed = outgoing.response;
  malformed.body.resize(malformed.body.size() / 2);
  malformed.body.append(kNoJson);
  return SendWhole(malformed, outgoing);
}

// Where no body is allowed there is no chunk that could be malformed.
Fate SendMalformedChunk(const Outgoing& outgoing) {
  const Response& response = outgoing.response;
  if (!TakesBody(response, outgoing.method)) return SendWhole(response, outgoing);
  std::string out;
  AppendHead(response, BodyFraming::kChunked, outgoing.connection, out);
  out.append(kNoChunkSize).append(response.body, 0, response.body.size() / 2);
  return outgoing.Write(out) ? Fate::kEnds : Fate::kLeft;
}

}  // namespace mockduit
