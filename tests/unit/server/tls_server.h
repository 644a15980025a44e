// TlsServer: an https server on a free port of 127.0.0.1, whose certificate is made for the test.
// Answers POST and GET of any path with 200 and keeps what it was sent.
#pragma once

#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mockduit {

// A certificate with its key. `names` is an OpenSSL list such as "DNS:localhost,IP:127.0.0.1".
class TestCertificate {
 public:
  struct Options {
    std::string names = "DNS:localhost,IP:127.0.0.1";
    int begins_in_days = -1;
    int ends_in_days = 1;
    bool authority = false;
    const TestCertificate* issuer = nullptr;  // nullptr: signed by itself
  };

  explicit TestCertificate(const Options& options)
      : key_(EVP_EC_gen("P-256"), &EVP_PKEY_free), x509_(X509_new(), &X509_free) {
    X509* x509 = x509_.get();
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), ++serial_);
    X509_time_adj_ex(X509_getm_notBefore(x509), options.begins_in_days, 0, nullptr);
    X509_time_adj_ex(X509_getm_notAfter(x509), options.ends_in_days, 0, nullptr);
    X509_set_pubkey(x509, key_.get());
    const std::string name = "made for a test, " + std::to_string(serial_);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    const TestCertificate& issuer = options.issuer != nullptr ? *options.issuer : *this;
    X509_set_issuer_name(x509, X509_get_subject_name(issuer.x509_.get()));
    Extend(NID_basic_constraints, options.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!options.authority) Extend(NID_subject_alt_name, options.names);
    X509_sign(x509, issuer.key_.get(), EVP_sha256());
  }

  X509* x509() const { return x509_.get(); }
  EVP_PKEY* key() const { return key_.get(); }
  // In PEM form.
  std::string Text() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(bio.get(), x509_.get());
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
  }

 private:
  void Extend(int id, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str());
    X509_add_ext(x509_.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }

  static inline int serial_ = 0;
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::unique_ptr<X509, decltype(&X509_free)> x509_;
};

class TlsServer {
 public:
  explicit TlsServer(const TestCertificate& certificate)
      : server_(certificate.x509(), certificate.key()) {
    SSL_CTX_set_tlsext_servername_callback(server_.ssl_context(), &TlsServer::KeepName);
    SSL_CTX_set_tlsext_servername_arg(server_.ssl_context(), this);
    const auto answer = [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request.method + " " + request.path + " " + request.body);
      response.status = 200;
    };
    server_.Get(".*", answer);
    server_.Post(".*", answer);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~TlsServer() {
    server_.stop();
    thread_.join();
  }

  std::string Url(const std::string& host = "127.0.0.1") const {
    return "https://" + host + ":" + std::to_string(port_);
  }
  // "POST /hook {}", for each request that has come.
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  // By which name the last client has asked for it.
  std::string name() {
    const std::lock_guard lock(mutex_);
    return name_;
  }

 private:
  static int KeepName(SSL* connection, int* /*alert*/, void* server) {
    auto& self = *static_cast<TlsServer*>(server);
    const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
    const std::lock_guard lock(self.mutex_);
    self.name_ = name != nullptr ? name : "";
    return SSL_TLSEXT_ERR_OK;
  }

  httplib::SSLServer server_;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::string name_;
  std::thread thread_;
};

}  // namespace mockduit
