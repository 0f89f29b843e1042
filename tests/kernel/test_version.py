"""The version that runs is told apart from the one that lies on the disk."""

from danchu.kernel import version


def test_the_version_on_the_disk_is_the_one_that_was_started():
    assert version.version_on_disk() == version.VERSION


def test_files_installed_since_have_their_own_version(monkeypatch, tmp_path):
    file = tmp_path / "version.py"
    file.write_text('"""…"""\nVERSION = "9.8.7"\n', encoding="utf-8")
    monkeypatch.setattr(version, "__file__", str(file))
    assert version.version_on_disk() == "9.8.7"


def test_where_no_version_can_be_read_it_is_that_of_the_process(monkeypatch, tmp_path):
    monkeypatch.setattr(version, "__file__", str(tmp_path / "gone.py"))
    assert version.version_on_disk() == version.VERSION
    (tmp_path / "gone.py").write_text("VERSION = None\n")
    assert version.version_on_disk() == version.VERSION
