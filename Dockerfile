# Lodge in a container. tests/containers/run builds it and runs docker-compose.yml with it.

FROM docker.io/library/rust:1.95-slim-bookworm AS build
WORKDIR /lodge
COPY . .
# The image's compiler for C builds SQLite and the cryptography; nothing else is needed. What was downloaded and compiled stays
# on the machine for the next image, which then compiles Lodge alone. Cargo goes by the time of a file, and an older edition's
# files are older than what was compiled from a newer one's: so every file is new.
RUN --mount=type=cache,id=lodge-crates,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,id=lodge-target,target=/lodge/target,sharing=locked \
    find . -path ./target -prune -o -type f -exec touch {} + \
    && cargo build --release --locked --package lodge \
    && install target/release/lodge /usr/local/bin/lodge

FROM docker.io/library/debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*
# 991 is the user that Synapse's image runs as. The registration is readable by its owner alone, and both must read it.
RUN groupadd --gid 991 lodge \
    && useradd --uid 991 --gid lodge --no-create-home --shell /usr/sbin/nologin lodge \
    && install --directory --owner lodge --group lodge --mode 0700 /var/lib/lodge /keys /registration /mirror /exports
# The counselling service runs as another user, on directories of its own. Synapse enters that of its registration.
RUN groupadd --gid 10002 lodge-counsel \
    && useradd --uid 10002 --gid lodge-counsel --no-create-home --shell /usr/sbin/nologin lodge-counsel \
    && install --directory --owner lodge-counsel --group lodge-counsel --mode 0700 /var/lib/lodge-counsel /counsel-keys \
    && install --directory --owner lodge-counsel --group lodge --mode 0750 /counsel-registration
COPY --from=build /usr/local/bin/lodge /usr/local/bin/lodge
USER lodge
WORKDIR /var/lib/lodge
# Each directory above is given a volume by docker-compose.yml. None is declared here: an engine would make unnamed ones for
# those that a service is not given, and unnamed volumes are easily lost.
#
# The demonstration starts a homeserver of its own from Python and is not meant for this image.
ENTRYPOINT ["lodge"]
CMD ["run", "--config", "/etc/lodge/lodge.toml"]
