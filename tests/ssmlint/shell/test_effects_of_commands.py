"""Command by command: what the table of effects makes of it."""

from __future__ import annotations

import pytest

from ssmlint.shell.commands import UNKNOWN
from ssmlint.shell.effects import default_table
from tests.ssmlint.shell.command_lines import run


def told(command: str, stdin: str | None = None) -> str:
    """The effects as words: kind, resource and target, an unknown piece as `?`."""
    return "; ".join(
        f"{effect.kind.value} {effect.resource} {effect.target.replace(UNKNOWN, '?')}".strip()
        for effect in default_table().effects(run(command, stdin))
    )


FILESYSTEMS = [
    ("fsfreeze -f /data", "acquire filesystem /data"),
    ("fsfreeze --freeze /data", "acquire filesystem /data"),
    ("fsfreeze /data -f", "acquire filesystem /data"),
    ("fsfreeze -f -- /data", "acquire filesystem /data"),
    ("fsfreeze -f $TARGET", "acquire filesystem ?"),
    ("fsfreeze -f /mnt/$NAME", "acquire filesystem /mnt/?"),
    ("fsfreeze -u /data", "release filesystem /data"),
    ("fsfreeze --unfreeze /data", "release filesystem /data"),
    ("sudo -n timeout 10 fsfreeze -f /data", "acquire filesystem /data"),
    ("xargs -r -n1 fsfreeze -f", "acquire filesystem ?"),
    ("nsenter -t 1 -m fsfreeze -f /data", "acquire filesystem /data"),
    ("kubectl exec db-0 -- fsfreeze -f /data", "acquire filesystem /data"),
    ("$SUDO fsfreeze -u /data", "release filesystem /data"),
    ("fsfreeze -f", ""),
    ("fsfreeze $FLAG /data", ""),
    ("fsfreeze --help", ""),
    ("fsfreeze -V", ""),
    ("xfs_freeze -f /data", "acquire filesystem /data"),
    ("xfs_freeze -u /data", "release filesystem /data"),
    ("xfs_io -x -c freeze /data", "acquire filesystem /data"),
    ("xfs_io -x -c thaw /data", "release filesystem /data"),
    ("xfs_io -c 'stat' /data", ""),
    ("mount -o remount,ro /data", "acquire filesystem-writes /data"),
    ("mount -oremount,ro /data", "acquire filesystem-writes /data"),
    ("mount -f -o noatime,remount,ro /data", "acquire filesystem-writes /data"),
    ("mount --options=remount -r /data", "acquire filesystem-writes /data"),
    ("mount -o remount,rw /dev/sdb /data", "release filesystem-writes /data"),
    ("mount -o remount -w /data", "release filesystem-writes /data"),
    ("sudo mount -o remount,noatime $TARGET", "mutate filesystem ?"),
    ("mount /dev/sdb /data", "mutate filesystem /data"),
    ("mount -a", "mutate filesystem"),
    ("mount", "list filesystem"),
    ("mount -l -t xfs", "list filesystem"),
    ("umount /data", "mutate filesystem /data"),
    ("lsblk -nlo MOUNTPOINTS", "list filesystem"),
    ("lsblk -J", "list filesystem"),
    ("findmnt -rno TARGET", "list filesystem"),
    ("df -x tmpfs --output=target", "list filesystem"),
    ("cat /proc/mounts", "list filesystem"),
    ("awk '$2 ~ x {print $2}' /proc/self/mounts", "list filesystem"),
    ("grep -w xfs /etc/fstab", "list filesystem"),
    ("ls -l /data", "list files"),
    ("mountpoint -q /data", "probe filesystem /data"),
    ("sync", "flush page-cache"),
    ("sync -f /data", "flush page-cache"),
    ("blockdev --flushbufs /dev/sdb", "flush block-device /dev/sdb"),
    ("blockdev --setro /dev/sdb", "acquire block-device-writes /dev/sdb"),
    ("blockdev --setrw /dev/sdb", "release block-device-writes /dev/sdb"),
    ("btrfs filesystem sync /data", "flush page-cache /data"),
    ("btrfs subvolume snapshot -r /data /snap", "mutate filesystem"),
    ("zfs snapshot pool/data@now", "mutate filesystem"),
    ("mkfs.xfs -f /dev/sdb", "mutate filesystem /dev/sdb"),
    ("dmsetup suspend vg-lv", "acquire device-mapper vg-lv"),
    ("dmsetup suspend --nolockfs vg-lv", "acquire device-mapper vg-lv"),
    ("dmsetup resume vg-lv", "release device-mapper vg-lv"),
    ("dmsetup info vg-lv", "list device-mapper"),
    ("cryptsetup luksSuspend data", "acquire device-mapper data"),
    ("cryptsetup luksResume data", "release device-mapper data"),
    ("lvcreate -s -n snap -L 5G /dev/vg/lv", "mutate logical-volume /dev/vg/lv"),
    ("lvremove -f vg/snap", "mutate logical-volume vg/snap"),
    ("vgcfgbackup", "mutate logical-volume"),
    ("lvs --noheadings", "list logical-volume"),
    ("dd if=/dev/zero of=/dev/sdb bs=1M", "mutate block-device"),
    ("dd if=/dev/sdb of=/dev/null", "query block-device"),
]

