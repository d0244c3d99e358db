"""What scripts/fuzz-differential and scripts/fuzz-mutate share."""
import os
import pathlib
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent


def find(name):
    """An executable of .build/tools itself, because the wrapper beside it starts Python every time, or one on the path."""
    for path in sorted((TOP / ".build/tools").rglob(name), key=str):
        if path.is_file() and path.stat().st_size > 1 << 20 and os.access(path, os.X_OK):
            return str(path)
    return shutil.which(name)


def fail(code, text):
    print(f"error: {text}", file=sys.stderr)
    sys.exit(code)


def checked(options):
    """The options, with the absolute path of a `wvm` that answers as one; or an error."""
    if options.jobs < 1:
        fail(64, f"--jobs {options.jobs}: must be at least 1")
    path = pathlib.Path(options.wvm).absolute()
    if not path.exists():
        fail(69, f"no {path}; run scripts/build-release first, or name another: --wvm PATH")
    if not path.is_file() or not os.access(path, os.X_OK):
        fail(69, f"--wvm {path}: no executable file; name a build of wvm")
    try:
        asked = subprocess.run([path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        fail(69, f"--wvm {path}: cannot be run ({getattr(error, 'strerror', None) or 'it does not come to an end'}); name a build of wvm")
    if asked.returncode or not asked.stdout.startswith("wvm "):
        fail(69, f"--wvm {path}: is no wvm (--version ends with {asked.returncode} and does not say wvm); name a build of wvm")
    options.wvm = str(path)
    return options
