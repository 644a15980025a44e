// TrustFolder: what the clients of an intercepted command need to trust the server, as files in a
// folder of their own, which goes with it; what a process left that was killed, the next one takes
// away. Used by `exec --intercept`.
#pragma once

#include <memory>
#include <string>

#include "app/client_variables.h"
#include "base/files.h"
#include "base/result.h"
#include "contract/catalog.h"

namespace mockduit {

class TrustFolder {
 public:
  // `authority` is a certificate in PEM form, `url` the server's own.
  static Result<TrustFolder> Make(const std::string& authority, const std::string& url);
  TrustFolder(TrustFolder&& other) noexcept;
  TrustFolder& operator=(TrustFolder&&) = delete;
  ~TrustFolder();

  const TrustFiles& files() const { return files_; }

 private:
  explicit TrustFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;  // "" once it was moved from
  TrustFiles files_;
  std::unique_ptr<Files::Lock> lock_;  // tells others that the folder is in use
};

}  // namespace mockduit
