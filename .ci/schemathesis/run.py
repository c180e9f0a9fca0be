#!/usr/bin/env python3
"""Holds the sandbox against the specs with Schemathesis, as a stranger would who has only the two.

    .ci/schemathesis/run.py [VENDOR ...] [--examples N]

Expects `cart` to be built (`cargo build -p cartwright-cli`). Fails on a finding that findings.toml beside this file does
not list, and on a listed one that no longer turns up. Reports stay in target/outside/schemathesis.
"""

import argparse
import base64
import fnmatch
import json
import os
import subprocess
import sys
import time
import tomllib
import urllib.parse
import urllib.request
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "cart"
WORK = ROOT / "target" / "outside" / "schemathesis"
ENVIRONMENT = ROOT / "target" / "outside" / "venv"
REQUIREMENTS = HERE / "requirements.txt"
AGENT = "Schemathesis/4"
SEED = 1
# Carts that exist before the run, as many as its deletions may need.
CARTS = 12


def tool():
    """The program, installed when the list of versions has changed."""
    program, stamp = ENVIRONMENT / "bin" / "st", ENVIRONMENT / "installed.txt"
    wanted = REQUIREMENTS.read_text()
    if not (program.exists() and stamp.exists() and stamp.read_text() == wanted):
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        pip = [ENVIRONMENT / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--requirement", REQUIREMENTS], check=True)
        stamp.write_text(wanted)
    return program


def load_yaml(path):
    # PyYAML comes with Schemathesis, so it is in the environment and not in the Python that runs this.
    read = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1], encoding='utf-8')), sys.stdout, default=str)"
    out = subprocess.run([ENVIRONMENT / "bin" / "python", "-c", read, path], check=True, capture_output=True)
    return json.loads(out.stdout)


def prepare(vendor):
    """The spec in what OpenAPI says by itself: examples in place, and failures under 200 as answers with 422."""
    folder = ROOT / "specs" / vendor
    spec = load_yaml(folder / "openapi.yaml")

    def inline(node):
        if isinstance(node, list):
            return [inline(one) for one in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("externalValue"), str):
            kept = {key: value for key, value in node.items() if key != "externalValue"}
            return {**kept, "value": json.loads((folder / node["externalValue"]).read_text(encoding="utf-8"))}
        return {key: inline(value) for key, value in node.items()}

    spec = inline(spec)
    for methods in spec["paths"].values():
        for operation in methods.values():
            if isinstance(operation, dict) and "x-failure" in operation:
                schema = {"$ref": operation["x-failure"]["schema"]}
                content = {"application/json": {"schema": schema}}
                operation["responses"].setdefault("422", {"description": "A failure under 200.", "content": content})
    path = WORK / vendor / "openapi.json"
    path.write_text(json.dumps(spec))
    return path


class Sandbox:
    """`cart sandbox` of its own for each vendor, with the time standing still so that no token ends."""

    def __enter__(self):
        command = [PROGRAM, "sandbox", "-o", "json", "--time", "2026-01-31T09:00:00Z"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        line = self.process.stdout.readline()
        self.vendors = {each["vendor"]: each for each in json.loads(line)["vendors"]}
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=10)


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def headers(vendor, access):
    """What each request carries, and what single operations carry in its place."""
    own = access["credentials"]
    match vendor:
        case "bigcommerce":
            return {"X-Auth-Token": own["access_token"]}, {}
        case "cpanel":
            return {"Authorization": f"cpanel {own['user']}:{own['api_token']}"}, {}
        case "liquidweb":
            return {"Authorization": basic(own["user"], own["password"])}, {}
        case "webroot":
            client = basic(own["client_id"], own["client_secret"])
            form = {"grant_type": "password", "scope": "ECom.Shop"}
            form |= {"username": own["username"], "password": own["password"]}
            request = urllib.request.Request(
                f"{access['base_url']}/auth/token",
                data=urllib.parse.urlencode(form).encode(),
                headers={"Authorization": client, "User-Agent": AGENT},
            )
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
                token = json.load(answer)["access_token"]
            common = {"User-Agent": AGENT, "Authorization": f"Bearer {token}"}
            return common, {"POST /auth/token": {"User-Agent": AGENT, "Authorization": client}}
    sys.exit(f"no credentials are known for {vendor}")


# A line that the catalogue has, and the path parameter that names a cart.
CART = {
    "bigcommerce": ("product:118,variant=140", "path.cartId"),
    "webroot": ("license:SAEP,seats=150,years=1", "path.vendorOrderCode"),
}
# What the built-in catalogues know, by where a request says it.
KNOWN = {
    "bigcommerce": {"body.line_items[*].product_id": [118], "body.line_items[*].variant_id": [140]},
    "cpanel": {"query.provider": ["cPStore"], "query.product_name": ["cpanel-ssl", "example-backup"]},
    "liquidweb": {"body.params.code": ["BNDL-AGENCY", "PKG-STARTER"]},
}


