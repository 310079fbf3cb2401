#!/bin/bash
# A real WordPress of its own on 127.0.0.1, thrown away after use. Debian or a relative of it.
#
#   tests/rig/wordpress.sh FOLDER PORT     brings it up (an older one in FOLDER is stopped and replaced)
#   FOLDER/stop.sh                         ends it
#
# FOLDER/env.sh then holds its address and, for each account (kiosk and redacteur: editors, auteur: author, contributeur:
# contributor, lecteur: subscriber, patron: administrator), an application password. The database listens on a socket inside FOLDER only, the site on loopback only.
# UPLOAD_MB (default 64) is the largest upload PHP takes; PERMALINKS=plain leaves only ?rest_route= to reach REST.
# COMPANION is the folder of the companion plugin to lay into the site and switch on; kiosk is its booth, unless
# COMPANION_BOOTH is nobody.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: wordpress.sh FOLDER PORT}
port=${2:?usage: wordpress.sh FOLDER PORT}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
site=http://127.0.0.1:$port
socket=$folder/db.sock
run=$folder/run

say() { echo "wordpress: $*" >&2; }
give_up() { say "$*"; exit 2; }
# A unix socket's path may have 107 characters on Linux.
[ ${#socket} -le 107 ] || give_up "the path of $folder is too long for a socket"

install_packages() {
  local missing=() package
  for package in wordpress php-cli php-mysql php-gd php-xml php-mbstring php-curl mariadb-server; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || give_up "needs the Debian packages ${missing[*]}"
  [ "$(id -u)" = 0 ] || give_up "needs: sudo apt-get install --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  # Debian starts a daemon on installation unless this file says no; the rig runs its own.
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq -o DPkg::Lock::Timeout=600 update >&2 || true
  apt-get -qq -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}" >&2
}

write_stop() {
  cat >"$folder/stop.sh" <<END
#!/bin/bash
# Only what the rig itself started is ended: the numbers are in the pid files.
end() {
  local pid
  [ -f "\$1" ] || return 0
  pid=\$(cat "\$1")
  kill -TERM \$2\$pid 2>/dev/null
  for _ in \$(seq 100); do kill -0 \$2\$pid 2>/dev/null || break; sleep 0.1; done
  rm -f "\$1"
}
end "$run/php.pid" -   # a group: the server and its workers
end "$run/db.pid" ''
exit 0
END
  chmod +x "$folder/stop.sh"
}

start_database() {
  mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$folder/db" --skip-test-db \
    --auth-root-authentication-method=normal >"$run/db-install.log" 2>&1
  # Nothing in it outlives the test, so it need not reach the disk.
  setsid mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/db" --socket="$socket" --skip-networking \
    --pid-file="$run/db.pid" --innodb-flush-log-at-trx-commit=0 --innodb-log-file-size=16M \
    >"$run/db.log" 2>&1 </dev/null &
  for _ in $(seq 300); do
    mariadb-admin --no-defaults -uroot -S "$socket" ping >/dev/null 2>&1 && break
    sleep 0.1
  done
  mariadb --no-defaults -uroot -S "$socket" -e 'CREATE DATABASE wordpress CHARACTER SET utf8mb4'
}

lay_out_files() {
  # Debian's tree is made of links into /usr/share and /etc; a test site needs files of its own.
  cp -rL "${WORDPRESS_SOURCE:-/usr/share/wordpress}/." "$folder/www"
  rm -f "$folder/www/wp-config.php" "$folder/www/.htaccess"
  mkdir -p "$folder/www/wp-content/uploads" "$folder/www/wp-content/mu-plugins" "$folder/www/wp-content/themes/plain"
  printf '/*\nTheme Name: Plain\n*/\n' >"$folder/www/wp-content/themes/plain/style.css"
  cp "$here/wordpress/theme.php" "$folder/www/wp-content/themes/plain/index.php"
  [ -z "${COMPANION:-}" ] || cp -r "$COMPANION" "$folder/www/wp-content/plugins/"
  sed -e "s|@SITE@|$site|g" -e "s|@SOCKET@|$socket|g" "$here/wordpress/config.php" >"$folder/www/wp-config.php"
}

start_site() {
  local limit=${UPLOAD_MB:-64}
  PHP_CLI_SERVER_WORKERS=4 setsid php -d opcache.enable_cli=1 -d opcache.validate_timestamps=0 -d display_errors=0 \
    -d log_errors=1 -d memory_limit=256M -d upload_max_filesize="${limit}M" -d post_max_size="${limit}M" \
    -S "127.0.0.1:$port" -t "$folder/www" "$here/wordpress/router.php" >"$run/php.log" 2>&1 </dev/null &
  echo $! >"$run/php.pid"
  for _ in $(seq 300); do
    curl -fsS -o /dev/null "$site/?rest_route=/" 2>/dev/null && return 0
    sleep 0.1
  done
  give_up "the site does not answer; see $run/php.log"
}

install_packages
if [ -x "$folder/stop.sh" ]; then "$folder/stop.sh"; fi
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then give_up "port $port is taken"; fi
rm -rf "$folder/db" "$folder/www" "$run"
mkdir -p "$folder/www" "$run"
write_stop
start_database
lay_out_files
umask 077
php -d memory_limit=256M "$here/wordpress/setup.php" "$folder/www" "$site" "${PERMALINKS:-pretty}" >"$folder/env.sh"
umask 022
start_site
say "ready on $site; accounts in $folder/env.sh"
