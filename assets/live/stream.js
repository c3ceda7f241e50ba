// Requests to the program that serves this page: plain JSON, and events streamed in answer to a POST.

/// What the program said in place of an answer.
export class Refusal extends Error {
  constructor(status, body) {
    super(body?.message ?? `The program answered with status ${status}.`);
    this.status = status;
    this.body = body ?? {};
  }
}

/// Listeners for "no connection" and "not allowed".
const lost = new Set();
export function onLost(listener) {
  lost.add(listener);
}

/// A request; throws a Refusal unless it is answered with success.
async function request(path, body, signal) {
  const given = body === undefined ? {} : {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, { ...given, signal, cache: "no-store", credentials: "same-origin" });
  } catch (error) {
    if (error.name !== "AbortError") for (const listener of lost) listener("unreachable");
    throw error;
  }
  if (answer.ok) return answer;
  const refusal = new Refusal(answer.status, await answer.json().catch(() => null));
  if (answer.status === 403) for (const listener of lost) listener("forbidden", refusal.message);
  throw refusal;
}

/// Asks for JSON, or posts JSON and gets JSON.
export async function ask(path, body, signal) {
  return (await request(path, body, signal)).json();
}

/// Posts JSON and hands every event of the answer to `heard(name, data)`; resolves when the stream has ended,
/// with whether it came to its proper end. `signal` cancels it.
export async function stream(path, body, heard, signal) {
  const answer = await request(path, body, signal);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value.replaceAll("\r\n", "\n");
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = parsed(block);
      if (event && !signal?.aborted) heard(event.name, event.data);
    }
  }
}

/// One event of a stream; null for a comment.
function parsed(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}

/// One thing at a time: starting again cancels what is running.
export class Turn {
  #running = null;

  /// Starts a stream; errors of one that was cancelled are nobody's business.
  async start(path, body, heard) {
    this.cancel();
    const own = new AbortController();
    this.#running = own;
    try {
      await stream(path, body, heard, own.signal);
      return !own.signal.aborted;
    } catch (error) {
      if (own.signal.aborted) return false;
      throw error;
    } finally {
      if (this.#running === own) this.#running = null;
    }
  }

  cancel() {
    this.#running?.abort();
    this.#running = null;
  }

  get busy() {
    return this.#running !== null;
  }
}
