// Numbers as people read them, by the same rules as in the reports.

const MINUS = "−";

/// A whole number with its thousands set apart: `12,000`.
export function count(value) {
  return Math.round(value).toLocaleString("en-GB");
}

/// A count with what is counted: `1 trial`, `12 trials`.
export function counted(value, what) {
  return `${count(value)} ${what}${value === 1 ? "" : "s"}`;
}

/// A size that is not negative; `0` only where it is zero.
function size(value, decimals) {
  if (value < 1e-10) return "0";
  const text = value.toFixed(decimals);
  if (Number(text) !== 0) return text;
  return decimals === 0 ? "<1" : `<0.${"0".repeat(decimals - 1)}1`;
}

/// The digits of a share in per cent: one decimal, and two below one per cent.
function bare(share, extra = 0) {
  const value = share * 100;
  const decimals = (value < 0.995 ? 2 : 1) + extra;
  if (value > 100 - 1e-10) return "100";
  const text = size(value, decimals);
  return text.startsWith("100") ? `>99.${"9".repeat(decimals)}` : text;
}

/// A share: `41.3 %`.
export function percent(share) {
  return `${bare(share)} %`;
}

/// A range of shares without the sign: `39.1 to 43.5`.
export function percentRange(low, high) {
  return range(low, high, bare);
}

/// The size of a difference of shares, in points: `3.2`.
export function pointsSize(difference, extra = 0) {
  const value = Math.abs(difference * 100);
  return size(value, extra + (value < 0.095 ? 2 : 1));
}

/// A difference of shares in points with its sign: `+3.2`, `−0.4`.
export function points(difference, extra = 0) {
  const digits = pointsSize(difference, extra);
  if (digits === "0") return "0";
  return `${difference > 0 ? "+" : MINUS}${digits}`;
}

/// A range of differences: `−1.1 to +5.4`.
export function pointsRange(low, high) {
  return range(low, high, points);
}

/// Two ends with `to` between, with so many digits that they can be told apart.
function range(low, high, text) {
  for (let extra = 0; extra < 6 && low !== high; extra += 1) {
    const [one, other] = [text(low, extra), text(high, extra)];
    if (one !== other) return `${one} to ${other}`;
  }
  return `${text(low)} to ${text(high)}`;
}

/// Any other number with three significant digits: `0.0031`, `12.4`, `1,250`.
export function number(value) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return "?";
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) return value.toExponential(2).replace("-", MINUS);
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  const text = size.toFixed(decimals);
  const [whole, fraction = ""] = text.split(".");
  const tail = fraction.replace(/0+$/, "");
  return (value < 0 ? MINUS : "") + Number(whole).toLocaleString("en-GB") + (tail ? `.${tail}` : "");
}

/// A duration: `0.5 s`.
export function seconds(value) {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
}

/// Words in a row: `a, b and c`.
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
