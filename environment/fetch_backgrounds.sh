#!/usr/bin/env bash
# Collects pictures without faces, to train detectors on: environment/fetch_backgrounds.sh FOLDER
#
# Downloads packages of wallpapers, landscapes and textures from the Debian mirror that this machine
# uses (no root needed, nothing is installed), and puts their pictures into FOLDER/train/PACKAGE and,
# of whole packages never trained on, FOLDER/measure/PACKAGE. Licences: usr/share/doc in each package.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

TRAIN=(plasma-workspace-wallpapers desktop-base lomiri-wallpapers-20.04 sway-backgrounds
  xfdesktop4-data stellarium-data torcs-data opencv-doc openarena-081-textures sweethome3d-furniture
  hugin-data)
MEASURE=(mate-backgrounds lomiri-wallpapers-16.04 ukui-wallpapers palapeli-data python3-skimage
  neverball-data warzone2100-data marble-data krita-data lincity-ng-data)
LEAST_BYTES=40000
MOST_OF_A_FOLDER=40

[ $# -eq 1 ] || fail "give one folder for the pictures, such as build/backgrounds"
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null \
  || fail "packages are fetched with apt-get and dpkg-deb, which this machine lacks"
mkdir -p "$1"
TARGET="$(cd "$1" && pwd)"
# Archives inside packages are opened by the JDK, which every user of this project has.
command -v jar >/dev/null || fail "the command jar of a JDK is missing"

# pictures FOLDER: those large enough. Of a wallpaper in several sizes only the largest file, and of
# folders with a great many (textures of one track) the largest few, so that none outweighs the rest.
pictures() {
  find "$1" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.png' \) \
    -size "+${LEAST_BYTES}c" -not -ipath '*screenshot*' -not -ipath '*skycultures*' \
    -not -ipath '*/search/*' -printf '%s\t%h\t%p\n' | sort -t "$(printf '\t')" -k1,1nr -k3,3 |
    awk -F '\t' -v most="$MOST_OF_A_FOLDER" \
      '{ limit = $2 ~ /\/(images|images_dark|sway)$/ ? 1 : most; if (taken[$2]++ < limit) print $3 }'
}

# collect PART PACKAGE
collect() {
  local folder="$TARGET/$1/$2" work file archive n=0
  [ -d "$folder" ] && { say "  $2: there already"; return; }
  work="$(mktemp -d "$TARGET/unpacking.XXXXXX")"
  (cd "$work" && apt-get download -q "$2" >download.log 2>&1) \
    || { cat "$work/download.log" >&2; rm -rf "$work"; fail "cannot download $2; try apt-get update"; }
  dpkg-deb -x "$work"/*.deb "$work/files"
  find "$work/files" -type f \( -name '*.pk3' -o -name '*.sh3f' -o -name '*.wz' \) | while read -r archive; do
    mkdir -p "$archive.files"
    (cd "$archive.files" && jar -xf "$archive")
  done
  mkdir -p "$work/pictures"
  while read -r file; do
    n=$((n + 1))
    cp "$file" "$work/pictures/$(printf '%04d' $n)-$(basename "$file")"
  done < <(pictures "$work/files")
  mkdir -p "$TARGET/$1"
  mv "$work/pictures" "$folder"
  rm -rf "$work"
  say "  $2: $n pictures"
}

for package in "${TRAIN[@]}"; do collect train "$package"; done
for package in "${MEASURE[@]}"; do collect measure "$package"; done
