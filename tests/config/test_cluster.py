"""The embedded server on bad days."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from danchu.config.cluster import Cluster
from danchu.config.cluster_place import (
    ClusterFailed,
    account_for,
    can_reach,
    make_private,
    socket_folder,
)
from tests.config.conftest import ROOT, kill, rows, wait_for
from tests.sizes import turn


def test_a_committed_row_survives_a_killed_server(cluster):
    cluster.durable = True  # as everywhere but in the suite
    url = cluster.start()
    rows(url, "CREATE TABLE kept (n int)")
    rows(url, "INSERT INTO kept VALUES (7)")
    kill(cluster._postmaster())
    wait_for(lambda: not cluster.is_up())
    assert cluster.start() == url
    assert rows(url, "SELECT n FROM kept") == [(7,)]


@turn(2, together=0)
def test_a_server_that_runs_is_joined_not_started_twice(cluster):
    cluster.start()
    first = cluster._postmaster()
    Cluster(cluster.var, durable=False).start()
    assert cluster._postmaster() == first


def test_two_that_start_at_once_find_one_server(cluster):
    others = [Cluster(cluster.var, durable=False) for _ in range(3)]
    failures = []

    def start(one):
        try:
            rows(one.start(), "SELECT 1")
        except Exception as failure:  # told to the test, not to the thread
            failures.append(failure)

    threads = [threading.Thread(target=start, args=[one]) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@turn(2, together=1)
def test_the_last_to_leave_stops_the_server(cluster):
    cluster.start()
    program = (
        "import sys; from danchu.config.cluster import Cluster; c = Cluster(sys.argv[1], "
        "durable=False); c.start();"
        "print('in', flush=True); sys.stdin.read(); print(c.leave(), flush=True)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(cluster.var)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout.readline() == "in\n"
    assert not cluster.leave() and cluster.is_up()
    assert other.communicate()[0] == "True\n"
    assert not cluster.is_up() and not cluster.socket.exists()


@turn(2, together=0)
def test_a_number_that_now_belongs_to_another_program_is_not_our_server(cluster):
    url = cluster.start()
    cluster.leave()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert not cluster.is_up()
    assert rows(cluster.start() and url, "SELECT 1") == [(1,)]


@turn(2, together=1)
def test_a_dead_server_that_nobody_reaped_does_not_keep_the_next_from_starting(cluster):
    cluster.start()
    cluster.leave()
    zombie = subprocess.Popen(["true"])
    wait_for(lambda: ") Z " in Path(f"/proc/{zombie.pid}/stat").read_text())
    (cluster.data / "postmaster.pid").write_text(f"{zombie.pid}\n")
    assert rows(cluster.start(), "SELECT 1") == [(1,)]
    zombie.wait()


@turn(2, together=0)
def test_a_killed_initdb_leaves_nothing_that_looks_like_a_cluster(cluster):
    (cluster.home / "data.new" / "base").mkdir(parents=True)
    (cluster.home / "data.new" / "PG_VERSION").write_text(str(cluster.major))
    assert rows(cluster.start(), "SELECT 1") == [(1,)]


@turn(2, together=1)
def test_why_it_did_not_start_is_one_line(cluster):
    cluster.start()
    cluster.leave()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(ClusterFailed, match="contains errors"):
        cluster.start()


@turn(2, together=0)
def test_data_of_a_cluster_is_never_removed_to_make_room_for_a_new_one(cluster):
    cluster.start()
    cluster.leave()
    (cluster.data / "PG_VERSION").unlink()
    with pytest.raises(ClusterFailed):
        cluster.start()
    assert (cluster.data / "base").is_dir()


@turn(2, together=0)
def test_the_socket_is_in_a_short_path_that_others_cannot_enter(cluster):
    cluster.start()
    assert len(str(cluster.socket / ".s.PGSQL.5432.lock")) < 107
    assert cluster.socket.stat().st_mode & 0o077 == 0


def test_a_socket_folder_that_is_a_trap_is_refused(folder):
    (folder / "trap").symlink_to("/etc")
    with pytest.raises(ClusterFailed, match="trap"):
        make_private(folder / "trap", None)


def test_a_long_temporary_folder_is_not_used(monkeypatch, folder):
    monkeypatch.setattr("tempfile.tempdir", str(folder / ("x" * 90)))
    assert str(socket_folder(folder, None)).startswith("/tmp/")


@turn(2, together=1)
@pytest.mark.skipif(os.getuid() != 0, reason="only root becomes another account")
def test_root_keeps_the_data_where_the_account_can_reach_it_and_opens_no_folder(folder):
    closed = folder / "closed"
    (closed / "var").mkdir(parents=True)
    closed.chmod(0o700)
    cluster = Cluster(closed / "var", durable=False)
    try:
        assert rows(cluster.start(), "SELECT 1") == [(1,)]
        assert cluster.place.parent == cluster.place.parent.parent / "lib" and not can_reach(
            account_for(cluster.data), closed / "var"
        )
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.leave()
        subprocess.run(["rm", "-rf", str(cluster.place)], check=True)


@turn(2, together=1)
def test_stopping_is_clean(cluster):
    cluster.start()
    kill(cluster._postmaster(), signal.SIGINT)
    wait_for(lambda: not cluster.is_up())
    time.sleep(0.2)
    assert rows(cluster.start(), "SELECT 1") == [(1,)]
    assert "was interrupted" not in cluster.log.read_text()
