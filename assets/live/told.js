// The sentences over the bars: what came out, and what the changes did. A `view` is what was played: `store`, `state`,
// `baseline` and `baselineState`.
import { count, listed, percent, percentRange, points, pointsRange, seconds } from "./format.js";
import { interval } from "./bars.js";
import { changes, inWords, quoted } from "./naming.js";
import { parts } from "./state.js";

/// The headline.
export function lead(counts, view) {
  const { store, baseline } = view;
  const title = (id) => `“${store.title("outcomes", id)}”`;
  const { outcomes, differences, trials } = counts;
  if (!differences) {
    const top = outcomes.reduce((best, one) => (one.share > best.share ? one : best));
    return `${title(top.id)} in ${percent(top.share)} of ${count(trials)} trials (95 %: ${percentRange(top.low, top.high)}).`;
  }
  const name = quoted(baseline.name);
  const clear = differences.filter((one) => one.stands_out).sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  if (isSame(differences)) return `Nothing changes from ${name}: all ${count(trials)} trials end as they did.`;
  if (!clear.length) {
    return `Not told apart from ${name}: in ${count(trials)} trials no outcome differs by more than chance can do.`;
  }
  const said = clear.slice(0, 3).map((one, index) => `${title(one.id)} ${points(one.difference)}${index ? " (" : " points (95 %: "}${pointsRange(...interval(one))})`);
  const more = clear.length > 3 ? `; ${clear.length - 3} more below` : "";
  return `Compared with ${name}: ${said.join(", ")}${more}.`;
}

/// What was changed, and why the difference is its doing.
export function doing(counts, view) {
  const { store, state, baseline, baselineState } = view;
  if (!counts.differences && baseline.id !== "file") {
    return `Played: ${quoted(baseline.name)}, the baseline itself. Move a control, and the change from it is shown here.`;
  }
  if (!counts.differences) {
    return changes(state, store).length
      ? `Played: ${inWords(state, store)}.`
      : "Played: as in the file. Move a control, and the change from this state is shown here.";
  }
  const own = `Now: ${inWords(state, store)}. `;
  const against = baseline.id === "file" ? "" : `${quoted(baseline.name)}: ${inWords(baselineState, store)}. `;
  const what = apart(state, baselineState) > 1 ? "these changes" : "this change";
  const so = counts.differences.some((one) => one.stands_out) ? `, so that what stands out is the doing of ${what} and not chance` : "";
  return `${own}${against}Both are played with the same luck, trial by trial${so}.`;
}

/// Whether every trial has the outcome that it has under the baseline.
function isSame(differences) {
  return differences.every((one) => one.only_a === 0 && one.only_b === 0);
}

/// In how many settings two states differ.
function apart(a, b) {
  const paths = new Set([...a.set, ...b.set].filter((one) => !(a.set.includes(one) && b.set.includes(one))).map((one) => parts(one)[0]));
  return paths.size + (a.policy !== b.policy) + (a.world !== b.world);
}

/// Of how many trials the numbers are, and whether more are being played.
export function amount(counts, done) {
  const { trials, most } = counts;
  if (!done) return `Still playing: ${count(trials)} of ${count(most)} trials so far.`;
  const speed = `${count(done.trials)} trials in ${seconds(done.seconds)}`;
  return done.why === "precise enough" ? `Played ${speed}: precise enough, so the rest was left out.` : `Played ${speed}.`;
}

/// The result in one sentence for those who hear the page.
export function heard(counts, view) {
  const shares = counts.outcomes.map((one) => `${view.store.title("outcomes", one.id)} ${percent(one.share)}`);
  return `${lead(counts, view)} ${listed(shares)}.`;
}

/// The shortest words for the strip on a narrow screen.
export function brief(counts, { store }) {
  const clear = (counts.differences ?? []).filter((one) => one.stands_out);
  const by = (list, size) => list.reduce((best, one) => (size(one) > size(best) ? one : best));
  if (clear.length) {
    const one = by(clear, ({ difference }) => Math.abs(difference));
    return `${store.title("outcomes", one.id)} ${percent(one.share_b)}, ${points(one.difference)} points`;
  }
  const top = by(counts.outcomes, ({ share }) => share);
  return `${store.title("outcomes", top.id)} ${percent(top.share)}${counts.differences ? ", not told apart" : ""}`;
}