def known(vendor, access):
    """Values that exist, by where a request says them, so that not every request ends at an id that nobody knows."""
    values = dict(KNOWN.get(vendor, {}))
    if vendor == "cpanel":
        values |= {f"query.{name}": [access["credentials"][name]] for name in ("access_token", "login_token")}
    if vendor in CART:
        line, parameter = CART[vendor]
        command = [PROGRAM, "create", "--vendor", vendor, "--line", line, "-o", "json"]
        environment = {**os.environ, **access["environment"]}
        made = [subprocess.run(command, check=True, capture_output=True, env=environment) for _ in range(CARTS)]
        values[parameter] = [json.loads(out.stdout)["id"] for out in made]
    return values


def text(value):
    return json.dumps(value, ensure_ascii=True)


def configure(vendor, access):
    """Schemathesis' own configuration; only what differs from its defaults."""
    common, single = headers(vendor, access)
    lines, bindings = [], []
    for number, (place, values) in enumerate(known(vendor, access).items()):
        lines += [f"[dictionaries.known-{number}]", f"values = {text(values)}", ""]
        bindings += [f'{text(place)} = {{ dictionary = "known-{number}", probability = 0.7 }}']
    if bindings:
        lines += ["[parameters]", *bindings, ""]
    lines += ["[headers]"] + [f"{text(name)} = {text(value)}" for name, value in common.items()] + [""]
    for operation, own in single.items():
        lines += ["[[operations]]", f"include-name = {text(operation)}"]
        lines += [f"headers.{text(name)} = {text(value)}" for name, value in own.items()] + [""]
    path = WORK / vendor / "schemathesis.toml"
    path.write_text("\n".join(lines))
    return path


def run(program, vendor, examples):
    """Every finding as (code, operation), with the place of the whole report."""
    folder = WORK / vendor
    folder.mkdir(parents=True, exist_ok=True)
    report, said = folder / "report.json", folder / "report.txt"
    report.unlink(missing_ok=True)
    with Sandbox() as sandbox:
        access = sandbox.vendors[vendor]
        command = [program, "--no-color", "--config-file", configure(vendor, access), "run", prepare(vendor)]
        command += ["--url", access["base_url"], "--checks", "all", "--continue-on-failure", "--no-shrink"]
        command += ["--seed", str(SEED), "--generation-database", "none", "--max-examples", str(examples)]
        # On a busy machine data is made slowly; that says nothing about the sandbox.
        command += ["--suppress-health-check", "all", "--request-timeout", "20"]
        command += ["--report", "json", "--report-json-path", report]
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": "failure_under_200", "PYTHONPATH": str(HERE)}
        environment |= {"PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "*"}
        with said.open("w") as out:
            # Its own exit code says 1 for every finding, listed or not: the report is what counts.
            subprocess.run(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT, timeout=600)
    if not report.exists():
        sys.exit(f"{vendor}: Schemathesis did not run:\n{said.read_text()[-3000:]}")
    result = json.loads(report.read_text())
    operations = result["operations"]
    if result["errors"] or not result["complete"] or operations["tested"] != operations["total"]:
        sys.exit(f"{vendor}: Schemathesis did not get through: {result['errors']}\nsee {said}")
    found = {(each["code"], operation) for each in result["failures"] for operation in each["operations"]}
    return found, result["test_cases"]["generated"], said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vendors", nargs="*", metavar="VENDOR", help="all, unless named")
    parser.add_argument("--examples", type=int, default=10, help="examples of each operation and phase")
    options = parser.parse_args()
    listed = tomllib.loads((HERE / "findings.toml").read_text(encoding="utf-8"))
    vendors = options.vendors or sorted(path.parent.name for path in ROOT.glob("specs/*/openapi.yaml"))
    program, failed, cases_of_all = tool(), 0, 0
    for vendor in vendors:
        begun = time.monotonic()
        entries = [each for each in listed["finding"] if each["vendor"] == vendor]
        found, cases, said = run(program, vendor, options.examples)

        patterns = [(each["code"], one, each.get("by_chance")) for each in entries for one in each["operations"]]

        def covers(listed_code, pattern, code, operation):
            return listed_code == code and fnmatch.fnmatchcase(operation, pattern)

        new = sorted(one for one in found if not any(covers(code, pattern, *one) for code, pattern, _ in patterns))
        gone = [
            (code, pattern)
            for code, pattern, by_chance in patterns
            if not by_chance and not any(covers(code, pattern, *one) for one in found)
        ]
        for code, operation in new:
            print(f"  new: {code} at {operation}: see {said}")
        for code, pattern in gone:
            print(f"  gone: {code} at {pattern}: take it out of .ci/schemathesis/findings.toml")
        failed += len(new) + len(gone)
        cases_of_all += cases
        took = time.monotonic() - begun
        print(f"{vendor}: {cases} requests, {len(found) - len(new)} listed findings, {len(new)} new, {took:.0f} s", flush=True)
    if failed:
        sys.exit(f"{failed} to settle: mend the sandbox or the spec where the documentation says so, or list it with why")
    print(f"{cases_of_all} requests, and no finding that is not listed with its reason")


main()
