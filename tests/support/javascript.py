"""Runs a widget's script outside of any notebook, for tests of its arithmetic: in node, or else in Chromium."""

import json
import shutil
import subprocess

from browser import CHROMIUM, browser

NODE = shutil.which("node")
HERE = bool(NODE or CHROMIUM)  # whether anything on this machine runs JavaScript


def run(esm, code, **given):
    """What `code`, the body of an async function behind the module `esm`, returns; `given` are its names."""
    names = "".join(f"const {name} = {json.dumps(value)};" for name, value in given.items())
    body = f"{esm}\nconst answer = await (async () => {{ {names} {code} }})();"
    if NODE:
        script = f"{body}\nprocess.stdout.write(JSON.stringify(answer));"
        done = subprocess.run([NODE, "--input-type=module", "-"], input=script, capture_output=True,
                              text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
    with browser() as context:
        page = context.new_page()
        return page.evaluate("""async body => {
            const url = URL.createObjectURL(new Blob([body + "\\nexport { answer };"], {type: "text/javascript"}));
            return (await import(url)).answer; }""", body)
