#!/usr/bin/env bash
# What is too heavy for test.sh; run before an issue is resolved and before a release.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
usage: environment/test_more.sh [PART...]

  release     jars of sources and javadoc, javadoc without warnings
  dependent   a Maven project in another folder, jshell and %maven use the library
  kernels     all notebooks on the kernels named in AFFECT4J_KERNELS, such as "ijava jjava"
  networks    every network: trained a step on a few crops, exported, run by analyze (long)
  browser     the gallery of notebooks and the video player, opened in a headless Chromium
  debian      the steps of the container files in a plain Debian 12 (root, debootstrap)

Without a PART: all of them. What cannot run on this machine is named, and counts as not run.
TEXT
}

more="$BUILD/more"
failed=()
absent=()
not_run() { absent+=("$1"); say "  NOT RUN: $1"; }

# part NAME -- COMMAND...: one line with its time; a failure is told and the next part goes on.
part() {
  local name="$*"
  ( step "$@" ) || failed+=("${name%% -- *}")
}

# Maven with a local repository of the test's own, so that nothing is installed into the user's; what
# was downloaded before is taken from there.
own_maven() {
  mvn -B -ntp -s "$more/settings.xml" "-Dmaven.repo.local=$more/repository" "$@"
}

release() { mvn -q -B -f "$ROOT/pom.xml" -Prelease -DskipTests package; }

# The example of docs/ depends on what "mvn install" gives: its own binding of SLF4J must log, and
# the class path must be the one that is tested here, without our silent binding.
dependent_maven() {
  local work photo="$ROOT/data/portraits/001.jpg"
  # Outside of the checkout, where nothing of it can be found by chance.
  work="$(mktemp -d)" || return
  trap "rm -rf '$work'" EXIT
  rm -rf "$more/repository/org/affect4j"
  own_maven -q -f "$ROOT/pom.xml" -pl lib/core -am -DskipTests -Dspotless.check.skip install || return
  cp -r "$ROOT/docs/examples/maven/." "$work" || return
  cd "$work" || return
  own_maven -f "$work/pom.xml" -Dsurefire.useFile=false "-DargLine=-Dphoto=$photo" test || return
  own_maven -q -f "$work/pom.xml" dependency:build-classpath -DincludeScope=runtime \
    "-Dmdep.outputFile=$more/class-path" || return
  # The library has gson inside its jar; build/lib has it, and its annotations, for the training.
  diff <(tr ':' '\n' <"$more/class-path" | sed 's|.*/||' |
      grep -v -e '^slf4j-simple-' -e '^error_prone_annotations-' | sort) \
    <(ls "$BUILD/lib" | grep -v -e '^affect4j-synthesis-' -e '^slf4j-nop-' -e '^gson-' \
      -e '^error_prone_annotations-' | sort)
}

dependent_jshell() {
  local said
  # jshell ends with 0 even where a line failed.
  said="$(jshell --class-path "$(cat "$more/class-path")" -s - <<JAVA
import org.affect4j.analysis.*; import org.affect4j.image.*; import java.nio.file.Path;
try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
  System.out.println(analyzer.analyze(FaceImage.read(Path.of("$ROOT/data/groups/00.jpg"))).size() + " faces");
}
JAVA
)"
  say "$said"
  [[ "$said" == *"8 faces"* ]]
}

dependent_notebook() {
  local book="$more/blank.ipynb"
  cat >"$book" <<JSON
{"cells": [
  {"cell_type": "code", "id": "maven", "execution_count": null, "metadata": {}, "outputs": [],
   "source": "%maven org.affect4j:affect4j:0.2.0"},
  {"cell_type": "code", "id": "faces", "execution_count": null, "metadata": {}, "outputs": [],
   "source": ["import java.nio.file.Path;\n", "import org.affect4j.analysis.FaceAnalyzer;\n", "import org.affect4j.image.FaceImage;\n",
    "FaceAnalyzer analyzer = FaceAnalyzer.load();\n",
    "System.out.println(\"faces: \" + analyzer.analyze(FaceImage.read(Path.of(\"$ROOT/data/groups/00.jpg\"))).size());"]}],
 "metadata": {"kernelspec": {"display_name": "Java", "language": "java", "name": "java"}},
 "nbformat": 4, "nbformat_minor": 5}
JSON
  use_kernel ours
  MAVEN_OPTS="-Dmaven.repo.local=$more/repository" "$PYTHON" "$ROOT/environment/run_notebooks.py" \
    --kernel java --lines "faces:" --output "$more" "$book" | tee "$more/blank.txt"
  grep -q "faces: 8" "$more/blank.txt"
}

