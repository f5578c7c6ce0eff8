# Helpers for the scripts in this folder; to be sourced, not run.
#
# Nothing outside the project folder is changed, except that missing Debian
# packages are installed when the user is root.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
BUILD="$ROOT/build"
LOGS="$BUILD/log"
# The python that sees Debian's jupyter; another one may be first on the path.
PYTHON="${AFFECT4J_PYTHON:-/usr/bin/python3}"

# Java reads file names by the locale: where its characters are not UTF-8, as in bare containers,
# names would become question marks.
for locale in "${LC_ALL:-}" C.UTF-8 en_US.UTF-8; do
  if [ "$(LC_ALL="$locale" locale charmap 2>/dev/null)" = UTF-8 ]; then
    [ -z "$locale" ] || export LC_ALL="$locale"
    break
  fi
done
unset locale

# PyTorch, which only the training uses, unpacks itself on first use: here, not in the home folder.
export DJL_CACHE_DIR="${DJL_CACHE_DIR:-$BUILD/djl}"
# On machines of one cloud, DJL would tell its makers that it was started.
export OPT_OUT_TRACKING=true
# On some virtual machines PyTorch's convolutions for AVX-512 give wrong numbers or none (NaN), which
# the check of every export and the tests notice; those for AVX2 are right on all.
export DNNL_MAX_CPU_ISA="${DNNL_MAX_CPU_ISA:-AVX2}"
# Two threads of PyTorch are slower than one wherever anything else runs; those that wait must not
# spin against others.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}"

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# step WORDS... -- COMMAND...: one line with the time that the command took;
# its output goes to a log, whose tail is shown if the command fails.
step() {
  local words=() name log begin seconds
  while [ "$1" != "--" ]; do words+=("$1"); shift; done
  shift
  name="$(printf '%s' "${words[*]}" | tr -cs 'A-Za-z0-9' '-')"
  log="$LOGS/${name%-}.log"
  mkdir -p "$LOGS"
  printf '  %-44s' "${words[*]}"
  begin=$(date +%s%N)
  if "$@" >"$log" 2>&1 </dev/null; then
    seconds=$(( ($(date +%s%N) - begin) / 100000000 ))
    printf '%6s s\n' "$((seconds / 10)).$((seconds % 10))"
  else
    printf '  failed\n'
    tail -n 40 "$log" >&2
    fail "'$*' failed; all of its output is in ${log#"$ROOT"/}"
  fi
}