READ_LOCK = "acquire mysql-read-lock"
MYSQL = [
    ("mysql -e 'FLUSH TABLES WITH READ LOCK;'", READ_LOCK),
    ("mysql -e 'flush tables with read lock'", READ_LOCK),
    ("mysql -e 'FLUSH LOCAL TABLES WITH READ LOCK'", READ_LOCK),
    ("mysql -e 'FLUSH NO_WRITE_TO_BINLOG TABLES WITH READ LOCK'", READ_LOCK),
    ("mysql -e 'FLUSH TABLES a, b.c WITH READ LOCK'", READ_LOCK),
    ("mysql -e 'FLUSH /* all */ TABLES\n  WITH READ LOCK'", READ_LOCK),
    ("mysql -e 'FLUSH TABLES a FOR EXPORT'", READ_LOCK),
    ("mysql -e 'LOCK TABLES a READ, b WRITE'", READ_LOCK),
    ("mysql -e 'LOCK TABLES FOR BACKUP'", READ_LOCK),
    ("mysql -e 'LOCK BINLOG FOR BACKUP'", "acquire mysql-binlog-lock"),
    ("mysql -e 'UNLOCK BINLOG'", "release mysql-binlog-lock"),
    ("mysql -e 'UNLOCK TABLES;'", "release mysql-read-lock"),
    ("mysql -e 'LOCK INSTANCE FOR BACKUP'", "acquire mysql-backup-lock"),
    ("mysql -e 'UNLOCK INSTANCE'", "release mysql-backup-lock"),
    ("mariadb -e 'BACKUP STAGE START'", "acquire mariadb-backup-stage"),
    ("mariadb -e 'BACKUP STAGE BLOCK_COMMIT'", "acquire mariadb-backup-stage"),
    ("mariadb -e 'BACKUP STAGE END'", "release mariadb-backup-stage"),
    ("mariadb -e 'BACKUP LOCK db.t'", "acquire mariadb-backup-lock db.t"),
    ("mariadb -e 'BACKUP UNLOCK'", "release mariadb-backup-lock"),
    ("mysql -e 'SET GLOBAL read_only = ON'", "acquire mysql-read-only"),
    ("mysql -e 'SET GLOBAL read_only=1, GLOBAL super_read_only=1'", "acquire mysql-read-only"),
    ("mysql -e 'SET @@GLOBAL.super_read_only := true'", "acquire mysql-read-only"),
    ("mysql -e 'SET GLOBAL super_read_only = OFF;'", "release mysql-read-only"),
    ("mysql -e 'SET SESSION transaction_read_only = ON'", "query mysql"),
    ("mysql -e 'STOP SLAVE SQL_THREAD'", "acquire mysql-replication"),
    ("mysql -e 'START REPLICA'", "release mysql-replication"),
    ("mysql -e 'SET SESSION lock_wait_timeout=5'", "query mysql-wait-limit"),
    ("mysql -e 'FLUSH TABLES; FLUSH ENGINE LOGS'", "flush mysql; flush mysql"),
    (
        "mysql -e 'FLUSH TABLES WITH READ LOCK; UNLOCK TABLES'",
        f"{READ_LOCK}; release mysql-read-lock",
    ),
    (
        r"mysql -e 'FLUSH TABLES WITH READ LOCK; \! sudo fsfreeze -f /data'",
        f"{READ_LOCK}; acquire filesystem /data",
    ),
    (
        "mysql -e 'FLUSH TABLES WITH READ LOCK\nsystem fsfreeze -f /data'",
        READ_LOCK,  # no delimiter: the client takes both lines for one statement
    ),
    (
        "mysql -e 'FLUSH TABLES WITH READ LOCK;\nsystem fsfreeze -f /data;\nDO SLEEP(9)'",
        f"{READ_LOCK}; acquire filesystem /data; query mysql",
    ),
    ("mysql -e 'SHOW STATUS'", "query mysql"),
    ("mysql -e 'SELECT \"FLUSH TABLES WITH READ LOCK\"'", "query mysql"),
    ("mysql -e '-- FLUSH TABLES WITH READ LOCK'", ""),
    ("mysql -e '# FLUSH TABLES WITH READ LOCK\nSHOW STATUS'", "query mysql"),
    ("mysql -e 'SHOW STATUS /* ; UNLOCK TABLES; */'", "query mysql"),
    ("mysql -e 'DROP TABLE t'", "mutate mysql"),
    ("mysql -e $SQL", ""),
    ("docker exec db mysql -e 'FLUSH TABLES WITH READ LOCK'", READ_LOCK),
    ("kubectl exec -n x db-0 -- mysql -e 'UNLOCK TABLES'", "release mysql-read-lock"),
    ("mysqladmin -u root -p$PASSWORD ping", "probe mysql"),
    ("mysqladmin --silent status", "probe mysql"),
    ("mysqladmin flush-tables", "flush mysql"),
    ("mysqladmin stop-slave", "acquire mysql-replication"),
    ("mysqladmin shutdown", "mutate mysql"),
]

