"""The page in WebKit: it loads, trains, pauses where it says, and opens a file."""

from tests.support.browser import STILL_FIT, loss_at
from tests.support.webkit import wait_for, webkit

DRAWN = "document.querySelector('[data-testid=fit-chart] .moving .js-line') && !document.querySelector('#outline')"
IDLE = "document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')"
LISTEN = """window.errors = [];
    addEventListener("error", ({ message }) => errors.push(message));
    addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));"""


def tile(name):
    return f"Number(document.querySelector('[data-testid={name}]').dataset.value)"


def press(driver, key):
    wait_for(driver, f"document.querySelector('.st-key-{key} button')").click()


def test_the_page_loads_trains_pauses_and_opens_a_file(address, tmp_path):
    with webkit() as driver:
        driver.get(f"{address}/?target=points")
        driver.execute_script(LISTEN)
        wait_for(driver, DRAWN)
        wait_for(driver, IDLE)
        press(driver, "train")
        wait_for(driver, f"{tile('epoch')} > 200")
        press(driver, "pause")
        paused = "document.querySelector('.st-key-message').innerText.match(/Paused at epoch ([0-9,]+)/)"
        epoch = int(wait_for(driver, paused)[1].replace(",", ""))
        loss = wait_for(driver, f"{tile('epoch')} === {epoch} && {tile('loss')}")
        assert loss == loss_at(epoch, target="points")

        path = tmp_path / "own.csv"
        path.write_text("x,y\n" + "".join(f"{x},{x * x}\n" for x in range(9)))
        wait_for(driver, "document.querySelector('.st-key-own_file input[type=file]')").send_keys(str(path))
        points = f"({STILL_FIT}?.data?.[1] ?? {{x: []}})"
        wait_for(driver, f"{points}.x.length === 9")
        assert driver.execute_script(f"return Array.from({points}.y)") == [x * x for x in range(9)]
        assert driver.execute_script("return errors") == []