# The major version of the java command, or nothing.
java_major() {
  command -v java >/dev/null 2>&1 || return 0
  java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

# Prefers an installed JDK 17 to a newer default: a busy cell can only be interrupted up to 19.
use_java_17() {
  local home
  [ "$(java_major)" = 17 ] && return 0
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/java-17-openjdk-*; do
    [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
    if "$home/bin/java" -version 2>&1 | grep -q 'version "17'; then
      export JAVA_HOME="$home" PATH="$home/bin:$PATH"
      return 0
    fi
  done
}

has_package() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
has_python_module() { "$PYTHON" -c "import $1" >/dev/null 2>&1; }

# Prints the Debian packages that are missing, one per line.
# missing_packages [serve]: also what the notebook server needs.
missing_packages() {
  if [ "$(java_major)" != 17 ] || ! command -v javac >/dev/null 2>&1; then
    echo openjdk-17-jdk-headless
  fi
  command -v mvn >/dev/null 2>&1 || echo maven
  [ -x "$PYTHON" ] || echo python3
  has_python_module jupyter_client || echo python3-jupyter-client
  has_python_module nbclient || echo python3-nbclient
  has_python_module nbconvert || echo python3-nbconvert
  # Headless Java still draws text, with these libraries and at least one font.
  if command -v dpkg-query >/dev/null 2>&1; then
    has_package libfreetype6 || echo libfreetype6
    has_package fontconfig || echo fontconfig
    has_package fonts-dejavu-core || echo fonts-dejavu-core
    # XGBoost is compiled with OpenMP.
    has_package libgomp1 || echo libgomp1
  fi
  if [ "${1:-}" = serve ]; then
    has_python_module notebook || echo jupyter-notebook
  fi
}

# install_missing [serve]
install_missing() {
  local missing
  use_java_17
  mapfile -t missing < <(missing_packages "${1:-}")
  [ "${#missing[@]}" -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    {
      echo "error: these packages are missing: ${missing[*]}"
      echo "install them with:"
      echo "  sudo apt-get install -y --no-install-recommends ${missing[*]}"
    } >&2
    exit 2
  fi
  step "install ${#missing[@]} Debian packages" -- apt_install "${missing[@]}"
  use_java_17
  mapfile -t missing < <(missing_packages "${1:-}")
  [ "${#missing[@]}" -eq 0 ] || fail "still missing after the installation: ${missing[*]}"
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  # A fresh machine or image may have no package lists, or stale ones.
  apt-get install -y --no-install-recommends "$@" && return 0
  apt-get update && apt-get install -y --no-install-recommends "$@"
}

# build_project [training]: what notebooks need, without tests; PyTorch comes only with the training.
build_project() {
  forget_stale_jars
  local what="the library and the kernel" modules=(-pl '!lib/training')
  if [ "${1:-}" = training ]; then what="the library, the kernel and the training"; modules=(); fi
  step "build $what" -- mvn -q -B -f "$ROOT/pom.xml" -DskipTests "${modules[@]}" package
}

# maven_settings FOLDER: settings for Maven that look into a local repository before the network.
maven_settings() {
  cat <<XML
<settings>
  <profiles>
    <profile>
      <id>downloaded</id>
      <repositories>
        <repository>
          <id>downloaded</id>
          <url>file://$1</url>
          <releases><checksumPolicy>ignore</checksumPolicy></releases>
        </repository>
      </repositories>
      <pluginRepositories>
        <pluginRepository>
          <id>downloaded</id>
          <url>file://$1</url>
          <releases><checksumPolicy>ignore</checksumPolicy></releases>
        </pluginRepository>
      </pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>downloaded</activeProfile></activeProfiles>
</settings>
XML
}

# Keeps every file that Jupyter writes inside the project.
use_project_jupyter() {
  export JUPYTER_PATH="$BUILD/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}"
  export JUPYTER_DATA_DIR="$BUILD/jupyter"
  export JUPYTER_RUNTIME_DIR="$BUILD/jupyter/runtime"
  export JUPYTER_CONFIG_DIR="$BUILD/jupyter/config"
  export IPYTHONDIR="$BUILD/jupyter/ipython"
  mkdir -p "$JUPYTER_RUNTIME_DIR" "$JUPYTER_CONFIG_DIR" "$IPYTHONDIR"
}

# install_kernelspec: writes the kernelspec "java" of our kernel into the project.
install_kernelspec() {
  "$PYTHON" "$ROOT/environment/kernelspec.py" \
    --classes "$BUILD/kernel" --into "$BUILD/jupyter/kernels/java"
}

# install_strict_kernelspec: the same kernel with IJava's libraries in front, as "java-strict".
install_strict_kernelspec() {
  "$PYTHON" "$ROOT/environment/kernelspec.py" --strict "$BUILD/kernel-strict" \
    --classes "$BUILD/kernel" --into "$BUILD/jupyter/kernels/java-strict"
}

# use_kernel ours|ijava|jjava: sets KERNEL_NAME.
use_kernel() {
  local user_data="${JUPYTER_DATA_DIR:-${HOME:-/}/.local/share/jupyter}"
  use_project_jupyter
  case "$1" in
    ours)
      install_kernelspec
      KERNEL_NAME=java
      ;;
    ijava|jjava)
      # Our kernelspec has the same name as IJava's and would hide it.
      rm -rf "$BUILD/jupyter/kernels/java"
      export JUPYTER_PATH="$JUPYTER_PATH:$user_data"
      KERNEL_NAME=java
      if ! "$PYTHON" "$ROOT/environment/kernelspec.py" --find "$1" --name "$KERNEL_NAME"; then
        case "$1" in
          ijava) say "IJava is not installed; install it with: conda install -c conda-forge ijava" ;;
          jjava) say "JJava is not installed; install it with: pip install jjava" ;;
        esac >&2
        fail "no kernel '$1' for $PYTHON; AFFECT4J_PYTHON names another python"
      fi
      ;;
    *) fail "there is no kernel '$1'; choose ours, ijava or jjava" ;;
  esac
}

# forget_stale_jars: jar files of an older set of dependencies would stay on the class path.
forget_stale_jars() {
  local now
  now="$(cat "$ROOT/pom.xml" "$ROOT"/*/*/pom.xml | cksum)"
  if [ "$(cat "$BUILD/poms.cksum" 2>/dev/null)" != "$now" ]; then
    rm -rf "$BUILD/lib" "$BUILD/training" "$BUILD/video" "$BUILD/kernel" "$BUILD/kernel-strict"
    mkdir -p "$BUILD"
    printf '%s\n' "$now" >"$BUILD/poms.cksum"
  fi
}