BACKUP = "acquire postgresql-backup"
POSTGRESQL = [
    ("psql -c \"SELECT pg_backup_start('dlm', true)\"", BACKUP),
    ("psql -c \"SELECT pg_backup_start(label => 'a b', fast => true)\"", BACKUP),
    ("psql -c 'SELECT * FROM pg_backup_stop(false)'", "release postgresql-backup"),
    ("psql -c \"SELECT pg_start_backup('dlm')\"", BACKUP),
    ("psql -c \"SELECT pg_start_backup('a b', true, false)\"", BACKUP),
    ("psql -c 'select pg_stop_backup()'", "release postgresql-backup"),
    ("sudo -u postgres psql -c 'CHECKPOINT;'", "flush postgresql"),
    ("psql -c 'SELECT pg_switch_wal()'", "flush postgresql"),
    (
        "psql -c 'BEGIN; LOCK TABLE t IN SHARE MODE'",
        "query postgresql; acquire postgresql-table-lock",
    ),
    (
        "psql -c BEGIN -c 'LOCK t' -c 'SELECT pg_sleep(9)' -c COMMIT",
        "query postgresql; acquire postgresql-table-lock; query postgresql; "
        "release postgresql-table-lock",
    ),
    ("psql -c 'ROLLBACK TO SAVEPOINT a'", ""),
    ("psql -c 'SELECT pg_wal_replay_pause()'", "acquire postgresql-replay"),
    ("psql -c 'SELECT pg_xlog_replay_resume()'", "release postgresql-replay"),
    ("psql -c \"SET lock_timeout = '5s'\"", "query postgresql-wait-limit"),
    ("psql -c 'SELECT pg_terminate_backend(1)'", "mutate session"),
    ("psql -c 'ALTER SYSTEM SET a = 1'", "mutate postgresql"),
    ("psql -c \"SELECT 'pg_backup_start(1)'\"", "query postgresql"),
    ("psql -c '-- CHECKPOINT'", ""),
    ("psql -tAc 'SELECT 1'", "query postgresql"),
    (r"psql -c '\l'", "query postgresql"),
    ("pg_isready -q -h localhost", "probe postgresql"),
    ("pg_ctl -D /data stop -m fast", "acquire service"),
    ("pg_ctl start -D /data", "release service"),
    ("pg_ctl status", "probe service"),
    ("pg_ctlcluster 14 main stop", "acquire service main"),
    ("pg_lsclusters -h", "list postgresql-server"),
]

