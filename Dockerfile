# The image is the binary with the libraries it links: no shell, no package manager, not root.
FROM debian:bookworm-slim AS build
# Where the tree stands meanwhile. The cache below knows it by the place in which it was made.
ARG SOURCE=/source
WORKDIR $SOURCE
COPY dev ./
RUN ./dev setup build
COPY . .
# What was compiled already, where the tree brings it: CCACHE_DIR=build/ccache ./dev build
ENV CCACHE_DIR=$SOURCE/build/ccache
RUN ./dev build release && scripts/image-root build/release/mockduit /image

FROM scratch
COPY --from=build /image /
USER 65534:65534
ENV PATH=/usr/local/bin MOCKDUIT_HOST=0.0.0.0 SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --retries=3 CMD ["mockduit", "health"]
ENTRYPOINT ["mockduit"]
CMD ["serve"]
