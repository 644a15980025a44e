// WireStream: the bytes of one connected socket, in and out, with deadlines, as they are or within
// TLS. Used by the connection and its request reader. Knows nothing of HTTP; never raises SIGPIPE.
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "server/file_descriptor.h"
#include "server/tls/tls_channel.h"

namespace mockduit {

using Deadline = std::chrono::steady_clock::time_point;

// At most a century from now, which no clock overflows.
inline Deadline DeadlineIn(std::chrono::microseconds time) {
  constexpr std::chrono::microseconds kCentury = std::chrono::years(100);
  return std::chrono::steady_clock::now() + std::min(time, kCentury);
}

class WireStream {
 public:
  enum class Status { kOk, kGone, kLate };  // kGone: the other side has closed, reset or failed
  enum class Wake { kTime, kStop, kGone };  // what has ended a pause

  // How the other side takes its leave. Whoever has closed looks like one who has finished sending
  // and still reads, until something is sent to it: that is answered with a reset.
  enum class Leave { kReset, kFinish };

  // Takes a connected, blocking TCP socket.
  explicit WireStream(FileDescriptor socket);

  // What has come and was not consumed yet. Valid until the next Fill.
  std::string_view buffered() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void Consume(std::size_t bytes) { begin_ += bytes; }

  // Speaks TLS from now on, of which the first bytes have come already. kGone: the handshake
  // failed, and channel()->problem() says why.
  Status BeginTls(std::unique_ptr<TlsChannel> channel, Deadline deadline);
  // nullptr: the bytes go as they are.
  const TlsChannel* channel() const { return channel_.get(); }
  // The address of this machine that the other side has called: "127.0.0.1"; "" when unknown.
  std::string OwnAddress() const;

  // When the bytes that came last arrived at this machine, which may be before they were read.
  Time last_arrival() const { return last_arrival_; }
  // When something was last about to be sent: whoever has got it got it after that.
  Time last_departure() const { return last_departure_; }
  // When something last came from the other side, be it only its end: by what the system knows.
  Time LastHeardOf() const;

  const FileDescriptor& socket() const { return socket_; }

  // Takes what has come, without waiting. kLate: nothing has, and all that had was read.
  Status FillNow();
  // False where all was read that had come when it was last looked; and that may be long ago.
  bool may_have_more() const { return may_have_more_; }
  void LookAgain() { may_have_more_ = true; }
  // Waits for more bytes until the deadline.
  Status Fill(Deadline deadline);

  // Sends all of it, in one call to the system where the socket takes it.
  Status Write(std::string_view bytes, Deadline deadline);

  // Waits and leaves what comes where it is: until the deadline, or until `stop` is readable, or
  // until the other side has left, where kFinish takes a reset as well.
  Wake Pause(Deadline deadline, const FileDescriptor& stop, Leave leave) const;
  // Whether the other side has finished sending.
  bool Finished() const;

  // Says that nothing follows, then reads and drops what still comes, until the client has closed
  // too. Closing at once would answer late bytes with a reset, and a reset takes the last answer
  // out of the client's hands (RFC 9112, section 9.6).
  void Linger(Deadline deadline);

  // Drops what has come, without waiting. False once the other side has closed.
  bool Drain();

  // Makes the end of the stream a reset, which takes what is still under way along.
  void ResetInTheEnd();

  // From any thread: no more bytes come in, and Fill says kGone; or none in or out.
  void ShutDownReading();
  void ShutDownWriting();
  void ShutDown();

 private:
  void MakeRoom();
  void Append(std::string_view bytes);
  ssize_t ReceiveRaw(void* buffer, std::size_t size, int flags);
  Status Receive(int flags);
  Status ReceiveSealed(int flags);
  Status WriteRaw(std::string_view bytes, Deadline deadline);

  FileDescriptor socket_;
  std::unique_ptr<TlsChannel> channel_;  // nullptr: no TLS
  std::vector<char> buffer_;             // grows from 4 KiB, so that idle connections stay cheap
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool may_have_more_ = true;
  Time last_arrival_{};
  Time last_departure_{};
};

}  // namespace mockduit
