"""The files of deploy/ are what Compose and Kubernetes take, and agree with one another."""

import json
import re
import subprocess
import warnings
from pathlib import Path

import pytest

from tests.support.balancer import haproxy
from tests.support.peers import peer
from tests.support.server import ROOT

DEPLOY = ROOT / "deploy"
PLACE = re.compile(r"\$\{(?P<name>\w+):(?P<kind>[-?])(?P<text>[^{}]*)\}")


@pytest.fixture(scope="module")
def compose():
    return peer("yaml").safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kubernetes():
    """The objects by kind."""
    objects = peer("yaml").safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
    return {each["kind"]: each for each in objects}


@pytest.fixture(scope="module")
def image():
    """The environment of the image."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(re.findall(r"^ENV (.*)$", text, re.MULTILINE))))


# --- Compose ----------------------------------------------------------------------------------------------------------


def test_compose_takes_its_file(compose):
    schemas = Path(peer("check_jsonschema").__file__).parent / "builtin_schemas" / "vendor"
    schema = json.loads((schemas / "compose-spec.json").read_text(encoding="utf-8"))
    peer("jsonschema").validators.validator_for(schema)(schema).validate(compose)


def test_replicas_do_not_start_without_their_secret(compose):
    places = {place["name"]: place for place in PLACE.finditer(json.dumps(compose))}
    assert "STREAMLIT_SERVER_COOKIE_SECRET" in compose["services"]["app"]["environment"]
    assert [name for name, place in places.items() if place["kind"] == "?"] == ["STREAMLIT_SERVER_COOKIE_SECRET"]
    assert "all replicas need the same secret" in places["STREAMLIT_SERVER_COOKIE_SECRET"]["text"]
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in hosting or f"{name}=" in hosting for name in places)


def test_the_balancer_finds_the_replicas_under_the_name_and_port_that_they_have(compose, image):
    lines = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8")
    app, proxy = compose["services"]["app"], compose["services"]["proxy"]
    found = lines.count(f'"${{REPLICAS-app:{image["STREAMLIT_SERVER_PORT"]}}}"')
    assert found == len(re.findall("^backend ", lines, re.MULTILINE))  # the service's name is its host's
    assert '"${LISTEN-:8080}"' in lines
    assert [port.rpartition(":")[2] for port in proxy["ports"]] == ["8080"]
    assert "ports" not in app
    assert "container_name" not in app  # or it could not be scaled
    assert "image" not in app  # or Docker's registry would be asked for one of that name before it is built


def test_a_replica_may_drain_for_as_long_as_its_image_says(compose, kubernetes, image):
    assert int(compose["services"]["app"]["stop_grace_period"].rstrip("s")) > int(image["DRAIN_SECONDS"])
    assert kubernetes["Deployment"]["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > int(
        image["DRAIN_SECONDS"]
    )


# --- Kubernetes -------------------------------------------------------------------------------------------------------


def test_kubernetes_takes_every_object(kubernetes):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the package's own imports
        validator = peer("kubernetes_validate")
    kinds = {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget"}
    assert set(kubernetes) == kinds
    for each in kubernetes.values():
        validator.validate(each, validator.latest_version(), strict=True)


def test_the_objects_are_about_one_another(kubernetes):
    pod = kubernetes["Deployment"]["spec"]["template"]
    labels = pod["metadata"]["labels"]
    selectors = [kubernetes[kind]["spec"]["selector"] for kind in ("Deployment", "Service", "PodDisruptionBudget")]
    assert [selector.get("matchLabels", selector) for selector in selectors] == [labels] * 3
    (path,) = kubernetes["Ingress"]["spec"]["rules"][0]["http"]["paths"]
    (port,) = kubernetes["Service"]["spec"]["ports"]
    assert path["backend"]["service"] == {
        "name": kubernetes["Service"]["metadata"]["name"],
        "port": {"name": port["name"]},
    }
    (container,) = pod["spec"]["containers"]
    assert port["targetPort"] in {each["name"] for each in container["ports"]}
    target = kubernetes["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", kubernetes["Deployment"]["metadata"]["name"])


def test_a_pod_has_what_the_image_expects_and_no_more_rights(kubernetes, image):
    pod = kubernetes["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["ports"] == [{"name": "http", "containerPort": int(image["STREAMLIT_SERVER_PORT"])}]
    secrets = {each["name"]: each.get("valueFrom") for each in container["env"]}
    secret = secrets["STREAMLIT_SERVER_COOKIE_SECRET"]["secretKeyRef"]
    assert not secret.get("optional")
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    assert f"secret generic {secret['name']} --from-literal={secret['key']}=" in hosting
    user = re.search(r"^USER (\d+)$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert pod["securityContext"]["runAsUser"] == int(user) != 0
    assert container["volumeMounts"] == [{"name": "tmp", "mountPath": image["HOME"]}]


def test_what_the_ingress_says_to_haproxy_is_what_haproxy_knows(kubernetes, tmp_path):
    annotations = kubernetes["Service"]["metadata"]["annotations"]
    snippet = annotations["haproxy.org/backend-config-snippet"].splitlines()
    own = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8")
    denied = [line for line in snippet if " deny " in line]
    assert len(denied) == 3
    assert f"meth {annotations['haproxy.org/check-http'].replace(' /', ' uri /')}\n" in own
    assert all(line in re.sub(r" {2,}| #.*", " ", own) or line in own for line in denied)
    cookie = annotations["haproxy.org/cookie-persistence"]
    backend = [
        f"balance {annotations['haproxy.org/load-balance']}",
        f"cookie {cookie} insert indirect nocache dynamic",
        "dynamic-cookie-key x",
        f"option httpchk {annotations['haproxy.org/check-http']}",
        f"default-server check inter {annotations['haproxy.org/check-interval']}",
        *snippet,
        "server app 127.0.0.1:1",
    ]
    timeouts = ["mode http", *(f"timeout {name} 1s" for name in ("client", "connect", "server"))]
    sections = {"defaults": timeouts, "backend app": backend, "frontend page": ["bind :1", "default_backend app"]}
    file = tmp_path / "haproxy.cfg"
    file.write_text(
        "".join(f"{name}\n" + "".join(f"    {line}\n" for line in lines) for name, lines in sections.items())
    )
    check(file)


def check(file):
    """Has HAProxy read a configuration."""
    done = subprocess.run([haproxy(), "-c", "-f", str(file)], capture_output=True, text=True)
    assert "warning" not in done.stderr.lower()
    assert (done.returncode, done.stdout) == (0, "Configuration file is valid\n"), done.stderr
