// Starts the page: puts its parts together and reads the file.
import { at, announce, say } from "./dom.js";
import { Connection } from "./connection.js";
import { Controls } from "./controls.js";
import { Editor } from "./editor.js";
import { File } from "./file.js";
import { Keep } from "./keep.js";
import { Look } from "./look.js";
import { notice } from "./notices.js";
import { Play } from "./play.js";
import { Sharing } from "./sharing.js";
import { Shelf } from "./shelf.js";
import { Store } from "./store.js";
import { Tabs } from "./tabs.js";
import { listed } from "./format.js";

// The token of the address is in a cookie by now: it has no place in the address any more.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);

const store = new Store();
const file = new File(store);
new Controls(store);
const play = new Play(store);
const shelf = new Shelf(store, play, new Keep(store, file));
new Sharing(store, play, shelf);
new Look(store);
new Editor(store, file);
new Tabs(store);

at("skip").addEventListener("click", () => {
  store.open("play");
  at("results").focus();
});

store.on("scenario", () => {
  const { scenario } = store;
  say(at("file"), store.file);
  say(at("title"), scenario?.title ?? store.file);
  document.title = `${scenario?.title ?? store.file}: Démarche`;
  at("about").hidden = !scenario?.about;
  say(at("about").querySelector("p"), scenario?.about ?? "");
});

/// Reads the scenario; names settings of the address that the file does not have.
async function start() {
  const before = store.version;
  const gone = await store.load();
  if (before === null && gone.length) {
    notice("gone", `The address sets what this file does not have, which is left out: ${listed(gone)}.`);
  }
  if (before !== null) announce("Connected again.");
}

const connection = new Connection((version) => store.version && file.heard(version), () => start().catch(report));

function report(error) {
  if (!store.scenario) say(at("title"), "The file could not be opened");
  if (!store.scenario) say(at("lead"), error.message);
}

start().catch(report).finally(() => connection.open());