kernel_notebooks() {
  use_kernel "$1"
  "$PYTHON" "$ROOT/environment/run_notebooks.py" --kernel "$KERNEL_NAME" \
    --output "$more/notebooks-$1" "$ROOT"/notebooks/*.ipynb
}

run_release() { part release -- release; }

run_dependent() {
  part a dependent Maven project -- dependent_maven
  [ -s "$more/class-path" ] || return 0
  part jshell -- dependent_jshell
  part %maven in a blank notebook -- dependent_notebook
}

run_kernels() {
  local kernel
  [ -n "${AFFECT4J_KERNELS:-}" ] || not_run "other kernels; name them in AFFECT4J_KERNELS"
  for kernel in ${AFFECT4J_KERNELS:-}; do part notebooks on "$kernel" -- kernel_notebooks "$kernel"; done
}

# A clip of the project with its rows, as a page and as the output of a notebook.
players() {
  cat >"$more/Players.java" <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.table.FaceTable;
import org.affect4j.video.VideoAnalysis;
import org.affect4j.video.VideoPlayer;

class Players {
  public static void main(String[] names) throws Exception {
    Path clip = Path.of(names[0]);
    Path folder = Path.of(names[1]);
    try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
      FaceTable rows = VideoAnalysis.standard().run(analyzer, clip, ProgressListener.silent());
      VideoPlayer player = VideoPlayer.of(clip, rows);
      player.save(folder.resolve("player.html"));
      String head = "<!DOCTYPE html><meta charset=\"utf-8\"><title>output of a cell</title>";
      Files.writeString(folder.resolve("cell.html"), head + player.html());
    }
  }
}
JAVA
  java -cp "$BUILD/lib/*:$BUILD/video/*" "$more/Players.java" \
    "$(find "$ROOT/data/clips" -name '*.mp4' -o -name '*.avi' | sort | head -n 1)" "$more" || return
  "$PYTHON" "$ROOT/environment/check_player.py" "$more/player.html" "$more/cell.html"
}

run_browser() {
  if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null &&
    ! command -v google-chrome >/dev/null; then
    not_run "browser: there is no Chromium here"
  else
    part gallery -- "$ROOT/environment/gallery.sh"
    part gallery in a browser -- "$PYTHON" "$ROOT/environment/check_gallery.py"
    part player in a browser -- players
  fi
}

run_networks() { part every network once -- "$ROOT/environment/walk_networks.sh"; }

run_debian() {
  if [ "$(id -u)" -ne 0 ]; then
    not_run "plain Debian: only root can make one"
  elif ! command -v debootstrap >/dev/null; then
    not_run "plain Debian: debootstrap is missing (apt-get install debootstrap)"
  elif ! command -v unshare >/dev/null || ! unshare --mount true 2>/dev/null; then
    not_run "plain Debian: this machine allows no mounts"
  else
    part set-up in a plain Debian 12 -- "$ROOT/environment/debian_root.sh" "$more/debian"
  fi
}

parts=("$@")
for name in "${parts[@]}"; do
  case "$name" in
    release | dependent | kernels | networks | browser | debian) ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 64 ;;
  esac
done
[ "${#parts[@]}" -gt 0 ] || parts=(release dependent kernels networks browser debian)

begin=$SECONDS
say "affect4j: heavier checks"
install_missing
mkdir -p "$more"
maven_settings "${AFFECT4J_DOWNLOADED:-${HOME:-/root}/.m2/repository}" >"$more/settings.xml"
rm -f "$more/class-path"
build_project
for name in "${parts[@]}"; do "run_$name"; done

say "heavier checks: $((SECONDS - begin)) s"
[ "${#absent[@]}" -eq 0 ] || printf 'NOT RUN: %s\n' "${absent[@]}"
if [ "${#failed[@]}" -gt 0 ]; then
  printf 'FAILED: %s\n' "${failed[@]}" >&2
  exit 1
fi
say "all that ran passed"
