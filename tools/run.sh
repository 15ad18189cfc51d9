#!/usr/bin/env bash
# tools/run.sh [OPTION..]: from whatever there is to a running demo; options go to `gigsta serve`.
# With RELEASE=1 it is the optimised server, which takes longer to build.
. "$(dirname "$0")/lib.sh"
if [ -n "${RELEASE:-}" ]; then kind=release built=release; else kind=run built=debug; fi
tools/setup.sh rust bindgen node mongod
tools/build.sh $kind

# setup may just have brought the mongod that the server starts and stops.
. tools/env.sh
export GIGSTA_DEMO=${GIGSTA_DEMO-1} LEPTOS_SITE_ROOT=$TARGET/site
# In place of this shell, so that Ctrl-C and kill reach the server itself, which stops its database before it goes.
exec "$TARGET/$built/gigsta" serve "$@"
