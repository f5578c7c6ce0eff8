#!/usr/bin/env bash
# What is too heavy for test.sh: the library in a project of its own, jars of a release, a plain Debian
# with the steps of the container files, other kernels, the pages in a browser.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
usage: environment/test_more.sh [PART...]

  dependent   an own Maven project, jshell and %maven use the library from outside
  release     mvn -Prelease package: jars of sources and javadoc
  debian      set-up in a plain Debian 12 (needs root and debootstrap)
  browser     the gallery of notebooks in a headless Chromium
  kernels     the notebooks on the kernels named in AFFECT4J_KERNELS, such as "ijava jjava"

Without a PART: all. What cannot run here is named at the end.
TEXT
}

MORE="$BUILD/more"
failed=()
absent=()
say_absent() { absent+=("$1"); say "  NOT RUN: $1"; }

# dependent: Maven with a local repository of its own, so that nothing of this machine's is changed;
# what was downloaded before is taken from there, the rest from where the user's settings say.
own_maven() {
  MAVEN_OPTS="-Dmaven.repo.local=$MORE/repository" \
    mvn -B -ntp -s "$MORE/settings.xml" -Daether.offline.protocols=file ${AFFECT4J_MAVEN:-} "$@"
}

write_settings() {
  local downloaded
  downloaded="$(mvn -B -q -o -f "$ROOT/pom.xml" -N org.apache.maven.plugins:maven-antrun-plugin:3.1.0:help \
    >/dev/null 2>&1; echo "${AFFECT4J_DOWNLOADED:-$HOME/.m2/repository}")"
  mkdir -p "$MORE"
  cat >"$MORE/settings.xml" <<XML
<settings>
  <profiles>
    <profile>
      <id>downloaded</id>
      <repositories>
        <repository><id>downloaded</id><url>file://$downloaded</url></repository>
      </repositories>
      <pluginRepositories>
        <pluginRepository><id>downloaded</id><url>file://$downloaded</url></pluginRepository>
      </pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>downloaded</activeProfile></activeProfiles>
</settings>
XML
}
