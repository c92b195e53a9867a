"""WebKit as Debian has it, the engine of Safari, driven by Selenium on a screen that nobody sees.

Playwright's WebKit is a build of its own for few systems; webkit2gtk-driver and xvfb are packages of the distribution.
"""

import contextlib
import os
import shutil
import subprocess
import warnings
from glob import glob

from tests.support.peers import missing

DRIVER = "WebKitWebDriver"
BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
SIZE = (1400, 900)
MAX_WAIT_SECONDS = 60


@contextlib.contextmanager
def webkit():
    """Yields Selenium's driver of a WebKit; what is not installed is said."""
    try:
        from selenium import webdriver
    except ImportError:
        missing("Selenium is not installed: pip install -e '.[dev]'", "REQUIRE_BROWSER")
    driver, browsers = shutil.which(DRIVER), sorted(glob(BROWSERS))
    if driver is None or not browsers or shutil.which("Xvfb") is None:
        missing("there is no WebKitWebDriver or no Xvfb: apt install webkit2gtk-driver xvfb", "REQUIRE_BROWSER")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = browsers[-1]
    options.add_argument("--automation")
    with _screen() as display:
        service = webdriver.WebKitGTKService(driver, env=os.environ | {"DISPLAY": display, "GDK_BACKEND": "x11"})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of Selenium's own call
            started = webdriver.WebKitGTK(options=options, service=service)
        try:
            started.set_window_size(*SIZE)
            yield started
        finally:
            started.quit()


@contextlib.contextmanager
def _screen():
    """A screen without a device; its name, as ":99"."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def wait_for(driver, condition):
    """Waits until a condition holds on the page, JavaScript; returns its value."""
    from selenium.webdriver.support.wait import WebDriverWait

    return WebDriverWait(driver, MAX_WAIT_SECONDS, 0.1).until(lambda each: each.execute_script(f"return {condition}"))
