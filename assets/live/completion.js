// Which keys may stand where the cursor is, from the JSON Schema of scenario files.

/// Tables whose names are chosen by the author: what such a name may look like is for the schema, not for this.
const MOST = 400;

/// A source of completions for the editor. `schema()` gives the schema, or a promise of it.
export function completionOf(schema) {
  return async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const place = placeOf(context.state, line.number, before);
    if (!place) return null;
    if (!place.typed && !context.explicit) return null;
    const root = await schema();
    if (!root) return null;
    const found = new Map();
    for (const own of reached(root, [root], place.path)) collect(root, own, found, place.header);
    const options = [...found].slice(0, MOST).map(([label, { info, table }]) => ({
      label, type: table ? "namespace" : "property", detail: table ? "table" : undefined, info: info || undefined,
      apply: place.header || place.dotted ? label : `${label} = `,
    }));
    return options.length ? { from: context.pos - place.typed.length, options, validFor: /^[\p{L}\p{N}_-]*$/u } : null;
  };
}

/// Where the cursor is: the path of tables around it, what is typed of the key, and whether in a header; null where no
/// key can stand.
function placeOf(state, number, before) {
  const header = /^\s*\[{1,2}\s*((?:[^\]"'\s]|"[^"]*"|'[^']*')*)$/.exec(before);
  if (header) {
    const path = split(header[1]);
    return { path: path.slice(0, -1), typed: path.at(-1), header: true, dotted: true };
  }
  const around = tableOf(state, number);
  const inline = insideBraces(before);
  if (inline) {
    const start = keysOf(before);
    if (!start) return null;
    return within([...around, ...start, ...inline.path], inline.rest);
  }
  if (inString(before) || before.includes("=") || before.includes("#")) return null;
  return within(around, before);
}

/// The place of a key that is being typed in a table.
function within(table, text) {
  const key = /^\s*((?:[\p{L}\p{N}_-]+|"[^"]*")(?:\s*\.\s*(?:[\p{L}\p{N}_-]+|"[^"]*"))*\s*\.\s*|)([\p{L}\p{N}_-]*)$/u.exec(text);
  if (!key) return null;
  const lead = key[1] ? split(key[1]).filter(Boolean) : [];
  return { path: [...table, ...lead], typed: key[2], header: false, dotted: false };
}

/// The table whose header stands last above a line.
function tableOf(state, number) {
  for (let at = number - 1; at >= 1; at -= 1) {
    const header = /^\s*\[{1,2}([^\]]+)\]{1,2}\s*(?:#.*)?$/.exec(state.doc.line(at).text);
    if (header) return split(header[1]);
  }
  return [];
}

/// The keys before the first `=` of a line.
function keysOf(text) {
  const key = /^\s*([^={"']+|"[^"]*")\s*=/.exec(text);
  return key ? split(key[1]) : null;
}

/// Of a text that ends inside inline tables: the keys that lead into the innermost one, and what follows its last
/// comma; null outside of inline tables.
function insideBraces(text) {
  const open = [];
  let string = null;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (string) {
      if (sign === "\\" && string === '"') at += 1;
      else if (sign === string) string = null;
    } else if (sign === '"' || sign === "'") string = sign;
    else if (sign === "#") return null;
    else if (sign === "{") {
      const key = /([\p{L}\p{N}_.-]+)\s*=\s*\[?\s*$/u.exec(text.slice(start, at));
      open.push(open.length && key ? split(key[1]) : []);
      start = at + 1;
    } else if (sign === "}") {
      open.pop();
      start = at + 1;
    } else if (sign === ",") start = at + 1;
  }
  if (!open.length || string) return null;
  const rest = text.slice(start);
  return rest.includes("=") ? null : { path: open.flat(), rest };
}

/// Whether a text ends inside a string.
function inString(text) {
  return ((text.match(/(?<!\\)"/g) ?? []).length % 2) === 1;
}

/// A dotted key as its parts.
function split(text) {
  return text.split(/\.(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => part.trim().replace(/^["']|["']$/g, ""));
}

/// The schemas that stand at the end of a path.
function reached(root, schemas, path) {
  let now = schemas.flatMap((one) => resolved(root, one));
  for (const key of path) {
    now = now.flatMap((one) => below(one, key)).flatMap((one) => resolved(root, one));
  }
  return now;
}

/// The schemas of what a key holds, and of the items of a list of tables.
function below(schema, key) {
  if (schema.properties && Object.hasOwn(schema.properties, key)) return [schema.properties[key]];
  for (const [pattern, own] of Object.entries(schema.patternProperties ?? {})) {
    if (new RegExp(pattern, "u").test(key)) return [own];
  }
  return schema.additionalProperties && typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}

/// A schema with its references followed, as a list where it may be one of several; lists give their items.
function resolved(root, schema, depth = 0) {
  if (!schema || typeof schema !== "object" || depth > 12) return [];
  const out = [schema];
  if (schema.$ref?.startsWith("#/")) {
    const target = schema.$ref.slice(2).split("/").reduce((node, part) => node?.[part], root);
    out.push(...resolved(root, target, depth + 1));
  }
  for (const list of [schema.anyOf, schema.oneOf, schema.allOf]) {
    for (const one of list ?? []) out.push(...resolved(root, one, depth + 1));
  }
  if (schema.items) out.push(...resolved(root, schema.items, depth + 1));
  return out;
}

/// The keys of a schema with what they are about; of headers only those that hold tables.
function collect(root, schema, found, onlyTables) {
  for (const [key, own] of Object.entries(schema.properties ?? {})) {
    const all = resolved(root, own);
    const table = all.some((one) => one.properties || typeof one.additionalProperties === "object");
    if (onlyTables && !table) continue;
    const info = own.description ?? all.find(({ description }) => description)?.description ?? "";
    if (!found.has(key)) found.set(key, { info, table });
  }
}
