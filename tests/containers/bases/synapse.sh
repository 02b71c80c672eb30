# `generate` and `run`, as the start script of Synapse's image has them: as user 991, with the configuration in /data.
set -eu
mode=$1
shift
as_synapse() {
    exec setpriv --reuid=991 --regid=991 --clear-groups "$@"
}
case $mode in
generate)
    chown 991:991 /data
    cat > "/data/$SYNAPSE_SERVER_NAME.log.config" <<'LOG'
version: 1
handlers: { console: { class: logging.StreamHandler } }
root: { level: INFO, handlers: [console] }
LOG
    as_synapse python -m synapse.app.homeserver --server-name "$SYNAPSE_SERVER_NAME" \
        --report-stats "$SYNAPSE_REPORT_STATS" --config-path /data/homeserver.yaml --config-directory /data \
        --data-directory /data --generate-config --open-private-ports
    ;;
run)
    as_synapse python -m synapse.app.homeserver "$@"
    ;;
*)
    echo "unknown execution mode: $mode" >&2
    exit 2
    ;;
esac
