#include "base/inflate.h"

#include <zlib.h>

#include <array>
#include <limits>

namespace mockduit {
namespace {

constexpr int kWindow = 15;  // bits: the largest there is
constexpr int kGzipFrame = 16;

// A stream of zlib, which is ended with it.
class Stream {
 public:
  explicit Stream(int window) { ready_ = inflateInit2(&stream_, window) == Z_OK; }
  ~Stream() {
    if (ready_) inflateEnd(&stream_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Appends what the bytes were to `out`. Those behind the end begin another member.
  std::expected<void, InflateFault> Read(std::string_view bytes, std::size_t most,
                                         std::string& out) {
    constexpr auto kDamaged = std::unexpected(InflateFault::kDamaged);
    if (!ready_ || bytes.size() > std::numeric_limits<uInt>::max()) return kDamaged;
    // zlib's older interface takes no const, and changes nothing.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 16 * 1024> part;
    while (true) {
      stream_.next_out = reinterpret_cast<Bytef*>(part.data());
      stream_.avail_out = static_cast<uInt>(part.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      out.append(part.data(), part.size() - stream_.avail_out);
      if (out.size() > most) return std::unexpected(InflateFault::kTooLong);
      if (result == Z_STREAM_END) {
        if (stream_.avail_in == 0) return {};
        if (inflateReset(&stream_) != Z_OK) return kDamaged;
      } else if (result != Z_OK) {
        return kDamaged;
      }
    }
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

std::expected<std::string, InflateFault> ReadAs(int window, std::string_view bytes,
                                                std::size_t most) {
  std::string out;
  const auto read = Stream(window).Read(bytes, most, out);
  if (!read) return std::unexpected(read.error());
  return out;
}

}  // namespace

std::expected<std::string, InflateFault> Inflate(std::string_view bytes, Deflated format,
                                                 std::size_t most) {
  if (format == Deflated::kGzip) return ReadAs(kWindow + kGzipFrame, bytes, most);
  auto framed = ReadAs(kWindow, bytes, most);
  if (framed || framed.error() != InflateFault::kDamaged) return framed;
  return ReadAs(-kWindow, bytes, most);
}

}  // namespace mockduit