MONGODB = [
    ("mongosh --eval 'db.fsyncLock()'", "acquire mongodb-fsync-lock"),
    ("mongo --quiet admin --eval 'printjson(db.fsyncLock())'", "acquire mongodb-fsync-lock"),
    ("mongosh --eval 'db.fsyncUnlock()'", "release mongodb-fsync-lock"),
    ("mongosh --eval 'db.adminCommand({fsyncUnlock: 1})'", "release mongodb-fsync-lock"),
    ("mongo --eval 'db.$cmd.sys.unlock.findOne()'", "release mongodb-fsync-lock"),
    ("mongosh --eval 'db.runCommand({fsync:1, lock:true})'", "acquire mongodb-fsync-lock"),
    (
        'mongosh --eval \'db.adminCommand({"fsync": 1, "lock": true})\'',
        "acquire mongodb-fsync-lock",
    ),
    ("mongosh --eval 'db.adminCommand({fsync: 1})'", "flush mongodb"),
    ("mongosh --eval 'db.adminCommand({ping: 1})'", "probe mongodb"),
    ("mongosh --eval 'db.serverStatus()'", "query mongodb"),
    ("mongosh --eval 'db.adminCommand({\"currentOp\": 1})'", "query mongodb"),
    ("mongosh --eval 'if (x) { db.fsyncLock(); sleep(5) }'", "acquire mongodb-fsync-lock"),
    ("mongosh --eval '// db.fsyncLock()'", ""),
    ("mongosh --eval 'print(\"run db.fsyncLock() first\")'", ""),
    (
        "mongosh --eval 'db.fsyncLock(); sleep(1000); db.fsyncUnlock()'",
        "acquire mongodb-fsync-lock; release mongodb-fsync-lock",
    ),
]

OTHER_DATABASES = [
    ("db2 set write suspend for database", "acquire db2-write-suspend"),
    ("db2 -v 'SET WRITE SUSPEND FOR DB EXCLUDE LOGS'", "acquire db2-write-suspend"),
    ("su - db2inst1 -c 'db2 set write resume for db'", ""),  # the caller reads the script
    ("db2 set write resume for database", "release db2-write-suspend"),
    ("db2 restart db sample write resume", "release db2-write-suspend"),
    ("db2 connect to sample", "query db2"),
    ("db2 quiesce database immediate", "acquire db2-quiesce"),
    ("db2 unquiesce database", "release db2-quiesce"),
    ("db2stop force", "acquire service"),
    ("db2start", "release service"),
    ("db2pd -db sample -dbcfg", "query db2"),
    (
        "hdbsql -U KEY \"BACKUP DATA FOR FULL SYSTEM CREATE SNAPSHOT COMMENT 'at noon'\"",
        "acquire hana-snapshot",
    ),
    ("hdbsql -U KEY 'BACKUP DATA CREATE SNAPSHOT'", "acquire hana-snapshot"),
    (
        "hdbsql -U KEY \"BACKUP DATA FOR FULL SYSTEM CLOSE SNAPSHOT BACKUP_ID 1 SUCCESSFUL 'a'\"",
        "release hana-snapshot",
    ),
    ("hdbsql 'ALTER SYSTEM SAVEPOINT'", "flush hana"),
    ("hdbsql 'SELECT BACKUP_ID FROM M_BACKUP_CATALOG'", "query hana"),
    ("HDB stop", "acquire service"),
    (
        "sqlcmd -Q 'ALTER SERVER CONFIGURATION SET SUSPEND_FOR_SNAPSHOT_BACKUP = ON (GROUP = (a))'",
        "acquire sqlserver-freeze",
    ),
    (
        "sqlcmd -Q 'ALTER SERVER CONFIGURATION SET SUSPEND_FOR_SNAPSHOT_BACKUP=OFF'",
        "release sqlserver-freeze",
    ),
    (
        "sqlcmd -Q 'ALTER DATABASE [My Db] SET SUSPEND_FOR_SNAPSHOT_BACKUP = ON'",
        "acquire sqlserver-freeze [My Db]",
    ),
    (
        "sqlcmd -Q \"BACKUP DATABASE db1 TO DISK='/x' WITH METADATA_ONLY\"",
        "release sqlserver-freeze db1",
    ),
    ("sqlcmd -Q 'ALTER DATABASE db1 SET READ_ONLY'", "acquire sqlserver-read-only db1"),
    ("sqlcmd -Q 'ALTER DATABASE db1 SET READ_WRITE'", "release sqlserver-read-only db1"),
    ("sqlcmd -Q 'SELECT 1'", "query sqlserver"),
    ("nodetool -h node flush keyspace1", "flush cassandra"),
    ("nodetool snapshot -t dlm", "mutate cassandra"),
    ("nodetool drain", "mutate cassandra"),
    ("nodetool disablebinary", "acquire cassandra-clients"),
    ("nodetool enablebinary", "release cassandra-clients"),
    ("nodetool status", "probe cassandra"),
    ("redis-cli SAVE", "flush redis"),
    ("redis-cli -a $PASSWORD bgsave", "flush redis"),
    ("redis-cli CLIENT PAUSE 30000 WRITE", "acquire redis-clients"),
    ("valkey-cli client unpause", "release redis-clients"),
    ("redis-cli ping", "probe redis"),
    ("redis-cli -h host config set save ''", "mutate redis"),
    ("hdfs dfsadmin -safemode enter", "acquire hdfs-safemode"),
    ("hdfs dfsadmin -safemode leave", "release hdfs-safemode"),
    ("rabbitmqctl -q stop_app", "acquire rabbitmq"),
    (
        "irissession IRIS -U '%SYS' '##Class(Backup.General).ExternalFreeze(\"/l\",,,,,,600,,,300)'",
        "acquire iris-freeze IRIS",
    ),
    (
        "docker exec iris irissession $INST -U%SYS '##class(Backup.General).ExternalThaw()'",
        "release iris-freeze ?",
    ),
    (
        "$DOCKER_EXEC irissession IRIS -U%SYS '##Class(Backup.General).IsWDSuspendedExt()'",
        "probe iris-freeze IRIS",
    ),
    ("iris session A -U%SYS '##class(Backup.General).IsWDSuspended()'", "probe iris-freeze A"),
    ("iris terminal A '##class(Backup.General).ExternalThaw()'", "release iris-freeze A"),
    ("csession A '##class(Backup.General).ExternalFreeze()'", "acquire iris-freeze A"),
    (
        "irissession A -U%SYS '##Class(Backup.General).ExternalSetHistory(\"/l\")'",
        "mutate iris-backup-history A",
    ),
    ("iris qall", "list iris-instance"),
    ("sudo -i -u irissys iris list", "list iris-instance"),
    ("iris stop IRIS quietly", "acquire service IRIS"),
    ("iris start IRIS", "release service IRIS"),
]

