/**
 * Run by `sh` in a user and mount namespace of its own: `sh make-root.sh <root> <working directory> <steps…> -- <command…>`.
 * Makes a root of nothing but what the steps say, and becomes the command in it.
 */
export const makeRootScript = String.raw`
set -eu
path=$PATH
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
root=$1 cwd=$2
shift 2
place() {
  if [ -d "$1" ]; then mkdir -p "$2"; else
    mkdir -p "$(dirname "$2")"
    [ -e "$2" ] || : > "$2"
  fi
}
mount -t tmpfs -o mode=0755 berth "$root"
seal=
while [ "$1" != -- ]; do
  case $1 in
    folder) mkdir -p "$root$2"; shift 2 ;;
    link) mkdir -p "$(dirname "$root$3")"; ln -s "$2" "$root$3"; shift 3 ;;
    bind) place "$2" "$root$3"; mount --rbind "$2" "$root$3"; shift 3 ;;
    read-only) mount -o remount,bind,ro "$root$2"; shift 2 ;;
    seal) seal=yes; shift ;;
    *) echo "berth: unknown step $1" >&2; exit 125 ;;
  esac
done
shift
mkdir -p "$root$cwd"
[ -z "$seal" ] || mount -o remount,bind,ro "$root"
become=$(command -v chroot)
PATH=$path
export PATH
exec "$become" "$root" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$cwd" "$@"
`;
