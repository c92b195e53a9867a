// The board asks for frames without Streamlit, one request at a time, and of Streamlit where that does not answer.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FilmLine, isLate } from "../../playground/components/board/film_line.js";

/** @type {{resolve: (answer: any) => void, reject: (error: Error) => void, url: string, body: any}[]} */
let asked;
/** @type {FilmLine} */
let line;
/** @type {any[]} */
let heard;

beforeEach(() => {
  asked = [];
  heard = [];
  line = new FilmLine();
  assert.ok(line.take("mine"));
  // @ts-expect-error: what the line uses of a page
  globalThis.document = { baseURI: "http://here/class/?seed=2" };
  // @ts-expect-error
  globalThis.fetch = (url, { body, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      asked.push({ resolve, reject, url: String(url), body: JSON.parse(body) });
    });
});

/** @param {number} number */
function ask(number) {
  const request = /** @type {any} */ ({ number });
  const answer = (/** @type {Uint8Array} */ bytes) => heard.push([...bytes]);
  return line.ask(request, answer, () => heard.push("Streamlit"));
}

const found = { ok: true, arrayBuffer: async () => new Uint8Array([1, 2]).buffer };

test("the ticket and the request go to the page's own address, and the bytes come back", async () => {
  const done = ask(7);
  assert.equal(asked[0].url, "http://here/class/film");
  assert.deepEqual(asked[0].body, { ticket: "mine", request: { number: 7 } });
  asked[0].resolve(found);
  await done;
  assert.deepEqual(heard, [[1, 2]]);
});

test("one request is on its way at a time", async () => {
  const done = ask(1);
  await ask(2);
  assert.equal(asked.length, 1);
  asked[0].resolve(found);
  await done;
  ask(3);
  assert.equal(asked.length, 2);
});

for (const [how, end] of /** @type {[string, (each: any) => void][]} */ ([
  ["a server without the route", ({ resolve }) => resolve({ ok: false })],
  ["a line that is cut", ({ reject }) => reject(new TypeError("network"))],
  ["an answer that breaks off", ({ resolve }) => resolve({ ok: true, arrayBuffer: () => Promise.reject(new Error()) })],
])) {
  test(`Streamlit is asked instead: ${how}`, async () => {
    const done = ask(1);
    end(asked[0]);
    await done;
    assert.deepEqual(heard, ["Streamlit"]);
    assert.equal(line.asking, null);
  });
}

test("what was asked for another visit is given up, however silent its line, and the next is asked at once", async () => {
  const done = ask(1);
  assert.ok(!line.take("mine"));
  assert.ok(line.take("another"));
  await done;
  assert.deepEqual(heard, []);
  const next = ask(2);
  asked[1].resolve(found);
  await next;
  assert.deepEqual(heard, [[1, 2]]);
});

test("what was given up is not heard, and Streamlit is not asked for it", async () => {
  const done = ask(1);
  line.giveUp();
  asked[0].resolve(found);
  await done;
  assert.deepEqual(heard, []);
  assert.equal(line.asking, null);
});

test("a silent line is given up after a while, and Streamlit is asked", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const done = ask(1);
  context.mock.timers.tick(5000);
  await done;
  assert.deepEqual(heard, ["Streamlit"]);
});

test("an answer is late where a later one of the same visit is on screen", () => {
  const shown = { ticket: "mine", serial: 5 };
  assert.ok(isLate({ ticket: "mine", serial: 4 }, shown));
  assert.ok(!isLate({ ticket: "mine", serial: 5 }, shown)); // the same once more
  assert.ok(!isLate({ ticket: "mine", serial: 6 }, shown));
  assert.ok(!isLate({ ticket: "another", serial: 0 }, shown)); // a new session counts anew
  assert.ok(!isLate({ ticket: null, serial: 0 }, { ticket: null, serial: 5 }));
  assert.ok(!isLate({ ticket: "mine", serial: 0 }, null));
});
