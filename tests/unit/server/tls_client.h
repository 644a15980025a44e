// TlsClient: a client of TLS for the tests of the door: what it offers, trusts and asks for is up
// to the test. Blocks; waits for 20 seconds at most.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/file_descriptor.h"

namespace mockduit {

class TlsClient {
 public:
  struct Options {
    std::string trusted;  // PEM
    std::string tunnel;   // of a CONNECT before it: "host:443"
    std::string server_name = "localhost";
    std::vector<std::string> protocols;
    int newest_version = 0;  // 0: what OpenSSL has
  };

  TlsClient(int port, const Options& options)
      : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free), ssl_(nullptr, &SSL_free) {
    Trust(options.trusted);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_security_level(context_.get(), 0);  // which would refuse old versions itself
    SSL_CTX_set_max_proto_version(context_.get(), options.newest_version);
    ssl_.reset(SSL_new(context_.get()));
    Connect(port);
    if (!options.tunnel.empty()) OpenTunnel(options.tunnel);
    SSL_set_fd(ssl_.get(), socket_.get());
    if (!options.server_name.empty()) {
      SSL_set_tlsext_host_name(ssl_.get(), options.server_name.c_str());
      // Certificates have names without the root's dot, and addresses elsewhere.
      std::string name = options.server_name;
      if (name.ends_with('.')) name.pop_back();
      if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), name.c_str()) != 1) {
        SSL_set1_host(ssl_.get(), name.c_str());
      }
    }
    std::string offered;
    for (const std::string& protocol : options.protocols) {
      offered += static_cast<char>(protocol.size());
      offered += protocol;
    }
    if (!offered.empty()) {
      SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(offered.data()),
                          static_cast<unsigned>(offered.size()));
    }
    if (SSL_connect(ssl_.get()) != 1) {
      const char* reason = ERR_reason_error_string(ERR_get_error());
      problem_ = reason != nullptr ? reason : "the connection ended";
    }
    ERR_clear_error();
  }

  // Why there is no connection; "" where there is one.
  const std::string& problem() const { return problem_; }
  // The names of the server's certificate, without its addresses.
  std::vector<std::string> certificate_names() const {
    std::vector<std::string> names;
    const std::unique_ptr<X509, decltype(&X509_free)> x509(SSL_get1_peer_certificate(ssl_.get()),
                                                           &X509_free);
    auto* all = static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(x509.get(), NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
      const GENERAL_NAME* name = sk_GENERAL_NAME_value(all, i);
      if (name->type != GEN_DNS) continue;
      names.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                         static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    }
    GENERAL_NAMES_free(all);
    return names;
  }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }

  void Send(std::string_view bytes) {
    SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
  }
  // The body of the answer, by Content-Length.
  std::string Ask(std::string_view bytes) {
    Send(bytes);
    const std::string head = ReadHead();
    const std::size_t length = head.find("Content-Length: ");
    if (length == std::string::npos) return "";
    const std::size_t size = std::strtoul(&head[length + 16], nullptr, 10);
    while (received_.size() < size && Receive()) continue;
    const std::string body = received_.substr(0, size);
    received_.erase(0, size);
    return body;
  }
  std::string ReadHead() {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!Receive()) return "";
    }
    const std::string head = received_.substr(0, end + 4);
    received_.erase(0, end + 4);
    return head;
  }
  std::string ReadToTheEnd() {
    while (Receive()) continue;
    return received_;
  }
  // Waits for the server to say in TLS that nothing follows.
  bool SeesACleanEnd() {
    char byte = 0;
    const int size = SSL_read(ssl_.get(), &byte, 1);
    return SSL_get_error(ssl_.get(), size) == SSL_ERROR_ZERO_RETURN;
  }
  // Whether the server takes part in a second handshake of TLS 1.2.
  bool Renegotiate() {
    SSL_renegotiate(ssl_.get());
    return SSL_do_handshake(ssl_.get()) == 1 && !SSL_renegotiate_pending(ssl_.get()) &&
           !Ask("GET / HTTP/1.1\r\nHost: t\r\n\r\n").empty();
  }

 private:
  void Trust(const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> text(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    X509* x509 = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), x509);
    X509_free(x509);
  }
  void Connect(int port) {
    socket_ = FileDescriptor(socket(AF_INET, SOCK_STREAM, 0));
    const timeval patience{20, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  void OpenTunnel(const std::string& target) {
    const std::string head = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
    send(socket_.get(), head.data(), head.size(), MSG_NOSIGNAL);
    std::string answer;
    char byte = 0;
    while (!answer.ends_with("\r\n\r\n") && recv(socket_.get(), &byte, 1, 0) == 1) answer += byte;
  }
  bool Receive() {
    char bytes[16384];
    const int size = SSL_read(ssl_.get(), bytes, sizeof bytes);
    if (size > 0) received_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  FileDescriptor socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  std::string problem_;
  std::string received_;
};

}  // namespace mockduit
