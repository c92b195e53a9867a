// The history: put together from parts, and asked for anew where one is missing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../playground/components/shared/history.js";

/** A history of epochs 0 to 4, at which the loss is ten times the epoch. */
function begun() {
  const history = new History();
  history.take({ lineage: 1, after: -1, until: 4, stride: 1 }, [Float32Array.of(0, 10, 20, 30, 40), undefined]);
  return history;
}

test("what is new follows what is known", () => {
  const history = begun();
  assert.ok(history.take({ lineage: 1, after: 4, until: 6, stride: 1 }, [Float32Array.of(50, 60), undefined]));
  assert.deepEqual(history.losses, { epochs: [0, 1, 2, 3, 4, 5, 6], rows: [[0, 10, 20, 30, 40, 50, 60], undefined] });
  assert.equal(history.until, 6);
});

test("the same part twice changes nothing", () => {
  const history = begun();
  for (const _ of [1, 2])
    history.take({ lineage: 1, after: 2, until: 4, stride: 1 }, [Float32Array.of(30, 40), undefined]);
  assert.deepEqual(history, begun());
});

test("where the stride doubled every second epoch goes", () => {
  const history = begun();
  history.take({ lineage: 1, after: 4, until: 9, stride: 2 }, [Float32Array.of(60, 80), undefined]);
  assert.deepEqual(history.losses.epochs, [0, 2, 4, 6, 8]);
  assert.deepEqual(history.losses.rows[0], [0, 20, 40, 60, 80]);
});

test("a quantity that begins later is nan before, and one that is gone is gone", () => {
  const history = begun();
  history.take({ lineage: 1, after: 4, until: 5, stride: 1 }, [Float32Array.of(50), Float32Array.of(51)]);
  assert.deepEqual(history.losses.rows[1], [...Array(5).fill(Number.NaN), 51]);
  history.take({ lineage: 1, after: 5, until: 6, stride: 1 }, [Float32Array.of(60), undefined]);
  assert.equal(history.losses.rows[1], undefined);
});

test("test losses have epochs of their own", () => {
  const history = begun();
  const tests = (epochs, losses) => ({ epochs: Float64Array.from(epochs), losses: Float32Array.from(losses) });
  const none = [new Float32Array(), undefined];
  history.take({ lineage: 1, after: 4, until: 4, stride: 1 }, none, tests([1, 4], [11, 44]));
  history.take({ lineage: 1, after: 4, until: 7, stride: 1 }, none, tests([7], [77]));
  assert.deepEqual(history.tests, { epochs: [1, 4, 7], rows: [[11, 44, 77]] });
});

test("of another past, or beyond what is known, nothing is taken", () => {
  const history = begun();
  for (const part of [
    { lineage: 2, after: 4, until: 5, stride: 1 },
    { lineage: 1, after: 5, until: 6, stride: 1 },
  ]) {
    assert.equal(history.take(part, [Float32Array.of(1), undefined]), false);
    assert.deepEqual(history, begun());
  }
});

test("another past comes whole", () => {
  const history = begun();
  assert.ok(history.take({ lineage: 2, after: -1, until: 1, stride: 1 }, [Float32Array.of(7, 8), undefined]));
  assert.deepEqual(history.losses, { epochs: [0, 1], rows: [[7, 8], undefined] });
});
