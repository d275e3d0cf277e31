"""The container files: linted, valid, and in step with the project."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_dockerfile_is_clean():
    done = run("hadolint", "docker/Dockerfile")
    assert done.returncode == 0, done.stdout


def test_the_compose_file_is_valid():
    done = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker/compose.yaml")
    assert done.returncode == 0, done.stdout


def test_every_package_is_in_the_image():
    import tomllib

    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"][
        "targets"
    ]["wheel"]["packages"]
    dockerfile, ignored = (
        (DOCKER / "Dockerfile").read_text(),
        (ROOT / ".dockerignore").read_text().split(),
    )
    for package in [*packages, "dags"]:
        assert f"COPY {package} {package}\n" in dockerfile
        assert f"!{package}" in ignored


def test_everything_is_installed_by_hash_and_nothing_runs_as_root():
    dockerfile = (DOCKER / "Dockerfile").read_text()
    assert dockerfile.count("--require-hashes") == 2
    assert re.search(r"^USER [1-9]\d*", dockerfile, re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile


def test_every_setting_of_compose_is_explained_in_the_example():
    wanted = set(re.findall(r"\$\{(\w+):\?", (DOCKER / "compose.yaml").read_text()))
    named = set(re.findall(r"^(\w+)=", (DOCKER / "example.env").read_text(), re.MULTILINE))
    assert wanted <= named


def test_no_secret_stands_in_the_container_files():
    values = re.findall(
        r"^(\w*(?:PASSWORD|SECRET|KEY|TOKEN|DSN)\w*)[=:] *(.*)$",
        (DOCKER / "example.env").read_text(),
        re.MULTILINE,
    )
    assert values
    assert {value for _, value in values} == {""}


def test_only_loopback_is_published():
    import yaml

    services = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)
