#include "server/http_client.h"

#include <httplib.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <utility>

#include "base/text.h"
#include "http/uri.h"

#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#error "cpp-httplib must be compiled with OpenSSL, or webhooks cannot be called over https"
#endif

namespace mockduit {
namespace {

using X509StorePointer = std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)>;

httplib::Request ToLibrary(const std::string& method, std::string path, const Headers& headers,
                           const std::string& body) {
  httplib::Request request;
  request.method = method;
  request.path = std::move(path);
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
    default: return "its certificate is not valid (OpenSSL's error " + std::to_string(code) + ")";
  }
}

std::string Reason(httplib::Error error, std::int64_t certificate, const std::string& host) {
  switch (error) {
    case httplib::Error::Connection: return "it cannot be connected to";
    case httplib::Error::ConnectionTimeout: return "it did not accept the connection in time";
    case httplib::Error::Read: return "it did not answer in time, or closed the connection";
    case httplib::Error::Write: return "it closed the connection while the request was sent";
    case httplib::Error::SSLConnection: return "the TLS handshake failed";
    case httplib::Error::SSLServerVerification: return CertificateProblem(certificate, host);
    default: return "the request failed (" + httplib::to_string(error) + ")";
  }
}

// OpenSSL itself holds the certificate against the host, by the rules of RFC 6125 and for addresses
// too; cpp-httplib's own look at the names comes on top.
void ExpectHost(SSL_CTX* context, const std::string& host) {
  X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(context);
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

struct HttpClient::Authorities {
  X509StorePointer store{nullptr, &X509_STORE_free};
};

HttpClient::HttpClient(std::shared_ptr<const Authorities> authorities)
    : authorities_(std::move(authorities)) {}

Result<HttpClient> HttpClient::Make(const std::string& authorities) {
  auto known = std::make_shared<Authorities>();
  known->store.reset(X509_STORE_new());
  if (!authorities.empty() && !AddCertificates(authorities, known->store.get())) {
    return Fail("no certificate in PEM form, with lines '-----BEGIN CERTIFICATE-----', is in it");
  }
  // Where the system has none, only the given ones count.
  X509_STORE_set_default_paths(known->store.get());
  return HttpClient(std::move(known));
}

Result<Response> HttpClient::Send(const std::string& method, const std::string& url,
                                  const Headers& headers, const std::string& body,
                                  std::chrono::milliseconds timeout) const {
  const auto address = ParseUrl(url);
  if (!address) return Fail(url + " is not an http or https URL");
  const std::string origin = LowerCase(address->Origin());  // cpp-httplib compares letter by letter
  std::string path = address->target.starts_with('/') ? "" : "/";
  path += address->target;
  try {
    httplib::Client client(origin);
    if (!client.is_valid()) return Fail(ErrorKind::kIo, origin + " cannot be called");
    client.set_connection_timeout(timeout);
    client.set_read_timeout(timeout);
    client.set_write_timeout(timeout);
    client.set_tcp_nodelay(true);
    const std::string host = LowerCase(WithoutBrackets(address->authority.host));
    if (SSL_CTX* context = client.ssl_context()) {
      X509_STORE* store = authorities_->store.get();
      X509_STORE_up_ref(store);  // the client takes it over
      client.set_ca_cert_store(store);
      ExpectHost(context, host);
    }
    httplib::Result result = client.send(ToLibrary(method, std::move(path), headers, body));
    if (result) return FromLibrary(std::move(*result));
    return Fail(ErrorKind::kIo,
                "no answer from " + origin + ": " +
                    Reason(result.error(), client.get_openssl_verify_result(), host));
  } catch (const std::exception& error) {
    return Fail(ErrorKind::kIo, "no answer from " + url + ": " + error.what());
  }
}

}  // namespace mockduit