SERVICES = [
    ("systemctl stop mysqld", "acquire service mysqld"),
    (
        "systemctl --no-block stop a.service b.service",
        "acquire service a.service; acquire service b.service",
    ),
    ("systemctl start mysqld", "release service mysqld"),
    ("systemctl restart $SERVICE", "release service ?"),
    ("sudo systemctl is-active --quiet mysqld.service", "probe service mysqld.service"),
    ("systemctl -q is-active $OPTION mysqld", "probe service ?; probe service mysqld"),
    ("systemctl $QUIET stop mysqld", "acquire service mysqld"),
    ("systemctl status", "probe service"),
    ("systemctl show -p ActiveState mysqld", "list service"),
    ("systemctl", "list service"),
    ("systemctl disable --now mysqld", "acquire service mysqld"),
    ("systemctl disable mysqld", "mutate service"),
    ("systemctl kill -s SIGSTOP mysqld", "acquire process mysqld"),
    ("systemctl kill --signal=CONT mysqld", "release process mysqld"),
    ("systemctl freeze db.service", "acquire service-freeze db.service"),
    ("systemctl thaw db.service", "release service-freeze db.service"),
    ("systemctl start thaw.timer", "watchdog later"),
    ("service mysql stop", "acquire service mysql"),
    ("/etc/init.d/mysql restart", "release service mysql"),
    ("service mysql status", "probe service mysql"),
    ("service --status-all", "list service"),
    ("rc-service mariadb start", "release service mariadb"),
    ("supervisorctl stop app", "acquire service app"),
    ("kill -STOP 42", "acquire process 42"),
    ("kill -s STOP $PID", "acquire process ?"),
    ("kill -SIGCONT 42", "release process 42"),
    ("kill -0 $PID", "probe process ?"),
    ("kill 42", "mutate process 42"),
    ("kill -9 42", "mutate process 42"),
    ("kill -l", "query process"),
    ("pkill -STOP -u mysql mysqld", "acquire process mysqld"),
    ("pkill --signal CONT mysqld", "release process mysqld"),
    ("sudo pkill -g $GROUP", "mutate process"),
    ("killall -CONT mysqld", "release process mysqld"),
    ("pgrep -f mysqld", "probe process mysqld"),
    ("pidof mysqld", "probe process mysqld"),
    ("nc -z -w 5 localhost 3306", "probe port 3306"),
    ("ps aux", "list process"),
    ("docker pause web db", "acquire container-pause web; acquire container-pause db"),
    ("docker container unpause web", "release container-pause web"),
    ("podman --url unix:///x pause $NAME", "acquire container-pause ?"),
    ("docker stop -t 10 web", "acquire container web"),
    ("docker start web", "release container web"),
    ("docker compose -f x.yml pause", "acquire container-pause"),
    ("docker compose unpause db", "release container-pause db"),
    ("docker-compose down", "acquire container"),
    ("docker compose up -d", "release container"),
    ("docker ps -q", "list container"),
    ("docker rm -f web", "mutate container"),
    ("docker run image", "mutate container"),
    ("virsh suspend vm1", "acquire vm vm1"),
    ("virsh resume vm1", "release vm vm1"),
    ("virsh domfsfreeze vm1 --mountpoint /data", "acquire vm-filesystem vm1"),
    ("virsh domfsthaw vm1", "release vm-filesystem vm1"),
    ("pcs property set maintenance-mode=true", "acquire cluster-maintenance"),
    ("pcs resource disable db", "acquire cluster-resource db"),
]

