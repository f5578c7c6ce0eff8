#!/usr/bin/env bash
# The steps of environment/Dockerfile and .devcontainer, which environment/test_more.sh runs in a plain
# Debian 12: container.sh packages, as root; container.sh build, as anybody, in a copy of the project.
set -euo pipefail
here="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

case "${1:-}" in
  packages)
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install -y --no-install-recommends \
      openjdk-17-jdk-headless maven \
      python3 python3-jupyter-client python3-nbclient python3-nbconvert jupyter-notebook \
      libfreetype6 fontconfig fonts-dejavu-core libgomp1
    rm -rf /var/lib/apt/lists/*
    ;;
  build) "$here/start.sh" --no-serve ;;
  serve)
    . "$here/lib.sh"
    use_kernel ours
    # Inside a container the server must listen on every interface.
    exec "$PYTHON" -m notebook --ip=0.0.0.0 --no-browser "--notebook-dir=$ROOT/notebooks"
    ;;
  *) echo "usage: environment/container.sh packages|build|serve" >&2; exit 64 ;;
esac
