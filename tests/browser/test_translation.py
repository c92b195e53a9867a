"""The browser's translation, by a script that replaces every text as Chrome's does and goes on watching."""

import re
from urllib.parse import urlencode

import pytest

from tests.support.browser import number, wait_for_epoch, wait_until_idle

# Chrome puts elements in the place of each text; others another text, or an element around it.
WAYS = {
    "replaced": """const inner = document.createElement("font");
        const outer = document.createElement("font");
        inner.textContent = translated;
        outer.append(inner);
        text.parentNode.insertBefore(outer, text);
        text.remove();
        return inner.firstChild;""",
    "cloned": """const copy = text.cloneNode();
        copy.data = translated;
        text.replaceWith(copy);
        return copy;""",
    "wrapped": """const around = document.createElement("font");
        text.replaceWith(around);
        around.append(text);
        return text;""",
}
TRANSLATE = """
    const known = new WeakSet();
    const KEPT = "script, style, svg, textarea, [translate=no]";
    function replace(text, translated) { %s }
    function translate(text) {
        if (known.has(text) || !text.data.trim() || !text.parentElement || text.parentElement.closest(KEPT)) return;
        known.add(replace(text, text.data.toUpperCase()));
    }
    function translateAll(node) {
        if (node.nodeType === Node.TEXT_NODE) return translate(node);
        const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        texts.forEach(translate);
    }
    translateAll(document.body);
    new MutationObserver((records) => {
        for (const { type, target, addedNodes } of records) {
            if (type === "characterData") { known.delete(target); translate(target); }
            else addedNodes.forEach(translateAll);
        }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
"""
OPEN = {"view": "network,units,layers,measures", "face": "forward", "task": "Fit it.", "goal": "loss<0.25"}
DIAGRAM = "[data-testid=network-diagram]"
FOLLOWS = "([selector, words]) => document.querySelector(selector).innerText.toUpperCase().includes(words)"
GLANCE = ".st-key-head .stMarkdown p"


@pytest.mark.parametrize("way", WAYS)
def test_a_translated_page_trains_and_follows_every_change(open_page, way):
    page = open_page(f"/?{urlencode(OPEN)}")
    page.wait_for_selector("[data-testid=contributions-chart] .js-line")
    wait_until_idle(page)
    page.evaluate(TRANSLATE % WAYS[way])
    glance = page.locator(GLANCE).first
    assert "LEARNS 61" in glance.inner_text().upper()
    page.locator(".st-key-train button").click()
    wait_for_epoch(page, "epoch > 100")
    page.locator(".st-key-pause button").click()
    page.locator(".st-key-train button").wait_for()
    page.wait_for_function(
        """() => document.querySelector(".st-key-message").innerText.replace(/[^0-9]/g, "") ===
                 document.querySelector("[data-testid=epoch]").dataset.value"""
    )
    epoch, loss = (number(page, name) for name in ("epoch", "loss"))
    assert f"AT EPOCH {epoch:,.0f}" in page.locator("[data-testid=layers-chart]").inner_text().upper()
    assert "GOAL REACHED AT EPOCH" in page.get_by_test_id("goal").inner_text().upper()
    assert float(page.locator("[data-testid=goal] [data-name=loss] b").inner_text()) == pytest.approx(loss, rel=1e-3)
    page.locator(f"{DIAGRAM} [data-unit='1,3']").click()
    chosen = page.locator(".network .chosen")
    page.wait_for_function(FOLLOWS, arg=[".network .chosen", "1[3"])
    first = chosen.inner_text()
    page.locator(f"{DIAGRAM} [data-unit='1,5']").click()
    page.wait_for_function(FOLLOWS, arg=[".network .chosen", "1[5"])
    assert chosen.inner_text() != first
    page.get_by_role("radio").get_by_text(re.compile("backward", re.IGNORECASE)).click()
    page.wait_for_selector(f"{DIAGRAM}[data-face=backward] [data-dz]")
    for layers, parameters in (("3", 901), ("1", 61)):
        page.locator(".st-key-layer_count").get_by_text(layers, exact=True).click()
        page.wait_for_function(
            FOLLOWS,
            arg=[GLANCE, f"LEARNS {parameters} WEIGHTS"],
        )
        wait_until_idle(page)
    assert number(page, "loss") > 0
