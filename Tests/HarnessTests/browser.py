"""Opens an address in headless Chromium and prints the page's markup once an expression is true in it.

usage: browser.py CHROMIUM ADDRESS EXPRESSION [WIDTH [dark]]      ends with 1 where it is not true within 50 seconds
"""
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

program, address, expression = sys.argv[1:4]
width = int(sys.argv[4]) if len(sys.argv) > 4 else 1100
profile = tempfile.mkdtemp()
# The browser reads what it is told from descriptor 3 and answers to 4 (--remote-debugging-pipe).
told_read, told_write = os.pipe()
said_read, said_write = os.pipe()


def place():
    for descriptor, number in ((os.dup(told_read), 3), (os.dup(said_write), 4)):
        os.dup2(descriptor, number)


browser = subprocess.Popen(
    [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}", "--remote-debugging-pipe", f"--window-size={width},900"],
    preexec_fn=place, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
pending, number = b"", 0


def call(method, parameters=None, session=None):
    global pending, number
    number += 1
    message = {"id": number, "method": method, "params": parameters or {}}
    if session:
        message["sessionId"] = session
    os.write(told_write, json.dumps(message).encode() + b"\0")
    end = time.monotonic() + 50
    while time.monotonic() < end:
        while b"\0" in pending:
            text, pending = pending.split(b"\0", 1)
            answer = json.loads(text)
            if answer.get("id") == number:
                return answer.get("result") or {}
        if select.select([said_read], [], [], 1)[0]:
            pending += os.read(said_read, 1 << 20)
    raise TimeoutError(method)


status = 1
try:
    target = call("Target.createTarget", {"url": "about:blank"})["targetId"]
    session = call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
    if "dark" in sys.argv[5:]:
        call("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}, session)
    call("Page.navigate", {"url": address}, session)
    end = time.monotonic() + 50
    while status and time.monotonic() < end:
        value = call("Runtime.evaluate", {"expression": f"Boolean({expression})", "returnByValue": True}, session)
        if value.get("result", {}).get("value") is True:
            status = 0
        else:
            time.sleep(0.1)
    markup = call("Runtime.evaluate", {"expression": "document.documentElement.outerHTML", "returnByValue": True}, session)
    print(markup.get("result", {}).get("value", ""))
finally:
    browser.kill()
    browser.wait()
    shutil.rmtree(profile, ignore_errors=True)
sys.exit(status)
