#!/bin/sh
# Copied to the name `mongod` where there is Docker and no MongoDB. Takes mongod's own options; data and log lie in the
# same folder as they would without Docker, and the port is the same inside and out, as a replica set needs it.
image=mongo:8.0
if [ "$1" = --version ]; then
    echo "db version v8.0.0"
    exit
fi

dir="" port=27017 last="" left=$#
while [ "$left" -gt 0 ]; do
    arg=$1
    shift
    case $last in
    --dbpath) dir=$(dirname "$arg") ;;
    --port) port=$arg ;;
    --bind_ip) arg=0.0.0.0 ;; # inside the container; outside it is this machine alone, see below
    esac
    last=$arg left=$((left - 1))
    set -- "$@" "$arg"
done

# As the user, so that the files can be read and removed without Docker.
exec docker run --rm --init --user "$(id -u):$(id -g)" --publish "127.0.0.1:$port:$port" --volume "$dir:$dir" \
    --entrypoint mongod "$image" "$@"
