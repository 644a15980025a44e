#include "app/tls.h"

#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "base/file.h"

namespace mockduit {
namespace {

std::unexpected<Error> Of(const char* option, const Error& error) {
  return std::unexpected(Error{std::string(option) + ": " + error.message, error.kind});
}

Result<std::unique_ptr<TlsAcceptor>> WithUsersCertificate(const ServeOptions& options,
                                                          const Files& files) {
  if (options.tls_cert.empty()) return Fail("--tls-key needs --tls-cert, the certificate of it");
  if (options.tls_key.empty()) return Fail("--tls-cert needs --tls-key, the key of it");
  if (!options.tls_ca.empty()) return Fail(std::string("--tls-cert excludes --tls-ca"));
  const auto chain = ReadFile(options.tls_cert, files);
  if (!chain) return Of("--tls-cert", chain.error());
  const auto key = ReadFile(options.tls_key, files);
  if (!key) return Of("--tls-key", key.error());
  auto tls = TlsAcceptor::WithCertificate(chain->text, key->text);
  if (!tls) return Of(("--tls-cert " + options.tls_cert).c_str(), tls.error());
  return tls;
}

// Held while an authority is looked for and made: servers that start at once would make several.
// nullptr where nothing may be made there, so that nobody else does.
Result<std::unique_ptr<Files::Lock>> LockFolder(const std::string& folder, const Files& files) {
  constexpr std::chrono::milliseconds kPause(10);
  constexpr int kLooks = 1000;
  for (int look = 0; look < kLooks; ++look) {
    auto lock = files.MakeLock(folder + "/lock", std::to_string(getpid()) + "\n");
    if (lock) return std::move(*lock);
    if (lock.error() != std::errc::resource_unavailable_try_again) return nullptr;
    std::this_thread::sleep_for(kPause);
  }
  return Fail(ErrorKind::kIo, folder + "/lock is held by another process");
}

// What was not there is there after it.
Result<Certificate> KeptAuthority(const std::string& folder, const Files& files) {
  const std::string path = folder + "/ca.pem";
  const std::string key_path = folder + "/ca-key.pem";
  if (const auto made = files.MakeFolder(folder); !made) return CannotWrite(folder, made.error());
  const auto lock = LockFolder(folder, files);
  if (!lock) return std::unexpected(lock.error());
  if (!FileExists(path, files) && !FileExists(key_path, files)) {
    auto authority = MakeAuthority();
    if (!authority) return authority;
    const auto key = files.WriteForGood(key_path, authority->KeyText());
    if (!key) return CannotWrite(key_path, key.error());
    const auto written = WriteFile(path, authority->Text(), files);
    if (!written) return std::unexpected(written.error());
    return authority;
  }
  const auto text = ReadFile(path, files);
  if (!text) return std::unexpected(text.error());
  const auto key = ReadFile(key_path, files);
  if (!key) return std::unexpected(key.error());
  auto authority = ReadCertificate(text->text, key->text);
  if (!authority) return Fail(path + ": " + authority.error().message);
  if (!IsAuthority(*authority)) {
    return Fail(path +
                ": this certificate may sign no others, or its time is over; remove it and " +
                key_path + ", and new ones are made");
  }
  return authority;
}

}  // namespace

Result<std::unique_ptr<TlsAcceptor>> MakeTls(const ServeOptions& options, const Files& files) {
  if (!options.speaks_tls()) return nullptr;
  if (!options.tls_cert.empty() || !options.tls_key.empty()) {
    return WithUsersCertificate(options, files);
  }
  auto authority = options.tls_ca.empty() ? MakeAuthority() : KeptAuthority(options.tls_ca, files);
  if (!authority) return Of("--tls-ca", authority.error());
  return TlsAcceptor::WithAuthority(std::move(*authority));
}

}  // namespace mockduit