LATER = [
    ("systemd-run --on-active=110s fsfreeze -u /data", "watchdog filesystem /data"),
    ("systemd-run --on-active 60 --unit=thaw xfs_freeze -u $TARGET", "watchdog filesystem ?"),
    ("systemd-run --on-active=60 mysql -e 'UNLOCK TABLES'", "watchdog mysql-read-lock"),
    ("systemd-run --on-active=60 /usr/local/bin/thaw.sh", "watchdog later"),
    ("systemd-run --on-active=60 bash -c 'fsfreeze -u /data'", "watchdog later"),
    ("systemd-run --on-calendar='*:0/5' --unit=x", "watchdog later"),
    ("systemd-run fsfreeze -u /data", "release filesystem /data"),
    ("at now + 1 minute", "watchdog later"),
    ("at -f thaw.sh now + 1 minute", "watchdog later"),
    ("batch", "watchdog later"),
    ("at -l", "list job"),
    ("atrm 5", "mutate job 5"),
]

CHANGES = [
    ("rm -rf /data/x", "mutate files /data/x"),
    ("touch /run/state", "mutate files /run/state"),
    ("mkdir -p -m 755 /var/log/x", "mutate files /var/log/x"),
    ("tee -a /var/log/x", "mutate files /var/log/x"),
    ("cp -a /a /b /c", "mutate files /c"),
    ("mv /a /b", "mutate files /a; mutate files /b"),
    ("chown -R mysql:mysql /data", "mutate files /data"),
    ("sed -i s/a/b/ /etc/my.cnf", "mutate files /etc/my.cnf"),
    ("sed -i.bak -e s/a/b/ /etc/my.cnf", "mutate files /etc/my.cnf"),
    ("find /data -name '*.tmp' -delete", "mutate files"),
    ("yum -y install jq", "mutate packages"),
    ("apt-get -qq update", "mutate packages"),
    ("rpm -Uvh x.rpm", "mutate packages"),
    ("sysctl -w vm.swappiness=1", "mutate kernel"),
    ("useradd x", "mutate accounts"),
    ("crontab -", "mutate job"),
    ("crontab -l", "list job"),
    ("reboot", "mutate host"),
]

NOTHING = [
    'echo "fsfreeze -f /data"',
    "echo fsfreeze -f /data",
    "printf '%s' 'FLUSH TABLES WITH READ LOCK'",
    "grep fsfreeze /var/log/messages",
    "man fsfreeze",
    "which fsfreeze",
    "command -v fsfreeze",
    "type fsfreeze",
    "awk '/fsfreeze -f/ {print}' file",
    "sed -n s/fsfreeze/x/p file",
    "cat file",
    "true",
    "sleep 60",
    "date +%s",
    "curl -s http://localhost/",
    "aws ec2 create-snapshot --volume-id vol-1",
    "ssh host fsfreeze -f /data",
    "mysqldump --all-databases",
    "psql -f freeze.sql",
    "bash -c 'fsfreeze -f /data'",
    "",
]

