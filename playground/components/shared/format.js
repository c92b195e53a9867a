// Numbers as text.

/** @param {number | string} number */
export function short(number) {
  return String(number).replace("e-", "e−").replace("e+", "e");
}

/** With a true minus sign in front. @param {number} number @param {number} digits */
export function rounded(number, digits) {
  return short(Number(number.toPrecision(digits))).replace("-", "−");
}

/** At most nine characters, except for a number beyond all use. @param {number | null} number */
export function fewDigits(number) {
  if (number === null) return "–";
  return short(number && number < 1e-4 ? number.toExponential(3) : number.toPrecision(4));
}

/** With its sign, and a dash for a number that is unknown, as at the start. @param {number} number */
export function signed(number) {
  if (Number.isNaN(number)) return "–";
  if (number === 0) return "0";
  return (number < 0 ? "−" : "+") + short(Math.abs(number).toExponential(2));
}

/** @param {number} epoch */
export function atEpoch(epoch) {
  return `at epoch ${epoch.toLocaleString("en-US")}`;
}

/** The next number of the series 1, 2, 5, 10, 20, … from a positive value on; 0 for any other. @param {number} value */
export function roundUp(value) {
  if (!(value > 0)) return 0;
  const decade = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * decade).find((step) => step >= value * (1 - 1e-12)) ?? 10 * decade;
}
