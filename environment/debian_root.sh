#!/usr/bin/env bash
# The steps of the container files in a plain Debian 12: environment/debian_root.sh FOLDER, as root.
#
# Makes FOLDER by debootstrap from the mirror that this machine uses, copies the project into it as
# git lists it, and builds there as a user without rights. Maven is given a copy of what this machine
# has downloaded before, and asks the network for the rest.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

[ $# -eq 1 ] || fail "give a folder for the Debian root, such as build/more/debian"
[ "$(id -u)" -eq 0 ] || fail "a Debian root can only be made by root"
command -v debootstrap >/dev/null || fail "debootstrap is missing"
# Mounts of a name space of its own go away with this script, however it ends.
if [ "${AFFECT4J_UNSHARED:-}" != yes ]; then
  AFFECT4J_UNSHARED=yes exec unshare --mount --propagation private "$0" "$@"
fi

mkdir -p "$1"
root="$(cd "$1" && pwd)"
export LC_ALL=C.UTF-8
mirror="$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')"
[ -n "$mirror" ] || fail "this machine's apt knows no mirror of Debian 12; see /etc/apt/sources.list.d"

say "Debian 12 from $mirror"
[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root" "$mirror"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp -r /etc/apt/apt.conf.d /etc/apt/auth.conf.d "$root/etc/apt/" 2>/dev/null || true
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
chmod 1777 "$root/tmp"

say "packages"
install -m 755 "$ROOT/environment/container.sh" "$root/container.sh"
chroot "$root" bash container.sh packages
chroot "$root" id analyst >/dev/null 2>&1 || chroot "$root" useradd --create-home analyst

say "project"
rm -rf "$root/affect4j"
mkdir "$root/affect4j"
(cd "$ROOT" && git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
  tar -cf - --null --files-from=-) | tar -xf - -C "$root/affect4j"
downloaded="${AFFECT4J_DOWNLOADED:-${HOME:-/root}/.m2/repository}"
home="$root/home/analyst"
mkdir -p "$home/.m2"
if [ -d "$downloaded" ]; then
  # A copy: the user of the Debian root may not read root's own.
  mkdir -p "$root/downloaded"
  cp -ru "$downloaded/." "$root/downloaded"
  chmod -R a+rX "$root/downloaded"
  maven_settings /downloaded >"$home/.m2/settings.xml"
fi
chroot "$root" chown -R analyst:analyst affect4j home/analyst

say "build and first notebook, as a user without rights"
chroot "$root" su analyst -c 'cd /affect4j && LC_ALL=C.UTF-8 environment/container.sh build'
[ -s "$root/affect4j/build/01-first-look.html" ] || fail "the first notebook left no page"
say "the first notebook ran in a plain Debian 12"
