// What is set: policy, world, changed values, and how much is played; it lives in the page's address.

/// The state that is the file as it stands.
export const PLAIN = Object.freeze({ policy: "none", world: "base", set: [], n: null, seed: 1, precision: null });

/// The state and the open tab that an address's fragment holds.
export function fromFragment(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const positive = (name) => {
    const value = Number(given.get(name));
    return given.has(name) && Number.isFinite(value) && value > 0 ? value : null;
  };
  const n = positive("n");
  const seed = Number(given.get("seed") ?? 1);
  const state = {
    policy: given.get("policy") ?? PLAIN.policy,
    world: given.get("world") ?? PLAIN.world,
    set: unique(given.getAll("set").filter((one) => /^[^=]+=./.test(one))),
    n: n === null ? null : Math.max(1, Math.round(n)),
    seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 1,
    precision: positive("precision"),
  };
  return { state, tab: given.get("tab") };
}

/// The fragment of a state and a tab; what is as in the file is left out.
export function toFragment(state, tab) {
  const out = new URLSearchParams();
  if (tab && tab !== "play") out.set("tab", tab);
  for (const key of ["policy", "world"]) if (state[key] !== PLAIN[key]) out.set(key, state[key]);
  for (const one of state.set) out.append("set", one);
  for (const key of ["n", "seed", "precision"]) if (state[key] !== PLAIN[key]) out.set(key, state[key]);
  return out.size ? `#${out}` : "";
}

/// The path and the text of a setting, `path=text`.
export function parts(setting) {
  const end = setting.indexOf("=");
  return [setting.slice(0, end), setting.slice(end + 1)];
}

/// The text that a path is set to, or null.
export function textOf(state, path) {
  const own = state.set.find((one) => parts(one)[0] === path);
  return own === undefined ? null : parts(own)[1];
}

/// The state with a path set to a text, or, with null, as in the file.
export function withSetting(state, path, text) {
  const others = state.set.filter((one) => parts(one)[0] !== path);
  if (text === null) return { ...state, set: others };
  const at = state.set.findIndex((one) => parts(one)[0] === path);
  const own = `${path}=${text}`;
  if (at < 0) return { ...state, set: [...state.set, own] };
  return { ...state, set: state.set.map((one, index) => (index === at ? own : one)) };
}

/// Whether two states play the same game; how many trials does not matter for that.
export function sameGame(a, b) {
  const sorted = (state) => JSON.stringify([state.policy, state.world, [...state.set].sort()]);
  return sorted(a) === sorted(b);
}

/// Whether two states are the same in everything.
export function same(a, b) {
  return sameGame(a, b) && a.n === b.n && a.seed === b.seed && a.precision === b.precision;
}

/// The state with only what the scenario still has, and the names of what is gone.
export function fitted(state, scenario) {
  const known = new Set(scenario.groups.flatMap(({ controls }) => controls.map(({ path }) => path)));
  const gone = state.set.map((one) => parts(one)[0]).filter((path) => !known.has(path));
  const has = (list, id) => list.some((one) => one.id === id);
  const policy = has(scenario.policies, state.policy) ? state.policy : PLAIN.policy;
  const world = has(scenario.worlds, state.world) ? state.world : PLAIN.world;
  if (policy !== state.policy) gone.push(`policy ${state.policy}`);
  if (world !== state.world) gone.push(`world ${state.world}`);
  const set = state.set.filter((one) => known.has(parts(one)[0]));
  const n = state.n === null ? null : Math.min(state.n, scenario.most_trials);
  return { state: { ...state, policy, world, set, n }, gone };
}

/// Of settings of the same path only the last.
function unique(settings) {
  return [...new Map(settings.map((one) => [parts(one)[0], one])).values()];
}
