#!/usr/bin/env bash
# Print DATABASE_URL and REDIS_URL of a PostgreSQL and a Redis for the tests: what answers on this
# machine, else servers started in the folder $1, their programs installed first where need be.
# Stop what it started with: tools/services.sh --stop FOLDER
set -euo pipefail
port=${TEST_POSTGRES_PORT:-54329}
redis_port=${TEST_REDIS_PORT:-63799}

as_postgres() { # initdb and the server refuse to run as root
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    else
        "$@"
    fi
}

postgres_bin() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
    if [ -n "$found" ]; then echo "$found"; else dirname "$(command -v initdb)"; fi
}

install() {
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || {
        echo "Install $* (or run this as root on Debian) so that these tests can run." >&2
        exit 1
    }
    echo "Installing $* ..." >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"; } >&2
}

if [ "$1" = --stop ]; then
    folder=$2
    if [ -f "$folder/postgres/postmaster.pid" ]; then
        as_postgres "$(postgres_bin)/pg_ctl" --pgdata "$folder/postgres" --mode immediate stop >/dev/null
    fi
    if [ -f "$folder/redis.pid" ]; then kill "$(cat "$folder/redis.pid")"; fi
    rm -rf "$folder"
    exit 0
fi

folder=$1
mkdir -p "$folder"
answers() { .venv/bin/python -c "
import sys, psycopg
try:
    psycopg.connect(sys.argv[1], connect_timeout=3).close()
except psycopg.OperationalError:
    sys.exit(1)
" "$1"; }
redis_answers() { .venv/bin/python -c "
import sys, redis
try:
    redis.from_url(sys.argv[1], socket_connect_timeout=3).ping()
except redis.RedisError:
    sys.exit(1)
" "$1"; }

database=postgres://postgres@127.0.0.1:5432/postgres
if ! answers "$database"; then
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || install postgresql
    bin=$(postgres_bin)
    if [ "$(id -u)" = 0 ]; then
        chown postgres "$folder"
        chmod 711 "$folder"
    fi
    as_postgres "$bin/initdb" --pgdata "$folder/postgres" --auth trust --username postgres --encoding UTF8 --no-sync >/dev/null
    as_postgres "$bin/pg_ctl" --pgdata "$folder/postgres" --wait --log "$folder/postgres.log" \
        --options "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off" start >/dev/null
    database=postgres://postgres@127.0.0.1:$port/postgres
fi

cache=redis://127.0.0.1:6379/9
if ! redis_answers "$cache"; then
    command -v redis-server >/dev/null || install redis-server
    redis-server --daemonize yes --bind 127.0.0.1 --port "$redis_port" --save "" --appendonly no \
        --dir "$folder" --pidfile "$folder/redis.pid" >&2
    cache=redis://127.0.0.1:$redis_port/0
    until redis_answers "$cache"; do :; done
fi
echo "DATABASE_URL=$database"
echo "REDIS_URL=$cache"
