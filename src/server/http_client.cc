#include "server/http_client.h"

#include <httplib.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "base/stop.h"
#include "base/text.h"
#include "http/uri.h"
#include "server/connect_problem.h"
#include "server/crew.h"

#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#error "cpp-httplib must be compiled with OpenSSL, or webhooks cannot be called over https"
#endif

namespace mockduit {
namespace {

constexpr std::chrono::milliseconds kWhyPatience{200};

using X509StorePointer = std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)>;

httplib::Request ToLibrary(const std::string& method, const Url& url, const Headers& headers,
                           const std::string& body) {
  httplib::Request request;
  request.method = method;
  request.path = (url.target.starts_with('/') ? "" : "/") + std::string(url.target);
  const std::string_view port = url.authority.port;
  request.headers.emplace(
      "Host", LowerCase(url.authority.host) + (port.empty() ? "" : ":" + std::string(port)));
  for (const auto& [name, value] : headers.fields()) request.headers.emplace(name, value);
  request.body = body;
  return request;
}

Response FromLibrary(httplib::Response&& answer) {
  Response response;
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) response.headers.Add(name, value);
  response.body = std::move(answer.body);
  return response;
}

// What is wrong with a certificate, by the code of OpenSSL's verification.
std::string CertificateProblem(std::int64_t code, const std::string& host) {
  switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return "its certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID: return "its certificate is not valid yet";
    case X509_V_OK:  // but cpp-httplib has found none of its names good
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return "its certificate is not for " + host;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "its certificate is from an unknown authority";
    case X509_V_ERR_INVALID_PURPOSE: return "its certificate is not one for servers";
    case X509_V_ERR_INVALID_CA: return "its certificate is from one that may issue none";
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK: return "a key or a digest of its certificates is too weak";
    case X509_V_ERR_CERT_REVOKED: return "its certificate is revoked";
    default: return "its certificate is not valid (OpenSSL's error " + std::to_string(code) + ")";
  }
}

std::string Reason(httplib::Error error, std::int64_t certificate, const std::string& host) {
  switch (error) {
    case httplib::Error::Connection: return "it cannot be connected to";
    case httplib::Error::ConnectionTimeout: return "it did not accept the connection in time";
    case httplib::Error::Canceled:
    case httplib::Error::Read: return "it did not answer in time, or closed the connection";
    case httplib::Error::Write: return "it closed the connection while the request was sent";
    case httplib::Error::SSLConnection: return "the TLS handshake failed";
    case httplib::Error::SSLServerVerification: return CertificateProblem(certificate, host);
    default: return "the request failed (" + httplib::to_string(error) + ")";
  }
}

// OpenSSL itself holds the certificate against the host, by the rules of RFC 9525 and for addresses
// too: a subject's common name is none. cpp-httplib's own look at the names comes on top.
void ExpectHost(SSL_CTX* context, const std::string& host) {
  X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1) return;
  X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
}

// False when the text has no certificate.
bool AddCertificates(const std::string& pem, X509_STORE* store) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  bool any = false;
  while (X509* certificate = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) {
    any = X509_STORE_add_cert(store, certificate) == 1 || any;
    X509_free(certificate);
  }
  ERR_clear_error();  // the end of the text counts as an error
  return any;
}

}  // namespace

// Those that were given, and from the first question over https on the system's, too: to read them
// takes longer than all else that a server does at its start.
struct HttpClient::Authorities {
  X509_STORE* Store() const {
    // Where the system has none, only the given ones count.
    std::call_once(once, [&] { X509_STORE_set_default_paths(store.get()); });
    return store.get();
  }

  X509StorePointer store{nullptr, &X509_STORE_free};
  mutable std::once_flag once;
};

HttpClient::HttpClient(std::shared_ptr<const Authorities> authorities, Resolver resolver)
    : authorities_(std::move(authorities)), resolver_(std::move(resolver)) {}

Result<std::vector<std::string>> HttpClient::AskSystem(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(name.c_str(), nullptr, &hints, &found);
  if (failed != 0) {
    const std::string why =
        failed == EAI_SYSTEM ? std::generic_category().message(errno) : gai_strerror(failed);
    return Fail(ErrorKind::kIo, "its address is not known: " + why);
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0,
                    NI_NUMERICHOST) == 0) {
      addresses.emplace_back(text.data());
    }
  }
  return addresses;
}

// "localhost" and names below it are this machine, whoever is asked (RFC 6761, section 6.3), also
// where there is nobody to ask.
Result<std::vector<std::string>> HttpClient::Resolve(const std::string& host) const {
  if (host == "localhost" || host.ends_with(".localhost")) {
    return std::vector<std::string>{"127.0.0.1", "::1"};
  }
  return resolver_(host);
}

