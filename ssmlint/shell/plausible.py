"""Names that somebody may well have a program for.

Besides those that the tables `commands.toml` and `effects.toml` speak of.  A name that is
missing here costs a false alarm only where the script defines a function of nearly the
same name.
"""

from __future__ import annotations

import functools

from ssmlint.shell.programs import known_names

#: bash(1), "SHELL BUILTIN COMMANDS" and "RESERVED WORDS".
_BUILTINS = """
    . : [ [[ alias bg bind break builtin caller case cd command compgen complete compopt
    continue coproc declare dirs disown do done echo elif else enable esac eval exec exit
    export false fc fg fi for function getopts hash help history if in jobs kill let local
    logout mapfile popd printf pushd pwd read readarray readonly return select set shift
    shopt source suspend test then time times trap true type typeset ulimit umask unalias
    unset until wait while
"""
#: coreutils, util-linux, procps, and what administration scripts call besides.
_PROGRAMS = """
    ansible apache2ctl apachectl arch arping ausearch aws base32 base64 basename bash bc
    blockdev brew bunzip2 bzip2 cal certbot chage chcpu cksum clear cmp column comm compress
    consul cpio cpupower cron csplit curl cvs date dash dc debugfs diff dig dircolors dirname
    dmesg dmidecode dos2unix dotnet dpkg-query du dump dumpe2fs ec2-metadata edquota
    efibootmgr elasticsearch envsubst ethtool ex exportfs expand expr factor fold free ftp
    fuser gcc getconf getent getfacl git go gpasswd gpg groups gsutil gunzip gzip head helm
    hexdump host hostid hostname htop httpd iconv id iftop initctl iostat ipcrm ipcs iptables
    java jcmd join journalctl jps jq kcat keytool kinit klist last lastlog ldapsearch ldconfig
    ldd less link logger login logname logrotate logsave look lpr lsattr lscpu lshw lsmod lsns
    lsof lspci lsusb ltrace lvm lzma mail mailx make man md5sum memcached mesg minikube mktemp
    mongod mongodump mongoexport mongoimport mongorestore mongostat more mpstat msgfmt mtr
    mutt mysqlbinlog mysqlcheck mysqld mysqldump mysqlimport mysqlpump mysqlshow named
    namei nano netstat newgrp nginx nl nmap nmcli node nproc ntpd ntpq numfmt od openssl
    packer paste patch pathchk pdsh pgbench pgdump php pidstat pigz ping ping6 pinky pmap
    postconf postfix postgres postqueue powershell pr printenv prlimit ptx pulumi puppet
    pv pwck pwsh python python2 python3 quota quotacheck quotaoff quotaon rdate rclone
    readlink realpath redis-server rename renice reset resolvectl restic restore rev rpcinfo
    rsh rsyslogd runlevel salt sar scl screen sdiff seq setcap setquota sftp sha1sum
    sha256sum sha512sum shasum showmount shuf slabtop sleep smartctl socat split sqlite3 ss
    ssh ssh-add ssh-agent ssh-keygen ssh-keyscan stat strace strings stty sum swaks sysstat
    tac tail tar tcpdump telnet terraform tmux top tr tracepath traceroute tree tsort tty
    uname uncompress unexpand uniq unix2dos unlzma unxz unzip update uptime users uuencode
    uuidgen vault vi vim vmstat vsql w wall wc wget who whoami whois winexec xz yes yq
    zabbix_sender zcat zgrep zip zstd
"""
#: Programs whose names look like somebody's own functions.
_UNDERSCORED = """
    crm_attribute crm_node crm_resource db_dump db_load db_recover db_verify
    mysql_config_editor mysql_install_db mysql_secure_installation mysql_tzinfo_to_sql
    mysql_upgrade mysqld_multi mysqld_safe mysqlsh mysqlslap mariadb_upgrade
    pg_archivecleanup pg_basebackup pg_checksums pg_combinebackup pg_config pg_controldata
    pg_createcluster pg_createsubscriber pg_dropcluster pg_dump pg_dumpall pg_lsclusters
    pg_receivewal pg_recvlogical pg_renamecluster pg_resetwal pg_restore pg_rewind
    pg_test_fsync pg_test_timing pg_upgrade pg_upgradecluster pg_verifybackup pg_waldump
    xfs_admin xfs_bmap xfs_copy xfs_db xfs_estimate xfs_fsr xfs_info xfs_logprint
    xfs_mdrestore xfs_metadump xfs_mkfile xfs_ncheck xfs_quota xfs_rtcp xfs_scrub
    xfs_spaceman zabbix_get
"""


@functools.cache
def _names() -> frozenset[str]:
    return (
        frozenset({*_BUILTINS.split(), *_PROGRAMS.split(), *_UNDERSCORED.split()}) | known_names()
    )


def may_be_program(name: str) -> bool:
    """Whether a command of this name may be a builtin or a program."""
    return name in _names()
