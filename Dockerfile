# Lodge in a container. It was written without a container engine at hand: docker-compose.yml says what was tried instead.

FROM docker.io/library/rust:1.95-slim-bookworm AS build
WORKDIR /lodge
COPY . .
# The image's compiler for C builds SQLite and the cryptography; nothing else is needed.
RUN cargo build --release --locked --package lodge

FROM docker.io/library/debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*
# 991 is the user that Synapse's image runs as. The registration is readable by its owner alone, and both must read it.
RUN groupadd --gid 991 lodge \
    && useradd --uid 991 --gid lodge --no-create-home --shell /usr/sbin/nologin lodge \
    && install --directory --owner lodge --group lodge --mode 0700 /var/lib/lodge /keys /registration
# The counselling service runs as another user, on directories of its own.
RUN groupadd --gid 10002 lodge-counsel \
    && useradd --uid 10002 --gid lodge-counsel --no-create-home --shell /usr/sbin/nologin lodge-counsel \
    && install --directory --owner lodge-counsel --group lodge-counsel --mode 0700 /var/lib/lodge-counsel /counsel-keys \
    && install --directory --owner lodge-counsel --group lodge-counsel --mode 0711 /counsel-registration
COPY --from=build /lodge/target/release/lodge /usr/local/bin/lodge
USER lodge
WORKDIR /var/lib/lodge
VOLUME ["/var/lib/lodge", "/keys", "/registration"]
# The demonstration starts a homeserver of its own from Python and is not meant for this image.
ENTRYPOINT ["lodge"]
CMD ["run", "--config", "/etc/lodge/lodge.toml"]
