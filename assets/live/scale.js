// The scale of a slider: places from 0 to 200 and the values that stand there.

const PLACES = 200;

/// The scale of a control.
export class Scale {
  constructor({ low, high, log, kind }) {
    this.low = low;
    this.high = high > low ? high : low + 1;
    this.whole = kind === "whole";
    // The ends of a slider are short numbers inside those of the file.
    if (!this.whole && high > low) [this.low, this.high] = [short(low, Math.ceil), short(high, Math.floor)];
    this.log = log && low > 0 && !this.whole;
    const step = niceStep((this.high - this.low) / PLACES);
    this.step = this.whole ? Math.max(1, step) : step;
    this.places = this.whole ? Math.round((this.high - this.low) / this.step) : PLACES;
  }

  /// The value at a place.
  value(place) {
    const part = place / this.places;
    if (part <= 0) return this.low;
    if (part >= 1) return this.high;
    if (this.log) return Number((this.low * (this.high / this.low) ** part).toPrecision(3));
    if (this.whole) return Math.round(this.low) + Math.round(place) * this.step;
    const raw = this.low + (this.high - this.low) * part;
    const value = Number((Math.round(raw / this.step) * this.step).toPrecision(12));
    return Math.min(this.high, Math.max(this.low, value));
  }

  /// The place of a value; of one beyond the ends, the end.
  place(value) {
    const part = this.log
      ? Math.log(Math.max(value, this.low) / this.low) / Math.log(this.high / this.low)
      : (value - this.low) / (this.high - this.low);
    return this.places * Math.min(1, Math.max(0, part));
  }
}

/// A number with three digits, rounded up or down.
function short(value, round) {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return Number((round(Number((value / unit).toPrecision(12))) * unit).toPrecision(3));
}

/// The largest of 1, 2, 5, 10, … times a power of ten that is not above a number.
function niceStep(raw) {
  const power = 10 ** Math.floor(Math.log10(raw));
  const digit = [5, 2, 1].find((one) => one * power <= raw * (1 + 1e-9)) ?? 1;
  return Number((digit * power).toPrecision(6));
}

/// A number as short as it can be written, as the program reads it.
export function decimal(value) {
  const text = String(Number(Number(value).toPrecision(12)));
  return text.includes("e") ? Number(text).toFixed(20).replace(/\.?0+$/, "") : text;
}