Result<HttpClient> HttpClient::Make(const std::string& authorities, Resolver resolver) {
  auto known = std::make_shared<Authorities>();
  known->store.reset(X509_STORE_new());
  if (!authorities.empty() && !AddCertificates(authorities, known->store.get())) {
    return Fail("no certificate in PEM form, with lines '-----BEGIN CERTIFICATE-----', is in it");
  }
  return HttpClient(std::move(known), std::move(resolver));
}

// One question to one address.
class HttpClient::Question {
 public:
  Question(const Url& url, const Authorities& authorities, std::chrono::milliseconds timeout)
      : host_(LowerCase(WithoutBrackets(url.authority.host))), timeout_(timeout) {
    // The library's own reading of URLs is not asked: it differs from ParseUrl.
    if (url.secure()) {
      auto client = std::make_unique<httplib::SSLClient>(host_, url.port());
      X509_STORE* store = authorities.Store();
      X509_STORE_up_ref(store);  // the client takes it over
      client->set_ca_cert_store(store);
      ExpectHost(client->ssl_context(), host_);
      secure_ = client.get();
      client_ = std::move(client);
    } else {
      client_ = std::make_unique<httplib::ClientImpl>(host_, url.port());
    }
    client_->set_connection_timeout(timeout);
    client_->set_read_timeout(timeout);
    client_->set_write_timeout(timeout);
    client_->set_tcp_nodelay(true);
  }

  // Ends without an answer when `stop` says so, or when it takes longer than the timeout.
  httplib::Result Ask(const std::string& address, httplib::Request request,
                      const std::stop_token& stop) {
    client_->set_hostname_addr_map({{host_, address}});
    body_.clear();
    request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t,
                                   std::uint64_t) {
      too_long_ = body_.size() + size > kMaxBody;
      if (!too_long_) body_.append(data, size);
      return !too_long_;
    };
    const std::stop_callback stopping(stop, [&] { client_->stop(); });
    const std::jthread patience([&](const std::stop_token& answered) {
      if (!StopsWithin(timeout_, answered)) client_->stop();
    });
    httplib::Result result = client_->send(request);
    if (result) result->body = std::move(body_);
    return result;
  }
  std::string WhyNot(httplib::Error error, const std::stop_token& stop) const {
    if (stop.stop_requested()) return "this server is stopping";
    if (too_long_) return "its answer is longer than " + std::to_string(kMaxBody) + " bytes";
    return Reason(error, secure_ != nullptr ? secure_->get_openssl_verify_result() : 0, host_);
  }
  const std::string& host() const { return host_; }

 private:
  std::string host_;
  std::chrono::milliseconds timeout_;
  std::string body_;       // of the answer, as far as it has come
  bool too_long_ = false;  // it was cut short
  std::unique_ptr<httplib::ClientImpl> client_;
  const httplib::SSLClient* secure_ = nullptr;  // the same, over https
};

Result<Response> HttpClient::Send(const std::string& method, const std::string& url,
                                  const Headers& headers, const std::string& body,
                                  std::chrono::milliseconds timeout,
                                  const AddressCheck& may_connect) const {
  const auto address = ParseUrl(url);
  if (!address) return Fail(url + " is not an http or https URL");
  const auto no_answer = [&](const std::string& why) {
    return Fail(ErrorKind::kIo, "no answer from " + LowerCase(address->Origin()) + ": " + why);
  };
  const Waiting waiting;
  try {
    Question question(*address, *authorities_, timeout);
    const auto places = Resolve(question.host());
    if (!places) return no_answer(places.error().message);
    for (const std::string& place : *places) {
      if (may_connect && !may_connect(place)) {
        return no_answer("it is at " + place + ", which may not be called");
      }
    }
    const httplib::Request request = ToLibrary(method, *address, headers, body);
    const std::stop_token stop = stop_.get_token();
    httplib::Error error = httplib::Error::Connection;
    for (const std::string& place : *places) {
      if (stop.stop_requested()) break;
      httplib::Result result = question.Ask(place, request, stop);
      if (result) return FromLibrary(std::move(*result));
      error = result.error();
      if (error != httplib::Error::Connection) break;  // then another one gets nothing
    }
    std::string why = question.WhyNot(error, stop);
    if (error == httplib::Error::Connection && !places->empty() && !stop.stop_requested()) {
      const std::string reason =
          ConnectProblem(places->back(), address->port(), std::min(timeout, kWhyPatience));
      if (!reason.empty()) why += ": " + reason;
    }
    return no_answer(why);
  } catch (const std::exception& error) {
    return no_answer(error.what());
  }
}

}  // namespace mockduit