COMMANDS = [
    *FILESYSTEMS,
    *MYSQL,
    *POSTGRESQL,
    *MONGODB,
    *OTHER_DATABASES,
    *SERVICES,
    *LATER,
    *CHANGES,
    *((command, "") for command in NOTHING),
]


@pytest.mark.parametrize(("command", "expected"), COMMANDS)
def test_what_a_command_means(command: str, expected: str) -> None:
    assert told(command) == expected


def test_the_table_of_commands_is_worth_its_name() -> None:
    assert len(COMMANDS) >= 150


HERE_DOCUMENTS = [
    (
        "sqlplus -s / as sysdba",
        "set heading off\nwhenever sqlerror exit 1\nalter database begin backup;\nexit\n",
        "query oracle; query oracle; acquire oracle-backup-mode; query oracle",
    ),
    ("sqlplus / as sysdba", "ALTER DATABASE END BACKUP\n/\n", "release oracle-backup-mode"),
    (
        "sqlplus / as sysdba",
        "alter tablespace USERS begin backup;\n!fsfreeze -f /data\nhost sync\n"
        "alter tablespace USERS end backup;",
        "acquire oracle-backup-mode USERS; acquire filesystem /data; flush page-cache; "
        "release oracle-backup-mode USERS",
    ),
    (
        "sqlplus / as sysdba",
        "ALTER SYSTEM SUSPEND;\nALTER SYSTEM RESUME;",
        "acquire oracle-io-suspend; release oracle-io-suspend",
    ),
    ("sqlplus / as sysdba", "alter system archive log current;", "flush oracle"),
    ("sqlplus / as sysdba", "-- alter database begin backup;\nselect 1 from dual;", "query oracle"),
    (
        "sqlplus / as sysdba",
        "shutdown immediate\nstartup\n",
        "acquire service; release service",
    ),
    ("rman target /", "sql 'alter system archive log current';\nlist backup;", "query oracle"),
    (
        "isql -U sa -S ASE",
        "use master\ngo\nquiesce database dlm_tag hold db1, db2 for external dump\ngo\n",
        "query ase; acquire ase-quiesce dlm_tag",
    ),
    ("isql64 -Usa", "quiesce database dlm_tag release\ngo", "release ase-quiesce dlm_tag"),
    (
        "sqlcmd -S .",
        "USE master\nGO\nALTER DATABASE db1 SET SUSPEND_FOR_SNAPSHOT_BACKUP = ON\nGO\n",
        "query sqlserver; acquire sqlserver-freeze db1",
    ),
    (
        "db2",
        "connect to sample\nset write suspend for database\nterminate\n",
        "query db2; acquire db2-write-suspend; query db2",
    ),
    (
        "mysql -u root",
        "SET SESSION lock_wait_timeout = 5;\nFLUSH TABLES WITH READ LOCK;\n",
        f"query mysql-wait-limit; {READ_LOCK}",
    ),
    ("mysql", "FLUSH TABLES WITH READ LOCK\\G\n", READ_LOCK),
    (
        "psql -X",
        "\\set ON_ERROR_STOP on\nCHECKPOINT;\nSELECT pg_backup_stop();",
        "query postgresql; flush postgresql; release postgresql-backup",
    ),
    ("psql", "\\! fsfreeze -f /data\n", "acquire filesystem /data"),
    ("mongosh", "use admin\ndb.fsyncLock()\n", "query mongodb; acquire mongodb-fsync-lock"),
    ("mongosh", "db.adminCommand({\n  fsync: 1,\n  lock: true\n})\n", "acquire mongodb-fsync-lock"),
    (
        "irissession IRIS -U%SYS",
        "do ##class(Backup.General).ExternalFreeze()\nhalt\n",
        "acquire iris-freeze IRIS; query iris",
    ),
    (
        "irissession IRIS -U%SYS",
        "// do ##class(Backup.General).ExternalFreeze()\nhalt\n",
        "query iris",
    ),
    ("redis-cli", "CLIENT PAUSE 1000\nBGSAVE\n", "acquire redis-clients; flush redis"),
    ("cqlsh", "SELECT 1; DROP TABLE t;", "query cassandra; mutate cassandra"),
    ("cat", "FLUSH TABLES WITH READ LOCK;", ""),
]


@pytest.mark.parametrize(("command", "text", "expected"), HERE_DOCUMENTS)
def test_what_a_here_document_means(command: str, text: str, expected: str) -> None:
    assert told(command, text) == expected
